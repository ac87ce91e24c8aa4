"""A plan held against what stands elsewhere: nothing in the file shows what was done, and each witness tells."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.edits import issuing
from spp_desktop.returns import carried_head, plain_sheet
from spp_desktop.returns.carried_head import CarriedHeads, NotHeld, carried
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.chain_head import ChainHead, head_in
from spp_desktop.returns.limits import FileLimits
from spp_desktop.returns.plain_sheet import PlainSheet
from spp_desktop.store import backups, checking, exports, heads, witnesses
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql
from tests.store.tampering import FORGED, cut_off, sealed_anew, unguarded

Harm = Callable[..., None]
WHY = "it was written anew since, or goes on from an older copy"


@pytest.fixture
def left(workspace: Workspace, tmp_path: Path) -> dict[str, Path]:
    """What left the small plan after its third step, which named the force: a return, a saved table and a copy."""
    workspace.edit("name the force", sql, "UPDATE plan SET force = 'X'")
    folder = tmp_path / "left"
    folder.mkdir()
    files = {"return": folder / "crime.xlsx", "table": folder / "table.xlsx", "copy": folder / "copy.plan"}
    table = PlainSheet("Table", (), (("A",), (1,)))
    plain_sheet.write(files["table"], [table], workspace.head())
    workspace.save_copy(files["copy"])
    issuing.issue(workspace, STATUS_RETURN, files["return"], owner="ACC Crime", year=2008, period="Q2")
    return files


def forget_nearby(plan: Path) -> None:
    """As if the plan had been sent to another machine alone."""
    shutil.rmtree(backups.folder_of(plan), ignore_errors=True)
    heads._file_of(plan).unlink(missing_ok=True)


def told(plan: Path, *files: Path) -> list[str]:
    """The sentences of a check that finds something wrong."""
    report = checking.check_file(plan, against=files)
    assert not report.ok, report.lines
    return report.lines


def test_what_left_a_plan_fits_it_for_ever(workspace: Workspace, left: dict[str, Path]) -> None:
    workspace.undo()
    workspace.edit("retitle", sql, "UPDATE plan SET title = 'B'")
    workspace.close()
    report = checking.check_file(workspace.path, against=list(left.values()))
    assert report.ok, report.lines
    for name in ("crime.xlsx", "table.xlsx", "copy.plan"):
        assert f"The history is still the one that {name} left at step 3." in report.lines
    said = next(line for line in report.lines if line.startswith("By the plan's record, crime.xlsx was sent out on "))
    assert said.endswith("It is that very file.")
    assert (
        "Its history goes on from that of its 1 earlier version and from that which it had when it was last open here."
        in (report.lines)
    )


@pytest.mark.parametrize("witness", ["return", "table", "copy"])
def test_a_chain_sealed_anew_is_told_by_whatever_left(
    workspace: Workspace, left: dict[str, Path], witness: str
) -> None:
    workspace.edit("retitle", sql, "UPDATE plan SET title = 'B'")
    workspace.close()
    sealed_anew(workspace.path, *FORGED)
    forget_nearby(workspace.path)
    assert checking.check_file(workspace.path).ok, "the file alone shows nothing"
    lines = told(workspace.path, left[witness])
    assert lines[0] == "plan.plan: 1 thing is wrong."
    if witness != "copy":
        assert any("was written anew since" in line and "between step 1 and step 3." in line for line in lines), lines
        return
    assert f"The history is another from step 3 on than in copy.plan: {WHY}." in lines
    assert "In the plan “B” the force is “Y” here; it was “X” there." in lines


def test_witnesses_together_say_more_nearly_where(workspace: Workspace, left: dict[str, Path]) -> None:
    workspace.edit("retitle", sql, "UPDATE plan SET title = 'B'")
    workspace.edit("retitle again", sql, "UPDATE plan SET title = 'C'")
    later = left["table"].with_name("later.xlsx")
    plain_sheet.write(later, [PlainSheet("Table", (), (("A",), (1,)))], workspace.head())
    workspace.close()
    sealed_anew(workspace.path, "UPDATE change SET after = 'Z' WHERE revision = 5")
    forget_nearby(workspace.path)
    lines = told(workspace.path, left["table"], later)
    assert "The history is still the one that table.xlsx left at step 3." in lines
    assert any("later.xlsx" in line and "between step 4 and step 6" in line for line in lines), lines


@pytest.mark.parametrize("witness", ["copy", "table", "return"])
def test_a_step_cut_off_with_the_files_own_word_of_it(
    workspace: Workspace, left: dict[str, Path], witness: str
) -> None:
    workspace.close()
    forget_nearby(workspace.path)
    cut_off(workspace.path, "DELETE FROM export", head=True)
    cut_off(workspace.path, "UPDATE plan SET force = ''", head=True)
    assert checking.check_file(workspace.path).ok
    lines = told(workspace.path, left[witness])
    assert any(line.startswith("The history ends at step 2, but had come to step 3 in ") for line in lines), lines
    assert any(line.startswith("Missing here is step 3 “name the force” (by ") for line in lines) == (witness == "copy")


def test_the_record_of_a_return_that_was_taken_out(workspace: Workspace, left: dict[str, Path]) -> None:
    workspace.close()
    forget_nearby(workspace.path)
    cut_off(workspace.path, "DELETE FROM export", head=True)
    lines = told(workspace.path, left["return"])
    assert any(line.startswith("The plan has no record that crime.xlsx was sent out") for line in lines), lines
    with Workspace.open(workspace.path) as opened:
        assert opened.read_beside(exports.every) == []


def test_the_record_of_a_return_that_was_changed(workspace: Workspace, left: dict[str, Path]) -> None:
    workspace.close()
    forget_nearby(workspace.path)
    change = "UPDATE change SET after = replace(after, 'ACC Crime', 'ACC Security') WHERE row_table = 'export'"
    sealed_anew(workspace.path, "UPDATE export SET owner = 'ACC Security'", change)
    lines = told(workspace.path, left["return"])
    differs = "the post is “ACC Security” in the record and “ACC Crime” in the file"
    assert f"The record of crime.xlsx is another than the file says: {differs}." in lines


def test_an_earlier_version_tells_without_being_asked(workspace: Workspace) -> None:
    workspace.edit("name the force", sql, "UPDATE plan SET force = 'X'")
    workspace.back_up("on request")
    workspace.close()
    heads._file_of(workspace.path).unlink()
    sealed_anew(workspace.path, *FORGED)
    lines = told(workspace.path)
    assert lines[0] == "plan.plan: 1 thing is wrong."
    assert any("the earlier version of" in line and "another from step 3 on" in line for line in lines), lines
    assert "In the plan “A small plan” the force is “Y” here; it was “X” there." in lines


def test_this_machine_remembers_how_far_a_plan_had_come(workspace: Workspace) -> None:
    workspace.edit("name the force", sql, "UPDATE plan SET force = 'X'")
    workspace.close()
    shutil.rmtree(backups.folder_of(workspace.path))
    cut_off(workspace.path, "UPDATE plan SET force = ''", head=True)
    lines = told(workspace.path)
    sentence = (
        "The history ends at step 2, but had come to step 3 in the plan as it was last open here: 1 step was cut off"
    )
    assert any(line.startswith(sentence) for line in lines), lines
    with Workspace.open(workspace.path) as opened:
        (notice,) = opened.notices
        assert notice.startswith(
            "Steps that were kept are no longer in plan.plan: its history ends at step 2 and had come to step 3 when "
            "it was last open here."
        )
        assert not opened.read_only
    with Workspace.open(workspace.path) as again:
        assert again.notices == [], "it is told once"


def test_an_older_copy_in_its_place_is_told_on_opening(workspace: Workspace, small_plan: Path) -> None:
    workspace.edit("name the force", sql, "UPDATE plan SET force = 'X'")
    workspace.close()
    shutil.copyfile(small_plan, workspace.path)
    with Workspace.open(workspace.path, read_only=True) as opened:
        assert "ends at step 2 and had come to step 3" in opened.notices[0]


def test_a_chain_written_anew_is_told_on_opening(workspace: Workspace) -> None:
    workspace.edit("name the force", sql, "UPDATE plan SET force = 'X'")
    workspace.close()
    sealed_anew(workspace.path, *FORGED)
    with Workspace.open(workspace.path) as opened:
        assert "its history has another step 3 when it was last open here" in opened.notices[0]


def test_an_end_that_was_cut_off_is_told_on_opening(closed: Path) -> None:
    cut_off(closed, "UPDATE plan SET force = ''")
    with Workspace.open(closed) as opened:
        (notice,) = opened.notices
    assert notice.startswith("The end of the history was cut off: 1 step, the last of them step 3 “retitle the plan”")


def test_another_plan_under_the_same_name_is_none_of_it(workspace: Workspace) -> None:
    workspace.edit("name the force", sql, "UPDATE plan SET force = 'X'")
    workspace.close()
    workspace.path.unlink()
    with Workspace.create(workspace.path, "Another", 2008) as other:
        assert other.notices == []
    report = checking.check_file(workspace.path)
    assert report.ok, report.lines


def test_steps_that_only_a_copy_has_are_named_as_far_as_one_reads(workspace: Workspace, left: dict[str, Path]) -> None:
    workspace.close()
    with Workspace.open(left["copy"]) as copy:
        for n in range(witnesses.MOST_DIFFERENCES + 2):
            copy.edit(f"step {n}", sql, f"UPDATE plan SET title = '{n}'")
    cut_off(workspace.path, "DELETE FROM export", head=True)
    forget_nearby(workspace.path)
    lines = told(workspace.path, left["copy"])
    missing = [line for line in lines if line.startswith("Missing here ")]
    assert len(missing) == witnesses.MOST_DIFFERENCES + 1
    assert missing[0].startswith("Missing here is step 4 “step 0”")
    assert missing[-1].startswith("Missing here are 2 more steps, the last of them step 15 “step 11”")


def test_a_copy_that_went_another_way(workspace: Workspace, left: dict[str, Path]) -> None:
    workspace.close()
    with Workspace.open(left["copy"]) as copy:
        copy.edit("name another", sql, "UPDATE plan SET force = 'Z'")
    lines = told(workspace.path, left["copy"])
    assert f"The history is another from step 4 on than in copy.plan: {WHY}." in lines
    assert any(line.startswith("Here it is step 4 “keep the records of returns”") for line in lines)


def test_a_witness_that_was_itself_tampered_with(workspace: Workspace, left: dict[str, Path]) -> None:
    workspace.close()
    with unguarded(left["copy"]) as connection:
        connection.execute("UPDATE revision SET author = 'nobody' WHERE n = 2")
    lines = told(workspace.path, left["copy"])
    assert any(line.startswith("copy.plan is itself not as it was written. The history is not") for line in lines)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("x.txt", b"nothing", "it carries no head of a history"),
        ("x.xlsx", b"PK\x03\x04 broken", "x.xlsx cannot be read"),
        ("x.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + b"...", "x.xlsx is under a password"),
        ("x.plan", b"SQLite format 3\x00", "x.plan is not a plan"),
        ("x.plan", b"", "it carries no head of a history"),
        ("x.svg", f"<desc>spp-head:{'a' * 36}:4:{'b' * 64}</desc>".encode(), "it is of another plan"),
    ],
)
def test_a_file_that_cannot_be_held_against_it_is_named(
    closed: Path, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    lines = told(closed, file, tmp_path / "missing.xlsx")
    assert any(line.startswith(f"{name} cannot be held against it: {sentence}") for line in lines), lines
    assert "missing.xlsx cannot be held against it: No such file or directory." in lines


def test_a_folder_is_no_file(closed: Path, tmp_path: Path) -> None:
    assert any("cannot be held against it" in line for line in told(closed, tmp_path))


def test_what_a_machine_remembers_is_bounded(closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "MOST_REMEMBERED", 3)
    head = ChainHead("a" * 36, 1, "b" * 64)
    plans = [tmp_path / f"{n}.plan" for n in range(6)]
    for plan in plans:
        heads.remember(plan, head)
    assert len(list(heads._file_of(closed).parent.iterdir())) == 3
    assert heads.remembered(plans[-1]) == head
    heads._file_of(plans[-1]).write_bytes(b"\xff" * 10)
    assert heads.remembered(plans[-1]) is None


def test_where_nothing_can_be_remembered_a_plan_opens_all_the_same(
    closed: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = home / "a file"
    blocked.write_text("in the way")
    monkeypatch.setenv("XDG_DATA_HOME", str(blocked))
    monkeypatch.setenv("LOCALAPPDATA", str(blocked))
    with Workspace.open(closed) as opened:
        assert (opened.read_only, opened.notices) == (False, [])


@given(st.uuids(), st.integers(0, 10**9 - 1), st.binary(min_size=32, max_size=32), st.text(max_size=20))
def test_a_head_comes_out_of_any_text_as_it_went_in(plan: object, n: int, seal: bytes, around: str) -> None:
    head = ChainHead(str(plan), n, seal.hex())
    assert head_in(f"{around} {head.text()} {around}") == head


def test_a_head_is_found_across_pieces_and_in_no_more_than_may_come_in(tmp_path: Path) -> None:
    head = ChainHead("a" * 36, 1, "b" * 64)
    file = tmp_path / "x.bin"
    small = FileLimits(piece=200, file=600)
    for at in range(0, 420, 13):
        file.write_bytes(b"." * at + head.text().encode() + b"." * 600)
        assert carried(file, small) == CarriedHeads((head,))
    file.write_bytes(b"." * 600 + head.text().encode())
    assert carried(file, small) == CarriedHeads(())


def test_a_package_is_looked_through_within_limits(tmp_path: Path) -> None:
    head = ChainHead("a" * 36, 1, "b" * 64)
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/one.xml", b"." * 5000)
        archive.writestr("xl/two.xml", head.text())
    assert carried(path) == CarriedHeads((head,))
    assert carried(path, FileLimits(parts=1)) == CarriedHeads(())
    assert carried(path, FileLimits(all_parts=5000)) == CarriedHeads(())
    assert carried(path, FileLimits(part=10)) == CarriedHeads(())


def test_what_a_return_says_of_itself_is_read_as_other_programs_keep_it(tmp_path: Path, left: dict[str, Path]) -> None:
    said = carried(left["return"])
    assert said.identity is not None
    assert (said.identity.owner, [head.text() for head in said.heads]) == ("ACC Crime", [said.identity.head])
    with pytest.raises(NotHeld):
        carried(tmp_path)
    assert carried_head._identity(b'<x name="spp return"><vt:lpwstr>{broken}</vt:lpwstr></x>') is None
