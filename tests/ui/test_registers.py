"""Every register on screen by real keys: typed, pasted, filled down, found, copied, deleted and undone."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import SQLModel

from spp_desktop.edits import registers
from spp_desktop.plan.delivery import HexColour
from spp_desktop.plan.frameworks import Framework
from spp_desktop.plan.kinds import Year
from spp_desktop.plan.kinds.addresses import Addresses
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.page_names import PageOfWindow
from spp_desktop.plan.posts import Body, Post, PostHolder
from spp_desktop.plan.register import Register, Shown
from spp_desktop.plan.registers import REGISTERS, register_of
from spp_desktop.plan.results import Area
from spp_desktop.plan.rows import Row, kinds_of_row
from spp_desktop.store import history, queries
from spp_desktop.store.registered import linked_by, register_rows, titles
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common import question
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.draft import NEW
from spp_desktop.ui.registers.view import RegisterView

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier


@pytest.fixture(params=[*(register.name for register in REGISTERS), "finding"])
def opened(request: pytest.FixtureRequest) -> Iterator[tuple[PlanSignals, Register]]:
    """Every register, and one more that the program does not have; with a row in whatever the rows of one name."""
    if request.param == "finding":
        workspace, register = request.getfixturevalue("findings")
    else:
        workspace, register = request.getfixturevalue("workspace"), register_of(request.param)
    for signals in _furnished(workspace):
        yield signals, register


@pytest.fixture
def every(opened: tuple[PlanSignals, Register]) -> PlanSignals:
    return opened[0]


@pytest.fixture
def register(opened: tuple[PlanSignals, Register]) -> Register:
    return opened[1]


@pytest.fixture
def signals(workspace: Workspace) -> Iterator[PlanSignals]:
    yield from _furnished(workspace)


def _furnished(workspace: Workspace) -> Iterator[PlanSignals]:
    for model in (Body, Framework, Area):
        workspace.edit("add", registers.add, model, title=f"A {model.word.singular}")
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


YEARS = 3
"""Of the plan that the tests have open."""
FREE = 6
"""Numbers up to this are taken by rows that plans begin with."""


def _is_unique(model: type[Row], name: str) -> bool:
    columns = SQLModel.metadata.tables[str(model.__tablename__)].c
    return name in columns and bool(columns[name].unique)


def texts_of(signals: PlanSignals, register: Register, number: int) -> list[str]:
    """What a person would type in the columns of a row, so that each number makes another row."""
    typed = []
    for shown in register.columns:
        if shown.shown:
            typed.append(_text_of(signals, register, shown, number))
        if register.yearly is not None and register.yearly.after == shown.name:
            typed += [str(number)] * sum(column.shown for column in register.yearly.columns) * YEARS
    return typed


def _text_of(signals: PlanSignals, register: Register, shown: Shown, number: int) -> str:
    """What a person would type in one column."""
    if shown.name in linked_by(register.model):
        return next(iter(signals.read(titles, linked_by(register.model)[shown.name]).values()), "")
    model = register.model
    field, kind = model.model_fields[shown.name], kind_of(model, shown.name)
    kinds = (field.annotation, *get_args(field.annotation))
    kinds += tuple(bare for known in kinds for bare in get_args(known)[:1])
    words = [word for known in kinds for word in get_args(known) if isinstance(word, str)]
    words += [option.title for option in kind.options()] if isinstance(kind, PageOfWindow) else []
    most = min([rule.max_length for rule in field.metadata if hasattr(rule, "max_length")] or [60])
    if field.annotation is HexColour or "colour" in shown.name:
        return f"#0000{number:02}"
    if bool in kinds:
        return shown.words[1]
    if date in kinds:
        return f"0{number}/04/2009"
    if int in kinds or float in kinds:
        year = isinstance(kind, Year) or shown.name == "year"
        return str(2000 + number if year else number + FREE * _is_unique(model, shown.name))
    prose = f"{shown.name} {number}"[:most] if most > len(shown.name) + 3 else str(number)
    prose = f"post{number}@force.example" if isinstance(kind, Addresses) else prose
    return words[0] if words else prose


class List:
    """A register on screen, with a person's hands."""

    def __init__(self, qtbot: QtBot, signals: PlanSignals, register: Register) -> None:
        self.signals, self.register = signals, register
        self.view = RegisterView(signals, register)
        qtbot.addWidget(self.view)
        self.view.resize(900, 500)
        with qtbot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()
        self.grid, self.table = self.view.grid, self.view.table
        self.grid.setFocus()
        self.names = [column.field for column in self.table.columns if column.editable and column.shown]

    def key(self, key: Qt.Key, mod: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, mod)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        self.key(Key.Key_F2)
        self.key(Key.Key_A, CTRL)
        for letter in text:
            widget = QApplication.focusWidget()
            assert widget is not None
            QTest.keyClicks(widget, letter)

    def go(self, line: int, name: str) -> None:
        self.grid.go(self.table.index(line, self.table.column_of(name)))

    def mark(self, top: int, left: str, bottom: int, right: str) -> None:
        self.go(top, left)
        block = QItemSelection(
            self.table.index(top, self.table.column_of(left)), self.table.index(bottom, self.table.column_of(right))
        )
        self.grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def draft(self) -> int:
        return self.table.line_of(NEW)

    def paste(self, *lines: list[str]) -> None:
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))
        self.key(Key.Key_V, CTRL)

    def shown(self, name: str) -> list[str]:
        """What a column says, from top to bottom."""
        column = self.table.column_of(name)
        return [str(self.table.index(line, column).data()) for line in range(self.table.rowCount())]

    def rows(self) -> dict[str, list[str]]:
        """What the table says of each row of the plan."""
        return {
            row.key: [column.show(row) for column in self.table.columns]
            for row in self.signals.read(register_rows, self.register)
        }


