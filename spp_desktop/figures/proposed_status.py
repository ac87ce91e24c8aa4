"""How an activity stands by the plan's own rule: worked out from its dates, its milestones and its % complete."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.words import counted

StatusKind = Literal["not started", "on track", "at risk", "off track", "complete"]
"""What the rule can propose. A decision, such as to defer or to withdraw, is a person's alone."""

STATUS_KINDS: dict[StatusKind, str] = {
    "not started": "Not started",
    "on track": "On track",
    "at risk": "At risk",
    "off track": "Off track",
    "complete": "Complete",
}
"""What each is usually called as a status."""

ALL = 100


@dataclass(frozen=True)
class Limits:
    """From when on an activity is at risk, and from when on it is off track.

    Attributes:
        at_risk_days, off_track_days: days by which a date is late.
        at_risk_points, off_track_points: points of % that are missing of what the time gone would have.
    """

    at_risk_days: int = 1
    off_track_days: int = 32
    at_risk_points: int = 15
    off_track_points: int = 40


class DatedStep(NamedTuple):
    """A milestone: what it is called, when it is due, when it is expected, and when it was done."""

    title: str
    due: date | None
    forecast: date | None
    done_on: date | None
    over: bool = False

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and not self.over


@dataclass(frozen=True)
class StatusFacts:
    """What the rule goes by.

    Attributes:
        today: the day by which late and early are judged.
        start, due, forecast: the dates of the activity.
        percent: per cent complete.
        milestones: its milestones.
    """

    today: date
    start: date | None = None
    due: date | None = None
    forecast: date | None = None
    percent: int | None = None
    milestones: Sequence[DatedStep] = ()


@dataclass(frozen=True)
class ProposedStatus:
    """How an activity stands by the rule, and why, in a sentence."""

    kind: StatusKind
    sentence: str


class _Found(NamedTuple):
    """Something that tells against an activity: how grave it is, by how much, and the words for it."""

    grave: int
    size: int
    words: str


_GRAVE: tuple[StatusKind, ...] = ("on track", "at risk", "off track")


def proposed_status(facts: StatusFacts, limits: Limits) -> ProposedStatus | None:
    """How an activity stands by the plan's rule; ``None`` where it has neither dates nor % nor milestones to go by."""
    steps_open = [step for step in facts.milestones if step.open]
    if facts.percent == ALL and not steps_open:
        every = " and every milestone is done" if facts.milestones else ""
        return _said("complete", f"it is at 100%{every}")
    faults = sorted(_against(facts, limits), key=lambda each: (each.grave, each.size), reverse=True)
    if faults and faults[0].grave:
        return _said(_GRAVE[faults[0].grave], faults[0].words)
    begun = bool(facts.percent) or len(steps_open) < len(facts.milestones)
    if not begun and facts.start is not None and facts.start > facts.today:
        return _said("not started", f"it begins on {in_words(facts.start)}")
    if not begun and facts.start is None and facts.percent == 0:
        return _said("not started", "it is at 0%, and no date is late")
    if not (begun or facts.start or facts.due or facts.forecast or facts.milestones):
        return None
    return _said("on track", faults[0].words if faults else "no date is late")


def _said(kind: StatusKind, words: str) -> ProposedStatus:
    return ProposedStatus(kind, f"{STATUS_KINDS[kind]}: {words}.")


def _against(facts: StatusFacts, limits: Limits) -> Iterator[_Found]:
    """What tells against an activity, or, if it is not grave, how near it is to that."""
    yield from _late("it", facts.due, facts.forecast, facts.today, limits)
    for step in facts.milestones:
        if step.open:
            yield from _late(f"the milestone {quoted(step.title)}", step.due, step.forecast, facts.today, limits)
    yield from _behind(facts, limits)


def _late(what: str, due: date | None, forecast: date | None, today: date, limits: Limits) -> Iterator[_Found]:
    """By how many days a date is late: expected later than agreed, or open and past."""
    if due is None:
        return
    expected = max(forecast or due, today) if due < today else forecast or due
    days = (expected - due).days
    grave = _step(days, limits.at_risk_days, limits.off_track_days)
    if days > 0 and expected == today and (forecast is None or forecast < today):
        yield _Found(grave, days, f"{what} was due on {in_words(due)}, {counted(days, 'day')} ago, and is not done")
    elif days > 0:
        late = f"{counted(days, 'day')} late"
        yield _Found(grave, days, f"{what} is {late}, expected on {in_words(expected)} and due on {in_words(due)}")


def _behind(facts: StatusFacts, limits: Limits) -> Iterator[_Found]:
    """By how many points the % complete lies behind the time that is gone between its start and its due date."""
    if facts.percent is None or facts.start is None or facts.due is None or facts.start >= facts.due:
        return
    gone = (min(facts.today, facts.due) - facts.start).days
    should = round(ALL * gone / (facts.due - facts.start).days)
    points = should - facts.percent
    if gone > 0 and points > 0:
        grave = _step(points, limits.at_risk_points, limits.off_track_points)
        yield _Found(grave, points, f"it is at {facts.percent}%, where the time that is gone would have {should}%")


def _step(size: int, at_risk: int, off_track: int) -> int:
    """How grave a size is: 0, 1 for at risk, or 2 for off track."""
    return (size >= at_risk) + (size >= off_track)
