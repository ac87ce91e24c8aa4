"""A narrative by real keys: bold, bullets, the mark of a note, a paste from Word, and the text as it is printed."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from spp_desktop.edits import priorities
from spp_desktop.plan.priorities import Note
from spp_desktop.store import queries
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.priorities.note_picker import NotePicker
from spp_desktop.ui.priorities.page import PrioritiesPage
from spp_desktop.ui.priorities.panel import NOTES_TAB
from spp_desktop.ui.priorities.row_lists import NOT_HERE

if TYPE_CHECKING:
    from spp_desktop.store.workspace import Workspace

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WORD = """<html><body><!--StartFragment--><p class=MsoNormal>Cut <b>serious</b> harm</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>in towns</p>
<p><img src="x.png"></p><!--EndFragment--></body></html>"""


@pytest.fixture
def signals(workspace: "Workspace") -> Iterator[PlanSignals]:
    opened = PlanSignals(workspace)
    yield opened
    opened.stop()


@pytest.fixture
def page(qtbot: QtBot, signals: PlanSignals) -> PrioritiesPage:
    """The page with the first priority chosen and the keyboard in its narrative."""
    made = PrioritiesPage(signals)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    made.show()
    assert made.select(made.first_row())
    made.panel.body.setFocus()
    qtbot.waitUntil(made.panel.body.hasFocus)
    return made


def narrative(signals: PlanSignals) -> str:
    """What the plan has of the first priority."""
    return signals.read(queries.priority_tree)[0].narrative


def keys(page: PrioritiesPage, text: str) -> None:
    """Type into the narrative."""
    QTest.keyClicks(page.panel.body, text)


def press(page: PrioritiesPage, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in the narrative."""
    QTest.keyClick(page.panel.body, key, held)


def test_bold_and_bullets_are_typed_kept_and_taken_back_as_one_text(page: PrioritiesPage, signals: PlanSignals) -> None:
    keys(page, "We cut crime")
    press(page, Key.Key_B, CTRL)
    assert page.panel.body.toPlainText() == "We cut **crime**"
    press(page, Key.Key_End)
    press(page, Key.Key_Return)
    keys(page, "one")
    press(page, Key.Key_L, CTRL | SHIFT)
    press(page, Key.Key_Return)
    keys(page, "two")
    press(page, Key.Key_Return)
    press(page, Key.Key_Return)  # an empty bullet ends the list
    press(page, Key.Key_Return, CTRL)
    assert narrative(signals) == "We cut **crime**\n- one\n- two"
    signals.workspace.undo()
    assert narrative(signals) == ""


def pick(typed: str) -> Callable[[], None]:
    """Answers the dialog of notes that opens: something typed, then Enter."""

    def answer() -> None:
        """Type, and take what is chosen."""
        picker = QApplication.activeModalWidget()
        assert isinstance(picker, NotePicker)
        QTest.keyClicks(picker.box, typed)
        QTest.keyClick(picker.box, Key.Key_Return)

    return answer


def test_a_note_of_the_plan_is_marked_and_a_new_one_made(
    qtbot: QtBot, page: PrioritiesPage, signals: PlanSignals
) -> None:
    note = signals.edit("add a note", priorities.add_note, "Defined as murder and serious assault.")
    signals.edit("print it", priorities.use_note, note, number=4, theme_id=_theme(signals))
    keys(page, "Serious harm")
    QTimer.singleShot(0, pick("murder"))
    press(page, Key.Key_N, CTRL | SHIFT)
    page.activateWindow()  # no window manager is there to do so
    qtbot.waitUntil(page.panel.body.hasFocus)
    keys(page, " falls")
    QTimer.singleShot(0, pick("As counted in 2007"))
    press(page, Key.Key_N, CTRL | SHIFT)
    press(page, Key.Key_Return, CTRL)
    assert narrative(signals) == "Serious harm[note 4] falls[note 5]"
    notes = signals.read(queries.notes_at, "priority_id", page.first_row())
    assert [(row.number, row.text) for row in notes] == [
        (4, "Defined as murder and serious assault."), (5, "As counted in 2007")
    ]  # fmt: skip


def _theme(signals: PlanSignals) -> str:
    return signals.read(queries.priority_tree)[0].children[0].key


def test_what_is_pasted_from_word_is_words_and_marks_and_pictures_are_told_of(
    page: PrioritiesPage, signals: PlanSignals
) -> None:
    pasted = QMimeData()
    pasted.setHtml(WORD)
    pasted.setText("Cut serious harm")
    QApplication.clipboard().setMimeData(pasted)
    press(page, Key.Key_V, CTRL)
    assert page.panel.body.toPlainText() == "Cut **serious** harm\n\n- in towns"
    assert page.panel._notice.text() == "1 picture was left out: a narrative holds words alone."
    press(page, Key.Key_A, CTRL)
    press(page, Key.Key_C, CTRL)  # what is copied comes back as it was
    assert not QApplication.clipboard().mimeData().hasHtml()
    press(page, Key.Key_V, CTRL)
    press(page, Key.Key_Return, CTRL)
    assert narrative(signals) == "Cut **serious** harm\n\n- in towns"


def test_the_text_is_seen_as_it_is_printed_while_it_is_typed(
    qtbot: QtBot, page: PrioritiesPage, signals: PlanSignals
) -> None:
    printed = page.panel.printed
    assert printed.isHidden()
    note = signals.edit("add a note", priorities.add_note, "A note & more.")
    signals.edit("print it", priorities.use_note, note, number=9, priority_id=page.first_row())
    press(page, Key.Key_P, CTRL | SHIFT)
    assert printed.isVisible()
    keys(page, "**Now**[note 9] <here>")
    qtbot.waitUntil(lambda: "<here>" in printed.toPlainText())
    assert printed.toPlainText().split("\n") == ["Serious harm", "Now1 <here>", "", "1 A note & more."]
    document = printed.document()
    assert isinstance(document, QTextDocument)
    assert document.find("Now").charFormat().font().bold()
    assert page.select(_theme(signals))
    qtbot.waitUntil(lambda: printed.toPlainText().startswith("Serious harm: people"))
    assert "Nothing is written here yet." in printed.toPlainText()
    press(page, Key.Key_P, CTRL | SHIFT)
    assert printed.isHidden()


def test_a_note_is_taken_from_a_row_by_keys_and_stays_in_the_plan(
    qtbot: QtBot, page: PrioritiesPage, signals: PlanSignals
) -> None:
    note = signals.edit("add a note", priorities.add_note, "Defined elsewhere.")
    signals.edit("print it", priorities.use_note, note, number=4, priority_id=page.first_row())
    qtbot.waitUntil(lambda: page.panel.notes.count() == 1)
    page.panel.show_list(NOTES_TAB)
    away = next(button for button in page.panel.notes.findChildren(QPushButton) if button.text() == NOT_HERE)
    away.setFocus()
    QTest.keyClick(away, Key.Key_Space)
    qtbot.waitUntil(lambda: page.panel.notes.count() == 0)
    assert [row.text for row in signals.read(queries.register, Note)] == ["Defined elsewhere."]
    signals.workspace.undo()
    assert signals.read(queries.notes_at, "priority_id", page.first_row())[0].number == 4
