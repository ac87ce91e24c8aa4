"""What PySide would take for a part of the widget that was asked for it, and delete with it, is not asked for."""

import ast
from pathlib import Path

import pytest

import spp_desktop.ui

ROOM = Path(spp_desktop.ui.__file__).parent
TAKEN = frozenset({"nextInFocusChain", "previousInFocusChain", "screen", "menu"})
"""Methods whose results belong to somebody else: the window once went with a button, and the screen with a dialog."""


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOM)))
def test_nothing_is_taken_that_belongs_to_others(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    found = [
        f"line {call.lineno}: {call.func.attr}()"
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in TAKEN and not call.args
    ]
    assert not found
