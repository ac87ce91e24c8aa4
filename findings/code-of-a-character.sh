#!/usr/bin/env bash
# SheetJS 0.18.5 reads the guard of a text that looks like the code of a character, and writes the text without it.
#
# Guess: the text _x0041_, which a workbook holds as _x005F_x0041_, is the same text after it was read and written.
# Behaviour: it is written bare, and bare it is the code of the letter A: whatever opens the file shows "A".
# Output seen: read as _x0041_; written as _x0041_, where _x005F_x0041_ stood
# Our product shows the change, and a person decides:
# tests/returns/test_other_programs.py::test_what_comes_back_from_it_says_what_was_typed.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openpyxl==3.1.5 2>/dev/null
cd "$folder" && npm install --silent --no-audit --no-fund xlsx@0.18.5 >/dev/null 2>&1
venv/bin/python -c "
from openpyxl import Workbook
book = Workbook(); book.active['A1'] = '_x005F_x0041_'; book.save('form.xlsx')"
read=$(node -e "const X = require('xlsx'), b = X.readFile('form.xlsx');
console.log(b.Sheets.Sheet.A1.v); X.writeFile(b, 'saved.xlsx');")
written=$(venv/bin/python - <<'PYTHON'
import re, zipfile
parts = zipfile.ZipFile("saved.xlsx")
said = "".join(parts.read(name).decode() for name in parts.namelist() if "sheet1.xml" in name or "sharedStr" in name)
print(re.search(r"<t[^>]*>([^<]+)</t>|<v>(_x[^<]+)</v>", said)[0])
PYTHON
)
echo "read as $read; written as $written"
[ "$read" = "_x0041_" ] && [[ "$written" == *">_x0041_<"* ]] || { echo "it changed"; exit 1; }
