"""Calendars as the tests read them: RFC 5545 by its own words, with no library; and what a program keeps of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_LONGEST_LINE = 75
"""Bytes of a line without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class ReadCalendar:
    """A calendar: its name, and the properties of each of its events, with those of an event's alarm among them."""

    name: str
    events: list[dict[str, str]]


def read(content: bytes) -> ReadCalendar:
    """A calendar as it stands in a file; the test fails where a line is not as it must be."""
    assert content.endswith(b"\r\n")
    lines = content[:-2].split(b"\r\n")
    assert all(len(line) <= _LONGEST_LINE and not re.search(rb"[\r\n]", line) for line in lines)
    unfolded = b"\r\n".join(lines).replace(b"\r\n ", b"").decode().split("\r\n")
    open_, name, events = list[str](), "", list[dict[str, str]]()
    for line in unfolded:
        head, _, value = line.partition(":")
        if head == "BEGIN":
            open_.append(value)
            if value == "VEVENT":
                events.append({})
        elif head == "END":
            assert open_.pop() == value
        elif open_ == ["VCALENDAR"]:
            name = _plain(value) if head == "X-WR-CALNAME" else name
        elif open_[-1] == "VEVENT" or head == "TRIGGER":
            assert head not in events[-1]
            events[-1][head] = _plain(value)
    assert not open_
    return ReadCalendar(name, events)


def _plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def taken_in(kept: Mapping[str, dict[str, str]], content: bytes) -> dict[str, dict[str, str]]:
    """What a calendar program keeps of a calendar that is taken into what it has already (RFC 5546, 2.1.5)."""
    now = dict(kept)
    for event in read(content).events:
        before = now.get(event["UID"])
        if before is None or int(event["SEQUENCE"]) >= int(before["SEQUENCE"]):
            now[event["UID"]] = event
    return now


def standing(kept: Mapping[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    """What a person sees in a calendar: the days, the titles and the texts of what is not cancelled."""
    return sorted(
        (event["DTSTART;VALUE=DATE"], event["SUMMARY"], event["DESCRIPTION"])
        for event in kept.values()
        if event["STATUS"] != "CANCELLED"
    )
