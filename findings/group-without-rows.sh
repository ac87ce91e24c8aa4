#!/usr/bin/env bash
# typst 0.15.2: a group of a table without rows ends a program that catches every Exception.
#
# Guess: a heading of a group (a table header of level 2) with no row below it is printed, or refused by a TypstError.
# Behaviour: where anything stands before the table on its page, Typst fails inside; Python sees a PanicException, which is
# no Exception, so that "except Exception" does not catch it, and no module has its class to catch it by.
# Output seen: ['printed', ('PanicException', 'pyo3_runtime', False)]
# Our product prints such a group: tests/documents/pdf/test_printing.py::test_a_group_without_rows_is_printed; and what
# fails inside is a sentence: tests/documents/typeset/test_process.py::test_a_fault_of_typst_is_a_refusal.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q typst==0.15.2 2>/dev/null
cd "$folder"
"$folder/venv/bin/python" - 2>/dev/null <<'PYTHON'
import typst

table = """#table(
  columns: 2, table.header([Ref], [Activity]),
  table.header(level: 2, table.cell(colspan: 2)[A group without rows]),
  table.header(level: 2, table.cell(colspan: 2)[A group with one]), [1.01], [Patrol],
)"""


def outcome(source: str) -> object:
    try:
        typst.compile(source.encode())
    except BaseException as error:
        return type(error).__name__, type(error).__module__, isinstance(error, Exception)
    return "printed"


seen = [outcome(table), outcome("#heading[Delivery plan]\n" + table)]
print(seen)
assert seen == ["printed", ("PanicException", "pyo3_runtime", False)], "it changed"
PYTHON