def test_a_row_is_typed_and_one_undo_takes_all_of_it_back(qtbot: QtBot, every: PlanSignals, register: Register) -> None:
    sheet = List(qtbot, every, register)
    before = sheet.rows()
    texts = texts_of(every, register, 1)
    sheet.go(sheet.draft(), sheet.names[0])
    for text in texts[:-1]:
        sheet.type(text)
        sheet.key(Key.Key_Tab)
    sheet.type(texts[-1])
    sheet.key(Key.Key_Return)
    (key,) = sheet.rows().keys() - before.keys()
    # What came after the last column that it needed was typed into the row that had come into the plan by then.
    assert [step.label for step, _ in every.workspace.read_beside(history.row_history, [key])][-1].startswith(
        f"add {register.word.singular} "
    )
    while not (every.workspace.undo_label or "").startswith(f"add {register.word.singular} "):
        every.workspace.undo()
    assert key in sheet.rows()
    every.workspace.undo()
    assert sheet.rows() == before


def test_rows_are_pasted_past_the_last_one_as_one_step(qtbot: QtBot, every: PlanSignals, register: Register) -> None:
    sheet = List(qtbot, every, register)
    before = sheet.rows()
    block = [texts_of(every, register, number) for number in range(1, 6)]
    sheet.go(sheet.draft(), sheet.names[0])
    sheet.paste(*block)
    assert sheet.view.notice.text() == ""
    assert len(sheet.rows()) == len(before) + 5
    assert every.workspace.undo_label == f"add 5 {register.word.plural}"
    every.workspace.undo()
    assert sheet.rows() == before


