"""Targets as they are stated: "4%", "78.9%", "Benchmark & report of performance"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from spp_desktop.plan.kinds.choices import no_options
from spp_desktop.plan.kinds.kind import AsCell, Option, Text
from spp_desktop.plan.kinds.spelling import plain

_STATED = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<share> ?%)?")
_DIGITS, _HUNDRED = 15, 100
"""The digits of a number that a cell keeps."""


@dataclass(frozen=True)
class TargetText(Text):
    """What is aimed at, in the words in which it was stated; a number in them is read with its percent sign.

    ``listed`` gives what kinds of target there are; one may stand behind the words, in square brackets: "22% [Level]".
    """

    takes: ClassVar[str] = "what is aimed at, such as 4%"
    side: ClassVar[str] = "center"

    listed: Callable[[], Sequence[Option]] = no_options

    def options(self) -> Sequence[Option]:
        """The kinds of target."""
        return self.listed()

    def understand(self, text: str) -> str:
        """The words; a number alone without odd spaces."""
        bare = plain(text)
        return bare if _STATED.fullmatch(bare) else text.strip()

    def to_cell(self, value: Any) -> AsCell:
        """A number where it is only one, with the decimals that were stated; else its words."""
        match = _STATED.fullmatch(value or "")
        if match is None or len(match["number"]) > _DIGITS:
            return AsCell(value)
        decimals = len(match["number"].partition(".")[2])
        form = "0." + "0" * decimals if decimals else "0"
        number = Decimal(match["number"])
        return AsCell(float(number / _HUNDRED), form + "%") if match["share"] else AsCell(float(number), form)


def alone(stated: str) -> tuple[bool, Decimal] | None:
    """A target that is only a number: whether it is a percentage, and the number; ``None`` for any other."""
    match = _STATED.fullmatch(stated)
    return None if match is None else (bool(match["share"]), Decimal(match["number"]))


def stated(number: float, form: str, *, share: bool) -> str:
    """A target whose cell holds a number, with as many decimals as it has, or as the cell shows if those are more.

    Args:
        number: what the cell holds.
        form: its number format, such as "0.0%".
        share: whether it shows the number in per cent.
    """
    plainly = f"{(Decimal(f'{number:.15g}') * (_HUNDRED if share else 1)).normalize():f}"
    shown = len(form.partition(".")[2].rstrip("%")) if re.fullmatch(r"0\.0+%?", form) else 0
    have = len(plainly.partition(".")[2])
    more = "" if have >= shown else ("" if have else ".") + "0" * (shown - have)
    return f"{plainly}{more}{'%' if share else ''}"
