#!/usr/bin/env bash
# pyexcel-xlsx 0.6.1 gives an answer that was merged over three rows to each of them; pyexcel-ods3 0.6.1 to the first.
#
# Guess: one library with two readers says the same of the same table, and invents no answers.
# Behaviour: of the .xlsx three rows are "On track", of the .ods one; neither says that cells were merged.
# Output seen: [['1.01', 'On track'], ['1.02', 'On track'], ['1.03', 'On track']]
#              [['1.01', 'On track'], ['1.02'], ['1.03']]
# Our product asks: tests/edits/test_answers_seen.py::test_an_answer_merged_over_rows_is_asked_about_in_each.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pyexcel-xlsx==0.6.1 pyexcel-ods3==0.6.1 openpyxl==3.1.5 odfpy==1.4.1 2>/dev/null
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from pyexcel_ods3 import get_data as of_ods
from pyexcel_xlsx import get_data as of_xlsx

REFS = ("1.01", "1.02", "1.03")
book = Workbook()
book.active.title = "Activities"
for ref in REFS:
    book.active.append([ref])
book.active["B1"] = "On track"
book.active.merge_cells("B1:B3")
book.save("table.xlsx")

document = OpenDocumentSpreadsheet()
table = Table(name="Activities")
for ref in REFS:
    row = TableRow()
    cells = [TableCell(valuetype="string")]
    cells[0].addElement(P(text=ref))
    if ref == REFS[0]:
        cells.append(TableCell(valuetype="string", numberrowsspanned=3, numbercolumnsspanned=1))
        cells[1].addElement(P(text="On track"))
    else:
        cells.append(CoveredTableCell())
    for cell in cells:
        row.addElement(cell)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("table.ods")

seen = [list(read(name)["Activities"]) for read, name in ((of_xlsx, "table.xlsx"), (of_ods, "table.ods"))]
print(*seen, sep="\n")
assert seen == [[[ref, "On track"] for ref in REFS], [["1.01", "On track"], ["1.02"], ["1.03"]]], "it changed"
PYTHON
