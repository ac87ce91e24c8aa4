#!/usr/bin/env bash
# python-calamine 0.9.1 gives a cell that holds an error as a cell that holds nothing.
#
# Guess: a cell that holds #N/A is told apart from an empty one: as the text "#N/A", which openpyxl gives, or as NaN.
# Behaviour: it is "", as an empty cell is, by to_python and by iter_rows; so is a formula that was never worked out. A
#   column of figures in which a look-up has failed is read as one in which nobody has filled anything in.
# Output seen: ['', '', '', 7.0] for #N/A, an empty cell, a formula without its result, and 7;
#   openpyxl: ['#N/A', None, None, 7].
# Our product names the cell and asks: tests/returns/test_mapped.py::test_rows_in_every_form (errors and formulas), and
# tests/returns/test_plain_rows.py::test_plain_rows_say_what_the_parser_says.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q python-calamine==0.9.1 openpyxl==3.1.5 2>/dev/null
"$folder/venv/bin/python" - "$folder/extract.xlsx" <<'PYTHON'
import sys
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook
book = Workbook()
book.active.append(["#N/A", None, "=D1+1", 7])
assert book.active["A1"].data_type == "e"
book.save(sys.argv[1])
sheet = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)
(seen,) = sheet.to_python()
assert list(sheet.iter_rows()) == [seen]
(others,) = load_workbook(sys.argv[1], data_only=True).active.iter_rows(values_only=True)
print(seen, list(others))
assert (seen, others) == (["", "", "", 7.0], ("#N/A", None, None, 7)), "it changed"
PYTHON
