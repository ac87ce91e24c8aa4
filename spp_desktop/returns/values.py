"""What a cell says: a value of the plan as a cell holds it, and back. Doubt is a question, never a guess.

The rules (reliability of returns in practice, each shown to the person before it is applied): dates are
day/month/year or ISO; a whole number above 1 in a percentage column is so many per cent; texts are matched to a
list by meaning; formulas and error cells are asked about.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from spp_desktop.plan.periods import year_end, year_start
from spp_desktop.returns.definition import Column, Kind, PlanFacts, Value
from spp_desktop.returns.words import clean, fold

CLEAR = "[clear]"
"""What is written in a cell to empty it. A cell left blank is no answer."""

CellKind = Literal["text", "number", "date", "yes/no", "error", "formula", "other"]
"""What a cell of a workbook holds; a "formula" is one whose result was never worked out."""

GENERAL = "General"
DATE_FORMAT = "dd/mm/yyyy"

_PER_CENT = re.compile(r"^([0-9]+(?:\.[0-9]+)?) ?%$")
_NUMBER = re.compile(r"^[0-9]+(?:\.[0-9]+)?$")
_DAY_FIRST = re.compile(r"^([0-9]{1,2})[/.\- ]([0-9]{1,2}|[A-Za-z]{3,9})[/.\- ]([0-9]{4}|[0-9]{2})$")
_ISO = re.compile(r"^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEARS_BEFORE, _YEARS_AFTER = 2, 5
_HUNDRED = 100


class Cell(NamedTuple):
    """A cell as it stands in a workbook. Dates are ISO texts; ``computed`` says that a formula gave the value.

    ``from_1904``: the workbook counts days from 1904, as old ones of the Macintosh do, so that a bare number may too.
    """

    kind: CellKind
    value: str | float | bool
    format: str = GENERAL
    computed: bool = False
    from_1904: bool = False


@dataclass(frozen=True)
class Answer:
    """What a cell says. With a ``doubt``, a sentence, ``value`` is at best what was meant; ``typed`` is what stands.

    ``blank``: nothing stands there. ``note`` says what a rule made of what was typed. ``usable``: there is a doubt, and
    ``value`` is nevertheless a value of the column, which a person may accept as it is.
    """

    value: Value = None
    doubt: str = ""
    blank: bool = False
    typed: str = ""
    note: str = ""
    usable: bool = False


class _Unclear(Exception):
    """What was typed cannot be read as a value, and why, in a sentence."""


def written(column: Column, value: Value) -> tuple[str | float | date | None, str]:
    """A value as its cell holds it, with the number format."""
    if value is None:
        return None, "@" if column.kind in ("text", "long text") else _EMPTY_FORMATS.get(column.kind, GENERAL)
    if isinstance(value, tuple | bool):
        return shown(column, value), GENERAL
    if isinstance(value, date):
        return value, DATE_FORMAT
    if isinstance(value, int):
        return (value / _HUNDRED, "0%") if column.kind == "percent" else (value, "0")
    return _target_written(value) if column.kind == "target" else (clean(value), GENERAL)


_EMPTY_FORMATS: dict[Kind, str] = {"date": DATE_FORMAT, "percent": "0%"}


def _target_written(stated: str) -> tuple[str | float, str]:
    """A target that is only a number goes out as a number, with the decimals that were stated."""
    match = _PER_CENT.match(stated)
    number = match[1] if match else stated if _NUMBER.match(stated) else ""
    if not number or len(number) > 15:  # noqa: PLR2004 - the digits that a cell can hold
        return clean(stated), GENERAL
    decimals = len(number.partition(".")[2])
    form = "0." + "0" * decimals if decimals else "0"
    return (float(Decimal(number) / _HUNDRED), form + "%") if match else (float(number), form)


def shown(column: Column, value: Value) -> str:
    """A value as a person reads it; nothing is an empty text."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"{value}%" if column.kind == "percent" else str(value)


def same(column: Column, one: Value, other: Value) -> bool:
    """Whether two values mean the same: "4.0%" is "4%"."""
    return _meaning(column, one) == _meaning(column, other)


def _meaning(column: Column, value: Value) -> object:
    if isinstance(value, tuple):
        return tuple(fold(part) for part in value) or None
    if not isinstance(value, str):
        return value
    if column.kind in ("choice", "choices"):
        return fold(value) or None
    text = clean(value)
    if column.kind == "target":
        match = _PER_CENT.match(text)
        if match or _NUMBER.match(text):
            return bool(match), Decimal(match[1] if match else text)
        return " ".join(text.split()) or None
    return text or None


