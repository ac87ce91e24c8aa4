"""The kind of a target that has a number: what its words say of it, or what is left open."""

from collections.abc import Callable

from spp_desktop.figures.targets.asked import Asked
from spp_desktop.figures.targets.kinds import KINDS, LEVELS, PER_CENT_CHANGES
from spp_desktop.figures.targets.named_times import PREVIOUS
from spp_desktop.figures.targets.one_number import demand_per_cent_of_results
from spp_desktop.figures.targets.remaining import NUMBER
from spp_desktop.plan.performance import TargetKind
from spp_desktop.plan.periods import year_name

FIGURES: frozenset[TargetKind] = LEVELS | {"range"}
BY_NUMBER: frozenset[TargetKind] = frozenset({"point change", "amount change"})
_HUNDRED = 100
_OF_SIGN = {"-": "down", "+": "up"}
_NO_WAY = "“{0}” does not say which way. Write it as a reduction or an increase, or with + or -."
_TWO_WAYS = "“{0}” says two directions. Write only the one that is aimed at."
_WITHIN = "“{0}” is for a day within the year. Write only the figure that is aimed at by then."


def kind_of(asked: Asked) -> TargetKind:
    """The kind that one number with its words says.

    Raises:
        Unclear: where they leave it open.
    """
    return next(kind(asked) for holds, kind in _BY_WORDS if holds(asked))


def demand_possible(asked: Asked, kind: TargetKind) -> None:
    """See that words with a number can be of a kind that somebody chose.

    Raises:
        Unclear: where they cannot.
    """
    subject = asked.subject
    if not _possible(asked, kind):
        title = KINDS[kind].title
        raise asked.unclear(f"“{{0}}” cannot be meant as “{title}”. Write it otherwise, or choose another kind.")
    if kind in FIGURES:
        demand_per_cent_of_results(asked)
    if kind == "change on base year" and not isinstance(asked.phrase.base, int):
        raise asked.unclear(_NO_BASE)
    if kind == "change over plan" and subject.year is not None:
        raise asked.unclear("“{0}” stands under a year; a change over the plan stands under the plan.", subject.change)
    if kind in BY_NUMBER and not asked.ways and not asked.amount.sign and subject.polarity == "neutral":
        raise asked.unclear(_NO_WAY)


_NO_BASE = "“{0}” does not say which year it is a change of. Write it as 10% on 2005-06."


def _possible(asked: Asked, kind: TargetKind) -> bool:
    phrase, amount = asked.phrase, asked.amount
    if (kind == "range") != (phrase.upper is not None) or len(asked.ways) > 1:
        return False
    if kind in PER_CENT_CHANGES:
        return amount.per_cent and not phrase.to_level
    if kind in BY_NUMBER:
        return not phrase.to_level and (kind == "point change" or not (amount.per_cent or amount.points))
    if kind == "gap":
        return not phrase.base
    changes = bool(phrase.base) or amount.points or (bool(asked.ways) and not phrase.to_level)
    return not changes and _bounded_so(asked, kind)


def _bounded_so(asked: Asked, kind: TargetKind) -> bool:
    """Whether "no more than" and "at least" go with a kind: a level may be bounded the way that is better."""
    if not asked.phrase.bound:
        return True
    better = not asked.is_worse("down" if asked.bound == "ceiling" else "up")
    return asked.bound == kind or (kind == "level" and better)


# By their words


def _by_a_day(asked: Asked) -> TargetKind:
    """A figure that is aimed at by a day before the year ends, or by one of a year that is not known."""
    phrase, subject = asked.phrase, asked.subject
    if asked.ways or phrase.base or phrase.upper or asked.amount.points:
        raise asked.unclear(_WITHIN)
    if asked.amount.per_cent and not subject.is_share and (subject.is_number or subject.polarity == "lower"):
        raise asked.unclear(_WITHIN)
    return "by a date"


def _range(asked: Asked) -> TargetKind:
    phrase, subject = asked.phrase, asked.subject
    if phrase.directions or phrase.base or phrase.bound or asked.amount.points:
        raise asked.unclear("“{0}” is a change between two numbers. Write only the one that is aimed at.")
    if asked.amount.per_cent and not subject.is_share and (subject.is_number or subject.polarity == "lower"):
        raise asked.unclear("“{0}” is in per cent, and results are not. Write only the one that is aimed at.")
    return "range"


