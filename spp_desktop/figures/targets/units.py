"""Units of results: whether one is per cent, money or time, and how many single units it counts."""

import re
from decimal import Decimal


def is_per_cent(unit: str) -> bool:
    """Whether results are so many per cent: "%", "% of victims", "per cent"."""
    return unit.lstrip().startswith("%") or re.match(r"\s*per ?cent", unit, re.IGNORECASE) is not None


def is_money(unit: str) -> bool:
    """Whether results are an amount of money: "£m", "savings (£000)", "pounds"."""
    return re.search(r"[£$€]|\b(?:pounds|gbp|cost|value|spend|savings?|cash)\b", unit.lower()) is not None


def time_of(unit: str) -> str:
    """The unit of time that results are in, "minutes" for "mins to answer"; "" for none."""
    match = re.search(r"\b(second|sec|minute|min|hour|hr|day|week|month|year)s?\b", unit.lower())
    return {"sec": "seconds", "min": "minutes", "hr": "hours"}.get(match[1], f"{match[1]}s") if match else ""


def units_in(unit: str) -> int:
    """How many single units one of a unit is: 1,000,000 for "£m", 1,000 for "£000", else 1."""
    plain = unit.lower()
    if re.search(r"[£$€] ?(?:m|mn|mil)\b|\bmillions?\b", plain):
        return 1_000_000
    if re.search(r"[£$€] ?(?:k|'?000s?)\b|\bthousands?\b|\('?000s?\)|^'?000s?\b", plain):
        return 1_000
    return 1_000_000_000 if re.search(r"[£$€] ?bn\b|\bbillions?\b", plain) else 1


def has_number(unit: str, number: Decimal) -> bool:
    """Whether a unit names a number, as "per 1,000 households" does."""
    return any(Decimal(part.replace(",", "")) == number for part in re.findall(r"[0-9][0-9,]*", unit))
