"""Knock-on: which dates a moved date takes with it, through what depends on what.

What depends on other work begins when that is done, or, where no start is stated, is done no earlier. So it is put off
by the days that are missing, and what depends on it in its turn, each by no more than it must. Nothing is ever brought
forward, a date that was agreed stays as it is, and what has begun keeps its start. This is the rule of the plan's own
timeline (``figures.charts.timeline``), not one of a published method.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Work:
    """The dates of an activity, as far as others depend on them.

    ``begun`` work keeps its start; ``finished`` work is neither put off nor waited for.
    """

    start: date | None = None
    due: date | None = None
    forecast: date | None = None
    begun: bool = False
    finished: bool = False

    @property
    def ready(self) -> date | None:
        """The day by which it is expected to be done: the forecast, else the day that was agreed."""
        return self.forecast or self.due

    def behind(self, needed: "Work") -> int:
        """By how many days it is planned before other work that it depends on; 0 if it is not."""
        day = self.start if self.start is not None and not self.begun else self.ready
        if day is None or needed.ready is None or self.finished or needed.finished:
            return 0
        return max((needed.ready - day).days, 0)

    def put_off(self, days: int) -> "Work":
        """The same, so many days later: its start if it has not begun, and the day that it is expected to be done."""
        by = timedelta(days)
        start = self.start + by if self.start is not None and not self.begun else self.start
        return replace(self, start=start, forecast=self.ready + by if self.ready is not None else None)


def put_off(works: Mapping[str, Work], needs: Iterable[tuple[str, str]], moved: Iterable[str]) -> dict[str, Work]:
    """What has to be put off because some activities were moved, as it is then; nothing of those that can stay.

    Args:
        works: the activities by their keys, with the dates that were moved.
        needs: of which activities one depends on another, that one first. They form no ring; one that somebody's
            file brought along is gone round no further than each activity once.
        moved: the keys of those that were moved.
    """
    waiting: dict[str, list[str]] = defaultdict(list)
    for own, other in needs:
        waiting[other].append(own)
    now, later, passed = dict(works), {}, dict[str, int]()
    round_no_further = len(works)
    behind = [key for key in moved if key in works]
    while behind:
        key = behind.pop()
        for own in waiting[key]:
            days = now[own].behind(now[key]) if own in now and own != key else 0
            if days and passed.get(own, 0) < round_no_further:
                now[own] = later[own] = now[own].put_off(days)
                passed[own] = passed.get(own, 0) + 1
                behind.append(own)
    return later