def _to_level(asked: Asked) -> TargetKind:
    """The kind of "reduce to 1,200": a level, whichever way it is reached."""
    demand_per_cent_of_results(asked)
    if len(asked.ways) > 1:
        raise asked.open("level")
    for way in asked.ways:
        asked.demand_way("ceiling" if way == "down" else "floor", way)
    if asked.phrase.bound:
        return _bound(asked)
    if asked.subject.polarity == "neutral" and asked.ways:
        return "ceiling" if "down" in asked.ways else "floor"
    return "level"


def _kept_at(asked: Asked) -> TargetKind:
    """The kind of "maintain 85%"."""
    if asked.phrase.directions != {"steady"} or asked.phrase.base:
        raise asked.unclear("“{0}” may be kept as it is, or a change. Write only the figure that is aimed at.")
    demand_per_cent_of_results(asked)
    return _bound(asked) if asked.phrase.bound else "level"


def _bound(asked: Asked) -> TargetKind:
    """The kind of "no more than" and "at least" of a figure."""
    subject, bound = asked.subject, asked.bound
    assert bound == "ceiling" or bound == "floor"  # noqa: PLR1714 - as the type checker can follow it
    worse = asked.is_worse("down" if bound == "ceiling" else "up")
    if asked.amount.per_cent and not subject.is_share:
        if bound == "floor" and subject.usual in PER_CENT_CHANGES and subject.polarity != "neutral":
            return subject.change
        if subject.is_number:
            raise asked.open(subject.change)
        if (worse and subject.polarity == "lower") or asked.plain.startswith("within"):
            raise asked.open(subject.change, bound)
    if asked.amount.sign:
        raise asked.open(subject.change if asked.amount.per_cent else "amount change", bound)
    if worse:
        raise asked.against("more" if bound == "floor" else "less", bound)
    return bound


# Changes


def _change(asked: Asked) -> TargetKind:
    amount, subject, base = asked.amount, asked.subject, asked.phrase.base
    kind: TargetKind = "amount change"
    if asked.phrase.of_what and base and not asked.ways:
        raise asked.unclear("“{0}” is so many per cent of a year's figure. Write by how much it is to change.")
    if amount.points:
        kind = "point change"
    elif amount.per_cent or subject.is_share:
        kind = subject.change
        if subject.is_share and not base:
            if subject.usual == "point change" and amount.per_cent:
                kind = subject.usual
            elif subject.usual not in PER_CENT_CHANGES or not amount.per_cent:
                raise asked.open("point change", subject.change)
    _demand_direction(asked, kind)
    return _on_base(asked, kind)


def _demand_direction(asked: Asked, kind: TargetKind) -> None:
    """See that a change says which way, and that this is the better one unless it is a limit to the worse."""
    ways, sign, polarity = asked.ways, asked.amount.sign, asked.subject.polarity
    if len(ways) > 1 or (ways and sign and _OF_SIGN[sign] not in ways):
        raise asked.unclear(_TWO_WAYS)
    if sign and not ways and not asked.phrase.bound and kind in PER_CENT_CHANGES:
        asked.demand_way(kind, _OF_SIGN[sign])
    if not ways:
        if sign or (kind in PER_CENT_CHANGES and polarity != "neutral"):
            return
        if kind == "point change" and polarity == "higher":
            return
        raise asked.unclear(_NO_WAY)
    (way,) = ways
    if not asked.phrase.bound:
        asked.demand_way(kind, way)
    elif (asked.bound == "ceiling") != asked.is_worse(way):
        raise asked.unclear("“{0}” may be a limit or an aim. Write how much is aimed at.", kind)


def _on_base(asked: Asked, kind: TargetKind) -> TargetKind:
    """The kind of a change by the year that it is a change of."""
    base, subject = asked.phrase.base, asked.subject
    if not isinstance(base, int) or (subject.year is not None and base == subject.year - 1):
        if kind == "change over plan" and base == PREVIOUS:
            raise asked.unclear("“{0}” is a change on the year before. Write it under its year.")
        return kind
    if subject.over_plan and subject.years and base == min(subject.years) - 1:
        return kind
    if kind not in PER_CENT_CHANGES:
        sentence = f"“{{0}}” is a change of {year_name(base)}. Write it in per cent, or as the figure that is aimed at."
        raise asked.unclear(sentence)
    if subject.year is not None and base >= subject.year:
        raise asked.unclear(f"“{{0}}” is a change of {year_name(base)}, which is not before the year that it is for.")
    return "change on base year"


