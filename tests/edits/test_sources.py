"""What is asked of a kind of row is asked of its object: no other place knows one from another by its name."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from spp_desktop.edits import sources as package
from spp_desktop.edits.return_rows import facts, listed, read_by
from spp_desktop.edits.sources.every import source_of, sources
from spp_desktop.edits.sources.source import IssueScope, RowSource
from spp_desktop.returns.catalogue import every_return
from spp_desktop.returns.definition import Listing
from spp_desktop.store import past
from spp_desktop.store.workspace import Workspace

ROOM = Path(package.__file__).parent
CODE = ROOM.parents[1]
CATALOGUE = CODE / "returns" / "catalogue"
FORM = re.compile(r"form_\d+\.py")
"""What a form of the file was: tables by name, for ever."""
ELSEWHERE = [
    path
    for path in CODE.rglob("*.py")
    if not path.is_relative_to(ROOM) and not path.is_relative_to(CATALOGUE) and not FORM.fullmatch(path.name)
]
NAMES = frozenset(sources())
QUOTED = re.compile(f"[\"'}}](?:{'|'.join(sorted(map(re.escape, NAMES)))})[\"'{{]")
"""A name as code writes it: a module without any need not be parsed."""


def told_apart(tree: ast.AST) -> Iterator[int]:
    """The lines on which code tells kinds of row apart by their names: in a comparison, a case, or a dict's keys."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare | ast.match_case):
            if _names_in([node.pattern] if isinstance(node, ast.match_case) else [node.left, *node.comparators]):
                yield node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
        elif isinstance(node, ast.Dict) and len(_names_in(filter(None, node.keys))) > 1:
            yield node.lineno


def _names_in(nodes: Iterator[ast.AST] | list[ast.AST]) -> set[str]:
    found = (each.value for node in nodes for each in ast.walk(node) if isinstance(each, ast.Constant))
    return {value for value in found if isinstance(value, str) and value in NAMES}


def test_no_other_place_tells_kinds_of_row_apart() -> None:
    found = [
        f"{path.relative_to(CODE)}:{line}"
        for path in ELSEWHERE
        if QUOTED.search(text := path.read_text(encoding="utf-8"))
        for line in told_apart(ast.parse(text))
    ]
    assert not found


def test_no_other_place_knows_one_kind_of_row() -> None:
    """Their objects and classes are known to their list alone."""
    own = {name for path in ROOM.glob("*.py") for name in _declared(path)}
    found = [
        f"{path.relative_to(CODE)}: {alias.name}"
        for path in ELSEWHERE
        if package.__name__ in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package.__name__)
        for alias in node.names
        if alias.name in own
    ]
    assert own >= {"ACTIVITIES", "SURVEYS", "MilestoneSource", "RegisterSource"}
    assert not found


def _declared(path: Path) -> list[str]:
    """The names that a module gives to kinds of row, and to their classes."""
    names = vars(import_module(f"{package.__name__}.{path.stem}"))
    return [
        name
        for name, value in names.items()
        if isinstance(value, RowSource)
        or (isinstance(value, type) and issubclass(value, RowSource) and value is not RowSource)
    ]


@pytest.mark.parametrize(
    "code",
    [
        "if listing.source == 'activities': pass",
        "same = 'milestones' != difference.source.name",
        "of_result = source in {'counts', 'rates'}",
        "WORDS = {'activities': 'activity', 'milestones': 'milestone'}",
        "match source.name:\n    case 'surveys': pass",
    ],
)
def test_the_rule_sees_each_way_to_tell_them_apart(code: str) -> None:
    assert list(told_apart(ast.parse(code)))


def test_the_rule_lets_other_words_be() -> None:
    assert not list(told_apart(ast.parse("state = {'milestones': 1, 'updates': 2}; x = word == 'activity'")))


def test_every_listing_has_its_kind_of_row_and_no_two_kinds_have_one_name() -> None:
    for definition in every_return():
        for listing in definition.listings:
            source = source_of(listing)
            assert source.name == listing.source
            assert source.unset <= {column.field for column in listing.columns}
    assert all(name == source.name for name, source in sources().items())
    assert len(sources()) == len(set(sources().values()))


def test_every_column_is_chosen_from_a_list_that_workbooks_have(workspace: Workspace) -> None:
    for definition in every_return():
        lists = workspace.read(facts, definition).lists
        for listing in definition.listings:
            assert {column.choices for column in listing.columns} - {""} <= lists.keys()
            assert {column.reasons for column in listing.columns} - {""} <= lists.keys()


@pytest.mark.parametrize(
    "listing", [listing for known in every_return() for listing in known.listings], ids=lambda listing: listing.title
)
def test_a_kind_of_row_names_every_table_that_it_is_read_from(workspace: Workspace, listing: Listing) -> None:
    """The plan as it was holds those tables alone: a list that reads one more could not say what went out."""
    plan, scope = workspace.read(facts), IssueScope(year=2008, period="M06")
    then = workspace.read_beside(past.read, {}, read_by([listing]), listed, listing, plan, scope)
    assert then == workspace.read(listed, listing, plan, scope)
