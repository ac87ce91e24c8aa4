#!/usr/bin/env bash
# xlsx2csv 0.8.6: a number whose format has the letter d, m, y, h or s in quotation marks is lost.
#
# Guess: 12 in the format 0 "days" is "12" or "12 days" in the CSV, 2008 in the format "FY"0 is "2008" or "FY2008".
# Behaviour: the format is taken for a date's, and what is written is made of the format alone; the number is nowhere.
# Output seen: ['"0 ""11ays"""', '"""fy""0"', '7']
# Our product reads 12, 2008 and 7 (a format is a date's only by letters that stand outside of quotation marks).
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openpyxl==3.1.5 xlsx2csv==0.8.6 2>/dev/null
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from openpyxl import Workbook
book = Workbook()
for row, (value, form) in enumerate(((12, '0 "days"'), (2008, '"FY"0'), (7, "0")), 1):
    book.active.cell(row, 1, value).number_format = form
book.save("figures.xlsx")
PYTHON
"$folder/venv/bin/xlsx2csv" figures.xlsx figures.csv
"$folder/venv/bin/python" - <<'PYTHON'
seen = open("figures.csv").read().splitlines()
print(seen)
assert seen == ['"0 ""11ays"""', '"""fy""0"', '7'], "it changed"
PYTHON