def read(column: Column, cell: Cell | None, plan: PlanFacts, issued: Value = None) -> Answer:
    """What a cell answers. ``issued`` is what stood there when the workbook went out: never in doubt."""
    if cell is None or cell.value == "" or (isinstance(cell.value, str) and not fold(cell.value)):
        return Answer(blank=True)
    typed = _typed(cell)
    if fold(typed) == CLEAR:
        doubt = f"{column.title} may not be empty." if column.required else ""
        return Answer(None, doubt, typed=typed)
    if cell.kind in _UNREADABLE:
        return Answer(typed, _UNREADABLE[cell.kind].format(typed=typed), typed=typed)
    try:
        value, note = _READERS[column.kind](_Asked(column, cell, plan, issued))
    except _Unclear as unclear:
        return Answer(typed, str(unclear), typed=typed)
    if same(column, value, issued):
        return Answer(issued, typed=typed)
    doubt = "It is the result of a formula; confirm what was meant." if cell.computed else ""
    doubt = doubt or _outside(column, value, plan)
    return Answer(value, doubt, typed=typed, note=note, usable=bool(doubt))


def read_typed(column: Column, text: str, plan: PlanFacts) -> Answer:
    """What a person typed in a review as the answer, read by the same rules."""
    return read(column, Cell("text", text), plan)


_UNREADABLE: dict[CellKind, str] = {
    "error": "The cell holds the error {typed}.",
    "formula": "The cell holds a formula whose result is not in the file. Open and save the file in Excel, "
    "or type the answer itself.",
    "other": "The cell holds {typed}, which is not an answer to this.",
}


def _typed(cell: Cell) -> str:
    if cell.kind == "number" and isinstance(cell.value, float | int):
        per_cent = "%" in cell.format
        return f"{cell.value * (_HUNDRED if per_cent else 1):.10g}{'%' if per_cent else ''}"
    if cell.kind == "date":
        day = str(cell.value)
        return f"{date.fromisoformat(day[:10]):%d/%m/%Y}{day[10:].replace('T', ' ')}"
    return clean(str(cell.value))


def _outside(column: Column, value: Value, plan: PlanFacts) -> str:
    if column.kind != "date" or not isinstance(value, date) or _in_window(value, plan):
        return ""
    return f"{value:%d/%m/%Y} is far from the years of the plan. Is it meant?"


def _in_window(day: date, plan: PlanFacts) -> bool:
    first, last = min(plan.years), max(plan.years)
    return year_start(first - _YEARS_BEFORE) <= day <= year_end(last + _YEARS_AFTER)


@dataclass(frozen=True)
class _Asked:
    """A cell with all that its meaning may depend on."""

    column: Column
    cell: Cell
    plan: PlanFacts
    issued: Value

    @property
    def typed(self) -> str:
        """What stands in the cell, as text."""
        return _typed(self.cell)

    @property
    def listed(self) -> tuple[str, ...]:
        """What may be chosen."""
        return self.plan.lists[self.column.choices]


Read = tuple[Value, str]


def _text(asked: _Asked) -> Read:
    return asked.typed, ""


def _date(asked: _Asked) -> Read:
    if asked.cell.kind == "date":
        said = str(asked.cell.value)
        if len(said) > len("2009-03-31"):
            raise _Unclear("There is a time of day in it; write the date alone.")
        return date.fromisoformat(said), ""
    if asked.cell.kind == "number":
        serial = float(asked.cell.value)
        day = _FIRST_DAY + timedelta(days=int(serial)) if 0 < serial < _LAST_SERIAL else None
        if day is None or serial != int(serial) or not _in_window(day, asked.plan):
            raise _Unclear(f"{asked.typed} is a number, not a date.")
        return day, f"The number {int(serial)} was read as {day:%d/%m/%Y}."
    return _date_from_text(asked.typed)


_FIRST_DAY = date(1899, 12, 30)
_LAST_SERIAL = 2_000_000
_CENTURY = 2000


def _date_from_text(typed: str) -> Read:
    text = _plain(typed)
    iso, day_first = _ISO.match(text), _DAY_FIRST.match(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3])), ""
        if day_first:
            month = day_first[2]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            year = int(day_first[3]) + (_CENTURY if len(day_first[3]) == 2 else 0)  # noqa: PLR2004 - two digits
            day = date(year, number, int(day_first[1]))
            return day, f"“{typed}” was read as {day:%d/%m/%Y}."
    except ValueError:
        raise _Unclear(f"“{typed}” is not a day of the calendar.") from None
    raise _Unclear(f"“{typed}” is not a date; write it as 31/03/2009.")


