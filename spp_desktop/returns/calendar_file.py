"""A calendar as a file that calendar programs take in (.ics: RFC 5545), made of events that stand on whole days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from spp_desktop.returns.aside import NotWritten, put
from spp_desktop.returns.words import clean, cut

if TYPE_CHECKING:
    from icalendar import Event

MOST_IN_TITLE = 120
"""Characters of an event's title: a month's view shows one line of it; all of it stands in the text below."""

_PRODUCT = "-//SPP Desktop//SPP Desktop//EN"


@dataclass(frozen=True)
class CalendarEvent:
    """Something that stands on a day.

    Attributes:
        uid: what tells it from all others, whenever and from whichever copy of a plan it is written: by it, a program
            that has the event already puts this one in its place.
        day: the day.
        title: what the calendar shows.
        text: what it says of it, several lines.
        sequence: rises whenever anything of it changes, so that of two versions the later is known.
        changed: when it was last changed, in UTC.
        done: whether nothing is left to be done about it, so that nobody is to be reminded of it.
        cancelled: whether it no longer stands, and is to be struck out where it was taken in.
    """

    uid: str
    day: date
    title: str
    text: str
    sequence: int
    changed: datetime
    done: bool = False
    cancelled: bool = False


def written(name: str, events: Sequence[CalendarEvent], remind: int | None = None) -> bytes:
    """A calendar's bytes: the same for the same events.

    Args:
        name: What the calendar is called.
        events: Its events.
        remind: How many days before each that is still to come about there is to be an alarm; ``None`` for no alarm.
    """
    from icalendar import Calendar, vText  # late: few sittings write calendars

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(clean(name)))  # by itself it writes a name as it is, commas and all
    for event in events:
        calendar.add_component(_component(event, remind))
    return bytes(calendar.to_ical())


def _component(event: CalendarEvent, remind: int | None) -> "Event":
    from icalendar import Alarm, Event  # late: as above

    made = Event()
    made.add("uid", event.uid)
    made.add("dtstart", event.day)
    made.add("dtend", event.day + timedelta(days=1))  # the day behind the last one
    made.add("summary", cut(" ".join(clean(event.title).split()), MOST_IN_TITLE))
    made.add("description", clean(event.text))
    made.add("sequence", event.sequence)
    for name in ("dtstamp", "last-modified"):
        made.add(name, event.changed.replace(microsecond=0))
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT")  # nobody is busy all day because something is due
    if remind is not None and not (event.done or event.cancelled):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(days=-remind))
        alarm.add("description", made["summary"])
        made.add_component(alarm)
    return made


def write(path: Path, content: bytes) -> None:
    """Write a calendar; a file that stands there is replaced only by a whole one.

    Raises:
        NotWritten: if it cannot be kept there.
    """

    def look_over(aside: Path) -> None:
        if aside.read_bytes() != content:
            raise NotWritten(f"{path.name} was not made: it would not read the same again. Try again.")

    put(lambda aside: aside.write_bytes(content), path, look_over)
