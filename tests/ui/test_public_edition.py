"""A public edition made from the File menu by real keys: refused for a marking, mended, made."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.edits import delivery, disclosures
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.releasable import PublicItem, releasable_columns
from spp_desktop.store import exports, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.documents.edition_dialog import EditionDialog
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.hands import in_dialog


def release(plan: Workspace) -> None:
    """Release everything that can be, but mark one activity higher."""
    first, second = plan.read(queries.activities)[:2]
    rows = [PublicItem("activity", row.key) for row in (first, second)]
    rows += [PublicItem("priority", first.priority_key)]
    columns = [PublicItem.of_column(name) for name in releasable_columns()]
    plan.edit("release", disclosures.release, [*rows, *columns], "The chair", date(2008, 11, 3))
    high = plan.read(queries.register, Marking)[-1]
    plan.edit("mark", delivery.set_cells, [(second.key, "marking_id", high.id)])
    plan.edit("release", disclosures.release, [rows[1]], "The chair", date(2008, 11, 3))


def test_it_is_refused_for_a_marking_and_made_without_it(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    assert window.workspace is not None
    release(window.workspace)
    second = window.workspace.read(queries.activities)[1]

    def steps(dialog: EditionDialog) -> None:
        assert "Released: 3 rows" in dialog.report.toPlainText()
        dialog.place.setText(str(tmp_path / "edition"))
        QTest.keyClick(dialog, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: "marked higher" in dialog.report.toPlainText())
        assert second.ref in dialog.report.toPlainText()
        assert not (tmp_path / "edition").exists()
        QTest.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(dialog.leave_out.isChecked)
        QTest.keyClick(dialog, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: "written to" in dialog.report.toPlainText(), timeout=20_000)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with in_dialog(qtbot, EditionDialog, steps):
        window.actions_by_name["public_edition"].trigger()
    files = [path for path in (tmp_path / "edition").rglob("*") if path.is_file()]
    assert (tmp_path / "edition" / "index.html") in files
    assert not [path for path in files if second.text.encode() in path.read_bytes()]
    assert len(window.workspace.read_beside(exports.published)) == len(files)
