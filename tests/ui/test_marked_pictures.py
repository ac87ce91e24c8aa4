"""What is printed and saved from the window bears the highest marking of what it shows, and so does the status bar."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.edits import registers, rows
from spp_desktop.plan.appendices.beside import Partnership
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.markings import Marking
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.pictures.marked import marking_of
from spp_desktop.ui.pictures.pages import Pages, paper, pdf
from spp_desktop.ui.pictures.print_dialog import PAPERS, page_words, shown_on
from spp_desktop.ui.pictures.save_dialog import SavePictureDialog
from spp_desktop.ui.pictures.saved import SIZES, SavedPicture
from spp_desktop.ui.window.main_window import MainWindow
from tests import pdf_reader

OWN, HIGH = "NOT PROTECTIVELY MARKED", "RESTRICTED"


@pytest.fixture
def marked(qtbot: QtBot, plan_path: Path, workspace: Workspace, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on a plan of the least marking, with one activity that bears a higher one."""
    titles = {row.title: row.id for row in workspace.read(queries.register, Marking)}
    workspace.edit("mark the plan", registers.set_plan, marking=OWN)
    workspace.edit("mark", rows.change, Activity, workspace.read(queries.activities)[0].key, marking_id=titles[HIGH])
    workspace.edit("add", registers.add, Partnership, title="Safer streets")
    workspace.close()
    made = MainWindow(Memory(QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat)))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    assert made.open_plan(plan_path)
    yield made
    made.close()


def _shows(page: QWidget) -> bool:
    return bool(shown_on(page)[0])


def test_pages_and_pictures_bear_it(marked: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    view = marked.plan_view
    assert view is not None
    assert marked.marking.text() == HIGH
    table = {}
    for name in ("delivery", "partnerships", "performance"):
        view.show_page(name)
        page = view.page(name)
        qtbot.waitUntil(partial(_shows, page))
        table[name] = shown_on(page, page.panes())[0][0]
    assert {name: marking_of(view, drawing) for name, drawing in table.items()} == {
        "delivery": HIGH, "partnerships": OWN, "performance": HIGH,  # what an indicator's table may name is not known
    }  # fmt: skip
    layout = paper(PAPERS[0][1], upright=False)
    made = bytes(pdf(Pages(table["delivery"], page_words(view), layout), layout).data())
    read = pdf_reader.read(made)
    assert read.text.count(HIGH) >= 2 * len(read.pages)
    assert f"[{HIGH}]".encode("utf-16-be") in made.replace(b"\\", b"")
    picture = SavedPicture(table["delivery"], SIZES[1], HIGH)
    assert bytes(picture.svg().data()).decode().count(HIGH) >= 2
    assert picture.image().text("Title").endswith(f"[{HIGH}]")
    offered: list[Path] = []

    def ask(*asked: Any) -> None:
        offered.append(asked[-1])

    monkeypatch.setattr("spp_desktop.ui.pictures.save_dialog.ask_save", ask)
    dialog = SavePictureDialog(table["delivery"], marked, HIGH)
    qtbot.addWidget(dialog)
    dialog.save()
    assert offered[0].name.endswith(f" [{HIGH}].png")
