"""The words of a target taken apart: its numbers, bounds, directions, days, years and what it is a change of.

Nothing is decided here: ``reading.read`` says what the parts mean together, and asks where they leave it open.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from spp_desktop.figures.targets.amounts import BEFORE_NUMBER, Amount, amounts_of, range_of
from spp_desktop.figures.targets.named_times import Base, base_of, day_due, is_over_plan, years_named
from spp_desktop.figures.targets.remaining import Remaining
from spp_desktop.plan.performance import Every

Bound = Literal["", "ceiling", "floor", "better"]
Direction = Literal["down", "up", "better", "steady"]


@dataclass(frozen=True)
class Phrase:
    """The parts of a target's words.

    Attributes:
        words: what is left of the text in small letters once all else is taken out, ``NUMBER`` in the place of numbers.
        amounts: its numbers, years and days left out; of a range only the lower one.
        upper: the upper number of a range.
        bound: whether it says "no more than", "at least" or "or better"; ``strict`` where it says "under" or "over".
        directions: which ways it says things should go.
        to_level: whether it says to what, as in "reduce to 1,200".
        base: what it is a change of: ``PREVIOUS``, a first calendar year, or "" where it does not say.
        due: the day by which.
        years: first calendar years of the financial years that it is for; -1 for two that do not follow each other.
        every: what an amount is of; ``often``: it is of a week or a day; ``yearly``: it says that it is of a year.
        per: what a rate is by, such as 1,000; 0 where it does not say.
        over_plan: whether it says that it is over the plan.
        of_what: whether it says what it is so many per cent of.
        asides: what stood in brackets.
    """

    words: str
    amounts: tuple[Amount, ...] = ()
    upper: Amount | None = None
    bound: Bound = ""
    strict: bool = False
    directions: frozenset[Direction] = frozenset()
    to_level: bool = False
    base: Base = ""
    due: date | None = None
    years: tuple[int, ...] = ()
    every: Every = "year"
    often: bool = False
    yearly: bool = False
    per: Decimal = Decimal(0)
    over_plan: bool = False
    of_what: bool = False
    asides: tuple[str, ...] = ()

    def has(self, pattern: str) -> bool:
        """Whether what is left has such words."""
        return re.search(pattern, self.words) is not None


def taken_apart(text: str, year: int | None = None) -> Phrase:
    """The parts of a text; ``year`` is the financial year that it is for, where that is known."""
    words = Remaining.of(text)
    of_what = words.first_match("% of ") is not None
    due, base, years, over_plan = day_due(words, year), base_of(words), years_named(words), is_over_plan(words)
    per = words.take(rf"(?:\bper|/) ?(?P<per>[0-9][0-9,]{{2,}})(?: {_COUNTED})?")
    words.take(r"\b(?:999|101|112)(?= (?:emergency )?calls?\b)")
    served = "%" in words.rest and words.take(_SERVICE) is not None
    every, bound = _every(words), _bound(words)
    two = range_of(words)
    directions = frozenset(way for way, pattern in _WAYS.items() if words.take_all(pattern))
    to_level = words.take(rf"\bto (?={BEFORE_NUMBER}[0-9.])") is not None
    figures = two or amounts_of(words)
    return Phrase(
        words=words.text(),
        amounts=figures.amounts,
        upper=figures.upper,
        bound=bound.bound,
        strict=bound.strict,
        directions=directions,
        to_level=to_level or figures.to_level,
        base=base,
        due=due,
        years=years,
        every=every or "year",
        often=every is None,
        yearly=every == "year",
        per=Decimal(per["per"].replace(",", "")) if per else Decimal(0),
        over_plan=over_plan,
        of_what=of_what or served,
        asides=tuple(words.asides),
    )


_NEAR = rf"(?= ?{BEFORE_NUMBER}[0-9.])"
"""That a number follows."""


class _Bounding(NamedTuple):
    """Words that bound a number: which way, and whether the number itself is out."""

    bound: Bound
    strict: bool
    pattern: str


_BOUNDS = (
    _Bounding("ceiling", False, rf"\b(?:no|not) (?:more|greater|higher|larger|longer|later) than{_NEAR}"),
    _Bounding("better", False, rf"\b(?:no|not|nothing) worse than{_NEAR}"),
    _Bounding("better", True, rf"\b(?:better than|improv(?:e|ing|ement) on|beat(?:ing)?){_NEAR}"),
    _Bounding("floor", False, rf"\b(?:no|not) (?:less|fewer|lower|smaller) than{_NEAR}"),
    _Bounding("ceiling", False, rf"\b(?:(?:does|do|must|should|to) not|not(?: to)?) exceed(?:ing)?{_NEAR}"),
    _Bounding("ceiling", False, rf"\b(?:must |should )?(?:not|never) (?:be |go |to rise |rise )?(?:above|over){_NEAR}"),
    _Bounding(
        "floor", False, rf"\b(?:must |should )?(?:not|never) (?:be |to fall |fall |drop )?(?:below|under){_NEAR}"
    ),
    _Bounding("ceiling", False, r"\bat or (?:below|under|less than|fewer than)\b|\bat (?:the )?(?:very )?most\b"),
    _Bounding("ceiling", False, rf"\b(?:max(?:imum)?|ceiling|limit|cap)(?:$|:? ?(?:at |to |of )?{_NEAR})"),
    _Bounding("ceiling", False, rf"\b(?:up to|within|(?:a )?(?:max(?:imum)?(?: of)?|(?:limit|ceiling|cap) of)){_NEAR}"),
    _Bounding("ceiling", False, rf"\b(?:capped|limited|held) (?:at|to){_NEAR}"),
    _Bounding("floor", False, r"\bat or (?:above|over|more than)\b|\bat (?:the )?(?:very )?least\b"),
    _Bounding("floor", False, rf"\b(?:min(?:imum)?|floor)(?:$|:? ?(?:at |of )?{_NEAR})"),
    _Bounding("floor", False, rf"\b(?:(?:a )?(?:min(?:imum)?(?: of)?|floor of)|upwards of){_NEAR}"),
    _Bounding("better", False, r"\bor better\b"),
    _Bounding("ceiling", False, r"\bor (?:less|fewer|below|under|lower)\b"),
    _Bounding("floor", False, r"\bor (?:more|above|over|greater|higher)\b|(?<=[0-9%¶])\+(?![0-9 ])|(?<=[0-9%¶]) plus$"),
    _Bounding("ceiling", True, rf"\b(?:(?:less|fewer|lower|smaller) than|below|under|beneath){_NEAR}"),
    _Bounding("floor", True, rf"\b(?:more|greater|higher|larger) than{_NEAR}"),
    _Bounding("floor", True, rf"\b(?:above|over|exceed(?:s|ing)?|in excess of){_NEAR}"),
)
"""The words that bound a number, those of more words first."""

_COUNTED = r"(?:population|people|residents|persons|households|head|crimes|offences|calls|officers|members of staff)"
_UNBOUND = _Bounding("", False, "")
_SERVICE = (
    r"\b(?:in (?:under|less than)|within|in|inside|under) [0-9.]+ ?"
    r"(?:sec(?:ond)?|min(?:ute)?|hour|hr|(?:working )?day|week)s?\b"
)
"""How quickly a share of cases is dealt with, as in "90% within 10 seconds": no number that is aimed at."""

_WAYS: Mapping[Direction, str] = {
    "steady": (
        r"\b(?:maintain(?:ed|ing)?|sustain(?:ed|ing)?|retain(?:ed)?|keep|hold|remain|stabili[sz]ed?|stable|static|steady"
        r"|no change|no worse|unchanged|no (?:increase|rise|growth|reduction|decrease|fall|deterioration)|same as)\b"
    ),
    "down": (
        r"\b(?:reduc(?:e[sd]?|tions?|ing)|decreas(?:e[sd]?|ing)|fall(?:s|ing)?|fell|lower(?:ing|ed)?|cut(?:s|ting)?"
        r"|drop(?:s|ped|ping)?|declin(?:e[sd]?|ing)|down(?:ward)?|fewer|less|minus|below|narrow(?:s|ed|ing)?|clos(?:e|ing)"
        r"|shrink|minimi[sz]e)\b"
    ),
    "up": (
        r"\b(?:increas(?:e[sd]?|ing)|ris(?:es?|ing)|rais(?:e[sd]?|ing)|grow(?:s|th|ing)?|up(?:ward)?|more|plus|above"
        r"|higher|maximi[sz]e|widen|extra|additional)\b"
    ),
    "better": r"\b(?:improv(?:e[sd]?|ements?|ing)|better)\b",
}
_EVERY = (
    r"(?:\b(?:a|per|each|every)|/) ?(?:calendar |financial )?(?P<of>month|mth|quarter|qtr|week|wk|day|year|yr|annum)\b"
    r"|\b(?P<ly>monthly|quarterly|weekly|daily|annually|yearly|annual)\b|\bp\.?(?P<pa>a|c?\.?m|q|w)\.?(?![a-z])"
)


def _bound(words: Remaining) -> _Bounding:
    """Which way the words bound the number, taken out of them; of two that disagree one stays, to be asked about."""
    for bounding in _BOUNDS:
        if words.take(bounding.pattern) is not None:
            if any(words.first_match(other.pattern) for other in _BOUNDS if other.bound != bounding.bound):
                words.rest += " unless"
            return bounding
    return _UNBOUND


def _every(words: Remaining) -> Every | Literal[""] | None:
    """What an amount is of, taken out of the words: "" where they do not say, ``None`` for a week or a day."""
    match = words.take(_EVERY)
    if match is None:
        return ""
    of = match["of"] or match["ly"] or _SHORT[match["pa"][-1]]
    if of.startswith(("month", "mth")):
        return "month"
    if of.startswith(("quarter", "qtr")):
        return "quarter"
    return "year" if of.startswith(("year", "yr", "ann")) else None


_SHORT = {"a": "annum", "m": "month", "q": "quarter", "w": "week"}
"""What the last letter of "p.a." and "pcm" stands for."""
