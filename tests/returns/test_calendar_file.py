"""A calendar as a file: what RFC 5545 asks of its lines, and what stands in them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.returns import calendar_file
from spp_desktop.returns.aside import NotWritten
from spp_desktop.returns.calendar_file import CalendarEvent
from spp_desktop.returns.words import clean
from tests.calendar_reader import read

CHANGED = datetime(2008, 10, 31, 12, 30, 15, 999, tzinfo=UTC)


def event(title: str = "Due: 1.01 Do it", text: str = "Do it", **more: object) -> CalendarEvent:
    values = {"sequence": 3, "changed": CHANGED, **more}
    return CalendarEvent("key@plan", date(2009, 3, 31), title, text, **values)  # type: ignore[arg-type]


def test_an_event_stands_on_a_whole_day_in_which_nobody_is_busy() -> None:
    (made,) = read(calendar_file.written("Dates", [event()])).events
    assert made == {
        "UID": "key@plan",
        "DTSTART;VALUE=DATE": "20090331",
        "DTEND;VALUE=DATE": "20090401",
        "SUMMARY": "Due: 1.01 Do it",
        "DESCRIPTION": "Do it",
        "SEQUENCE": "3",
        "DTSTAMP": "20081031T123015Z",
        "LAST-MODIFIED": "20081031T123015Z",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
    }


def test_nobody_is_reminded_who_did_not_ask_nor_of_what_is_done() -> None:
    events = [event(), event(done=True), event(cancelled=True)]
    assert b"VALARM" not in calendar_file.written("Dates", events)
    asked = read(calendar_file.written("Dates", events, 7)).events
    assert [made.get("TRIGGER") for made in asked] == ["-P7D", None, None]
    assert [made["STATUS"] for made in asked] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@given(st.text(), st.text())
def test_lines_are_as_calendars_read_them_and_give_back_every_text(title: str, text: str) -> None:
    content = calendar_file.written(title, [event(title, text)])
    assert content == calendar_file.written(title, [event(title, text)])
    made = read(content)
    assert made.name == clean(title)
    assert made.events[0]["DESCRIPTION"] == clean(text)


def test_a_long_title_is_cut_and_a_welsh_one_is_kept() -> None:
    (made,) = read(calendar_file.written("Dates", [event("Ŵyn a ŷd, " + "word " * 60)])).events
    assert made["SUMMARY"].startswith("Ŵyn a ŷd, word")
    assert made["SUMMARY"].endswith("word…")
    assert len(made["SUMMARY"]) <= calendar_file.MOST_IN_TITLE + 1


def test_a_calendar_that_cannot_be_kept_leaves_what_stood_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dates.ics"
    path.write_text("what stood there")

    def refuse(_: Path, _target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(NotWritten, match=r"dates\.ics cannot be written: it may be open in another program"):
        calendar_file.write(path, b"BEGIN:VCALENDAR")
    assert path.read_text() == "what stood there"
    assert list(tmp_path.iterdir()) == [path]