def _plain(typed: str) -> str:
    """The text with the odd spaces and forms of characters taken out, capitals kept."""
    text = unicodedata.normalize("NFKC", typed)
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())


def _percent(asked: _Asked) -> Read:
    typed = asked.typed
    text = _plain(typed)
    signed = _PER_CENT.match(text)
    if signed is None and not _NUMBER.match(text):
        raise _Unclear(f"“{typed}” is not a percentage; write it as 35%.")
    number = Decimal(signed[1] if signed else text)
    note = ""
    if signed is None:
        if number == 1:
            raise _Unclear("1 may mean 1% or 100%; write it with the % sign.")
        if number < 1 and asked.cell.kind == "number":
            number *= _HUNDRED
        note = f"{typed} was read as {number.normalize():f}%."
    if number != int(number):
        raise _Unclear(f"“{typed}” is not a whole percentage.")
    if number > _HUNDRED:
        raise _Unclear(f"“{typed}” is more than 100%.")
    return int(number), note


def _whole_number(asked: _Asked) -> Read:
    text = _plain(asked.typed)
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise _Unclear(f"“{asked.typed}” is not a whole number.")
    return int(text), ""


def _choice(asked: _Asked) -> Read:
    typed = asked.typed
    listed = {fold(title): title for title in asked.listed}
    if fold(typed) not in listed:
        if isinstance(asked.issued, str) and fold(asked.issued) == fold(typed):
            return asked.issued, ""
        raise _Unclear(f"“{typed}” is not one of: {_short(asked.listed)}.")
    found = listed[fold(typed)]
    return found, "" if found == typed else f"“{typed}” was read as {found}."


def _choices(asked: _Asked) -> Read:
    typed = asked.typed
    if isinstance(asked.issued, tuple) and fold(typed) == fold("; ".join(asked.issued)):
        return asked.issued, ""
    listed = {fold(title): title for title in asked.listed}
    parts = [part for part in re.split(r"[;\n]", typed) if fold(part)]
    unknown = [part.strip() for part in parts if fold(part) not in listed]
    if unknown or not parts:
        raise _Unclear(f"“{(unknown or [typed])[0]}” is not one of: {_short(asked.listed)}.")
    return tuple(dict.fromkeys(listed[fold(part)] for part in parts)), ""


def _short(listed: tuple[str, ...], most: int = 120) -> str:
    """A list in a sentence, cut where it grows long."""
    said = ", ".join(listed)
    return said if len(said) <= most else said[:most].rpartition(", ")[0] + " and others"


_YES_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def _yes_no(asked: _Asked) -> Read:
    said = fold(asked.typed)
    if said not in _YES_NO:
        raise _Unclear(f"“{asked.typed}” is neither Yes nor No.")
    return _YES_NO[said], ""


def _target(asked: _Asked) -> Read:
    if asked.cell.kind != "number":
        plain = _plain(asked.typed)
        return (plain if _PER_CENT.match(plain) or _NUMBER.match(plain) else asked.typed), ""
    per_cent = "%" in asked.cell.format
    number = Decimal(f"{float(asked.cell.value):.15g}") * (_HUNDRED if per_cent else 1)
    stated = _decimals(number, asked.cell.format) + ("%" if per_cent else "")
    if not per_cent and isinstance(asked.issued, str) and asked.issued.endswith("%"):
        raise _Unclear(
            f"{stated} may or may not be a percentage; it stood as {asked.issued}. Write it with the % sign."
        )
    return stated, ""


def _decimals(number: Decimal, form: str) -> str:
    """The number with as many decimals as it has, or as its cell shows if those are more."""
    plain = f"{number.normalize():f}"
    wanted = len(form.partition(".")[2].rstrip("%")) if re.fullmatch(r"0\.0+%?", form) else 0
    have = len(plain.partition(".")[2])
    if have >= wanted:
        return plain
    return plain + ("" if have else ".") + "0" * (wanted - have)


_READERS: dict[Kind, Callable[[_Asked], Read]] = {
    "text": _text,
    "long text": _text,
    "date": _date,
    "percent": _percent,
    "whole number": _whole_number,
    "choice": _choice,
    "choices": _choices,
    "yes/no": _yes_no,
    "target": _target,
}
