"""Named read of the register of targets: what each was, what it became, since when, by whom, why, and who agreed."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Connection

from spp_desktop.plan.periods import year_name, years_name
from spp_desktop.store import queries
from spp_desktop.store.plain import TargetRow

TAKEN_AWAY = "no target"
"""What stands in the place of a target that was taken away."""


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target that is another since a day.

    Attributes:
        key: the key of what it was before.
        indicator: the key of the indicator; ``ref``, ``title`` and ``group`` are its own.
        year: the first calendar year that it is for; ``None`` for one over the plan.
        of: the year in words: "2008-2009", "over the plan", "over 2008-2011".
        was, now: the targets as they were stated.
        since: the day from which on the new one judges.
        author: who changed it; ``reason`` is why, ``agreed_by`` who agreed to it.
        in_force: whether what it became is what stands today.
    """

    key: str
    indicator: str
    ref: str
    title: str
    group: str
    year: int | None
    of: str
    was: str
    now: str
    since: date
    author: str
    reason: str
    agreed_by: str
    in_force: bool

    @property
    def sentence(self) -> str:
        """All of it in a sentence."""
        agreed = f"; agreed by {self.agreed_by}" if self.agreed_by else ""
        return f"{self.ref} {self.of}: {self.was} became {self.now}. {self.reason.rstrip('.')} ({self.author}{agreed})."


def target_changes(connection: Connection, indicator: str | None = None) -> list[TargetChange]:
    """Every change of a target that is kept, the newest first: of one indicator, or all."""
    indicators = {row.key: row for row in queries.indicators(connection, indicator)}
    changes: list[TargetChange] = []
    earlier = queries.earlier_targets(connection, indicator)
    for (key, year), known in groupby(earlier, lambda was: (was.target.indicator_key, was.target.year)):
        versions, row = list(known), indicators[key]
        following = [*(version.target for version in versions[1:]), row.targets.get(year)]
        changes += [
            TargetChange(
                key=was.target.key,
                indicator=key,
                ref=row.ref,
                title=row.title,
                group=row.group,
                year=year,
                of=of_words(was.target),
                was=was.target.stated,
                now=TAKEN_AWAY if now is None else now.stated,
                since=was.until,
                author=was.author,
                reason=was.reason,
                agreed_by=was.agreed_by,
                in_force=n == len(versions),
            )
            for n, (was, now) in enumerate(zip(versions, following, strict=True), 1)
        ]
    return sorted(changes, key=lambda change: change.since, reverse=True)


def of_words(target: TargetRow) -> str:
    """Of what time a target is; one over years that are not the plan's own any more says which."""
    if target.year is not None:
        return year_name(target.year)
    if target.over_first is None:
        return "over the plan"
    return f"over {years_name(target.over_first, target.over_years or 1)}"
