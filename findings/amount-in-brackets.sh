#!/usr/bin/env bash
# frictionless 5.21.0 reads an amount in brackets, which is how accounts write a minus, as if nothing were written.
#
# Guess: with bareNumber false, which is for "£1,200" and "95%", the text "(5)" is read as -5, or is an error.
# Behaviour: it is read as 5; no error, no warning. So an underspend becomes an overspend.
# Output seen: [Decimal('1200'), Decimal('5')]
# Our product asks about it: tests/returns/test_values.py::test_what_is_asked.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q frictionless==5.21.0 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
from decimal import Decimal
from frictionless import Resource, Schema, fields
amount = fields.NumberField(name="amount", bare_number=False, group_char=",")
rows = Resource(data=[["amount"], ["£1,200"], ["(5)"]], schema=Schema(fields=[amount])).read_rows()
seen = [row["amount"] for row in rows]
print(seen)
assert seen == [Decimal(1200), Decimal(5)] and all(row.valid for row in rows), "it changed"
PYTHON
