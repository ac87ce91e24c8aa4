"""Text is text: what a plan says is shown as it stands there, in every widget, menu, tip and box of the window."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QGroupBox,
    QLabel,
    QListWidget,
    QMenu,
    QMessageBox,
    QTabBar,
    QTextBrowser,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlmodel import Session, select

from spp_desktop.edits import reporting_periods, rows
from spp_desktop.plan.kinds import Long, Text
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common import question, theme
from spp_desktop.ui.window import commands
from spp_desktop.ui.window.main_window import MainWindow
from tests.conftest import sample
from tests.flows.conftest import Opener
from tests.flows.hands import in_dialog, view_of

MARK = "<b>bold</b> & more"
"""A harmless text that looks as if it were marked up, with what marks the key of a button."""
NAME = "bold & more" if sys.platform == "win32" else "<b>bold & more [*]"
"""A name of a file that looks so; a slash cannot stand in one."""
TRACES = re.compile(r"bold|&lt;|&amp;")
"""What is left of it where it was read as something else."""
DIALOGS = (
    "show_registers", "find_anything", "issue_returns", "issue_results", "issue_another", "check_plan",
    "what_is_this", "show_earlier_versions", "about",
)  # fmt: skip
"""The commands that open a dialog which shows something of the plan."""


@pytest.fixture(scope="module")
def marked_once(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked sample, with the text in every cell of every table that may hold any."""
    plan = sample(samples, "worked", tmp_path_factory.mktemp("marked"))
    with Workspace.open(plan) as opened:
        opened.edit("reopen what is locked", reopen_all)
        opened.edit(f"mark all with {MARK}", mark_all)
    return plan


@pytest.fixture
def marked(marked_once: Path, tmp_path: Path) -> Path:
    """That plan, as a file of this test's own."""
    return shutil.copyfile(marked_once, tmp_path / marked_once.name)


def reopen_all(session: Session) -> None:
    """A verb: no period is locked any more, so that what was said for it may change."""
    for period in reporting_periods.periods_in_order(session):
        if period.state == "locked":
            reporting_periods.reopen_period(session, period.id, MARK)


def mark_all(session: Session) -> None:
    """A verb: the text in every cell of text that keeps its rules with it."""
    for model in kinds_of_row().values():
        names = [name for name in model.model_fields if type(kind_of(model, name)) in (Text, Long) and name != "id"]
        for number, row in enumerate(session.exec(select(model)).all()):
            for name in names:
                if getattr(row, name) and not _change(session, model, row.id, {name: f"{MARK} {number}"}):
                    continue


def _change(session: Session, model: Any, key: str, values: dict[str, Any]) -> bool:
    try:
        with session.begin_nested():
            rows.change(session, model, key, **values)
    except RuleBroken:
        return False
    return True


@pytest.fixture
def window(opener: Opener, marked: Path, qapp: QApplication) -> MainWindow:
    """A window on that plan, in the style of the program."""
    theme.apply(qapp, dark=False)
    return opener(marked)


def test_every_page_shows_texts_as_they_are(window: MainWindow) -> None:
    seen = 0
    for page in list(window.page_actions.values()):
        page.trigger()
        shown = view_of(window).page(view_of(window).current())
        shown.select(shown.first_row())
        for bar in shown.findChildren(QTabBar):
            for tab in range(bar.count()):
                bar.setCurrentIndex(tab)
                QApplication.processEvents()
                seen += assert_as_written(window)
    assert seen > 100


def test_every_dialog_shows_texts_as_they_are(qtbot: QtBot, window: MainWindow) -> None:
    for name in DIALOGS:

        def look(dialog: QDialog) -> None:
            for list_ in dialog.findChildren(QListWidget):
                for row in range(list_.count()):
                    list_.setCurrentRow(row)
                    QApplication.processEvents()
                    assert_as_written(dialog)
            assert_as_written(dialog)
            dialog.reject()

        with in_dialog(qtbot, QDialog, look):
            window.actions_by_name[name].trigger()
    assert set(DIALOGS) <= {command.name for _, menu in commands.MENUS for command in menu}


@pytest.mark.qt_log_ignore("does not support raise", extend=True)  # what the platform without a screen cannot do
def test_boxes_tips_and_the_line_above_the_tabs_show_texts_as_they_are(qtbot: QtBot, window: MainWindow) -> None:
    view_of(window).say(MARK, {MARK: lambda: None})
    assert assert_as_written(view_of(window).banner) > 1

    def look(box: QMessageBox) -> None:
        assert assert_as_written(box) > 2
        box.reject()

    with in_dialog(qtbot, QMessageBox, look):
        question.ask(window, MARK, MARK, detail=MARK)
    QToolTip.showText(QPoint(9, 9), MARK, window)
    (tip,) = [each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel")]
    assert isinstance(tip, QLabel)
    assert tip.textFormat() == Qt.TextFormat.PlainText
    QToolTip.hideText()


def assert_as_written(within: QWidget, mark: str = MARK) -> int:
    """Hold every text of a widget and of all in it against what was written. Returns how many show it."""
    texts = [(str(each), text) for each in (within, *within.findChildren(QWidget)) for text in shown_by(each)]
    for who, text in texts:
        assert not TRACES.search(text.replace(mark, "")), f"{who} shows {text!r}"
    return sum(mark in text for _, text in texts)


def shown_by(widget: QWidget) -> Iterator[str]:
    """The texts that a person sees or hears of a widget, as Qt draws and says them."""
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if widget.windowTitle():
        yield widget.windowTitle().replace("[*][*]", "[*]")
    if isinstance(widget, QLabel):
        assert widget.textFormat() != Qt.TextFormat.AutoText or not widget.isVisible(), widget.text()
        rich = widget.textFormat() == Qt.TextFormat.RichText
        yield (
            plain(widget.text())
            if rich
            else keyless(widget.text())
            if isinstance(widget.buddy(), QWidget)
            else widget.text()
        )
    elif isinstance(widget, QAbstractButton | QGroupBox):
        yield keyless(widget.text() if isinstance(widget, QAbstractButton) else widget.title())
    elif isinstance(widget, QTabBar):
        yield from (keyless(widget.tabText(tab)) for tab in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield keyless(widget.title())
    elif isinstance(widget, QTextBrowser):
        yield plain(widget.toHtml())
    for action in widget.findChildren(QAction):
        yield keyless(action.text())


def plain(text: str) -> str:
    """What is seen of a text that is marked up."""
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText().replace("\xa0", " ")


def keyless(text: str) -> str:
    """What is seen of a text in which "&" marks a key."""
    return re.sub(r"&(.)", r"\1", text.partition("\t")[0])


def test_names_of_files_are_shown_as_they_are(
    opener: Opener, qtbot: QtBot, small_plan: Path, tmp_path: Path, qapp: QApplication
) -> None:
    theme.apply(qapp, dark=False)
    plan = tmp_path / f"{NAME}.plan"
    plan.write_bytes(small_plan.read_bytes())
    window = opener(plan)
    seen = assert_as_written(window, NAME)

    def look(dialog: QDialog) -> None:
        assert assert_as_written(dialog, NAME) > 0
        dialog.reject()

    with in_dialog(qtbot, QDialog, look):
        window.actions_by_name["show_earlier_versions"].trigger()
    assert window.close_plan()
    QApplication.processEvents()
    assert_as_written(window, NAME)
    assert seen > 0
