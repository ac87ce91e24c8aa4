"""What a person wrote as a target, read into its kind and numbers, or asked about.

Where its words leave open what is meant, nothing is chosen: ``Unclear`` says what they may mean.
"""

import re
from dataclasses import replace

from spp_desktop.figures.targets import words_alone
from spp_desktop.figures.targets.amounts import Amount
from spp_desktop.figures.targets.asked import Asked
from spp_desktop.figures.targets.kinds import AGAINST_LAST_YEAR, KINDS, PER_CENT_CHANGES, UNJUDGED, kind_named
from spp_desktop.figures.targets.numbered import BY_NUMBER, FIGURES, demand_possible, kind_of
from spp_desktop.figures.targets.one_number import demand_one_number
from spp_desktop.figures.targets.phrase import taken_apart
from spp_desktop.figures.targets.stated import ANYTHING, STAR, Stated, Subject
from spp_desktop.plan.performance import TargetKind

LONGEST = 200
"""Characters that a target may have."""

_STARS = re.compile(r"[\s*]+$")
_NAMED = re.compile(r"^(?P<stated>.*\S)\s*\[(?P<kind>[^\[\]]+)\]$", re.DOTALL)
_SHOWN = 40


def read(text: str, subject: Subject = ANYTHING, kind: TargetKind | None = None) -> Stated:
    """What a person wrote as a target.

    Args:
        text: Such as "4% *", "45%", "no more than 1,200", "+2%pts", "top quartile" or "Benchmark & report of
            performance". A kind may stand behind it in square brackets: "22% [level]".
        subject: What it is set for.
        kind: How it is meant, where somebody chose that.

    Raises:
        Unclear: with a sentence, where the text is no target, or leaves open what is meant.
    """
    stated, named = kind_taken_off(_STARS.sub("", text.strip()))
    star = text.rstrip().endswith(STAR) or stated.endswith(STAR)
    stated = _STARS.sub("", stated)
    asked = Asked(stated, taken_apart(stated, subject.year), subject)
    if len(stated) > LONGEST:
        raise replace(asked, stated=f"{stated[:_SHOWN]}…").unclear(
            f"“{{0}}” is longer than the {LONGEST} characters that a target may have."
        )
    chosen = kind or named
    made = _as_chosen(asked, chosen) if chosen else _by_its_words(asked)
    return replace(made, star=star)


def kind_taken_off(text: str) -> tuple[str, TargetKind | None]:
    """A target and the kind that stands behind it in square brackets, if one does."""
    match = _NAMED.match(text)
    kind = kind_named(match["kind"]) if match else None
    return (match["stated"], kind) if match and kind else (text, None)


def _by_its_words(asked: Asked) -> Stated:
    """The target that the words say by themselves."""
    known = words_alone.without_judgement(asked) or words_alone.rank(asked) or words_alone.grade(asked)
    if known is not None:
        return known
    if not asked.phrase.amounts:
        return words_alone.direction(asked) if asked.phrase.due is None else _made(asked, "by a date")
    demand_one_number(asked)
    kind = kind_of(asked)
    return words_alone.chosen_rank(asked) if kind == "peer rank" else _made(asked, kind)


def _as_chosen(asked: Asked, kind: TargetKind) -> Stated:
    """The target of a kind that somebody chose."""
    if kind in UNJUDGED or kind == "benchmark" or kind in AGAINST_LAST_YEAR:
        return _of_words(asked, kind)
    if kind == "grade":
        step = words_alone.grade(asked)
        if step is None:
            raise asked.unclear("“{0}” is no grade: this indicator has none, or not this one.")
        return step
    if kind == "peer rank":
        return words_alone.chosen_rank(asked)
    if kind == "by a date":
        if asked.phrase.due is None:
            raise asked.unclear("“{0}” names no day. Write it as by 31 March 2010.")
        if not asked.phrase.amounts:
            return _made(asked, kind)
    demand_one_number(asked)
    if kind != "by a date":
        demand_possible(asked, kind)
    return _made(asked, kind)


def _of_words(asked: Asked, kind: TargetKind) -> Stated:
    """Words that are meant without a number, or with one that is not judged."""
    title = KINDS[kind].title.lower()
    if {"reduce": "up", "increase": "down"}.get(kind) in asked.phrase.directions:
        raise asked.unclear(f"“{{0}}” says the opposite of {title}.")
    if kind in AGAINST_LAST_YEAR and asked.phrase.amounts:
        raise asked.unclear(f"“{{0}}” has a number, and {title} has none. Choose another kind.")
    return Stated(asked.stated, asked.single_number() if kind == "forecast" else None, kind, star=False)


def _made(asked: Asked, kind: TargetKind) -> Stated:
    """The target of a kind, with what it is judged by."""
    phrase = asked.phrase
    upper = asked.number(phrase.upper) if phrase.upper is not None and kind == "range" else None
    if phrase.every != "year" and kind not in FIGURES:
        raise asked.unclear("“{0}” is for each month or quarter, and no amount. Write what is aimed at over the year.")
    return Stated(
        asked.stated,
        _signed(asked, asked.amount, kind) if phrase.amounts else None,
        kind,
        star=False,
        upper=upper,
        strict=phrase.strict,
        every=phrase.every,
        base_year=phrase.base if kind == "change on base year" and isinstance(phrase.base, int) else None,
        due=phrase.due if kind == "by a date" else None,
    )


def _signed(asked: Asked, amount: Amount, kind: TargetKind) -> float:
    """The number with its sign as the kind keeps it: so much better for a change in per cent, else up or down."""
    number = asked.number(amount)
    better = "down" if asked.subject.polarity == "lower" else "up"
    way = next(iter(asked.ways), {"-": "down", "+": "up"}.get(amount.sign, better))
    if kind in PER_CENT_CHANGES:
        return number if way == better else -number
    if kind in BY_NUMBER:
        return -number if way == "down" else number
    return -number if amount.sign == "-" else number
