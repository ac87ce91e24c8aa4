"""The rules that keep the rooms of docs/architecture.md apart, held by the tests."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from benchmarks import structure

ROOT = Path(__file__).parents[1]
CODE = ROOT / "spp_desktop"
MODULES = sorted(CODE.rglob("*.py"))
MAP = ROOT / "docs" / "architecture.md"

LONGEST_FILE = 500
"""Lines. A file is cut by the thought; one that is longer than this surely holds more than one."""
LONGEST_FUNCTION = 50


def test_import_contracts_hold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    broken = lint_imports(no_logo=True, cache_dir=str(tmp_path))
    assert not broken, capsys.readouterr().out


def test_verbs_neither_commit_nor_roll_back() -> None:
    found = [
        f"{path.name}:{call.lineno}"
        for path in (CODE / "edits").glob("*.py")
        for call in ast.walk(_tree(path))
        if isinstance(call, ast.Attribute) and call.attr in {"commit", "rollback", "begin", "begin_nested"}
    ]
    assert not found


def test_sessions_are_known_only_to_store_and_edits() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if path.relative_to(CODE).parts[0] not in {"store", "edits"} and "Session" in _imported(_tree(path))
    ]
    assert not found


def test_the_session_rule_sees_an_import() -> None:
    assert "Session" in _imported(ast.parse("def f():\n    from sqlmodel import Session"))
    assert "Session" not in _imported(ast.parse("if TYPE_CHECKING:\n    from sqlmodel import Session"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CODE)))
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    long = [
        f"{node.name} ({size} lines)"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (size := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long


STAND_INS = {"one", "said", "found", "held", "those"}
"""Words that stand where a noun would say what a thing is."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CODE)))
def test_things_are_called_by_nouns(path: Path) -> None:
    tree = _tree(path)
    called = [(node.lineno, node.arg) for node in ast.walk(tree) if isinstance(node, ast.arg)]
    called += [(node.lineno, node.name) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    called += [
        (node.lineno, node.id)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    assert not [f"line {line}: {name}" for line, name in called if name in STAND_INS]


def test_a_name_of_a_type_means_one_thing() -> None:
    trees = {path: _tree(path) for path in MODULES}
    assert structure.ambiguous_types(ROOT, trees) == {}


def test_no_modules_import_each_other_even_for_types() -> None:
    trees = {path: _tree(path) for path in MODULES}
    assert list(structure.circles(ROOT, trees)) == []


def test_the_map_names_every_module_and_no_other() -> None:
    named, whole = _on_the_map()
    there = {str(path.relative_to(CODE)) for path in MODULES if path.name != "__init__.py"}
    unnamed = {name for name in there - named if not name.startswith(tuple(whole))}
    assert not unnamed, "modules that docs/architecture.md does not name"
    assert not named - there, "modules that docs/architecture.md names and that do not exist"
    assert all((CODE / folder).is_dir() for folder in whole)


def test_the_first_look_loads_no_library_but_qt() -> None:
    code = "import sys; import spp_desktop.ui.window.main_window, spp_desktop.ui.window.first_look; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "PySide6" in loaded
    assert not {"sqlalchemy", "sqlmodel", "pydantic", "pyqtgraph", "numpy", "openpyxl"} & set(loaded)
    assert not [name for name in loaded if name.startswith("spp_desktop.ui.help")]


def test_none_keeps_its_references(qtbot: QtBot) -> None:
    """PySide6 6.12.0 loses one at every call that gives nothing, and aborts Python 3.11 after a few thousand."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for turn in range(1000):
        label.setText(str(turn))
    assert before - sys.getrefcount(None) < 100


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.AST) -> set[str]:
    """The names that are imported when the program runs, not only for its types."""
    return {alias.name for node in _run(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


def _run(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING"):
            yield child
            yield from _run(child)


def _on_the_map() -> tuple[set[str], set[str]]:
    """The modules named in the map's block, and the folders in it that stand for all that is in them."""
    block = re.search(r"^spp_desktop/\n(.*?)^\w", MAP.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert block
    modules: set[str] = set()
    folders: set[str] = set()
    above: dict[int, str] = {}
    for line in block[1].splitlines():
        depth = len(line) - len(line.lstrip())
        names = re.match(r"(?:\s+[\w/]+(?:\.py|/))*", line)
        assert names
        folder = "".join(above[at] for at in sorted(above) if at < depth)
        for name in names[0].split():
            (folders if name.endswith("/") else modules).add(folder + name)
            above = {at: part for at, part in above.items() if at < depth} | ({depth: name} if name[-1] == "/" else {})
    return modules, {folder for folder in folders if not any(name.startswith(folder) for name in modules)}
