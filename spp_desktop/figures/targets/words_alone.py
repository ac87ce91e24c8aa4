"""Targets known by their words: to be confirmed, benchmarks, forecasts, directions, days, grades and places."""

import re

from spp_desktop.figures.targets import ranks
from spp_desktop.figures.targets.asked import Asked
from spp_desktop.figures.targets.named_times import PREVIOUS
from spp_desktop.figures.targets.stated import Stated
from spp_desktop.plan.performance import TargetKind

NOTHING = (
    "“{0}” is not a target. Write a number such as 4%, +2%pts or no more than 1,200, a rank such as top quartile, "
    "a direction such as reduce, To be confirmed, or Benchmark & report of performance."
)
SEVERAL = "“{0}” has more than one number. Write only the one that is aimed at."
OTHER_NUMBERS = (
    r"\b(?:thirds?|quarters?|fifths?|tenths?|half|halves|treble|twice|tolerance|dozens?|hundreds|thousands|millions)\b"
)
IN_WORDS = "“{0}” has a number in words that are not understood here. Write it in digits, such as 33%."

_TO_BE = (
    r"to be (?:confirmed|set|agreed|decided|determined|advised|announced|finalised|finalized|developed|established)"
)
_UNSET = re.compile(
    r"^(?:(?:the |a |annual |final |local |yearly )*(?:targets?|figures?|levels?|numbers?)(?: is| are|:)? ?)?"
    rf"(?:t\.?b\.?[cdasn]\b\.?|{_TO_BE}|(?:is |are )?(?:not yet|yet to be|still to be) (?:set|agreed|confirmed|decided)"
    r"|awaited|awaiting\b.*|pending\b.*|under (?:review|development|negotiation))"
)
_UNSET_INSIDE = re.compile(rf"\bt\.?b\.?[cda]\b|{_TO_BE}|\bprovisional|\bdraft\b|\bindicative\b")
_BENCHMARK = re.compile(
    r"^benchmark\b|^(?:to )?(?:establish|set|create|develop|determine) (?:a |the )?(?:new )?(?:baseline|benchmark)\b"
    r"|^(?:new )?baseline(?: year| to be .*| being .*| in .*|$)"
)
_FORECAST = re.compile(
    r"^(?:a )?(?:forecast|projected|projection|predicted|prediction|expected|estimated?|est|anticipated"
    r"|outturn(?=$|:| of| [£0-9]))\b"
    r"|\b(?:forecast|projected|predicted|expected)\)?$"
)
_MONITOR = re.compile(
    r"^(?:to )?(?:be )?(?:monitor(?:ed|ing)?|track(?:ed|ing)?|observed?|watch(?:ed)?|report(?:ed)? only|only watched)\b"
    r"|^for (?:information|monitoring)(?: purposes)?(?: only)?$|^no target(?: set)?\b"
)
_OF_A_GRADE = re.compile(
    r"\b(?:at least|or (?:better|above|higher)|minimum(?: of)?|no(?:t|thing)? (?:worse|lower|less) than"
    r"|(?:not|never) below|to be|be|remain|achieve|attain|reach|a|an|rated|graded|grade|judged"
    r"|(?:improve|increase|rise|move|up) to"
    r"|maintain|sustain|retain|keep|hold|stay|at|as)\b"
)
_COMMON = {"no", "improving", "maintain"}
"""Names of steps that are words of other targets too."""
_BEFORE_A_WAY = re.compile(
    r"(?:to |we will |a |an |the |any |further |continu(?:e|ed|ing) |year[ -]on[ -]year |overall |sustained |to )*"
)


def without_judgement(asked: Asked) -> Stated | None:
    """A target that is to be confirmed, sets a benchmark, is a forecast or is only watched.

    Raises:
        Unclear: where a number stands beside words that say there is none.
    """
    plain, phrase = asked.plain, asked.phrase
    if _BENCHMARK.search(plain):
        return Stated(asked.stated, None, "benchmark", star=False)
    if _FORECAST.search(plain):
        return Stated(asked.stated, asked.single_number(), "forecast", star=False)
    for kind, pattern in _WITHOUT:
        if pattern.search(plain):
            if phrase.amounts:
                raise asked.unclear("“{0}” has a number, and says that there is none. Write only what holds.", kind)
            return Stated(asked.stated, None, kind, star=False)
    if phrase.amounts and any(_UNSET_INSIDE.search(words) for words in (*phrase.asides, phrase.words)):
        raise asked.unclear("“{0}” has a number, and is still open. Write only what holds.", "to be confirmed")
    return None


