"""Numbers as they were written, so that a value on a limit compares as equal to it; and numbers as sentences show them.

0.1 is exactly one tenth here, and 23 less 5 per cent is 21.85; in binary it would be 21.849999….
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

GivenNumber = int | float | Decimal | Fraction
"""A figure as the plan, a file or a person gives it."""


def exact(value: GivenNumber) -> Fraction:
    """A number exactly as it is written in decimals: the float 0.1 is one tenth.

    Raises:
        ValueError: if it is not a finite number; the message is for people.
    """
    try:
        return value if type(value) is Fraction else _written(value)
    except TypeError:  # only what is not a number cannot be cached
        raise ValueError(f"“{value}” is not a number.") from None


@lru_cache(maxsize=4096, typed=True)
def _written(value: GivenNumber) -> Fraction:
    """The exact value of a number that is not a fraction; cached, for the same counts and targets come repeatedly."""
    try:
        if isinstance(value, float):
            return Fraction(int(value)) if value.is_integer() else Fraction(float.__repr__(value))
        if isinstance(value, int | Decimal | Fraction):
            return Fraction(value)
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"“{value}” is not a number.")


def per_cent(part: Fraction, whole: Fraction) -> Fraction:
    """The percentage that ``part`` is of ``whole``, made in one step."""
    return Fraction(100 * part.numerator * whole.denominator, part.denominator * whole.numerator)


def share_of(whole: Fraction, size: Fraction) -> Fraction:
    """``size`` per cent of ``whole``, made in one step."""
    return Fraction(whole.numerator * size.numerator, 100 * whole.denominator * size.denominator)


def in_one_unit(values: Sequence[GivenNumber]) -> tuple[list[int], int]:
    """Numbers as whole numbers of one small unit, and how many of these make 1: 23.5 and 24 give ([235, 240], 10).

    Raises:
        ValueError: if one of them is not a finite number; the message is for people.
    """
    written = list(values)
    try:
        whole = list(map(int, written))
        if whole == written:
            return whole, 1
        if set(map(type, written)) <= {int, float}:
            return _decimals(list(map(repr, written)))
    except (ValueError, OverflowError, TypeError):
        pass  # not plain floats: the slower way, which also says what is wrong
    fractions = [exact(value) for value in written]
    scale = lcm(*(fraction.denominator for fraction in fractions))
    return [fraction.numerator * (scale // fraction.denominator) for fraction in fractions], scale


def _decimals(texts: list[str]) -> tuple[list[int], int]:
    """Decimals such as "23.5" as whole numbers of the smallest place; ValueError for one with an exponent."""
    parts = [text.partition(".") for text in texts]
    places = max([len(after) for _, _, after in parts])
    return [int(before + after.ljust(places, "0")) for before, _, after in parts], 10**places


def shown(value: Fraction, places: int = 0) -> str:
    """A number as people write it, with at most ``places`` decimals: "2,317", "0.8".

    Halves are rounded away from 0, and zeros at the end are left out.
    """
    above, below = value.numerator, value.denominator
    scale = 10**places
    whole = (2 * abs(above) * scale + below) // (2 * below)
    units, rest = divmod(whole, scale)
    text = f"{units:,}"
    if rest:
        text += f".{rest:0{places}d}".rstrip("0")
    return f"\N{MINUS SIGN}{text}" if above < 0 and whole else text


def even(value: Fraction, places: int = 1) -> str:
    """A number with exactly ``places`` decimals, as the figures of a column are written: "33.0"."""
    units, _, rest = shown(value, places).partition(".")
    return f"{units}.{rest.ljust(places, '0')}" if places else units
