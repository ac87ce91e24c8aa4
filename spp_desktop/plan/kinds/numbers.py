"""Numbers as people write them: the one reader. A comma groups thousands or is refused; words are asked about."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from spp_desktop.plan.kinds.kind import AsCell, Doubt, Kind
from spp_desktop.plan.kinds.spelling import fold, plain, quoted

NOUGHT = frozenset({"nil", "none", "nought", "zero", "no", "nothing", "o"})
"""What people write for 0."""

NO_FIGURE = frozenset(
    {
        "n/a",
        "na",
        "n.a.",
        "n/k",
        "-",
        "\N{HYPHEN}",
        "\N{EN DASH}",
        "\N{EM DASH}",
        "--",
        ".",
        "..",
        "...",
        "?",
        "x",
        "[x]",
        "tbc",
        "tba",
    }
    | {"not available", "not known", "not applicable", "awaited", "pending", "missing", "no data", "no figure"}
)
"""What people write where there is no figure, or nothing to count: it cannot be told which."""

_GROUPS = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+"
_NUMBER = re.compile(rf"[+-]?(?:(?:{_GROUPS})\.?|(?:{_GROUPS})?\.[0-9]+)(?:[eE][+-]?[0-9]{{1,3}})?")
_INSIDE = re.compile(r"(?<![\w.,])-?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?![\w.,])")
_COMMA = re.compile(r"[+-]?[0-9]*(?:\.[0-9]{3})*,[0-9]+")
"""A comma where a point is meant, as it is written elsewhere: "1,5", "1.234,5"."""

_EXPONENT = re.compile(r"[0-9.][eE][+-]?[0-9]")
_LONG = 1e15
"""From here on a cell does not keep every digit."""
_LONGEST = 400
_HUNDRED = 100
_MOST_PLACES = 4


class Numeral(NamedTuple):
    """A number as it was written: its value, exactly, and whether a percent sign stood behind it."""

    value: Decimal
    share: bool


def in_words(value: float) -> str:
    """A number as people write it, with every place it has: "2,336", "23.1", a minus as such."""
    return f"\N{MINUS SIGN}{grouped(-value)}" if -_LONG < value < 0 else grouped(value)


def grouped(value: float) -> str:
    """A number with every place it has, as it may be typed and as other programs take it: "2,336", "-23.1"."""
    if abs(value) >= _LONG:
        return repr(value)
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def read_number(
    text: str, noun: str = "a number", no_figure: str = "", example: str = "2,336 or 23.1"
) -> Numeral | Doubt:
    """The number that a text is: 2,336, 2 336, 23.1, -5, .5, 1.5e3, with or without a percent sign.

    Args:
        text: what was written.
        noun: what is asked for, in the sentence of a doubt.
        no_figure: what to do where there is no figure, in that sentence.
        example: how it is written, in that sentence.
    """
    bare = plain(text).replace("\N{MINUS SIGN}", "-")
    digits = bare.removesuffix("%").rstrip()
    if len(digits) > _LONGEST or not _NUMBER.fullmatch(digits):
        return _no_number(text, digits, noun, no_figure, example)
    value = Decimal(digits.replace(",", "").replace(" ", ""))
    if abs(value) > _LONG:
        return Doubt(f"{quoted(text)} is too large a number.")
    return Numeral(value, bare.endswith("%"))


def _no_number(text: str, bare: str, noun: str, no_figure: str, example: str) -> Doubt:
    """Why a text is no number, and what number it may mean."""
    words = fold(bare)
    if words in NOUGHT:
        return Doubt(f"{quoted(text)} is not {noun}. Is 0 meant?", 0.0)
    if words in NO_FIGURE:
        without = no_figure or "leave the cell empty"
        return Doubt(
            f"{quoted(text)} is not {noun}. If there is no figure, {without}; if there was nothing to count, write 0."
        )
    if len(bare) > _LONGEST:
        return Doubt(f"{quoted(text)} is not {noun}.")
    if _COMMA.fullmatch(bare):
        meant = float(bare.replace(".", "").replace(",", "."))
        return Doubt(
            f"{quoted(text)} is not {noun}: a comma groups thousands, as in 1,200. Write {grouped(meant)} if that is "
            "meant.",
            meant,
        )
    inside = _INSIDE.findall(bare)
    if len(inside) != 1:
        return Doubt(f"{quoted(text)} is not {noun}; write it as {example}.")
    meant = float(inside[0].replace(",", ""))
    return Doubt(f"{quoted(text)} is not {noun} alone. Is {in_words(meant)} meant?", meant)


@dataclass(frozen=True)
class Number(Kind):
    """A number, which may have decimals.

    Attributes:
        least, most: what it may not be below or above, if it has limits.
        above: what it must be above, if anything.
        no_figure: what to do where there is no figure, in a sentence.
    """

    takes: ClassVar[str] = "a number"
    side: ClassVar[str] = "right"
    noun: ClassVar[str] = "a number"
    example: ClassVar[str] = "2,336 or 23.1"

    least: float | None = None
    most: float | None = None
    above: float | None = None
    no_figure: str = ""

    def understand(self, text: str) -> Any:
        """The number that a text is, or why it is none."""
        numeral = read_number(text, self.noun, self.no_figure, self.example)
        return numeral if isinstance(numeral, Doubt) else self.of_numeral(text, numeral)

    def of_numeral(self, text: str, numeral: Numeral) -> Any:
        """The value that a number is which is written so; a percentage is asked about."""
        if not numeral.share:
            return float(numeral.value)
        value = float(numeral.value)
        return Doubt(
            f"{quoted(text)} is a percentage, and {self.noun} is asked for. Is {in_words(value)} meant?", value
        )

    def beyond(self, value: Any, title: str) -> str:
        """Why a number is below the least or above the most that it may be."""
        if self.least is not None and value < self.least:
            return f"{title} may not be below {self.least:g}."
        if self.above is not None and value <= self.above:
            return f"{title} must be above {self.above:g}."
        return f"{title} may not be above {self.most:g}." if self.most is not None and value > self.most else ""

    def show(self, value: Any) -> str:
        """A number as 2,336 or 23.1."""
        return "" if value is None else in_words(value)

    def typed(self, value: Any) -> str:
        """The same, with the minus that every program takes."""
        return "" if value is None else grouped(value)

    def to_cell(self, value: Any) -> AsCell:
        """A number with a format that shows each of its decimals, up to four."""
        return AsCell(None) if value is None else with_places(value)


def with_places(value: float, least: int = 0) -> AsCell:
    """A number as its cell holds it, with a format that shows each of its decimals, up to four and at least so many."""
    decimals = max(least, min(_MOST_PLACES, len(f"{value:.10f}".rstrip("0").partition(".")[2])))
    return AsCell(value, "#,##0" + (f".{'0' * decimals}" if decimals else ""))


class Rate(Number):
    """A number that may be so many per cent: 23.1% is the same as 23.1."""

    takes: ClassVar[str] = "a number, or a percentage such as 23.1%"

    def of_numeral(self, text: str, numeral: Numeral) -> Any:  # noqa: ARG002 - its sign says nothing
        """The number, with its sign or without."""
        return float(numeral.value)

    def to_cell(self, value: Any) -> AsCell:
        """A number with at least one decimal."""
        return AsCell(None) if value is None else with_places(value, least=1)


class Money(Number):
    """An amount in pounds."""

    takes: ClassVar[str] = "an amount in pounds, such as £1,200"
    noun: ClassVar[str] = "an amount"
    example: ClassVar[str] = "£1,200"

    def understand(self, text: str) -> Any:
        """The amount that a text is, with its sign or without."""
        bare = plain(text).replace("\N{MINUS SIGN}", "-")
        unsigned = re.sub(r"^(-?) ?£ ?", r"\1", bare)
        numeral = read_number(unsigned, self.noun, self.no_figure, self.example)
        return numeral if isinstance(numeral, Doubt) else self.of_numeral(text, numeral)

    def show(self, value: Any) -> str:
        """An amount as £1,200, with its pence where it has any."""
        return "" if value is None else _pounds(value, "\N{MINUS SIGN}")

    def typed(self, value: Any) -> str:
        """The same, with the minus that every program takes."""
        return "" if value is None else _pounds(value, "-")

    def to_cell(self, value: Any) -> AsCell:
        """A number with the sign of pounds in its format."""
        return AsCell(value, "£#,##0" if value is None or float(value).is_integer() else "£#,##0.00")


def _pounds(value: float, minus: str) -> str:
    """An amount with its sign; what has less than a penny is written out, so that it reads back."""
    amount = abs(float(value))
    pence = not amount.is_integer() and round(amount, 2) == amount
    return f"{minus if value < 0 else ''}£{f'{amount:,.2f}' if pence else grouped(amount)}"


class Whole(Number):
    """A whole number."""

    takes: ClassVar[str] = "a whole number"
    side: ClassVar[str] = "center"
    noun: ClassVar[str] = "a whole number"
    example: ClassVar[str] = "2,336"

    def understand(self, text: str) -> Any:
        """The whole number that a text is, or why it is none."""
        value = super().understand(text)
        if isinstance(value, Doubt) and value.meant is None:
            return value
        whole = _whole(value.meant if isinstance(value, Doubt) else value)
        if whole is None or _EXPONENT.search(text):
            return Doubt(f"{quoted(text)} is not a whole number.")
        return Doubt(value.sentence, whole) if isinstance(value, Doubt) else whole

    def show(self, value: Any) -> str:
        """A whole number as its digits."""
        return "" if value is None else str(value)

    def typed(self, value: Any) -> str:
        """The same."""
        return self.show(value)

    def to_cell(self, value: Any) -> AsCell:
        """A number without decimals."""
        return AsCell(None) if value is None else AsCell(value, "0")


def _whole(value: float) -> int | None:
    return int(value) if math.isfinite(value) and value == int(value) else None


@dataclass(frozen=True)
class Percent(Whole):
    """A whole percentage. 35%, 35 and 0.35 are the same; 1 may be two."""

    takes: ClassVar[str] = "a percentage"
    noun: ClassVar[str] = "a percentage"

    least: float | None = 0
    most: float | None = 100

    def understand(self, text: str) -> Any:
        """The percentage that a text is, or why it is none, or may be two."""
        numeral = read_number(text, self.noun)
        if isinstance(numeral, Doubt):
            return self._doubt(text, numeral)
        value, share = numeral
        if not share and value == 1:
            return Doubt("1 may mean 1% or 100%; write it with the % sign.")
        if not share and 0 < value < 1:
            value *= _HUNDRED
        whole = _whole(float(value))
        if whole is None or _EXPONENT.search(text):
            return Doubt(f"{quoted(text)} is not a whole percentage.")
        return whole

    def _doubt(self, text: str, doubt: Doubt) -> Doubt:
        """A doubt about a number, said of a percentage."""
        meant = None if doubt.meant is None else self.understand(grouped(doubt.meant))
        if meant is None or isinstance(meant, Doubt) or self.beyond(meant, ""):
            return Doubt(f"{quoted(text)} is not a percentage; write it as 35%.")
        return Doubt(doubt.sentence, meant)

    def show(self, value: Any) -> str:
        """A percentage as 35%."""
        return "" if value is None else f"{value}%"

    def to_cell(self, value: Any) -> AsCell:
        """A share, shown in per cent."""
        return AsCell(value if value is None else value / _HUNDRED, "0%")
