#!/usr/bin/env bash
# openpyxl 3.1.5: results of a formula over several cells stay as plain numbers when what it goes by is changed.
#
# Guess: a workbook that was loaded and saved holds no results of formulas any more; a reader of results finds None.
# Behaviour: B1:B3 are one formula, A1:A3*3. With 20 in A2, B1 is without a result, and B2 and B3 are saved as the numbers
# 6 and 9, which nothing marks as results: 6 is what 2 came to.
# Output seen: [(10, None), (20, 6), (3, 9)]
# Our product takes them out: tests/returns/forms/test_filling.py::test_no_result_is_left_that_no_longer_holds.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openpyxl==3.1.5 2>/dev/null
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import zipfile
from openpyxl import Workbook, load_workbook
book = Workbook()
for row in (1, 2, 3):
    book.active.append([row, 3 * row])
book.save("blank.xlsx")
part = "xl/worksheets/sheet1.xml"
with zipfile.ZipFile("blank.xlsx") as old, zipfile.ZipFile("form.xlsx", "w") as new:
    for name in old.namelist():
        content = old.read(name).decode()
        if name == part:  # the first cell holds the formula, the others its results, as Excel saves them
            before = content
            for cell in ('<c r="B1"><v>3</v></c>', '<c r="B1" t="n"><v>3</v></c>'):
                content = content.replace(cell, '<c r="B1"><f t="array" ref="B1:B3">A1:A3*3</f><v>3</v></c>')
            assert content != before
        new.writestr(name, content)
book = load_workbook("form.xlsx")
book.active["A1"], book.active["A2"] = 10, 20
book.save("filled.xlsx")
seen = list(load_workbook("filled.xlsx", data_only=True).active.iter_rows(values_only=True))
print(seen)
assert seen == [(10, None), (20, 6), (3, 9)], "it changed"
PYTHON
