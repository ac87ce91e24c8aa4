"""One task of a project's file, and what its cells say: which day is which, and what it shows in place of nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spp_desktop.returns import mspdi_fields as fields
from spp_desktop.returns.placement import FIRST_COLUMN
from spp_desktop.returns.records import Told

_STAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9:.]+)(?:Z|[+-][0-9:]+)?)?")
_MIDNIGHT = "00:00:00"
_HOURS = re.compile(r"PT([0-9]{1,7})H")
_HOURS_OF_DAY = 24
_WHOLE = 100


@dataclass(frozen=True)
class ReadTask:
    """A task as it stands in a file.

    Attributes:
        key: the key of its row, as the hidden column of a workbook has it; "" for a new one.
        ref: the reference of its activity.
        priority: what the outermost heading above it is called.
        text: its name, or the whole of what its name is the beginning of.
        whole: the text that its name was made of, if that is in the file.
        owners: the posts assigned to it, the lead first.
        texts: its own texts, by their tags.
        custom: its custom fields, by their numbers.
    """

    key: str
    ref: str
    priority: str
    text: str
    whole: str
    owners: Sequence[str]
    texts: Mapping[str, str]
    custom: Mapping[int, str]

    def field(self, known: fields.ProjectField) -> str:
        """What stands in a custom field."""
        return self.custom.get(known.number, "").strip()

    def day(self, tag: str) -> date | str | None:
        """The day in a text of its own; the text itself where it is none."""
        return _day(self.texts.get(tag, ""))

    @property
    def open(self) -> frozenset[str]:
        """The cells that held nothing when it went out, by their headings; of a new task those that it need not say."""
        if not self.custom:
            return frozenset({"Forecast", "% complete"})
        return frozenset(part.strip() for part in self.field(fields.LEFT_OPEN).split(","))

    @property
    def percent(self) -> str:
        """How much of it is complete, as it stands there."""
        return self.texts.get("PercentComplete", "").strip()

    @property
    def done(self) -> bool:
        """Whether it is complete."""
        return self.percent == f"{_WHOLE}" or bool(self.texts.get("ActualFinish", "").strip())

    @property
    def finish(self) -> date | str | None:
        """The day on which it ends.

        A midnight may be the end of the day before, or stand for a day of which no time is known: then the start is
        one too, and the task lasts a day longer than there are days between them.
        """
        start, finish = self.day("Start"), self.day("Finish")
        if not (
            isinstance(start, date) and isinstance(finish, date) and start < finish and self._at_midnight("Finish")
        ):
            return finish
        days = (finish - start).days
        hours = _HOURS.match(self.texts.get("Duration", ""))
        lasts = int(hours[1]) if hours else 0
        before = not self._at_midnight("Start") or lasts in (days * fields.DAY_HOURS, days * _HOURS_OF_DAY)
        return finish - timedelta(days=1) if before else finish

    def _at_midnight(self, tag: str) -> bool:
        stamp = _STAMP.fullmatch(self.texts.get(tag, "").strip())
        return stamp is not None and stamp[2] == _MIDNIGHT


def activity_cells(task: ReadTask) -> Iterator[tuple[int, Told]]:
    """The cells of an activity's row, by column: those that say anything."""
    due, forecast = _due_and_forecast(task, task.finish)
    told = (
        task.ref,
        task.priority,
        task.text,
        "; ".join(task.owners),
        task.field(fields.STATUS),
        _percent(task),
        _start(task),
        due,
        forecast,
        task.texts.get("Notes", ""),
    )
    return _cells(told)


def milestone_cells(task: ReadTask) -> Iterator[tuple[int, Told]]:
    """The cells of a milestone's row, by column: those that say anything."""
    if task.done:
        due: date | str | None = task.day("Deadline")
        forecast = _day(task.field(fields.FORECAST))
        done = task.day("ActualFinish") or task.finish
    else:
        (due, forecast), done = _due_and_forecast(task, task.finish), None
    return _cells((task.ref, task.text, due, forecast, done))


def _due_and_forecast(task: ReadTask, finish: date | str | None) -> tuple[date | str | None, date | str | None]:
    """The day that was agreed and the one now expected, of what a task shows: its deadline, and when it finishes."""
    deadline, none_expected = task.day("Deadline"), "Forecast" in task.open
    if deadline is not None:
        return deadline, None if none_expected and finish == deadline else finish
    if not none_expected:
        return None, finish
    stands_in = _day(task.field(fields.STAND_IN))
    return (None, None) if stands_in is not None and stands_in == finish else (finish, None)


def _start(task: ReadTask) -> date | str | None:
    """The day on which an activity begins; a task that lasts a day may only stand where another day is not known."""
    start = task.day("Start")
    if start != task.finish:
        return start
    kept = _day(task.field(fields.START))
    return kept or (None if "Start" in task.open else start)


def _percent(task: ReadTask) -> Told | str:
    """How much is complete: a share as a cell holds it; the text itself where it is none."""
    percent = task.percent
    if not re.fullmatch(r"[0-9]{1,3}", percent):
        return percent
    return "" if percent == "0" and "% complete" in task.open else ("number", int(percent) / _WHOLE, "0%")


def _cells(told: Sequence[date | str | Told | None]) -> Iterator[tuple[int, Told]]:
    for column, value in enumerate(told, FIRST_COLUMN):
        if isinstance(value, tuple):
            yield column, value
        elif isinstance(value, date):
            yield column, ("date", value.isoformat(), "")
        elif value and value.strip():
            yield column, ("text", value.replace("\r\n", "\n").replace("\r", "\n").strip(), "")


def _day(text: str) -> date | str | None:
    match = _STAMP.fullmatch(text.strip())
    try:
        return date.fromisoformat(match[1]) if match else text.strip() or None
    except ValueError:
        return text.strip()
