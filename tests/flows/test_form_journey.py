"""The officer fills somebody's form with real keys; next year's has moved, and is filled where it has moved to."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits.forms import kept_forms
from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.edits.forms.values import value_named
from spp_desktop.returns.forms.mapping import from_text
from spp_desktop.returns.forms.opening import open_form
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.jobs import Jobs
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.forms import fill_form, form_dialog
from spp_desktop.ui.forms.belongs_here import BY_LABELS, BelongsHereDialog
from spp_desktop.ui.forms.fill_form import FillFormDialog
from spp_desktop.ui.forms.read_form import ReadFormDialog
from spp_desktop.ui.forms.wording_dialog import WordingDialog
from tests.edits.test_forms import MAPPING, blank, changed
from tests.flows.conftest import Opener
from tests.flows.hands import ALT, CTRL, SHIFT, in_dialog, key, press, to_front, type_text, view_of

Key = Qt.Key
pytestmark = pytest.mark.usefixtures("read_here")


def test_a_form_and_next_years_with_moved_columns(  # noqa: PLR0915 - a whole journey
    qtbot: QtBot, opener: Opener, worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(worked)
    workspace = view_of(window).signals.workspace
    forms = [blank(tmp_path / "annual.xlsx"), blank(tmp_path / "next.xlsx", move=True)]
    outs = [tmp_path / "filled.xlsx", tmp_path / "filled next.xlsx"]
    asked = iter(forms)
    monkeypatch.setattr(form_dialog, "ask_open", lambda *_: next(asked))
    written = iter(outs)
    monkeypatch.setattr(fill_form, "ask_save", lambda *_: next(written))
    content = forms[0].read_bytes()

    def by_labels(dialog: BelongsHereDialog) -> None:
        assert dialog.chosen() is BY_LABELS
        key(Key.Key_Return)

    def typed(text: str) -> None:
        def steps(dialog: BelongsHereDialog) -> None:
            type_text(text)
            key(Key.Key_Return)

        with in_dialog(qtbot, BelongsHereDialog, steps):
            key(Key.Key_Return)

    def back(dialog: FillFormDialog) -> None:
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)

    def first(dialog: FillFormDialog) -> None:
        key(Key.Key_Space)
        qtbot.waitUntil(lambda: dialog.view is not None and dialog.view.hasFocus())
        assert dialog.view is not None
        key(Key.Key_Right)  # the force code, which the plan does not keep
        typed("F41")
        back(dialog)
        key(Key.Key_Down)
        typed("plan's force")
        back(dialog)
        for _ in range(3):
            key(Key.Key_Down)
        for code in (Key.Key_Down, Key.Key_Right):
            key(code, SHIFT)
        with in_dialog(qtbot, BelongsHereDialog, by_labels):
            key(Key.Key_Return)
        back(dialog)
        assert dialog.named.rowCount() == 3
        assert {line.title for line in dialog.cells.filling.lines if line.shown} >= {"always “F41”", "the plan's force"}  # type: ignore[union-attr]
        key(Key.Key_PageDown, CTRL)
        assert dialog.view.sheet.title == "Gains"
        key(Key.Key_Down)
        key(Key.Key_Right)
        for _ in range(3):
            key(Key.Key_Down, SHIFT)
        typed("each efficiency gain gain")
        back(dialog)
        key(Key.Key_Delete)
        typed("each efficiency gain gain")
        back(dialog)
        QTest.keyClick(dialog, Key.Key_A, ALT)
        dialog.name.selectAll()
        type_text("Annual return")
        QTest.keyClick(dialog, Key.Key_K, ALT)
        QTest.keyClick(dialog, Key.Key_K, ALT)
        qtbot.waitUntil(lambda: "Kept as Annual return" in dialog.notice.text())
        QTest.keyClick(dialog, Key.Key_I, ALT)
        qtbot.waitUntil(lambda: "It is in filled.xlsx" in dialog.notice.text())
        key(Key.Key_Escape)

    with in_dialog(qtbot, FillFormDialog, first):
        window.actions_by_name["fill_form"].trigger()
    to_front(qtbot, window)
    assert forms[0].read_bytes() == content
    filled = load_workbook(outs[0])
    assert [filled["Figures"][cell].value for cell in ("B1", "B2", "B9")] == [
        "F41",
        "West Midlands Police",
        "=SUM(B5:B6)",
    ]
    assert all(filled["Gains"][f"B{row}"].value for row in (2, 3, 4, 5))
    assert list(workspace.read(kept_forms.kept_forms)) == ["Annual return"]

    def second(dialog: FillFormDialog) -> None:
        QTest.keyClick(dialog, Key.Key_M, ALT)
        key(Key.Key_Down)
        QTest.keyClick(dialog, Key.Key_Y, ALT)
        key(Key.Key_Down)
        QTest.keyClick(dialog, Key.Key_F, ALT)
        qtbot.waitUntil(lambda: dialog.cells is not None)
        assert dialog.cells is not None
        notes = [note for line in dialog.cells.filling.lines for note in line.notes]
        assert "Moved from B5 to C7." in notes
        assert not dialog.cells.filling.unplaced
        QTest.keyClick(dialog, Key.Key_I, ALT)
        qtbot.waitUntil(lambda: "It is in filled next.xlsx" in dialog.notice.text())
        key(Key.Key_Escape)

    with in_dialog(qtbot, FillFormDialog, second):
        window.actions_by_name["fill_form"].trigger()
    to_front(qtbot, window)
    assert load_workbook(outs[1])["Figures"]["B2"].value == "West Midlands Police"

    edited = changed(outs[0], tmp_path / "edited.xlsx", {("Figures", "B2"): "Midland Police"})
    monkeypatch.setattr(form_dialog, "ask_open", lambda *_: edited)

    def read(dialog: ReadFormDialog) -> None:
        key(Key.Key_Space)
        qtbot.waitUntil(lambda: dialog.reading is not None)
        assert dialog.take_button.text() == "&Take in 1 cell"
        QTest.keyClick(dialog, Key.Key_T, ALT)

    with in_dialog(qtbot, ReadFormDialog, read):
        window.actions_by_name["read_form"].trigger()
    to_front(qtbot, window)

    def force() -> object:
        return workspace.read(lambda connection: value_named(PlanBook(connection), "plan: force")).value

    assert force() == "Midland Police"
    press(qtbot, window, Key.Key_Z, CTRL)
    assert force() == "West Midlands Police"


def test_a_forms_own_words_are_said_and_the_mapping_goes_to_another_plan_as_a_file(
    qtbot: QtBot, worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "annual.toml"
    monkeypatch.setattr(fill_form, "ask_save", lambda *_: file)
    monkeypatch.setattr(fill_form, "ask_open", lambda *_: file)
    with Workspace.open(worked) as workspace:
        signals = PlanSignals(workspace)
        workspace.edit("keep", kept_forms.keep_form, from_text(MAPPING))
        dialog = FillFormDialog(signals, Jobs(), 2008)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.show_form(open_form(blank(tmp_path / "annual.xlsx")))
        lines = [dialog.named.item(row, 0).text() for row in range(dialog.named.rowCount())]  # type: ignore[union-attr]
        dialog.named.selectRow(lines.index("Gains!C2"))

        def words(asked: WordingDialog) -> None:
            assert asked.words() == {"Cashable": "C", "Not cashable": "N"}
            asked.lines["Cashable"].setFocus()
            asked.lines["Cashable"].selectAll()
            type_text("Cash")
            key(Key.Key_Return)

        with in_dialog(qtbot, WordingDialog, words):
            dialog.wording.click()
        assert dialog.named.item(lines.index("Gains!C2"), 2).text() == "Cash"  # type: ignore[union-attr]
        dialog.save_file.trigger()
        assert from_text(file.read_text(encoding="utf-8")).lists == {"kind": {"Cashable": "Cash", "Not cashable": "N"}}
        workspace.edit("remove", kept_forms.remove_form, "Annual return")
        dialog.kept.clear()
        dialog.take_file.trigger()
        assert workspace.read(kept_forms.kept_forms)["Annual return"].lists["kind"]["Cashable"] == "Cash"
        assert dialog.mappings.currentText() == "Annual return"
        cells, of_area = dialog.cells, "indicator PI01: result April 2008 in OCU 01"
        assert cells is not None
        asked = BelongsHereDialog("D7", [], [], meant=lambda text: signals.read(cells.meant, text))
        qtbot.addWidget(asked)
        for text, means in ((of_area, of_area), ("indicator PI01: colour", "text: indicator PI01: colour")):
            asked.box.setText(text)
            chosen = asked.chosen()
            assert chosen is not None
            assert chosen.name == means
        signals.stop()