_WITHOUT: tuple[tuple[TargetKind, re.Pattern[str]], ...] = (("to be confirmed", _UNSET), ("monitor", _MONITOR))


def rank(asked: Asked) -> Stated | None:
    """A place among forces; ``None`` where the words say none."""
    if asked.phrase.due is not None or not ranks.is_rank(asked.stated):
        return None
    return chosen_rank(asked)


def chosen_rank(asked: Asked) -> Stated:
    """A place among forces, which a number alone may be too.

    Raises:
        Unclear: where it is none.
    """
    place, amounts = ranks.rank(asked.stated), asked.phrase.amounts
    if any(amount.per_cent or amount.points for amount in amounts):
        raise asked.unclear("“{0}” names other forces and a percentage. Write the place aimed at, or the figure.")
    if place is None and len(amounts) == 1 and not ranks.is_band(asked.stated):
        place = float(amounts[0].value)
    if place is not None and (place < 1 or place != int(place)):
        raise asked.unclear("“{0}” is no place among forces. Write it as 2nd, or top quartile.")
    return Stated(asked.stated, place, "peer rank", star=False)


def grade(asked: Asked) -> Stated | None:
    """A step of the indicator's own scale; ``None`` where it has none, or the words say a day or a direction.

    Raises:
        Unclear: where the indicator has a scale, and a number or another word stands there.
    """
    grades, phrase = asked.subject.grades, asked.phrase
    if not grades:
        return None
    known = {name.casefold(): at for at, name in enumerate(grades)}
    plain = asked.plain if phrase.due is None else phrase.words
    at = known.get(plain, known.get(" ".join(_OF_A_GRADE.sub(" ", plain).split())))
    if at is not None:
        within = phrase.due not in {None, asked.subject.last_day}
        step = float(at + (asked.subject.measure != "yes/no"))
        due = phrase.due if within else None
        return Stated(asked.stated, step, "by a date" if within else "grade", star=False, due=due)
    named = any(re.search(rf"\b{re.escape(name)}\b", plain) for name in known if name not in _COMMON)
    if named or phrase.amounts or not (phrase.due or phrase.directions):
        listed = ", ".join(reversed(grades))
        raise asked.unclear(f"“{{0}}” is none of the grades of this indicator. Choose from: {listed}.")
    return None


def direction(asked: Asked) -> Stated:
    """A direction alone: "reduce", "no increase", "maintain or improve".

    Raises:
        Unclear: where the words are none, or against what is better for the indicator.
    """
    phrase = asked.phrase
    if re.search(r"[0-9]", phrase.words):
        raise asked.unclear(SEVERAL)
    if phrase.directions and phrase.has(OTHER_NUMBERS):
        raise asked.unclear(IN_WORDS)
    kind = _direction(asked)
    if kind is None:
        raise asked.unclear(NOTHING)
    before = None if asked.subject.year is None else asked.subject.year - 1
    if phrase.base not in {"", PREVIOUS, before}:
        raise asked.unclear("“{0}” names a year, and no number. Write by how much, such as 10% below it.")
    return Stated(asked.stated, None, kind, star=False)


def _direction(asked: Asked) -> TargetKind | None:
    phrase = asked.phrase
    if not phrase.directions or phrase.has(r"\b(?:by|no|not|never|double|but)\b|£"):
        return None
    start = _BEFORE_A_WAY.match(asked.plain)
    first = asked.plain[start.end() :] if start else ""
    if not any(re.match(pattern, first) for pattern in _FIRST_WORDS):
        return None
    if "steady" in phrase.directions:
        return _steady(asked)
    if len(asked.ways) != 1:
        return None
    (way,) = asked.ways
    return asked.demand_way("reduce" if way == "down" else "increase", way)


_FIRST_WORDS = (
    r"(?:reduc|decreas|fall|lower|cut|drop|declin|down|fewer|less|narrow|clos|minimi)",
    r"(?:increas|ris|rais|grow|up|more|higher|maximi|improv|better)",
    r"(?:maintain|sustain|retain|keep|hold|remain|stabili|stable|static|steady|no |unchanged|same|at )",
)
"""How a direction begins."""


def _steady(asked: Asked) -> TargetKind | None:
    """The kind of "maintain", also "or improve"; and of "no increase" where less is better."""
    others = asked.phrase.directions - {"steady", "better"}
    if re.match(r"no (?:increase|rise|growth)", asked.plain) and asked.subject.polarity != "lower":
        return None
    if re.match(r"no (?:reduction|decrease|fall)", asked.plain) and asked.subject.polarity != "higher":
        return None
    return None if others else "maintain"
