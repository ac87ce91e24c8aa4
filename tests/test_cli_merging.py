"""``spp merge``: what another copy would bring, taken in clean or all, and every refusal in one sentence."""

import shutil
from pathlib import Path

import pytest

from spp_desktop.edits import delivery
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp


@pytest.fixture
def copies(workspace: Workspace, plan_path: Path) -> tuple[Path, Path]:
    """A plan and a copy of it, closed: both changed 1.01, the copy 1.02 too."""
    copy = plan_path.with_name("copy.plan")
    workspace.save_copy(copy)
    _put(workspace, "1.01", text="Ours")
    workspace.close()
    with Workspace.open(copy) as other:
        _put(other, "1.01", text="Theirs")
        _put(other, "1.02", percent=40)
    return plan_path, copy


def _put(plan: Workspace, ref: str, **cells: object) -> None:
    (key,) = [row.key for row in plan.read(queries.activities) if row.ref == ref]
    plan.edit(f"change {ref}", delivery.set_cells, [(key, name, value) for name, value in cells.items()])


def _text(plan: Path, ref: str) -> str:
    with Workspace.open(plan, read_only=True) as opened:
        return next(row.text for row in opened.read(queries.activities) if row.ref == ref)


def test_a_copy_is_shown_then_merged_clean_then_whole(copies: tuple[Path, Path]) -> None:
    plan, copy = copies
    before = plan.read_bytes()
    shown = spp("merge", str(plan), str(copy))
    assert shown.status == 1
    assert "1 row changed in copy.plan alone; 1 question to decide" in shown.out
    assert plan.read_bytes() == before
    data = spp("merge", str(plan), str(copy), "--json").data
    assert (data["counts"]["changed"], data["counts"]["asked"], data["applied"]) == (1, 1, None)
    assert data["asked"][0]["theirs"] == {"text": "Theirs"}
    clean = spp("merge", str(plan), str(copy), "--apply", "clean")
    assert (clean.status, _text(plan, "1.01")) == (1, "Ours")
    assert "To be decided before it is merged: 1 question." in clean.out
    whole = spp("merge", str(plan), str(copy), "--apply", "all")
    assert (whole.status, _text(plan, "1.01")) == (0, "Theirs")
    assert "Receipt for copy.plan" in whole.out
    again = spp("merge", str(plan), str(copy), "--apply", "all", "--json")
    assert (again.status, again.data["applied"]["step"]) == (0, "")
    history = spp("history", str(plan)).out.splitlines()
    assert "merge copy.plan [merged]" in history[0]
    assert sum("from the copy:" in line for line in history) == 2
    assert "brought" in spp("history", str(plan), "--row", "1.01", "--json").data[0]
    assert spp("check-file", str(plan)).status == 0


def test_what_cannot_be_merged_is_refused_and_the_plan_stays(copies: tuple[Path, Path], tmp_path: Path) -> None:
    plan, copy = copies
    before = plan.read_bytes()
    torn, other = tmp_path / "torn.plan", tmp_path / "other.plan"
    torn.write_bytes(copy.read_bytes()[:9000])
    assert spp("new", str(other)).status == 0
    newer = bytearray(copy.read_bytes())
    newer[60:64] = (99).to_bytes(4, "big")
    (tmp_path / "newer.plan").write_bytes(newer)
    (tmp_path / "text.plan").write_text("no plan")
    for name, sentence in {
        "torn.plan": "its end is missing",
        "other.plan": "is another plan",
        "newer.plan": "made by a newer version",
        "text.plan": "is not a plan",
        "absent.plan": "There is no file absent.plan",
        plan.name: "is the plan that is open",
    }.items():
        refused = spp("merge", str(plan), str(tmp_path / name if name != plan.name else plan), "--apply", "all")
        assert (refused.status, sentence in refused.err) == (2, True), refused.err
        assert "Traceback" not in refused.err
    assert plan.read_bytes() == before


def test_a_copy_that_may_only_be_read_is_left_alone(copies: tuple[Path, Path], tmp_path: Path) -> None:
    plan, copy = copies
    reader = tmp_path / "mailed" / "copy.plan"
    reader.parent.mkdir()
    shutil.copyfile(copy, reader)
    reader.chmod(0o444)
    reader.parent.chmod(0o555)
    try:
        assert spp("merge", str(plan), str(reader)).status == 1
        assert list(reader.parent.iterdir()) == [reader]
    finally:
        reader.parent.chmod(0o755)
