"""Attachments by reference: where a file is kept, what it held, and what is never opened."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import Session
from typer.testing import CliRunner

from spp_desktop.cli.program import app
from spp_desktop.edits import attachments, registers, rows
from spp_desktop.plan.appendices.people import Strength, WorkforceGroup
from spp_desktop.plan.links import borne_by
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.registers import REGISTERS, register_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import attached, dependents, queries, registered
from spp_desktop.store.attached import AttachedRow
from spp_desktop.store.workspace import Workspace

DAY = date(2008, 10, 31)


def _priority(session: Session) -> str:
    return rows.add(session, Priority, title="Harm", position=1)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    """A plan with one priority, and a report in a folder beside it."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "report.txt").write_bytes(b"As agreed")
    with Workspace.create(tmp_path / "small.plan", "A plan", 2008) as made:
        yield made


def _attach(plan: Workspace) -> AttachedRow:
    row = plan.edit("add", _priority)
    path = plan.path.parent / "papers" / "report.txt"
    place = attached.place_of_file(path, plan.path)
    plan.edit("add report.txt", attachments.attach_file, row, place, attached.read_facts(path), DAY)
    return plan.read(attached.attached, row)[0]


def test_a_file_is_kept_by_its_place_and_what_it_held(plan: Workspace) -> None:
    """From the plan's folder; told to be as it was, changed, or not there; undo brings it back."""
    row = _attach(plan)
    path = plan.path.parent / "papers" / "report.txt"
    assert (row.title, row.place, row.size, row.looked_on) == ("report.txt", "papers/report.txt", 9, DAY)
    assert row.sha256 == sha256(b"As agreed").hexdigest()
    assert attached.look_at(row, plan.path) == "unchanged"
    path.write_bytes(b"Otherwise")
    assert attached.look_at(row, plan.path) == "changed"
    assert attached.in_words(row, "changed") == "report.txt has changed since it was looked at on 31/10/2008."
    path.unlink()
    assert attached.look_at(row, plan.path) == "missing"
    plan.edit("note", attachments.set_note, row.key, "The final one")
    assert plan.read(attached.attached, row.row_key)[0].note == "The final one"
    plan.edit("remove", attachments.remove_attachments, [row.key])
    assert not plan.read(attached.attached)
    plan.undo()
    assert plan.read(attached.attached, row.row_key)[0].note == "The final one"


def test_a_file_elsewhere_keeps_its_whole_path(tmp_path: Path) -> None:
    """Only what lies below the plan's folder is kept from there."""
    other = tmp_path / "other" / "a.txt"
    assert attached.place_of_file(other, tmp_path / "plans" / "a.plan") == str(other)
    assert attached.file_at(str(other), tmp_path / "plans" / "a.plan") == other


@pytest.mark.parametrize(
    ("place", "runs"),
    [
        ("a.exe", True),
        ("A.BAT", True),
        ("papers/b.ps1", True),
        (r"\\server\share\c.lnk", True),
        ("d.exe. ", True),
        ("e.exe::$DATA", True),
        ("report.docx", False),
        ("exe", False),
        ("report.exe.pdf", False),
    ],
)
def test_what_runs_is_known_by_its_ending(place: str, *, runs: bool) -> None:
    """Whatever its case, and with what Windows leaves out behind a name."""
    assert attached.runs(place) is runs


def test_a_link_is_an_address_or_a_path_on_a_share(plan: Workspace) -> None:
    """Anything else is refused with a sentence."""
    row = plan.edit("add", _priority)
    for link in ("https://www.gov.uk/policing", r"\\server\share\a b.docx"):
        plan.edit("add a link", attachments.attach_link, row, link)
    assert [(each.title, each.is_page) for each in plan.read(attached.attached, row)] == [
        ("https://www.gov.uk/policing", True),
        ("a b.docx", False),
    ]
    for link in ("javascript:alert(1)", "file:///etc/passwd", "C:\\a.txt", "report"):
        with pytest.raises(RuleBroken, match="begins with https://"):
            plan.edit("add a link", attachments.attach_link, row, link)


def test_reading_ends_when_nobody_waits(tmp_path: Path) -> None:
    """A file that nobody waits for any more is not read to its end; a folder is no file."""
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(InterruptedError):
        attached.read_facts(tmp_path / "a", lambda: False)
    with pytest.raises(FileNotFoundError):
        attached.read_facts(tmp_path)


def test_the_command_tells_what_is_missing_or_changed(plan: Workspace) -> None:
    """Status 0 while all is as it was, else 1."""
    row = _attach(plan)
    path = plan.path.parent / row.place
    run = CliRunner().invoke(app, ["attachments", str(plan.path)])
    assert (run.exit_code, run.output.split()) == (0, ["unchanged", "report.txt", "papers/report.txt"])
    path.write_bytes(b"Otherwise")
    run = CliRunner().invoke(app, ["attachments", str(plan.path), "--json"])
    assert run.exit_code == 1
    assert '"state": "changed"' in run.output


def test_what_is_attached_goes_with_a_row_of_any_register_that_has_a_page(plan: Workspace) -> None:
    """It is said before, and undo brings it back."""
    paged = [register for register in REGISTERS if register.page is not None]
    assert {register.name for register in paged} <= set(borne_by())
    group = plan.read(queries.register, WorkforceGroup)[0].id
    key = plan.edit("add", registers.add, Strength, group_id=group, counted_on=date(2008, 3, 31))
    plan.edit("add a link", attachments.attach_link, key, "https://www.gov.uk/policing", "Workforce")
    register = register_of("strength")
    (row,) = plan.read(registered.register_rows, register, files=True)
    assert row.attached == ("Workforce",)
    assert plan.read(registered.parts_of, register, key) == plan.read(attached.keys_at, [key])
    assert plan.read(dependents.hangs_on, Strength, key) == {"attachment": 1}
    removed, (attachment,) = attached.RemovedFiles(), plan.read(attached.keys_at, [key])
    assert plan.read_beside(removed.of, [key]) == []
    plan.edit("take away", attachments.remove_attachments, [attachment])
    assert plan.read_beside(removed.of, [key]) == [attachment]
    plan.undo()
    plan.edit("remove", registers.remove_all, Strength, [key], "")
    assert not plan.read(attached.attached)
    plan.undo()
    assert plan.read(attached.titles_by_row, [key]) == {key: ("Workforce",)}
