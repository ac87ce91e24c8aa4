#!/usr/bin/env bash
# pandas 3.1.1 with odfpy 1.4.1: a spreadsheet that holds a time of 24 hours or more cannot be read at all.
#
# Guess: hours lost to sickness, 30:15 in a cell of the form [HH]:MM, are a timedelta of 30 hours, or a text.
# Behaviour: every sheet is given up with an error about the hour of a clock, which names no cell; 23:15 becomes a time
# of day, 23:15:00.
# Output seen: 30:15 -> DateParseError hour must be in 0..23: 30:15; 23:15 -> 23:15:00
# Our product tells the cell as what stands in it, and reads the others.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pandas==3.1.1 odfpy==1.4.1 2>/dev/null
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

def read(shown, iso):
    book, table, row = OpenDocumentSpreadsheet(), Table(name="Sickness"), TableRow()
    cell = TableCell(valuetype="time", timevalue=iso)
    cell.addElement(P(text=shown))
    row.addElement(cell)
    table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save("hours.ods")
    try:
        return str(pandas.read_excel("hours.ods", header=None, engine="odf").iloc[0, 0])
    except Exception as problem:
        return f"{type(problem).__name__} {problem}"

seen = f"30:15 -> {read('30:15', 'PT30H15M00S')}; 23:15 -> {read('23:15', 'PT23H15M00S')}"
print(seen)
assert seen == "30:15 -> DateParseError hour must be in 0..23: 30:15; 23:15 -> 23:15:00", "it changed"
PYTHON
