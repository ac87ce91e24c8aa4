#!/usr/bin/env bash
# pyexcel-xlsxr 0.6.2 reads of a text with one bold word only its last part.
#
# Guess: the text "Not met" of which "met" is bold is read as "Not met"; at worst without its bold.
# Behaviour: it is read as "met": the answer is turned round, and nothing is said.
# Output seen: met
# Our product reads all parts: tests/returns/test_intake.py::test_every_kind_of_cell_is_read.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pyexcel-xlsxr==0.6.2 openpyxl==3.1.5 2>/dev/null
"$folder/venv/bin/python" - "$folder/form.xlsx" <<'PYTHON'
import sys
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from pyexcel_xlsxr import get_data
book = Workbook()
book.active["A1"] = CellRichText("Not ", TextBlock(InlineFont(b=True), "met"))
book.save(sys.argv[1])
assert load_workbook(sys.argv[1]).active["A1"].value == "Not met"
seen = get_data(sys.argv[1])["Sheet"][0][0]
print(seen)
assert seen == "met", "it changed"
PYTHON