# Numbers alone


def _plain_number(asked: Asked) -> TargetKind:
    """A number with nothing beside it that says what it is."""
    amount, subject, usual = asked.amount, asked.subject, asked.subject.usual
    if amount.sign and (subject.unit or subject.measure not in {None, "level"}):
        raise asked.open("point change" if subject.is_share else "amount change", "level")
    if usual in PER_CENT_CHANGES and not _is_figure(asked):
        raise asked.open(subject.change, "level")
    if usual in BY_NUMBER:
        raise asked.open(usual, "level")
    return usual if usual in {"peer rank", "gap"} else "level"


def _is_figure(asked: Asked) -> bool:
    """Whether a plain number can be no change: it names what is counted, or nothing falls by so many per cent."""
    amount, unit = asked.amount, asked.subject.unit.casefold()
    named = len(unit) > 1 and unit in asked.plain
    return named or bool(amount.time) or amount.money or (asked.subject.polarity == "lower" and amount.value > _HUNDRED)


def _plain_per_cent(asked: Asked) -> TargetKind:
    """A percentage with nothing beside it that says what it is."""
    subject, usual, of_what = asked.subject, asked.subject.usual, asked.phrase.of_what
    if of_what and subject.is_number:
        sentence = f"“{{0}}” is a share of something, and results of this indicator are in {subject.unit or 'numbers'}."
        raise asked.unclear(sentence)
    if usual in PER_CENT_CHANGES and not of_what:
        if usual == "change on base year" and not subject.over_plan:
            raise asked.unclear(_NO_BASE, subject.change)
        return subject.change
    if usual == "gap":
        return usual
    if usual == "point change":
        raise asked.open(usual, "level")
    if asked.amount.sign:
        return _signed_per_cent(asked)
    if subject.is_share:
        if subject.polarity == "lower" and usual not in FIGURES and not of_what:
            raise asked.open("level", subject.change)
        return "level"
    if subject.is_number and (subject.polarity != "lower" or asked.amount.value >= _HUNDRED):
        raise asked.open(subject.change)
    if not subject.is_number and (usual in FIGURES or subject.polarity != "lower" or of_what):
        return "level"
    return subject.change


def _signed_per_cent(asked: Asked) -> TargetKind:
    """The kind of "+2%": of the year before where results are no shares, else that or points."""
    subject = asked.subject
    if subject.is_share or subject.polarity == "neutral" or (subject.usual in FIGURES and not subject.is_number):
        raise asked.open("point change", subject.change)
    if subject.polarity == "higher" and not subject.is_number:
        raise asked.open(subject.change, "point change")
    asked.demand_way(subject.change, _OF_SIGN[asked.amount.sign])
    return subject.change


def _of_gap(asked: Asked) -> TargetKind:
    """The kind of "gap of 3.8%pts", and of "narrow the gap by 1 point"."""
    return "point change" if asked.phrase.directions and not asked.phrase.to_level else "gap"


def _only_by(asked: Asked) -> TargetKind:
    raise asked.open(asked.subject.change if asked.amount.per_cent else "amount change")


_BY_WORDS: tuple[tuple[Callable[[Asked], bool], Callable[[Asked], TargetKind]], ...] = (
    (lambda asked: asked.phrase.due not in {None, asked.subject.last_day}, _by_a_day),
    (lambda asked: asked.phrase.has(r"\bgap\b"), _of_gap),
    (lambda asked: asked.phrase.upper is not None, _range),
    (lambda asked: asked.phrase.to_level and not asked.amount.points, _to_level),
    (lambda asked: "steady" in asked.phrase.directions, _kept_at),
    (lambda asked: bool(asked.ways or asked.phrase.base or asked.amount.points), _change),
    (lambda asked: bool(asked.phrase.bound), _bound),
    (lambda asked: asked.phrase.has(rf"\bby {NUMBER}$"), _only_by),
    (lambda asked: asked.amount.per_cent, _plain_per_cent),
    (lambda _: True, _plain_number),
)
"""What words say, looked at in this order, and what gives the kind then."""