def test_rows_are_filled_down_found_duplicated_and_deleted(
    qtbot: QtBot, every: PlanSignals, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def agree(_: QWidget, sentence: str, *__: str, **___: str) -> bool:
        asked.append(sentence)
        return True

    monkeypatch.setattr(question, "ask", agree)
    sheet = List(qtbot, every, register)
    before = sheet.rows()
    sheet.go(sheet.draft(), sheet.names[0])
    sheet.paste(*(texts_of(every, register, number) for number in (1, 2, 3)))
    keys = [key for key in sheet.table.visible_keys() if key not in before]
    lines = [sheet.table.line_of(key) for key in keys]
    last = sheet.names[-1]
    sheet.mark(lines[0], last, lines[2], last)
    sheet.key(Key.Key_D, CTRL)
    assert len({sheet.shown(last)[line] for line in lines}) == (3 if _is_unique(register.model, last) else 1)
    sheet.key(Key.Key_Escape)
    steps = [step.label for step, _ in every.workspace.read_beside(history.row_history, [keys[1]])]
    assert steps[-1] == f"add 3 {register.word.plural}"

    sheet.view.filter.setFocus()
    QTest.keyClicks(sheet.view.filter, sheet.shown(sheet.names[0])[lines[2]].lower())
    assert keys[2] in sheet.table.visible_keys()
    sheet.key(Key.Key_Escape)
    sheet.grid.setFocus()

    sheet.go(lines[1], last)
    sheet.key(Key.Key_D, CTRL | SHIFT)
    copies = sheet.rows().keys() - before.keys() - set(keys)
    assert len(copies) == 1 or sheet.view.notice.text().startswith(f"There is already {register.word.with_article}")
    if copies:
        assert (every.workspace.undo_label or "").startswith(f"duplicate {register.word.singular} ")

    sheet.mark(lines[0], last, lines[2] + len(copies), last)
    sheet.key(Key.Key_Minus, CTRL)
    assert asked == [f"Delete {3 + len(copies)} {register.word.plural}?"]
    assert sheet.rows() == before
    every.workspace.undo()
    assert keys[1] in sheet.rows()


def test_a_block_pasted_over_rows_and_past_them_is_one_step(qtbot: QtBot, signals: PlanSignals) -> None:
    sheet = List(qtbot, signals, register_of("post"))
    sheet.go(1, "title")
    sheet.paste(["Chief"], ["Deputy"], [""], ["Assistant"])
    assert [row.title for row in signals.read(queries.register, Post)] == ["ACC Crime", "Chief", "Deputy", "Assistant"]
    signals.workspace.undo()
    assert [row.title for row in signals.read(queries.register, Post)] == ["ACC Crime", "ACC Security"]


def test_a_block_with_a_row_that_lacks_something_adds_none(qtbot: QtBot, signals: PlanSignals) -> None:
    sheet = List(qtbot, signals, register_of("post_holder"))
    sheet.go(0, "post_id")
    sheet.paste(["ACC Crime", "A. Person"], ["ACC Security", ""])
    assert signals.read(queries.register, PostHolder) == []
    assert sheet.view.notice.text() == "A new post holder needs “Name”; nothing was kept."


def test_what_waits_in_a_new_row_outlives_a_change_of_the_plan(qtbot: QtBot, signals: PlanSignals) -> None:
    sheet = List(qtbot, signals, register_of("post_holder"))
    sheet.go(0, "name")
    sheet.type("A. Person")
    sheet.key(Key.Key_Tab)
    sheet.type("soon")
    sheet.key(Key.Key_Return)
    signals.edit("add a post", registers.add, Post, title="Chief")
    line = sheet.draft()
    assert [str(sheet.table.index(line, n).data()) for n in range(4)] == ["", "A. Person", "soon", ""]
    sheet.go(line, "name")
    sheet.key(Key.Key_Delete)
    assert not sheet.table.has_unkept
    assert str(sheet.table.index(line, 0).data()) == "New post holder"


def test_deleting_several_rows_asks_first(qtbot: QtBot, signals: PlanSignals, monkeypatch: pytest.MonkeyPatch) -> None:
    for title in ("Chief", "Deputy"):
        signals.edit("add", registers.add, Post, title=title)
    asked: list[str] = []

    def agree(_: QWidget, sentence: str, *__: str, **___: str) -> bool:
        asked.append(sentence)
        return True

    monkeypatch.setattr(question, "ask", agree)
    sheet = List(qtbot, signals, register_of("post"))
    sheet.mark(2, "title", 3, "title")
    sheet.key(Key.Key_Minus, CTRL)
    assert asked == ["Delete 2 posts?"]
    assert [row.title for row in signals.read(queries.register, Post)] == ["ACC Crime", "ACC Security"]
    assert signals.workspace.undo_label == "delete 2 posts"


def test_a_register_is_filtered_sorted_and_filled_down(qtbot: QtBot, signals: PlanSignals) -> None:
    for title in ("Chief", "Deputy"):
        signals.edit("add", registers.add, Post, title=title)
    sheet = List(qtbot, signals, register_of("post"))
    sheet.grid.setFocus()
    sheet.key(Key.Key_F, CTRL)
    sheet.view.filter.setFocus()
    QTest.keyClicks(sheet.view.filter, "acc")
    assert sheet.shown("title") == ["ACC Crime", "ACC Security", "New post"]
    sheet.key(Key.Key_Escape)
    sheet.grid.setFocus()
    sheet.table.sort(0, Qt.SortOrder.DescendingOrder)
    assert [str(sheet.table.index(line, 0).data()) for line in range(4)] == [
        "Deputy",
        "Chief",
        "ACC Security",
        "ACC Crime",
    ]
    sheet.go(0, "body_id")
    sheet.type("A body")
    sheet.key(Key.Key_Return)
    sheet.mark(0, "body_id", 3, "body_id")
    sheet.key(Key.Key_D, CTRL)
    assert {row.body_id for row in signals.read(queries.register, Post)} == set(signals.read(titles, Body))
    assert signals.workspace.undo_label == "change body of 3 posts"


def test_every_row_can_be_chosen_by_its_name(every: PlanSignals, register: Register) -> None:
    kinds = kinds_of_row()
    assert kinds[register.name] is register.model
    assert set(every.read(titles, register.model)) == {row.id for row in every.read(queries.register, register.model)}


def test_a_whole_column_is_filled_without_the_row_that_is_being_typed(qtbot: QtBot, signals: PlanSignals) -> None:
    sheet = List(qtbot, signals, register_of("post"))
    sheet.go(0, "body_id")
    sheet.type("A body")
    sheet.key(Key.Key_Return)
    sheet.key(Key.Key_Space, CTRL)
    sheet.key(Key.Key_D, CTRL)
    assert sheet.view.notice.text() == ""
    assert {row.body_id for row in signals.read(queries.register, Post)} == set(signals.read(titles, Body))
    assert not sheet.table.has_unkept


def test_the_widest_column_takes_what_the_others_leave(qtbot: QtBot, signals: PlanSignals) -> None:
    sheet = List(qtbot, signals, register_of("body"))
    header = sheet.grid.header
    wide, other = (sheet.table.column_of(name) for name in ("title", "kind"))
    assert header.length() == sheet.grid.viewport().width()
    before = header.sectionSize(wide)
    sheet.view.resize(sheet.view.width() + 100, sheet.view.height())
    assert header.sectionSize(wide) == before + 100
    header.resizeSection(other, header.sectionSize(other) + 40)
    assert header.sectionSize(wide) == before + 60
    header.setSectionHidden(other, True)
    assert header.sectionSize(wide) == sheet.grid.viewport().width()


def test_a_list_that_is_only_read_shows_its_rows_and_no_new_one(qtbot: QtBot, signals: PlanSignals) -> None:
    with Workspace.open(signals.workspace.path, read_only=True) as reading:
        opened = PlanSignals(reading)
        sheet = List(qtbot, opened, register_of("post"))
        assert sheet.shown("title") == ["ACC Crime", "ACC Security"]
        buttons = [button for button in sheet.view.findChildren(QPushButton) if button.isVisible()]
        assert not any(button.isEnabled() for button in buttons)
        sheet.key(Key.Key_F2)
        assert sheet.view.notice.text().startswith("This plan is open for reading only")
        opened.stop()


def test_counts_that_are_worked_out_stand_at_the_right(qtbot: QtBot, signals: PlanSignals) -> None:
    view = RegisterView(signals, register_of("area_level"))
    qtbot.addWidget(view)
    assert {column.field: column.align for column in view.table.columns} == {
        "title": "left", "plural": "left", "stated": "right", "source": "left", "listed": "right",
    }  # fmt: skip


def test_a_cell_that_names_no_row_is_blank_in_the_lists_too(qtbot: QtBot, signals: PlanSignals) -> None:
    view = RegisterView(signals, register_of("area"))
    qtbot.addWidget(view)
    row = view.table.rows[0]
    assert [column.show(row) for column in view.table.columns if column.field == "parent_id"] == [""]


def test_every_colour_in_a_list_is_seen_beside_its_name() -> None:
    colours = {
        (register.name, column.name): column.drawn
        for register in REGISTERS
        for column in register.columns
        if "colour" in column.name and column.name in register.model.model_fields
    }
    assert colours
    drawn = {where: swatch for where, swatch in colours.items() if swatch is not None and swatch.colour == where[1]}
    assert colours.keys() == drawn.keys()
