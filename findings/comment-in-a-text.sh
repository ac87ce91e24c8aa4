#!/usr/bin/env bash
# odfpy 1.4.1 puts a cell's comment in front of its text, and runs its lines into one another.
#
# Guess: teletype.extractText, which is for the text as a person sees it, gives "On track" of a cell with a comment, and
# keeps the two lines of another apart.
# Behaviour: "Ask meOn track", which is no status, and "firstsecond".
# Output seen: ['Ask meOn track', 'firstsecond']
# Our product tells a comment from a text: tests/returns/test_intake.py::test_an_open_document_is_read_with_its_identity.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q odfpy==1.4.1 2>/dev/null
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from odf import teletype
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet, load
from odf.table import Table, TableCell, TableRow
from odf.text import P

document = OpenDocumentSpreadsheet()
table, row = Table(name="Activities"), TableRow()
comment = Annotation()
comment.addElement(P(text="Ask me"))
answered, lines = TableCell(valuetype="string"), TableCell(valuetype="string")
for cell, parts in ((answered, (comment, P(text="On track"))), (lines, (P(text="first"), P(text="second")))):
    for part in parts:
        cell.addElement(part)
    row.addElement(cell)
table.addElement(row)
document.spreadsheet.addElement(table)
document.save("return.ods")
seen = [teletype.extractText(cell) for cell in load("return.ods").getElementsByType(TableCell)]
print(seen)
assert seen == ["Ask meOn track", "firstsecond"], "it changed"
PYTHON
