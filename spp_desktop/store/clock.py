"""The one clock: moments are kept in UTC, and shown as the person's own clock has them.

Every time of day that a person is shown comes from here, in the window, on the command line, in reports and receipts.
In a sentence it says that it is local time (``time_in_words``); where many times stand below one another, their heading
says so (``WHEN``).
"""

from datetime import UTC, date, datetime, time

from spp_desktop.plan.kinds.days import short_day

LOCAL = "local time"

WHEN = f"When ({LOCAL})"
"""The heading above times."""


def now() -> str:
    """This moment as a plan keeps it: an ISO time in UTC."""
    return datetime.now(UTC).isoformat()


def local_now() -> datetime:
    """This moment on the person's clock, which knows how far it is from UTC."""
    return datetime.now(UTC).astimezone()


def time_of_day() -> str:
    """This time of day: "14:02 local time"."""
    return f"{local_now():%H:%M} {LOCAL}"


def moment(at: str | datetime) -> datetime | None:
    """A kept time on the person's clock; ``None`` where the text is no time.

    A time that does not say how far it is from UTC is one of the person's own clock already.
    """
    try:
        return (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def world_time(at: str) -> datetime | None:
    """A kept time as files have it that other programs read; ``None`` where the text is no time."""
    known = moment(at)
    return None if known is None else known.astimezone(UTC)


def local_time(at: str | datetime, *, seconds: bool = False) -> str:
    """A kept time as words: "23 Nov 2026 14:02". A text that is no time is given as it is."""
    known = moment(at)
    return str(at) if known is None else f"{short_day(known)} {known:%H:%M}{f':{known:%S}' if seconds else ''}"


def file_time(at: datetime, *, seconds: bool = False) -> str:
    """A time as a part of the name of a file: "2026-11-23 14.02"."""
    return f"{at:%Y-%m-%d %H.%M}{f'.{at:%S}' if seconds else ''}"


def begin_of_day(day: date) -> datetime:
    """When a day begins on the person's clock, which knows how far it is from UTC."""
    return datetime.combine(day, time()).astimezone()


def kept_begin_of_day(day: date) -> str:
    """The same as a plan keeps it: an ISO time in UTC."""
    return begin_of_day(day).astimezone(UTC).isoformat()


def time_in_words(at: str | datetime) -> str:
    """A kept time as a sentence says it: "23 Nov 2026 14:02 local time". A text that is no time is given as it is."""
    return str(at) if moment(at) is None else f"{local_time(at)} {LOCAL}"


def local_day(at: str | datetime) -> date:
    """The day, here, of a kept time.

    Raises:
        ValueError: if the text is no time.
    """
    known = moment(at)
    if known is None:
        raise ValueError(f"“{at}” is no time.")
    return known.date()
