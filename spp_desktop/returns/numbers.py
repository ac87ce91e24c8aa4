"""Numbers as people write them in a cell: "2,336", "23.1%", "35"; and words for them, which are asked about."""

import math
import re
from decimal import Decimal

from spp_desktop.plan.results import number
from spp_desktop.returns.meanings import NO_FIGURE, NOUGHT
from spp_desktop.returns.words import fold

PER_CENT = re.compile(r"^([0-9]+(?:\.[0-9]+)?) ?%$")
NUMBER = re.compile(r"^[0-9]+(?:\.[0-9]+)?$")
_GROUPED = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[ ,][0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_INSIDE = re.compile(r"(?<![\w.,])-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?![\w.,])")
_HUNDRED = 100
_DIGITS = 15
"""The digits of a number that a cell keeps."""

_MOST = 10.0**_DIGITS
_KEPT = 1e-13


def in_words(value: float) -> str:
    """A number as people write it, with every place it has: "2,336", "23.1"."""
    return number(value)


class NoNumber(Exception):
    """What is written is no number, and why, in a sentence. ``meant`` is the number that it may mean, if any."""

    def __init__(self, said: str, meant: float | None = None) -> None:
        super().__init__(said)
        self.meant = meant


def number_of_text(typed: str, plain: str, *, may_be_share: bool) -> float:
    """The number that a text is; ``plain`` is the same without odd forms of characters.

    Where it ``may_be_share`` of a hundred, a percentage is the number before its sign; elsewhere it is asked about.

    Raises:
        NoNumber: if it is none, or a word for one.
    """
    text = plain.replace("\N{MINUS SIGN}", "-")
    share = text.endswith("%")
    text = text.removesuffix("%").rstrip()
    if not any(map(str.isdigit, text)) or not _GROUPED.fullmatch(text):
        raise _no_number(typed, text)
    value = float(text.replace(",", "").replace(" ", ""))
    if not math.isfinite(value) or abs(value) > _MOST:
        raise NoNumber(f"“{typed}” is too large a number.")
    if share and not may_be_share:
        raise NoNumber(f"“{typed}” is a percentage, and a number is asked for. Is {in_words(value)} meant?", value)
    return value


def _no_number(typed: str, text: str) -> NoNumber:
    said = fold(text)
    if said in NOUGHT:
        return NoNumber(f"“{typed}” is not a number. Is 0 meant?", 0.0)
    if said in NO_FIGURE:
        return NoNumber(
            f"“{typed}” is not a number. If there is no figure, choose “not available” as the state; if there was "
            "nothing to count, write 0."
        )
    inside = _INSIDE.findall(text)
    if len(inside) != 1:
        return NoNumber(f"“{typed}” is not a number; write it as 2,336 or 23.1.")
    meant = float(inside[0].replace(",", ""))
    return NoNumber(f"“{typed}” is not a number alone. Is {in_words(meant)} meant?", meant)


def percent_of_text(typed: str, plain: str) -> tuple[int, str]:
    """The whole percentage that a text is, from 0 to 100, and what a rule made of it in a sentence, if one did.

    Raises:
        NoNumber: if it is none, or may be two.
    """
    signed = PER_CENT.match(plain)
    if signed is None and not NUMBER.match(plain):
        raise NoNumber(f"“{typed}” is not a percentage; write it as 35%.")
    share = Decimal(signed[1] if signed else plain)
    note = ""
    if signed is None:
        if share == 1:
            raise NoNumber("1 may mean 1% or 100%; write it with the % sign.")
        if share < 1:
            share *= _HUNDRED
        note = f"{typed} was read as {share.normalize():f}%."
    if share != int(share):
        raise NoNumber(f"“{typed}” is not a whole percentage.")
    if share > _HUNDRED:
        raise NoNumber(f"“{typed}” is more than 100%.")
    return int(share), note


def written_number(value: float, least: int = 0) -> tuple[float, str]:
    """A number as its cell holds it, with a format that shows each of its decimals, up to four and at least so many."""
    decimals = max(least, min(4, len(f"{value:.10f}".rstrip("0").partition(".")[2])))
    return value, "#,##0" + (f".{'0' * decimals}" if decimals else "")


def target_written(stated: str) -> tuple[float, str] | None:
    """A target that is only a number as a number, with a format of the decimals that were stated; ``None`` if not."""
    match = PER_CENT.match(stated)
    text = match[1] if match else stated if NUMBER.match(stated) else ""
    if not text or len(text) > _DIGITS:
        return None
    decimals = len(text.partition(".")[2])
    form = "0." + "0" * decimals if decimals else "0"
    return (float(Decimal(text) / _HUNDRED), form + "%") if match else (float(text), form)


def with_decimals(value: Decimal, form: str) -> str:
    """The number with as many decimals as it has, or as its cell shows if those are more."""
    plain = f"{value.normalize():f}"
    wanted = len(form.partition(".")[2].rstrip("%")) if re.fullmatch(r"0\.0+%?", form) else 0
    have = len(plain.partition(".")[2])
    if have >= wanted:
        return plain
    return plain + ("" if have else ".") + "0" * (wanted - have)


def same(one: float, other: float) -> bool:
    """Whether two numbers are one, as far as a cell keeps them."""
    return math.isclose(one, other, rel_tol=_KEPT)
