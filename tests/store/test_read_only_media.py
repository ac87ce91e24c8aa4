"""A plan on media that cannot be written: it opens for reading, says so, and nothing is written beside it."""

import lzma
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from spp_desktop.store import backups, checking, queries, upgrades
from spp_desktop.store.problems import NotKept
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql

Burn = Callable[..., Path]


@pytest.fixture
def burn(tmp_path: Path) -> Iterator[Burn]:
    """Puts files on a disc of their own that can only be read, under the names given."""
    disc = tmp_path / "disc"
    disc.mkdir()

    def mount(*options: str) -> bool:
        program = shutil.which("mount")
        return (
            program is not None and not subprocess.run([program, *options], check=False, capture_output=True).returncode
        )

    if not mount("-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disc)):
        pytest.skip("a disc can only be mounted by root on Linux")

    def put(**files: bytes) -> Path:
        for name, content in files.items():
            (disc / f"{name}.plan").write_bytes(content)
        assert mount("-o", "remount,ro", str(disc))
        return disc

    yield put
    subprocess.run(["umount", "-l", str(disc)], check=True)


def test_a_plan_on_a_disc_is_read_and_saved_elsewhere(small_plan: Path, tmp_path: Path, burn: Burn) -> None:
    disc = burn(plan=small_plan.read_bytes())
    with Workspace.open(disc / "plan.plan") as workspace:
        assert workspace.read_only
        assert workspace.notices == [
            "plan.plan or its folder may not be written to, so it is open for reading only. Save a copy to work on."
        ]
        assert len(workspace.read(queries.activities)) == 3
        with pytest.raises(NotKept, match="This change is not kept"):
            workspace.edit("reword", sql, "UPDATE plan SET title='B'")
        workspace.save_copy(tmp_path / "kept.plan")
        assert backups.folder_of(workspace.path).is_relative_to(disc) is False
    assert [file.name for file in disc.iterdir()] == ["plan.plan"]
    with Workspace.open(tmp_path / "kept.plan") as kept:
        kept.edit("reword", sql, "UPDATE plan SET title='B'")
    assert checking.check_file(tmp_path / "kept.plan").ok


@pytest.mark.parametrize("form", range(1, upgrades.VERSION))
def test_a_plan_of_an_older_form_is_brought_up_in_memory(form: int, tmp_path: Path, burn: Burn) -> None:
    old = Path(__file__).with_name(f"form_{form}.plan.xz")
    if not old.exists():
        pytest.skip("no plan of this form is kept")
    content = lzma.decompress(old.read_bytes())
    disc = burn(old=content)
    with Workspace.open(disc / "old.plan") as workspace:
        assert workspace.read_only
        assert "was made by an older version" in " ".join(workspace.notices)
        assert workspace.read(queries.activities)
        workspace.save_copy(tmp_path / "kept.plan")
    assert [(file.name, file.read_bytes()) for file in disc.iterdir()] == [("old.plan", content)]
    with Workspace.open(tmp_path / "kept.plan") as kept:
        assert not kept.read_only
    assert checking.check_file(tmp_path / "kept.plan").ok
