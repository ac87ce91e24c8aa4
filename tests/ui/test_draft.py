"""The empty last row of a table: what is typed or pasted is kept whole in one step, waits, or is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester

from spp_desktop.plan.kinds import Whole
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.draft import NEW, DraftTable, is_new, new_key
from spp_desktop.ui.grid.table_model import CellChange
from spp_desktop.ui.grid.view import GridView

TITLE, NUMBER = range(2)
TEXTS = st.sampled_from(["", "a", "b", "c", "3", "12", "no number"])
BLOCKS = st.integers(1, 2).flatmap(
    lambda wide: st.lists(st.lists(TEXTS, min_size=wide, max_size=wide), min_size=1, max_size=4)
)


@dataclass(frozen=True)
class Line:
    key: str
    values: Mapping[str, Any]


@dataclass
class Kept:
    """The rows behind a table; each has a title of its own, and a number from 1 to 9 if it has one."""

    word: str = "thing"
    rows: list[Line] = field(
        default_factory=lambda: [Line("1", {"title": "x"}), Line("2", {"title": "y", "number": 2})]
    )
    needed: Sequence[str] = ("title",)
    steps: int = 0
    table: DraftTable | None = None

    def row(self, key: str, values: Mapping[str, Any]) -> Line:
        return Line(key, values)

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        if not 1 <= (values.get("number") or 1) <= 9:
            raise RuleBroken("number", "From 1 to 9.")
        return {name: value for name, value in values.items() if value not in ("", None)}

    def lacking(self, values: Mapping[str, Any]) -> Sequence[str]:
        return [name.capitalize() for name in self.needed if name not in values]

    def add(self, cells: list[CellChange], rows: list[dict[str, Any]]) -> list[str]:
        made = [Line(str(len(self.rows) + n), values) for n, values in enumerate(rows, 1)]
        self._write(cells, made)
        return [line.key for line in made]

    def commit(self, cells: list[CellChange]) -> None:
        self._write(cells, [])

    def _write(self, cells: list[CellChange], made: list[Line]) -> None:
        now = {line.key: dict(line.values) for line in self.rows} | {line.key: dict(line.values) for line in made}
        for key, name, value in cells:
            now[key][name] = value
        titles = [values.get("title") for values in now.values()]
        if "" in titles or None in titles or len(set(titles)) < len(titles):
            raise RuleBroken("title", "Each needs a title of its own.")
        for values in now.values():
            self.checked(values)
        self.steps += 1
        self.rows = [Line(key, values) for key, values in now.items()]
        assert self.table is not None
        self.table.set_rows(self.rows)


def shown(kept: Kept) -> DraftTable:
    columns = (
        GridColumn("title", "Title", editable=True, value=lambda row: row.values.get("title")),
        GridColumn("number", "Number", kind=Whole(), editable=True, value=lambda row: row.values.get("number")),
    )
    kept.table = DraftTable(columns, kept)
    kept.table.commit = kept.commit
    kept.table.set_rows(kept.rows)
    return kept.table


def texts(table: DraftTable) -> list[list[str]]:
    return [[str(table.index(line, n).data() or "") for n in range(2)] for line in range(table.rowCount())]


def test_the_model_keeps_qts_rules(qapp: object, qtmodeltester: ModelTester) -> None:
    table = shown(Kept())
    assert table.rowCount() > 0, "an empty model keeps all rules"
    qtmodeltester.check(table)  # type: ignore[no-untyped-call]  # pytest-qt gives no types


def test_a_row_waits_until_it_has_what_it_needs(qapp: object) -> None:
    kept = Kept()
    table = shown(kept)
    sentences: list[str] = []
    added: list[list[str]] = []
    table.refused.connect(sentences.append)
    table.added.connect(added.append)
    assert texts(table)[2] == ["New thing", ""]
    assert table.setData(table.index(2, NUMBER), "3")
    assert texts(table)[2] == ["", "3"]
    assert sentences[-1] == "The new thing is kept once “Title” is filled in."
    assert (kept.steps, table.has_unkept) == (0, True)
    assert not table.setData(table.index(2, TITLE), "x")
    assert texts(table)[2] == ["x", "3"]
    assert sentences[-1] == "Each needs a title of its own."
    assert table.setData(table.index(2, TITLE), "z")
    assert (kept.steps, table.has_unkept, added) == (1, False, [[], ["3"]])
    assert texts(table) == [["x", ""], ["y", "2"], ["z", "3"], ["New thing", ""]]


def test_all_that_a_row_lacks_is_named_as_the_columns_are_headed(qapp: object) -> None:
    table = shown(Kept("risk", needed=("title", "number", "what may happen")))
    sentences: list[str] = []
    table.refused.connect(sentences.append)
    table.setData(table.index(2, TITLE), "z")
    assert sentences[-1] == "The new risk is kept once “Number” and “What may happen” are filled in."
    columns = [table.columns[TITLE]]
    assert not table.keep([(row, columns[0], text) for row, text in zip(table.new_rows(2), "ab", strict=True)])
    assert sentences[-1] == "A new risk needs “Number” and “What may happen”; nothing was kept."


def test_what_is_blank_again_is_not_kept_waiting(qapp: object) -> None:
    table = shown(Kept())
    table.setData(table.index(2, NUMBER), "3")
    table.setData(table.index(2, NUMBER), "")
    assert not table.has_unkept
    table.setData(table.index(2, NUMBER), "12")
    table.forget_draft()
    assert not table.has_unkept


def test_no_row_is_typed_where_nothing_may_be_changed(qapp: object) -> None:
    table = shown(Kept())
    table.lock("Not now.")
    assert (table.rowCount(), table.line_of(NEW), table.new_rows(2), table.unwritten()) == (2, -1, [], [])
    table.lock("")
    assert (table.rowCount(), table.line_of(NEW), table.unwritten()) == (3, 2, [2])
    assert [row.key for row in table.new_rows(2)] == [new_key(1), new_key(2)]
    assert all(is_new(row.key) for row in table.new_rows(2))


@pytest.mark.qt_no_exception_capture
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([TITLE, NUMBER]), BLOCKS), max_size=6))
def test_a_block_is_kept_as_one_step_or_not_at_all(
    qapp: object, pastes: list[tuple[int, int, list[list[str]]]]
) -> None:
    kept = Kept()
    table = shown(kept)
    grid = GridView(table, "Things", "thing")
    for line, column, block in pastes:
        before, steps, waiting = kept.rows, kept.steps, dict(table.drafted)
        grid.go(table.index(min(line, table.rowCount() - 1), column))
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in block))
        grid.does.paste()
        assert kept.steps - steps in (0, 1)
        if kept.steps == steps:
            assert kept.rows == before
        else:
            assert table.drafted in ({}, waiting)
        assert table.rowCount() == len(kept.rows) + 1
        assert [row.key for row in table.rows] == [row.key for row in kept.rows]
        assert "title" not in table.drafted
    grid.deleteLater()
