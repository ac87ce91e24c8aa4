"""Numbers of a text as people write them: "1,200", "£2.5m", "4%", "8 minutes", "between 40 and 50"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from spp_desktop.figures.targets.remaining import NUMBER, POINT, Remaining


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a text.

    Attributes:
        value: as it was written, without its sign, in single units: 2,500,000 for "£2.5m".
        sign: "-", "+" or "".
        per_cent, points, money: whether it was written so.
        scale: how many single units it was written in: 1,000,000 for "£2.5m"; 1 where nothing is said.
        time: the unit of time behind it, such as "minutes"; "" for none.
    """

    value: Decimal
    sign: str = ""
    per_cent: bool = False
    points: bool = False
    money: bool = False
    scale: int = 1
    time: str = ""


class Numbers(NamedTuple):
    """The numbers of a text.

    Attributes:
        amounts: all of them; of a range only the lower one.
        upper: the upper one of a range.
        to_level: whether it says where things stand and where they should: "from 1,500 to 1,200".
    """

    amounts: tuple[Amount, ...]
    upper: Amount | None = None
    to_level: bool = False


_SCALES: Mapping[str, int] = {
    **dict.fromkeys(("k", "thousand"), 1_000),
    **dict.fromkeys(("m", "mn", "mil", "million"), 1_000_000),
    **dict.fromkeys(("bn", "billion"), 1_000_000_000),
}
_TIMES: Mapping[str, str] = {
    **dict.fromkeys(("second", "seconds", "sec", "secs"), "seconds"),
    **dict.fromkeys(("minute", "minutes", "min", "mins"), "minutes"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), "hours"),
    **dict.fromkeys(("day", "days"), "days"),
    **dict.fromkeys(("week", "weeks"), "weeks"),
    **dict.fromkeys(("month", "months"), "months"),
    **dict.fromkeys(("year", "years", "yr", "yrs"), "years"),
}
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_SCALE, _TIME = ("|".join(sorted(words, key=len, reverse=True)) for words in (_SCALES, _TIMES))
_ABOUT = r"(?:about |around |approximately |roughly |circa |~ ?)?"
BEFORE_NUMBER = rf"{_ABOUT}[£$€]? ?[-+]?"
"""What may stand before the digits of a number."""

_NOT_INSIDE = r"(?<![\w.,:/%£])"
"""A number does not begin inside a word, a day or another number."""


def _number(end: str) -> str:
    """A number with what may stand before and behind it; the names of its groups end so."""
    return (
        rf"{_ABOUT}(?P<sign{end}>[-+])? ?(?P<money{end}>[£$€] ?)?(?P<inner{end}>[-+])?"
        rf"(?P<number{end}>{_NUMBER})(?![0-9]|[,.:/][0-9])"
        rf"(?: ?(?P<scale{end}>{_SCALE})\b)?(?: ?(?P<per{end}>[%{POINT}]))?"
        rf"(?: ?(?:working |calendar |clear )?(?P<time{end}>{_TIME})\b)?(?P<pounds{end}> ?(?:pounds|gbp)\b)?(?![\w£])"
    )


_ONE = _NOT_INSIDE + _number("")
_TWO = (
    r"(?P<between>\b(?:in the range|within the range|range|between)(?: of)? )?"
    rf"{_NOT_INSIDE}{_number('a')}(?P<join> ?- ?| and | to ){_number('b')}"
)


def amounts_of(words: Remaining) -> Numbers:
    """The numbers of a text, taken out of it; digits that are none stay."""
    return Numbers(tuple(_amount(match) for match in words.take_all(_ONE, NUMBER)))


def range_of(words: Remaining) -> Numbers | None:
    """A range, or where things stand and where they should, taken out of a text; ``None`` for neither."""
    match = words.first_match(_TWO)
    if match is None or (match["join"] == " and " and not match["between"]):
        return None
    low, high = _amount(match, "a"), _amount(match, "b")
    if match["join"] == " to " and re.search(r"\bfrom ?$", words.rest[: match.start()]):
        words.take(_TWO, NUMBER)
        words.take(r"\bfrom\b")
        return Numbers((high,), to_level=True)
    if high.sign or (match["moneyb"] and not match["moneya"]):
        return None
    low, high = _alike(low, high, own=match["moneyb"] is not None)
    if low.value >= high.value or replace(low, value=high.value, sign="") != high:
        return None
    words.take(_TWO, NUMBER)
    return Numbers((low,), high)


def _alike(low: Amount, high: Amount, *, own: bool) -> tuple[Amount, Amount]:
    """Both ends of a range with what is written beside one of them: "40-50%", "£2-3m"; ``own``: the second has a £."""
    both = {
        "per_cent": low.per_cent or high.per_cent,
        "points": low.points or high.points,
        "money": low.money or high.money,
        "time": low.time or high.time,
    }
    if low.scale == 1 and high.scale > 1 and not own:
        low = replace(low, value=low.value * high.scale, scale=high.scale)
    return replace(low, **both), replace(high, **both)  # type: ignore[arg-type] # each of its own type


def _amount(match: re.Match[str], end: str = "") -> Amount:
    scale = _SCALES[match[f"scale{end}"]] if match[f"scale{end}"] else 1
    return Amount(
        Decimal(match[f"number{end}"].replace(",", "")) * scale,
        match[f"sign{end}"] or match[f"inner{end}"] or "",
        match[f"per{end}"] == "%",
        match[f"per{end}"] == POINT,
        bool(match[f"money{end}"] or match[f"pounds{end}"]),
        scale,
        _TIMES.get(match[f"time{end}"] or "", ""),
    )
