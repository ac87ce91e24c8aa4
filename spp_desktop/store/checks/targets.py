"""Checks of the performance plan, one indicator at a time: its targets, what they rest on, and who answers for it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise

from spp_desktop.figures.targets.checks import AGREED, check
from spp_desktop.figures.targets.kinds import LEVELS
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.periods import year_end, year_name, year_start
from spp_desktop.store.checks.facts import CheckedPlan, of_indicator
from spp_desktop.store.checks.hits import RuleHit, in_own_words
from spp_desktop.store.checks.rule import CheckRule, Severity
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.plain import TargetRow
from spp_desktop.store.queries import aimed_over

OfIndicator = Callable[[IndicatorRow, CheckedPlan], Iterable[str]]

FROM_BEFORE = frozenset({"change on previous year", "point change", "amount change"})
"""Kinds of target that are counted from the figure of the year before."""


def _each(sentences: OfIndicator) -> Callable[[CheckedPlan], Iterator[RuleHit]]:
    def find(plan: CheckedPlan) -> Iterator[RuleHit]:
        """What is found, indicator by indicator; what is said of one is one finding."""
        for row in plan.indicators:
            said_of = " ".join(sentences(row, plan))
            if said_of:
                yield RuleHit(said_of, of_indicator(row))

    return find


def _rule(
    name: str, title: str, about: str, severity: Severity, sentences: OfIndicator, *, shown_as: str = ""
) -> CheckRule:
    finds = _each(sentences)
    return CheckRule(name, f"Indicators: {title}", about, severity, "indicator", finds, shown_as=shown_as)


def yearly(row: IndicatorRow) -> list[tuple[int, TargetRow]]:
    """The targets of single years, the first year first."""
    return sorted((year, target) for year, target in row.targets.items() if year is not None)


def _against_years(row: IndicatorRow, plan: CheckedPlan) -> Iterator[str]:
    outcome = check(row.targets, row.polarity, aimed_over(plan.plan, row))
    if outcome is not None and outcome.finding not in AGREED and not row.targets[None].explanation.strip():
        yield outcome.sentence


def _not_monotone(row: IndicatorRow, plan: CheckedPlan) -> Iterator[str]:
    del plan
    levels = [(year, target) for year, target in yearly(row) if target.kind in LEVELS and target.value is not None]
    for (year, target), (later, following) in pairwise(levels):
        step = (following.value or 0) - (target.value or 0)
        if (row.polarity == "higher" and step < 0) or (row.polarity == "lower" and step > 0):
            yield (
                f"{following.stated} for {year_name(later)} is easier than {target.stated} for {year_name(year)}, "
                f"though {row.polarity} is better."
            )


def _no_baseline(row: IndicatorRow, plan: CheckedPlan) -> Iterator[str]:
    first = next(((year, target) for year, target in yearly(row) if target.value is not None), None)
    if first is None:
        return
    year, target = first
    since = plan.measured.get(row.key)
    if since is None or since[0] > year_end(year - 1):
        counted = "which it is counted from" if target.kind in FROM_BEFORE else "which its first target follows"
        yield f"There is no result of {year_name(year - 1)}, {counted}."


def _no_result(row: IndicatorRow, plan: CheckedPlan) -> Iterator[str]:
    begins = year_start(plan.kept[0])
    until = plan.measured.get(row.key)
    if plan.today >= begins and (until is None or until[1] < begins):
        yield "The plan has begun, and there is no result of any of its years."


def _no_owner(row: IndicatorRow, plan: CheckedPlan) -> Iterator[str]:
    del plan
    if not any(row.roles.values()):
        yield "No post answers for it in any role."


def _for_nothing(row: IndicatorRow, plan: CheckedPlan) -> Iterator[str]:
    del plan
    if not row.serves:
        yield in_own_words("It is linked to no priority, and to nothing else that it measures or serves.")


def _broken(row: IndicatorRow, plan: CheckedPlan) -> Iterator[str]:
    """Breaks between the figure that a target is counted from and the end of its year."""
    for version in plan.breaks.get(row.key, ()):
        years = [
            year for year, target in yearly(row)
            if target.kind in FROM_BEFORE and year_start(year - 1) < version.starts_on <= year_end(year)
        ]  # fmt: skip
        if years:
            named = ", ".join(map(year_name, years))
            yield (
                f"It is counted otherwise from {in_words(_day(version.starts_on))}, between the target of {named} and "
                "the year that this is counted from."
            )


def _day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


RULES: tuple[CheckRule, ...] = (
    _rule(
        "target over plan against its years", "target over the plan against its years",
        "The target over the plan does not agree with its yearly targets: changes compound, a level is that of its "
        "last year. An explanation on its Targets page answers it.", "wrong", _against_years,
        shown_as="targets",
    ),
    _rule(
        "levels not in order", "a later target easier",
        "A level aimed at in one year is easier than that of the year before.", "question", _not_monotone,
        shown_as="targets",
    ),
    _rule(
        "indicator without baseline", "no baseline",
        "There is no result for the force of the year before its first target with a number.", "missing", _no_baseline,
    ),
    _rule(
        "indicator without result", "no result",
        "The plan has begun, and there is no result for the force of any of its years.", "missing", _no_result,
    ),
    _rule(
        "indicator without owner", "no owner", "No post stands to it in any role (Plan > Lists… > Roles).", "missing",
        _no_owner,
    ),
    _rule(
        "indicator for nothing", "for nothing", "It is linked to nothing that it measures or serves.", "missing",
        _for_nothing,
    ),
    _rule(
        "break between baseline and target", "counted otherwise since its baseline",
        "Its definition changes, and breaks the series, between the figure that a target is counted from and the end "
        "of the target's year.", "wrong", _broken,
    ),
)  # fmt: skip
