"""How often a return is asked for, in which years, and by when an answer is due: plain values, and no calendar.

What working days are, and which day a rule comes to, is worked out by whoever keeps a calendar.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Frequency = Literal["monthly", "quarterly", "half-yearly", "yearly", "on completion"]
"""How often a return is asked for; "on completion" is when something is finished, and at no set time.

A return may have several: in the annual data requirement for 2009-2010 firearms offences were asked for by months, by
quarters and by years, and homicide by years and on completion (House of Commons, written answer of 23 February 2009).
"""

SPANS: Mapping[Frequency, Literal["year", "half", "quarter", "month"]] = {
    "monthly": "month",
    "quarterly": "quarter",
    "half-yearly": "half",
    "yearly": "year",
    "on completion": "year",
}
"""What part of a year one issue of a return is about that is asked for so often: a name among ``plan.periods.PERIODS``,
or "year". What is asked for on completion is sent at any time, about the year in which that falls."""

DueUnit = Literal["days", "working days", "months"]
"""What a due rule counts. So many months before or after a period end with the last day of a month."""


@dataclass(frozen=True)
class DueRule:
    """By when an answer is due: so many days, working days or months after the end of the period it is about.

    Attributes:
        count: how many; 0 is the last day of the period itself, a number below 0 is before that day.
        unit: what is counted.
        begins: whether it is counted from the first day of the period, and not from its last: a plan that is due
            before its year begins has -1 day from there.
        verified: whether the rule was read in a source; one that was not is the program's own proposal.
        source: where it was read, in a few words.
    """

    count: int
    unit: DueUnit = "working days"
    begins: bool = False
    verified: bool = False
    source: str = ""

    def in_words(self) -> str:
        """The rule as a person says it: "10 working days after the end of the period", "1 month before it begins"."""
        edge = "begins" if self.begins else "ends"
        if not self.count:
            return f"the day on which the period {edge}"
        unit = self.unit.removesuffix("s") if abs(self.count) == 1 else self.unit
        return f"{abs(self.count)} {unit} {'after' if self.count > 0 else 'before'} the period {edge}"


def asked_in(year: int, asked_from: int | None, asked_to: int | None) -> bool:
    """Whether a return is asked for in a year, by the first and the last year in which it is; ``None`` is no limit.

    Years are first calendar years.
    """
    return (asked_from is None or asked_from <= year) and (asked_to is None or year <= asked_to)
