"""Nothing but ``plan.periods`` knows in which month years begin."""

import ast
from pathlib import Path

import pytest

import spp_desktop

PACKAGE = Path(spp_desktop.__file__).parent
KNOWS = PACKAGE / "plan" / "periods.py"
"""The module that knows."""

APART = {"store/glimpse.py": "the first look at a file, read before anything else is loaded"}
"""Modules that count by themselves, and why."""

_MONTHS_OF_APRIL = (3, 4, 9)
"""The months by which years from April and their quarters are counted."""


def _is_month(node: ast.expr) -> bool:
    """Whether it is the month of a day, or a variable called month."""
    return (isinstance(node, ast.Attribute) and node.attr == "month") or (
        isinstance(node, ast.Name) and node.id == "month"
    )


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in _MONTHS_OF_APRIL and not isinstance(node.value, bool)


def _makes_day(call: ast.Call) -> bool:
    """Whether a call makes a day of such a month in a year that is worked out; else it is an example."""
    if not isinstance(call.func, ast.Name) or call.func.id != "date" or len(call.args) < len(("year", "month")):
        return False
    return not isinstance(call.args[0], ast.Constant) and _is_number(call.args[1])


def _counted(tree: ast.AST) -> list[int]:
    """The lines that compare a month with a number of April's, count from it, or make a day of such a month."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            parts = [node.left, node.right]
        else:
            if isinstance(node, ast.Call) and _makes_day(node):
                lines.append(node.lineno)
            continue
        if any(map(_is_month, parts)) and any(map(_is_number, parts)):
            lines.append(node.lineno)
    return lines


def test_no_other_module_counts_from_april() -> None:
    counted = {
        name: lines
        for path in PACKAGE.rglob("*.py")
        if path != KNOWS
        and (name := path.relative_to(PACKAGE).as_posix()) not in APART
        and (text := path.read_text(encoding="utf-8"))
        and ("month" in text or "date(" in text)  # without these words there is nothing to be found
        and (lines := _counted(ast.parse(text)))
    }
    assert counted == {}


@pytest.mark.parametrize("text", ["day.month >= 4", "year + (month < 4)", "date(year, 4, 1)", "(day.month - 4) % 12"])
def test_what_is_looked_for_is_found(text: str) -> None:
    assert _counted(ast.parse(text))
