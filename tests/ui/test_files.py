"""The file that a person chooses to write gets the ending of its kind, and none is replaced unasked."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from spp_desktop.ui.common import files


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("plan", "plan.plan"),
        ("plan.plan", "plan.plan"),
        ("Plan.PLAN", "Plan.PLAN"),
        ("Plan 2.0", "Plan 2.0.plan"),
    ],
)
def test_the_ending_of_its_kind(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, chosen: str
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), ""))
    path = files.ask_save(widget, "Save a copy", files.PLANS, tmp_path)
    assert path is not None
    assert path.name == chosen


@pytest.mark.parametrize("answer", [True, False])
def test_a_file_that_is_there_under_the_whole_name_is_asked_about(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "plan"), ""))

    def answered(_parent: QWidget, sentence: str, _verb: str) -> bool:
        asked.append(sentence)
        return answer

    monkeypatch.setattr(files, "ask", answered)
    (tmp_path / "plan.plan").touch()
    path = files.ask_save(widget, "Save a copy", files.PLANS, tmp_path)
    assert path == (tmp_path / "plan.plan" if answer else None)
    assert asked == ["plan.plan is there already. Replace it?"]
