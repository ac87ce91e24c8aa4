"""What is to be seen to before a document is printed: targets that leave something open, and marks of no note.

Auditors have refused plans of which a target does not say from where, how much, of what and by when. Nothing is held up
by that: it is said before a document is made, and a person decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from spp_desktop.edits.documents.notes import PlanNotes
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.figures.targets.kinds import AGAINST_LAST_YEAR, CHANGES, LEVELS
from spp_desktop.plan.identity import Section, goes_on
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.narrative import note_mark, numbers_in
from spp_desktop.plan.performance import TargetKind
from spp_desktop.plan.periods import year_name, year_of
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.plan.words import capital, listed
from spp_desktop.store import measured, queries
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.plain import Node, TargetRow

OVER_THE_PLAN = "over the plan"
MANY = 3
"""So many rows of which the same is to be said are named one by one."""
_ON_A_BASELINE: frozenset[TargetKind] = CHANGES | AGAINST_LAST_YEAR | LEVELS | {"range"}
"""Targets that say how much better only beside the figure that they begin from."""
_NO_NUMBERS: frozenset[TargetKind] = frozenset({"grade", "by a date", "forecast"})
"""Targets that are complete without a number."""
_UNITLESS = frozenset({"grade", "yes/no"})


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """Something that a document would print as it is.

    Attributes:
        table: the table of the row that it is about.
        key: the key of that row.
        row: what the row is called: "PI14 Perception of anti-social behaviour".
        short: the same as short as can be: "PI14".
        point: what is open, as a sentence goes on behind a colon.
    """

    table: str
    key: str
    row: str
    short: str
    point: str

    @property
    def sentence(self) -> str:
        """What is open, in a sentence."""
        return f"{self.row}: {self.point}"


def before_printing(plan: DocumentPlan) -> list[LeftOpen]:
    """What targets leave open, indicator by indicator in the plan's order, and then marks of notes that lead nowhere.

    Where some indicators are asked for, only of those.
    """
    return [*_of_targets(plan), *_of_notes(plan)]


def sentences(left_open: Sequence[LeftOpen]) -> list[str]:
    """What is open, in sentences: one for all rows of which the same is to be said, where they are many."""
    by_point: dict[str, list[LeftOpen]] = {}
    for each in left_open:
        by_point.setdefault(each.point, []).append(each)
    return [
        sentence
        for point, rows in by_point.items()
        for sentence in (
            [f"{listed(each.short for each in rows)}: {point}"]
            if len(rows) > MANY
            else [each.sentence for each in rows]
        )
    ]


def _of_targets(plan: DocumentPlan) -> Iterator[LeftOpen]:
    asked = plan.asked.indicators
    measured_in = _years_measured(plan)
    for row in plan.read(queries.indicators):
        if (not asked or row.key in asked) and goes_on(row.last_year, plan.plan.first_year):
            for open_point in _open_points(row, plan.plan.first_year, measured_in.get(row.key, frozenset())):
                yield LeftOpen("indicator", row.key, f"{row.ref} {row.title}", row.ref, open_point)


def _years_measured(plan: DocumentPlan) -> Mapping[str, frozenset[int]]:
    """The years in which the force has any result of each indicator, by its key."""
    years: dict[str, set[int]] = {}
    for result in plan.read(measured.results):
        if result.area_key is None and (result.value is not None or result.numerator is not None):
            years.setdefault(result.indicator_key, set()).add(year_of(result.period_to))
    return {key: frozenset(known) for key, known in years.items()}


def _open_points(row: IndicatorRow, first_year: int, measured_in: frozenset[int]) -> Iterator[str]:
    going_on = [target for target in row.targets.values() if target.year is None or target.year >= first_year]
    targets = sorted(going_on, key=lambda target: (target.year is None, target.year or 0))
    if not targets:
        yield "nothing is aimed at."
        return
    if not row.unit and row.measure not in _UNITLESS:
        yield "it has no unit, so that its targets do not say of what."
    bases = {_base_year(target, targets, first_year) for target in targets if target.kind in _ON_A_BASELINE}
    missing = sorted(bases - measured_in)
    if missing:
        years = " or ".join(map(year_name, missing))
        yield f"there is no baseline, as the plan has no result of {years}."
    for target in targets:
        if target.value is None and target.kind not in _NO_NUMBERS:
            yield f"the target {_when(target)}, {quoted(target.stated)}, states no amount."
        if target.kind == "by a date" and target.due is None:
            yield f"the target {_when(target)}, {quoted(target.stated)}, states no date."


def _base_year(target: TargetRow, targets: Sequence[TargetRow], first_year: int) -> int:
    """The year with whose figure a target is compared: that before the first one aimed at, unless it names another."""
    if target.base_year is not None:
        return target.base_year
    return min((each.year for each in targets if each.year is not None), default=first_year) - 1


def _when(target: TargetRow) -> str:
    return OVER_THE_PLAN if target.year is None else f"for {year_name(target.year)}"


def _of_notes(plan: DocumentPlan) -> Iterator[LeftOpen]:
    notes = plan.reading(PlanNotes)
    for table, key, title, text in _narratives(plan):
        for number in numbers_in(text):
            if notes.named(key, number) is None:
                named = f"{capital(in_words_of_plan(table))} {quoted(title)}"
                point = f"{note_mark(number)} leads to no note, and is printed as it is."
                yield LeftOpen(table, key, named, named, point)


def _narratives(plan: DocumentPlan) -> Iterator[tuple[str, str, str, str]]:
    """Every text that may hold marks: the table and key of its row, what that is called, and the text."""
    for row in plan.read(queries.register, Section):
        yield "section", row.id, row.title, row.body

    def below(nodes: Sequence[Node]) -> Iterator[tuple[str, str, str, str]]:
        """Those of rows of the plan's levels and of all below them."""
        for node in nodes:
            is_sentence = node.kind == "commitment"
            yield node.kind, node.key, node.text, node.text if is_sentence else node.narrative
            yield from below(node.children)

    yield from below(plan.read(partial(queries.priority_tree, own=True)))
