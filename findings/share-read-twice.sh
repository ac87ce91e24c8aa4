#!/usr/bin/env bash
# frictionless 5.21.0 and csvw 4.1.1, both of which read tables by a schema that stands beside them, read one cell as
# two numbers a hundred times apart.
#
# Guess: "12%" in a column of numbers is refused by both, or read as the same number by both.
# Behaviour: frictionless drops the sign and reads 12, csvw takes it for a hundredth and reads 0.12. A file that both
# check without a word says 12 to one and 0.12 to the other.
# Output seen: frictionless 12, csvw 0.12
# Our product keeps a share with its sign and reads it as 12%: tests/returns/test_values.py::test_what_is_read.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q frictionless==5.21.0 csvw==4.1.1 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
from decimal import Decimal
from csvw.metadata import Datatype
from frictionless import Resource, Schema, fields
share = fields.NumberField(name="share", bare_number=False)
(row,) = Resource(data=[["share"], ["12%"]], schema=Schema(fields=[share])).read_rows()
seen = row["share"], Datatype.fromvalue("decimal").parse("12%")
print(f"frictionless {seen[0]}, csvw {seen[1]}")
assert seen == (Decimal(12), Decimal("0.12")), "it changed"
PYTHON
