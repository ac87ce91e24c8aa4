"""The rules that keep the rooms of docs/architecture.md apart, held by the tests."""

import ast
import gc
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from importlinter.cli import lint_imports
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from benchmarks import structure
from spp_desktop.store.collector import waiting_collector

ROOT = Path(__file__).parents[1]
CODE = ROOT / "spp_desktop"
MODULES = sorted(CODE.rglob("*.py"))
MAP = ROOT / "docs" / "architecture.md"

LONGEST_FILE = 500
"""Lines. A file is cut by the thought; one that is longer than this surely holds more than one."""
LONGEST_FUNCTION = 50

Naming = ast.arg | ast.FunctionDef | ast.ClassDef | ast.Name
"""What gives something a name."""
Nodes = list[tuple[Path, Naming]]


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    """Every module of the program, parsed once for all rules; the collector of garbage need not look through them."""
    with waiting_collector():
        parsed = {path: _tree(path) for path in MODULES}
        gc.freeze()
    return parsed


@pytest.fixture(scope="module")
def nodes(trees: Mapping[Path, ast.Module]) -> Nodes:
    """What gives names in any module, each with its module."""
    return [
        (path, node)
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.arg | ast.FunctionDef | ast.ClassDef)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    ]


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


def test_sessions_are_known_only_to_store_and_edits(trees: Mapping[Path, ast.Module]) -> None:
    found = [
        str(path.relative_to(ROOT))
        for path, tree in trees.items()
        if path.relative_to(CODE).parts[0] not in {"store", "edits"}
        and "Session" in path.read_text(encoding="utf-8")
        and "Session" in _imported(tree)
    ]
    assert not found


def test_the_session_rule_sees_an_import() -> None:
    assert "Session" in _imported(ast.parse("def f():\n    from sqlmodel import Session"))
    assert "Session" not in _imported(ast.parse("if TYPE_CHECKING:\n    from sqlmodel import Session"))


def test_modules_and_functions_can_be_read_in_one_sitting(trees: Mapping[Path, ast.Module], nodes: Nodes) -> None:
    files = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in trees}
    long = [f"{path.relative_to(CODE)} ({size} lines)" for path, size in files.items() if size > LONGEST_FILE]
    long += [
        f"{path.relative_to(CODE)}: {node.name} ({size} lines)"
        for path, node in nodes
        if isinstance(node, ast.FunctionDef) and (size := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long


STAND_INS = {"one", "said", "found", "held", "those"}
"""Words that stand where a noun would say what a thing is."""


def test_things_are_called_by_nouns(nodes: Nodes) -> None:
    called = [(path, node, _called(node)) for path, node in nodes]
    assert not [f"{path.relative_to(CODE)}:{node.lineno}: {name}" for path, node, name in called if name in STAND_INS]


def _called(node: Naming) -> str:
    """The name that is given to an argument, a function, a class or a variable."""
    if isinstance(node, ast.Name):
        return node.id
    return node.arg if isinstance(node, ast.arg) else node.name


def test_a_name_of_a_type_means_one_thing(trees: Mapping[Path, ast.Module]) -> None:
    assert structure.ambiguous_types(ROOT, trees) == {}


def test_no_modules_import_each_other_even_for_types(trees: Mapping[Path, ast.Module]) -> None:
    assert list(structure.circles(ROOT, trees)) == []


def test_the_map_names_every_module_and_no_other() -> None:
    named, whole = _on_the_map()
    there = {str(path.relative_to(CODE)) for path in MODULES if path.name != "__init__.py"}
    unnamed = {name for name in there - named if not name.startswith(tuple(whole))}
    assert not unnamed, "modules that docs/architecture.md does not name"
    assert not named - there, "modules that docs/architecture.md names and that do not exist"
    assert all((CODE / folder).is_dir() for folder in whole)


OPENING = """
import sys
from importlib import import_module
from spp_desktop.ui.window import coming_plan, first_look, main_window
print(*sys.modules)
for name in coming_plan.BEHIND:
    import_module(name)
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.rows import kinds_of_row
Plan()
print(*sys.modules)
print(*[name for name, kind in kinds_of_row().items() if kind.__mapper__.configured])
"""
"""Loads what a first look needs, what an open plan and a first edit need, and makes one row."""


def test_what_is_loaded_for_a_first_look_and_for_a_first_edit() -> None:
    ended = subprocess.run([sys.executable, "-c", OPENING], capture_output=True, text=True, check=True)
    loaded, behind, ready = map(str.split, ended.stdout.splitlines())
    assert "PySide6" in loaded
    assert not {"sqlalchemy", "sqlmodel", "pydantic", "pyqtgraph", "numpy", "openpyxl"} & set(loaded)
    late = {"html", "concurrent.futures", "spp_desktop.store.history", "spp_desktop.ui.pictures.drawing"}
    assert not late & set(loaded)
    assert not [name for name in loaded if name.startswith("spp_desktop.ui.help")]
    assert "spp_desktop.ui.delivery.page" in behind
    late = {"xml", "openpyxl", "spp_desktop.documents", "spp_desktop.figures.judging", "spp_desktop.returns.definition"}
    assert not late & set(behind)
    assert ready == ["plan"]  # SQLAlchemy gets ready what is asked for, not a hundred kinds of row


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
