"""The kinds of target as data: what each is called and how it is judged; one is added here and in ``TargetKind``."""

from collections.abc import Mapping
from typing import NamedTuple

from spp_desktop.plan.performance import TargetKind


class KindWords(NamedTuple):
    """What is said of a kind of target.

    Attributes:
        title: what it is called where it is chosen.
        beside: the same as short as it stands beside a target in the table.
        meaning: what it means in a sentence's end, as charts print it.
        judged: how it is judged, in a sentence.
    """

    title: str
    beside: str
    meaning: str
    judged: str


KINDS: Mapping[TargetKind, KindWords] = {
    "level": KindWords(
        "Level",
        "level",
        "level",
        "The figure itself, to be reached by the year's end on a way from last year's.",
    ),
    "ceiling": KindWords(
        "No more than",
        "no more than",
        "no more than",
        "Met at it or below it, whichever way is better; a count on the way to it, anything else at any time.",
    ),
    "floor": KindWords(
        "At least",
        "at least",
        "at least",
        "Met at it or above it, whichever way is better; a count on the way to it, anything else at any time.",
    ),
    "range": KindWords(
        "Between two numbers",
        "between",
        "between two numbers",
        "Met from the lower number to the upper one, both included; off it on either side.",
    ),
    "change on previous year": KindWords(
        "% change on the year before",
        "on year before",
        "change on the year before",
        "So many per cent of last year's figure, less where less is better.",
    ),
    "change over plan": KindWords(
        "% change over the plan",
        "over the plan",
        "change over the plan",
        "So many per cent over all years of the plan; held against the years' own targets.",
    ),
    "change on base year": KindWords(
        "% change on an earlier year",
        "on earlier year",
        "change on an earlier year",
        "So many per cent of the figure of the year that it names.",
    ),
    "point change": KindWords(
        "Change in percentage points",
        "points",
        "change in percentage points",
        "So many points more or less than last year's figure.",
    ),
    "amount change": KindWords(
        "Change by a number",
        "by a number",
        "change by a number",
        "So many more or fewer than last year's figure.",
    ),
    "gap": KindWords("Gap", "gap", "gap", "How far two groups may lie apart at the most."),
    "peer rank": KindWords(
        "Place among forces", "place", "place among peers", "The place among the most similar forces, 1 being best."
    ),
    "grade": KindWords(
        "Grade, or yes or no",
        "grade",
        "grade",
        "A step of the indicator's own scale, to be reached or passed.",
    ),
    "reduce": KindWords(
        "Reduce", "reduce", "less than last year", "Met below the same period of last year, without a number."
    ),
    "increase": KindWords(
        "Increase", "increase", "more than last year", "Met above the same period of last year, without a number."
    ),
    "maintain": KindWords(
        "Maintain",
        "maintain",
        "as good as last year",
        "Met where the figure is no worse than in the same period of last year.",
    ),
    "by a date": KindWords(
        "By a date",
        "by a date",
        "by a date",
        "From that day on, against the number that goes with it; without one, only yes or no is judged.",
    ),
    "forecast": KindWords("Forecast", "forecast", "forecast", "What is expected, and not aimed at: no colour."),
    "benchmark": KindWords(
        "Benchmark and report", "benchmark", "no number yet", "The year only sets a benchmark: no colour."
    ),
    "to be confirmed": KindWords(
        "To be confirmed", "still to be set", "to be confirmed", "Still to be set: no colour."
    ),
    "monitor": KindWords("Only watched", "only watched", "only watched", "Watched, with nothing aimed at: no colour."),
}
"""Every kind, in the order in which they are offered."""

YEARLY: frozenset[TargetKind] = frozenset(KINDS) - {"change over plan"}
"""The kinds that a year may have."""

CHANGES: frozenset[TargetKind] = frozenset({
    "change on previous year",
    "change over plan",
    "change on base year",
    "point change",
    "amount change",
})  # fmt: skip
"""Targets that are a change of an earlier year's figure."""

PER_CENT_CHANGES: frozenset[TargetKind] = frozenset({
    "change on previous year",
    "change over plan",
    "change on base year",
})  # fmt: skip
"""Those in per cent, whose number is how much better: a fall where less is better, else a rise."""

LEVELS: frozenset[TargetKind] = frozenset({"level", "ceiling", "floor"})
"""Targets that are one number on the scale of the results."""

LIMITS: frozenset[TargetKind] = frozenset({"ceiling", "floor", "range"})
"""Targets that say by themselves what is good."""

AGAINST_LAST_YEAR: frozenset[TargetKind] = frozenset({"reduce", "increase", "maintain"})
"""Targets without a number, held against the same period of last year."""

UNJUDGED: frozenset[TargetKind] = frozenset({"forecast", "to be confirmed", "monitor"})
"""Targets that are never judged; a benchmark year has a state of its own."""


def kind_named(text: str) -> TargetKind | None:
    """The kind that is called this, by its title, its short name or the plan's own; ``None`` for none."""
    wanted = " ".join(text.split()).casefold()
    for kind, words in KINDS.items():
        if wanted in (kind, words.title.casefold(), words.beside):
            return kind
    return None
