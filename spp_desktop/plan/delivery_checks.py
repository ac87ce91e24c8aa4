"""What can hardly be meant of an activity or a milestone: one set of checks, for what is typed and what comes back.

Plain values only, so that a first look at a plan, the tables and the returns all ask it in the same words.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.periods import far_from
from spp_desktop.plan.rules import no_reason

SLACK = 31
"""Days that a forecast may lie behind the date agreed while the status still says that all goes well."""

NOT_STARTED = "not started"
"""The status, in small letters, beside which any per cent done is asked about."""

ALL = 100
_MONTH = 30.44
"""Days of a month, on average."""


class Unlikely(NamedTuple):
    """What can hardly be meant: the fields that say it together, the likeliest slip first, and a sentence."""

    fields: tuple[str, ...]
    sentence: str


class ActivityFacts(NamedTuple):
    """What is checked of an activity. What is not known is ``None`` or empty, and asks nothing.

    Attributes:
        years: the first calendar years of the plan's financial years.
        status: the status, by its title.
        finished: whether that status is one of those that are never late.
        asks: whether that status asks for a reason.
        reason: why the status is what it is.
        percent: per cent complete.
        start: when it begins.
        due: the date agreed.
        forecast: the date now expected.
    """

    years: Collection[int] = ()
    status: str = ""
    finished: bool = False
    asks: bool = False
    reason: str = ""
    percent: int | None = None
    start: date | None = None
    due: date | None = None
    forecast: date | None = None


class MilestoneFacts(NamedTuple):
    """What is checked of a milestone, with the plan's years and the day that the plan is shown as at."""

    years: Collection[int] = ()
    status: str = ""
    finished: bool = False
    asks: bool = False
    percent: int | None = None
    due: date | None = None
    forecast: date | None = None
    done_on: date | None = None
    today: date | None = None


def of_activity(facts: ActivityFacts) -> Iterator[Unlikely]:
    """What can hardly be meant of an activity, the reason that its status asks for apart."""
    yield from _share(facts)
    if facts.start is not None and facts.due is not None and facts.start > facts.due:
        yield Unlikely(
            ("start", "due"), f"The start, {in_words(facts.start)}, is after the due date, {in_words(facts.due)}."
        )
    yield from _slipped(facts)
    yield from _far(facts.years, {"start": facts.start, "due": facts.due, "forecast": facts.forecast})


def without_reason(facts: ActivityFacts) -> Iterator[Unlikely]:
    """The status, if it asks for a reason and none is given."""
    if facts.asks and not facts.reason.strip():
        yield Unlikely(("status", "reason"), no_reason(facts.status))


def of_milestone(facts: MilestoneFacts) -> Iterator[Unlikely]:
    """What can hardly be meant of a milestone."""
    if facts.done_on is not None and facts.today is not None and facts.done_on > facts.today:
        yield Unlikely(
            ("done_on",), f"{in_words(facts.done_on)} has not come yet, so that nothing can have been done on it."
        )
    if facts.done_on is not None and facts.status and not facts.finished:
        yield Unlikely(
            ("status", "done_on"), f"“{facts.status}” does not go with a day on which it was done: it says that work "
            "goes on.",
        )  # fmt: skip
    yield from _share(facts)
    yield from _far(facts.years, {"due": facts.due, "forecast": facts.forecast, "done_on": facts.done_on})


def _share(facts: ActivityFacts | MilestoneFacts) -> Iterator[Unlikely]:
    """Per cent complete that the status does not allow: what is withdrawn by decision may stand at any."""
    if facts.percent is None or not facts.status:
        return
    complete = facts.finished and not facts.asks
    unbegun = facts.status.strip().casefold() == NOT_STARTED
    if (complete and facts.percent < ALL) or (unbegun and facts.percent > 0):
        yield Unlikely(("percent", "status"), f"“{facts.status}” does not go with {facts.percent}%.")
    elif facts.percent == ALL and not facts.finished:
        yield Unlikely(("percent", "status"), f"“{facts.status}” does not go with 100%: it says that work goes on.")


def _slipped(facts: ActivityFacts) -> Iterator[Unlikely]:
    """A forecast long after the date agreed beside a status that says that nothing is the matter."""
    due, forecast = facts.due, facts.forecast
    if not facts.status or facts.asks or facts.finished or due is None or forecast is None:
        return
    behind = (forecast - due).days
    if behind > SLACK:
        months = max(round(behind / _MONTH), 1)
        yield Unlikely(
            ("forecast", "status", "due"),
            f"“{facts.status}” does not go with a forecast {months} {'month' if months == 1 else 'months'} after the "
            f"due date, {in_words(due)}.",
        )


def _far(years: Collection[int], days: dict[str, date | None]) -> Iterator[Unlikely]:
    """Days that lie far from the years of the plan."""
    for field, day in days.items():
        if day is not None and (why := far_from(day, years)):
            yield Unlikely((field,), why)
