"""The field for a folder keeps what a person chose, and what it says where nothing was chosen."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from spp_desktop.ui.common import folder_field
from spp_desktop.ui.common.folder_field import FolderField


def test_a_folder_is_asked_for_from_the_one_that_is_said(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    field = FolderField()
    qtbot.addWidget(field)
    assert not field.is_filled()
    field.setText(f"  {tmp_path / 'not yet'} ")
    starts: list[Path] = []
    answers = iter([None, tmp_path])

    def answer(_parent: FolderField, _title: str, start: Path) -> Path | None:
        starts.append(start)
        return next(answers)

    monkeypatch.setattr(folder_field, "ask_folder", answer)
    assert not field.choose("Where to")
    assert (field.is_filled(), field.folder()) == (True, tmp_path / "not yet")
    assert field.choose("Where to")
    assert (starts, field.folder()) == ([tmp_path, tmp_path], tmp_path)
