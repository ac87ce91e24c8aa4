"""The command that saves the days of a plan as a calendar."""

from pathlib import Path

from spp_desktop.cli import DONE, REFUSED
from spp_desktop.store import exports
from spp_desktop.store.workspace import Workspace
from tests.calendar_reader import read
from tests.command_line import spp


def test_the_days_of_a_post_and_of_all(worked: Path, tmp_path: Path) -> None:
    every, crime = tmp_path / "all.ics", tmp_path / "crime.ics"
    assert spp("calendar", worked, every).out == f"Wrote {every}: 534 dates.\n"
    ended = spp("calendar", worked, crime, "--post", "acc crime", "--remind", "14")
    assert (ended.status, ended.out, ended.err) == (DONE, f"Wrote {crime}: 77 dates.\n", "")
    calendar = read(crime.read_bytes())
    assert calendar.name == "Strategic Policing Plan 2008-2011: dates of ACC Crime"
    assert {event["UID"] for event in calendar.events if "Return" not in event["SUMMARY"]} <= {
        event["UID"] for event in read(every.read_bytes()).events
    }
    assert {event.get("TRIGGER") for event in calendar.events} == {None, "-P14D"}


def test_a_post_that_there_is_not_is_refused_and_nothing_written(worked: Path, tmp_path: Path) -> None:
    ended = spp("calendar", worked, tmp_path / "x.ics", "--post", "ACC Crimes")
    assert (ended.status, ended.out) == (REFUSED, "")
    assert ended.err.startswith(
        "There is no post called “ACC Crimes”. These are the plan's: ACC Crime; ACC Intelligence; "
    )
    assert not (tmp_path / "x.ics").exists()


def test_a_plan_that_is_read_only_keeps_no_record_and_says_so(worked: Path, tmp_path: Path) -> None:
    with Workspace.open(worked) as writing:
        ended = spp("calendar", worked, tmp_path / "x.ics")
        assert writing.read_beside(exports.calendars) == []
    assert (ended.status, ended.out) == (DONE, f"Wrote {tmp_path / 'x.ics'}: 534 dates.\n")
    assert ended.err.endswith("So the plan keeps no record of what was written now.\n")
