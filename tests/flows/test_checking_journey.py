"""A plan held against what left it, in the window: a saved table carries the head, and the report says if it fits."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.returns.carried_head import carried
from spp_desktop.returns.chain_head import head_in
from spp_desktop.store import backups
from spp_desktop.store.checking import Report
from spp_desktop.ui.common.plan_window import head_of
from spp_desktop.ui.delivery.page import DeliveryPage
from spp_desktop.ui.pictures import menu as picture_menu
from spp_desktop.ui.pictures import print_dialog, save_dialog
from spp_desktop.ui.pictures.save_dialog import KINDS, SavePictureDialog
from spp_desktop.ui.window import check_report, plan_jobs
from spp_desktop.ui.window.check_report import CheckReportDialog
from tests.flows.conftest import Opener
from tests.flows.hands import view_of
from tests.store.conftest import sql
from tests.store.tampering import FORGED, sealed_anew


def test_a_table_that_was_saved_tells_that_the_plan_was_written_anew(
    qtbot: QtBot, opener: Opener, small_plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, table = tmp_path / "plan.plan", tmp_path / "table.xlsx"
    shutil.copyfile(small_plan, plan)
    reports: list[tuple[str, str]] = []

    def read(dialog: CheckReportDialog) -> int:
        reports.append((dialog.answer.text(), dialog.text.toPlainText()))
        dialog.reject()
        return 0

    monkeypatch.setattr(CheckReportDialog, "exec", read)
    monkeypatch.setattr(plan_jobs, "ask_open_several", lambda *_: [table])
    monkeypatch.setattr(picture_menu, "ask_save", lambda *_: table)

    window = opener(plan)
    view_of(window).signals.edit("name the force", sql, "UPDATE plan SET force = 'X'")
    page = view_of(window).page("delivery")
    assert isinstance(page, DeliveryPage)
    picture_menu.ask_and_save_numbers(page, "Delivery plan", page.grid.as_sheet())
    (head,) = carried(table).heads
    assert window.workspace is not None
    assert head == head_in(window.workspace.head())
    window.actions_by_name["check_against"].trigger()
    qtbot.waitUntil(lambda: len(reports) == 1)
    (told,) = reports
    assert told[0] == "The plan is sound."
    assert "The history is still the one that table.xlsx left at step 3." in told[1]
    window.close_plan()

    sealed_anew(plan, *FORGED)
    shutil.rmtree(backups.folder_of(plan))
    again = opener(plan)
    banner = view_of(again).banner
    assert "its history has another step 3 when it was last open here" in banner.sentence()
    offered = {button.text(): button for button in banner.findChildren(QPushButton)}
    assert list(offered) == ["Check this file", "Save a copy…", "Earlier versions…", "Dismiss"]
    offered["Check this file"].click()
    qtbot.waitUntil(lambda: len(reports) == 2)
    assert reports[-1][0] == "The plan is sound.", "the file alone shows nothing"
    again.actions_by_name["check_against"].trigger()
    qtbot.waitUntil(lambda: len(reports) == 3)
    assert reports[-1][0] == "Something is wrong with this plan."
    assert "The history is another than the one that table.xlsx left at step 3" in reports[-1][1]


def test_pages_and_pictures_that_are_saved_carry_the_head(
    opener: Opener, small_plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "plan.plan"
    shutil.copyfile(small_plan, plan)
    window = opener(plan)
    view = view_of(window)
    drawings, _ = print_dialog.shown_on(view.page("delivery"))
    pages = print_dialog.PrintDialog(drawings, print_dialog.page_words(view), to_file=True, parent=window)
    pictures = SavePictureDialog(drawings[0], window)
    assert window.workspace is not None
    head = head_in(window.workspace.head())
    for kind, (_, ending, _) in enumerate(KINDS):
        path = tmp_path / f"picture{ending[ending.index('*.') + 1 : -1]}"
        monkeypatch.setattr(save_dialog, "ask_save", lambda *_, path=path: path)
        pictures.kinds.button(kind).setChecked(True)
        pictures.save()
        assert carried(path).heads == (head,), path.name
    monkeypatch.setattr(print_dialog, "ask_save", lambda *_: tmp_path / "pages.pdf")
    pages.save()
    assert carried(tmp_path / "pages.pdf").heads == (head,)
    for dialog in (pages, pictures):
        dialog.deleteLater()


def test_a_long_report_fits_a_small_screen_and_is_saved(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = [f"Sentence {n} of the report, <b>as it is written</b>." for n in range(60)]
    dialog = CheckReportDialog(Report(ok=False, lines=sentences), tmp_path / "plan.plan")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.width() <= 911
    assert dialog.height() <= 512
    assert dialog.text.hasFocus() or not dialog.isActiveWindow()
    assert dialog.text.toPlainText().split("\n") == sentences
    assert dialog.text.verticalScrollBar().maximum() > 0
    monkeypatch.setattr(check_report, "ask_save", lambda *_: tmp_path / "report.txt")
    dialog.save()
    assert dialog.done_label.text() == "Saved as report.txt."
    saved = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert saved.split("\n") == ["Something is wrong with this plan.", *sentences, ""]
    monkeypatch.setattr(check_report, "ask_save", lambda *_: tmp_path / "no such folder" / "report.txt")
    dialog.save()
    assert "could not be written" in dialog.done_label.text()
    dialog.close()


def test_a_widget_of_no_plan_has_no_head(qtbot: QtBot) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    assert head_of(QWidget(outer)) == ""
