"""What a person wrote as a target: read into its kind and number, and shown as people write it.

The kinds are those of plan-and-returns 4.1. A target stays as it was stated; the number beside it only serves
arithmetic.
"""

import re
from dataclasses import dataclass
from typing import Protocol

from spp_desktop.plan.performance import Polarity, TargetKind

STAR = "*"
"""Printed behind a target whose indicator is a local priority."""

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_STARS = re.compile(r"[\s*]+$")
_BENCHMARK = re.compile(r"benchmark\b", re.IGNORECASE)
_POINTS = re.compile(r"\d\s*(?:%\s*(?:-|age\s)?\s*p(?:oin)?ts?|percentage[ -]points?|pp|p(?:oin)?ts?)\b", re.IGNORECASE)
_GAP = re.compile(r"\bgap\b", re.IGNORECASE)
_PEERS = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)|best|top|first|second|third|quartile|rank(?:ed)?|msf|peers?)\b", re.IGNORECASE
)
_RANKS = {"best": 1.0, "first": 1.0, "second": 2.0, "third": 3.0}
_RANK = re.compile(r"\b(?:(\d+)(?:st|nd|rd|th)|(best|first|second|third))\b", re.IGNORECASE)
_BAND = re.compile(r"\b(?:quartile|quintile|decile|half|average)\b", re.IGNORECASE)
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}"
_BANDS = {"quartile": 4, "quintile": 5, "decile": 10, "half": 2}
_CHANGES = ("change on previous year", "change over plan")


class StatedTarget(Protocol):
    """A target as it stands in the plan: its kind, the words it was stated in, and the number in them, if any."""

    @property
    def kind(self) -> TargetKind: ...  # noqa: D102 - the class says it
    @property
    def stated(self) -> str: ...  # noqa: D102 - the class says it
    @property
    def value(self) -> float | None: ...  # noqa: D102 - the class says it


@dataclass(frozen=True)
class Stated:
    """A target as it was stated, without the star; ``value`` is ``None`` where it has no number.

    In the two kinds that are a percentage change of something that should fall, ``value`` is the fall: 4 for
    "4%", for "-4%" and for "4% reduction". Otherwise a minus counts.
    """

    stated: str
    value: float | None
    kind: TargetKind
    star: bool


def read(text: str, *, usual: TargetKind | None = None, polarity: Polarity = "higher") -> Stated:
    """What a person wrote as a target.

    Args:
        text: Such as "4% *", "45%", "+2%pts", "top quartile" or "Benchmark & report of performance".
        usual: What a plain number means here. Where nothing is said, a change on the previous year if less is
            better, otherwise a level.
        polarity: Which way is better.

    Raises:
        ValueError: with a sentence, where the text is none of these.
    """
    stated, star = _STARS.sub("", text.strip()), text.rstrip().endswith(STAR)
    if _BENCHMARK.match(stated):
        return Stated(stated, None, "benchmark", star)
    if _PEERS.search(stated):
        return Stated(stated, _rank(stated), "peer rank", star)
    value = _value(stated)
    if _GAP.search(stated):
        return Stated(stated, value, "gap", star)
    if _POINTS.search(stated):
        return Stated(stated, value, "point change", star)
    plain: TargetKind = "change on previous year" if polarity == "lower" else "level"
    kind = plain if usual is None or usual == "benchmark" else usual
    if kind in _CHANGES and polarity == "lower" and stated[0] in f"{_MINUS}+":
        value = -value
    return Stated(stated, value, kind, star)


def show(stated: str, star: bool) -> str:
    """A target as people write it, with its star: "4% *"."""
    return f"{stated} {STAR}" if star else stated


def _value(stated: str) -> float:
    """The one number of a text, with its sign."""
    found = list(_NUMBER.finditer(stated))
    if not found:
        raise ValueError(
            f"“{stated}” is not a target. Write a number such as 4% or +2%pts, a rank such as top quartile, "
            "or Benchmark & report of performance."
        )
    if len(found) > 1:
        raise ValueError(f"“{stated}” has more than one number. Write only the one that is aimed at.")
    before = stated[: found[0].start()].rstrip(" £")
    number = float(found[0][0].replace(",", ""))
    signed = before.endswith(tuple(_MINUS)) and not before[:-1].strip(" (£")
    return -number if signed else number


def _rank(stated: str) -> float | None:
    """The lowest rank that still meets the target; a quartile or an average has none."""
    if _BAND.search(stated):
        return None
    ranks = [float(digits) if digits else _RANKS[word.lower()] for digits, word in _RANK.findall(stated)]
    return max(ranks, default=None)


def rank_parts(stated: str) -> int | None:
    """Into how many parts a group is cut of which the first is aimed at: 4 for "top quartile", ``None`` for a rank."""
    found = _BAND.search(stated)
    return None if found is None else _BANDS.get(found[0].lower())
