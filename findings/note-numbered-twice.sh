#!/usr/bin/env bash
# gptables 2.0.2 gives a note that nothing refers to a number that another note has.
#
# Guess: three notes, of which the first is referred to nowhere, are numbered 1, 2 and 3, or the first is left out.
# Behaviour: they are numbered by their first mention; what is not mentioned keeps the number of its own row beside
# that. So the sheet of notes has two notes 1, and [note 1] in a title may be either.
# Output seen: [(1, 'note of a'), (2, 'note of b'), (1, 'never referred to')]
# Our product numbers no notes of its own: a saved sheet has those of the plan, each once:
# tests/ui/test_performance_page.py::test_a_saved_sheet_holds_numbers_and_marks_that_can_be_read_out.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q gptables==2.0.2 openpyxl==3.1.5 2>/dev/null
"$folder/venv/bin/python" -W ignore - "$folder/notes.xlsx" <<'PYTHON'
import sys
import gptables
import pandas
from openpyxl import load_workbook
table = gptables.GPTable(
    table=pandas.DataFrame({"Area": ["North", "South"], "Crimes": [1, 2]}), table_name="crimes", title="Crimes$$a$$",
    subtitles=[], scope="", source="", index_columns={}, table_notes={1: "$$b$$"},
)
rows = [("z", "never referred to"), ("a", "note of a"), ("b", "note of b")]
notes = pandas.DataFrame(rows, columns=["Note reference", "Note text"])
gptables.write_workbook(filename=sys.argv[1], sheets={"Data": table}, notes_table=notes)
seen = [row for row in load_workbook(sys.argv[1])["Notes"].iter_rows(values_only=True) if isinstance(row[0], int)]
print(seen)
assert seen == [(1, "note of a"), (2, "note of b"), (1, "never referred to")], "it changed"
PYTHON
