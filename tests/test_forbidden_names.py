"""Names that Windows forbids, or takes for a device, are refused in a sentence at every door that makes a file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.cli import REFUSED
from spp_desktop.plan import file_names
from spp_desktop.returns.aside import NotWritten, put
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common import files
from spp_desktop.ui.common.jobs import Jobs
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.returned.issue_returns import IssueReturnsDialog
from spp_desktop.ui.window.new_plan import NewPlanDialog
from tests.command_line import spp

KEPT = "Windows keeps no file or folder called"


@pytest.fixture(autouse=True)
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names as on Windows, wherever the tests run."""
    monkeypatch.setattr(file_names, "unfit", partial(file_names.unfit, system="win32"))


@pytest.mark.parametrize(
    "command",
    [
        lambda plan, name: ("new", plan.with_name(f"{name}.plan")),
        lambda plan, name: ("export", plan, "delivery-plan", plan.with_name(f"{name}.xlsx")),
        lambda plan, name: ("export", plan, "status", plan.with_name(name), "--each-post"),
        lambda plan, name: ("picture", plan, "delivery", plan.with_name(f"{name}.png")),
        lambda plan, name: ("calendar", plan, plan.with_name(f"{name}.ics")),
    ],
    ids=["new", "export", "export for each post", "picture", "calendar"],
)
@pytest.mark.parametrize("name", ["What next?", "nul"])
def test_the_command_line_refuses(
    published: Path, command: Callable[[Path, str], tuple[str | Path, ...]], name: str
) -> None:
    before = sorted(published.parent.iterdir())
    refused = spp(*command(published, name))
    assert refused.status == REFUSED
    assert KEPT in refused.err
    assert sorted(published.parent.iterdir()) == before


def test_no_plan_is_made_or_copied_under_such_a_name(published: Path, tmp_path: Path) -> None:
    with pytest.raises(PlanRefused, match=KEPT):
        Workspace.create(tmp_path / "con.plan", "A plan", 2026)
    with Workspace.open(published) as workspace, pytest.raises(NotKept, match=KEPT):
        workspace.save_copy(tmp_path / "A copy: mine.plan")


def test_nothing_is_written_aside_for_such_a_name(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match=KEPT):
        put(lambda path: path.write_text(""), tmp_path / "aux.xlsx", lambda _path: None)
    assert not list(tmp_path.iterdir())


def test_no_such_name_is_chosen_in_a_dialog(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    told: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "prn.txt"), ""))
    monkeypatch.setattr(files, "tell", lambda _parent, sentence: told.append(sentence))
    assert files.ask_save(widget, "Save the report", files.TEXTS, tmp_path) is None
    assert [KEPT in sentence for sentence in told] == [True]


def test_a_new_plan_says_so_and_keeps_what_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = NewPlanDialog(folder=tmp_path)
    qtbot.addWidget(dialog)
    dialog.title.setText("A plan")
    dialog.place.setText(str(tmp_path / "new?" / "A plan.plan"))
    dialog.make()
    assert KEPT in dialog.notice.text()
    assert dialog.title.text() == "A plan"
    assert not list(tmp_path.iterdir())


def test_returns_are_written_into_no_such_folder(qtbot: QtBot, worked: Path, tmp_path: Path) -> None:
    with Workspace.open(worked) as workspace:
        dialog = IssueReturnsDialog(PlanSignals(workspace), Jobs(), None)
        qtbot.addWidget(dialog)
        dialog.place.setText(str(tmp_path / "Returns: Q3"))
        dialog.write()
        assert KEPT in dialog.notice.text()
    assert not (tmp_path / "Returns: Q3").exists()
