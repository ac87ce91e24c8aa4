#!/usr/bin/env bash
# agate 1.14.2 (csvkit reads tables with it) takes financial years written in two parts for days of the year 2001.
#
# Guess: a column of "04/05", "05/06", "06/07" stays text, or fails; no year is named that nobody wrote.
# Behaviour: it is a column of dates, 5 April 2001, 6 May 2001 and so on, whatever today is, and is written back as such.
# Output seen: Date ['2001-04-05', '2001-05-06', '2001-06-07']
# Our product reads them as years: tests/returns/test_table_stages.py::test_a_period_is_read_as_its_column_means_it.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q agate==1.14.2 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
from io import StringIO
from agate import Table
table = Table.from_csv(StringIO("area,year\nNorth,04/05\nNorth,05/06\nNorth,06/07\n"))
kind = type(table.columns["year"].data_type).__name__
seen = [str(day) for day in table.columns["year"].values()]
print(kind, seen)
assert (kind, seen) == ("Date", ["2001-04-05", "2001-05-06", "2001-06-07"]), "it changed"
PYTHON
