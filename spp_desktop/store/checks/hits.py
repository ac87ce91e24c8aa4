"""What the function of a rule gives: a sentence, and the rows of the plan that it is about."""

from typing import NamedTuple

from spp_desktop.plan.spoken import in_words_of_plan


class CheckedRow(NamedTuple):
    """A row that a finding is about: its table, its key, and the reference by which a person knows it."""

    table: str
    key: str
    ref: str


class RuleHit(NamedTuple):
    """What a rule's function gives: a sentence, and the rows it is about, the one to go to first."""

    sentence: str
    rows: tuple[CheckedRow, ...]


def in_own_words(sentence: str, **values: object) -> str:
    """A sentence of the program in the plan's own words, with what the plan holds put in as it is."""
    return in_words_of_plan(sentence).format(**values)
