#!/usr/bin/env bash
# typst 0.15.2: in a tagged PDF, a cell below the heading of a group has lost the heading of its column.
#
# Guess: the cell "Late" in the column "Status", below the group "Crime", has the headers Status and Crime.
# Behaviour: every cell below a group has the group alone for its header, and the group has the headings of all columns: by
# what the file says, "Late" stands below Ref as much as below Status. Typst passes the document as PDF/UA-1.
# Output seen: {'Ref': [], 'Status': [], 'Crime': ['Ref', 'Status'], '1.01': ['Crime'], 'Late': ['Crime']}
# Our product puts it right: tests/documents/pdf/test_accessible.py::test_the_document_breaks_no_rule (builds_tables).
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q typst==0.15.2 pypdf==7.1.1 2>/dev/null
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
from io import BytesIO

import typst
from pypdf import PdfReader

source = """#set document(title: "Plan")
#table(
  columns: 2, table.header([Ref], [Status]),
  table.header(level: 2, table.cell(colspan: 2)[Crime]), [1.01], [Late],
)"""
pdf = PdfReader(BytesIO(typst.compile(source.encode(), pdf_standards="ua-1")))
cells = []


def look(element):
    if element["/S"] in ("/TH", "/TD"):
        owner = next(each for each in element["/A"] if each["/O"] == "/Table")
        cells.append((element.get("/ID"), [str(header) for header in owner.get("/Headers", [])]))
    else:
        for child in element["/K"]:
            look(child.get_object())


look(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object())
words = ["Ref", "Status", "Crime", "1.01", "Late"]  # the cells of the tree are in this order
assert len(cells) == len(words)
called = {name: word for (name, _), word in zip(cells, words) if name is not None}
seen = {word: [called[header] for header in headers] for (_, headers), word in zip(cells, words)}
print(seen)
assert seen == {"Ref": [], "Status": [], "Crime": ["Ref", "Status"], "1.01": ["Crime"], "Late": ["Crime"]}, "it changed"
PYTHON
