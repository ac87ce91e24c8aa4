#!/usr/bin/env bash
# pyexcel-xlsxr 0.6.2 reads a reference that is kept as text as a number.
#
# Guess: the text cell "1.10" is read as the text "1.10", as the type of the cell says.
# Behaviour: it is read as the number 1.1, so that activity 1.10 and activity 1.1 are one; "007" stays a text.
# Output seen: [['1.1', 'float'], ['007', 'str'], ['1.1', 'float']] for the texts "1.10", "007" and "1.1 ".
# Our product reads a reference by the type of its cell:
# tests/returns/test_gnumeric.py::test_texts_like_formulas_stay_what_they_were (among its texts is 1.10).
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pyexcel-xlsxr==0.6.2 openpyxl==3.1.5 2>/dev/null
"$folder/venv/bin/python" - "$folder/form.xlsx" <<'PYTHON'
import sys
from openpyxl import Workbook
from pyexcel_xlsxr import get_data
book = Workbook()
book.active.append(["1.10", "007", "1.1 "])
book.save(sys.argv[1])
(row,) = get_data(sys.argv[1])["Sheet"]
seen = [[str(value), type(value).__name__] for value in row]
print(seen)
assert seen == [["1.1", "float"], ["007", "str"], ["1.1", "float"]], "it changed"
PYTHON
