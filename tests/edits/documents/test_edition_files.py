"""The documents that leave with an edition: which can, what their readers will miss, and all of them or none."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from spp_desktop.documents import forms
from spp_desktop.edits.documents import edition_files, kept
from spp_desktop.edits.documents.edition_files import EditionFiles
from spp_desktop.returns.aside import NotWritten
from spp_desktop.store.workspace import Workspace

DAY = date(2008, 3, 28)


def test_documents_of_the_whole_plan_and_kept_ones_can_leave(workspace: Workspace) -> None:
    workspace.edit("keep", kept.keep, "For members", "plan", ["priorities"])
    workspace.edit("keep", kept.keep, "My portfolio", "portfolio", ["activities"])
    offered = workspace.read(edition_files.offered)
    assert [each.title for each in offered if each.key != each.kind.name] == ["For members"]
    assert not {"portfolio", "priority"} & {each.kind.name for each in offered}
    own = offered[-1]
    assert own.asked(DAY, "Edition 1").parts == ("priorities",)
    plan = offered[0]
    missed = edition_files.missed(workspace, [plan, own], DAY)
    assert missed == list(dict.fromkeys(missed))


def test_they_are_made_whole_or_not_at_all(workspace: Workspace, tmp_path: Path) -> None:
    plan = workspace.read(edition_files.offered)[0]
    asked = EditionFiles([plan], [form for form in forms.FORMS if form.ending == ".html"], DAY, "Edition 1")
    folder = tmp_path / "Edition 1"
    told: list[str] = []

    def stop(title: str, _at: int, _count: int) -> None:
        told.append(title)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        edition_files.write(workspace, folder, asked, stop)
    assert told == [plan.title]
    assert not list(tmp_path.glob("*Edition*"))
    (left,) = edition_files.write(workspace, folder, asked)
    (file,) = folder.iterdir()
    assert (left.file_name, left.size) == (file.name, file.stat().st_size)
    assert left.file_hash == hashlib.sha256(file.read_bytes()).hexdigest()
    with pytest.raises(NotWritten, match="is there already and holds something"):
        edition_files.write(workspace, folder, asked)
