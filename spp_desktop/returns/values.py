"""What a cell says: a value of the plan as a cell holds it, and back. Doubt is a question, never a guess.

The rules, each shown to the person before it is applied: dates are day/month/year or ISO; a whole number above 1 in a
percentage column is so many per cent; texts are matched to a list by meaning; formulas and error cells are asked about.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from spp_desktop.plan.periods import year_end, year_start
from spp_desktop.returns import numbers
from spp_desktop.returns.days import NoDay, day_of_number, day_of_text, in_words
from spp_desktop.returns.definition import Column, Kind, PlanFacts, Value
from spp_desktop.returns.meanings import meant_by, spelt_as
from spp_desktop.returns.words import clean, fold

CLEAR = "[clear]"
"""What is written in a cell to empty it. A cell left blank is no answer."""

CellKind = Literal["text", "number", "date", "yes/no", "error", "formula", "other"]
"""What a cell of a workbook holds; a "formula" is one whose result was never worked out."""

GENERAL = "General"
DATE_FORMAT = "dd/mm/yyyy"
MONTH_FIRST = "mm/dd/yyyy"
"""The format of a text that may be a day, where days beside it are surely written month first."""

_NUMBERS = ("number", "rate")
_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!)|Err:5[0-9]{2}")
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


class Answer(NamedTuple):
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


_BLANK = Answer(blank=True)


class _Unclear(Exception):
    """What was typed cannot be read as a value, and why, in a sentence. ``meant`` is a value that it may mean."""

    def __init__(self, said: str, meant: Value = None) -> None:
        super().__init__(said)
        self.meant = meant


def written(column: Column, value: Value) -> tuple[str | float | date | None, str]:
    """A value as its cell holds it, with the number format."""
    if value is None:
        return None, "@" if column.kind in ("text", "long text") else _EMPTY_FORMATS.get(column.kind, GENERAL)
    if isinstance(value, tuple | bool):
        return shown(column, value), GENERAL
    if isinstance(value, date):
        return value, DATE_FORMAT
    if isinstance(value, int | float):
        if column.kind in _NUMBERS:
            return numbers.written_number(value, least=column.kind == "rate")
        return (value / _HUNDRED, "0%") if column.kind == "percent" else (value, "0")
    number = numbers.target_written(value) if column.kind == "target" else None
    return number or (clean(value), GENERAL)


_EMPTY_FORMATS: dict[Kind, str] = {"date": DATE_FORMAT, "percent": "0%"}


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
    if isinstance(value, int | float) and column.kind in _NUMBERS:
        return numbers.in_words(value)
    return f"{value}%" if column.kind == "percent" else str(value)


def same(column: Column, one: Value, other: Value) -> bool:
    """Whether two values mean the same: "4.0%" is "4%"."""
    if column.kind in _NUMBERS and isinstance(one, int | float) and isinstance(other, int | float):
        return numbers.same(one, other)
    return _meaning(column, one) == _meaning(column, other)


def _meaning(column: Column, value: Value) -> object:
    if isinstance(value, tuple):
        return tuple(fold(part) for part in value) or None
    if isinstance(value, str):
        return _meaning_of_text(column, value)
    return value


def _meaning_of_text(column: Column, value: str) -> object:
    if column.kind in ("choice", "choices"):
        return fold(value) or None
    text = clean(value)
    if column.kind == "target":
        match = numbers.PER_CENT.match(text)
        if match or numbers.NUMBER.match(text):
            return bool(match), Decimal(match[1] if match else text)
        return " ".join(text.split()) or None
    return text or None


class _Asked(NamedTuple):
    """A cell with all that its meaning may depend on."""

    column: Column
    cell: Cell
    plan: PlanFacts
    issued: Value
    typed: str

    @property
    def listed(self) -> tuple[str, ...]:
        """What may be chosen."""
        return self.plan.lists[self.column.choices]


def read(column: Column, cell: Cell | None, plan: PlanFacts, issued: Value = None) -> Answer:
    """What a cell answers. ``issued`` is what stood there when the workbook went out: never in doubt."""
    if cell is None:
        return _BLANK
    untouched = _untouched(column, cell, issued)
    if untouched:
        return Answer(issued, typed=untouched)
    if isinstance(cell.value, str) and not fold(cell.value):
        return _BLANK
    typed = _typed(cell)
    if fold(typed) == CLEAR:
        return Answer(None, f"{column.title} may not be empty." if column.required else "", typed=typed)
    return _understood(_Asked(column, cell, plan, issued, typed))


def _untouched(column: Column, cell: Cell, issued: Value) -> str:
    """What a person sees in a cell that holds exactly what was issued; empty if it may hold something else.

    Nearly all cells of a return are of this kind, and most of the time is spent on them.
    """
    kind, value = cell[:2]
    if kind == "text" and value == issued:
        return issued if isinstance(issued, str) else ""
    if kind == "date" and isinstance(issued, date) and value == issued.isoformat():
        return f"{issued.day:02}/{issued.month:02}/{issued.year}"
    if kind == "number" and column.kind == "percent" and isinstance(issued, int) and cell.format == "0%":
        return f"{issued}%" if value == issued / _HUNDRED else ""
    return ""


def _understood(asked: _Asked) -> Answer:
    """What is made of a cell that holds something, by the rules of its column."""
    column, cell, typed = asked.column, asked.cell, asked.typed
    if cell.kind in _UNREADABLE:
        return Answer(typed, _UNREADABLE[cell.kind].format(typed=typed), typed=typed)
    try:
        value, note = _READERS[column.kind](asked)
    except _Unclear as unclear:
        meant = unclear.meant
        return Answer(typed if meant is None else meant, str(unclear), typed=typed, usable=meant is not None)
    if same(column, value, asked.issued):
        return Answer(asked.issued, typed=typed)
    doubt = "It is the result of a formula; confirm what was meant." if cell.computed else ""
    doubt = doubt or _outside(column, value, asked.plan)
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
        return f"{cell.value * _HUNDRED:.10g}%" if "%" in cell.format else f"{cell.value:.15g}"
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


Read = tuple[Value, str]


def _text(asked: _Asked) -> Read:
    if asked.cell.kind == "yes/no":
        raise _Unclear(f"The cell holds the value {asked.typed.upper()}, not a text.")
    if _ERROR.fullmatch(asked.typed):
        raise _Unclear(_UNREADABLE["error"].format(typed=asked.typed))
    return asked.typed, ""


def _date(asked: _Asked) -> Read:
    cell = asked.cell
    if cell.kind == "date":
        said = str(cell.value)
        if len(said) > len("2009-03-31"):
            raise _Unclear("There is a time of day in it; write the date alone.", date.fromisoformat(said[:10]))
        return date.fromisoformat(said), ""
    if cell.kind == "number":
        found = None if "%" in cell.format else day_of_number(float(cell.value), from_1904=cell.from_1904)
        if found is None or not _in_window(found, asked.plan):
            raise _Unclear(f"{asked.typed} is a number, not a date.")
        return found, f"The number {asked.typed} was read as {in_words(found)}."
    try:
        found = day_of_text(asked.typed, _plain(asked.typed), month_first=cell.format == MONTH_FIRST)
    except NoDay as unclear:
        if unclear.meant is not None and unclear.meant == asked.issued:
            return unclear.meant, ""
        raise _Unclear(str(unclear), unclear.meant) from None
    plainly = asked.typed == found.isoformat() or (asked.typed == shown(asked.column, found) and found.day > _MONTHS)
    return found, "" if plainly else _read_as(asked, in_words(found))


_MONTHS = 12


def _read_as(asked: _Asked, read: str) -> str:
    return f"“{asked.typed}” was read as {read}."


def _plain(typed: str) -> str:
    """The text with the odd spaces and forms of characters taken out, capitals kept."""
    text = unicodedata.normalize("NFKC", typed)
    return " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())


def _percent(asked: _Asked) -> Read:
    if whole := _whole_in_percent_cell(asked.cell):
        return whole, f"The cell holds {whole}, which it shows as {asked.typed}; it was read as {whole}%."
    try:
        return numbers.percent_of_text(asked.typed, _plain(asked.typed))
    except numbers.NoNumber as unclear:
        raise _Unclear(str(unclear)) from None


def _number(asked: _Asked) -> Read:
    share = asked.column.kind == "rate"
    if share and (whole := _whole_in_percent_cell(asked.cell)):
        return float(whole), f"The cell holds {whole}, which it shows as {asked.typed}; it was read as {whole}%."
    if asked.cell.kind == "number" and "%" not in asked.cell.format:
        return float(asked.cell.value), ""
    try:
        return numbers.number_of_text(asked.typed, _plain(asked.typed), may_be_share=share), ""
    except numbers.NoNumber as unclear:
        raise _Unclear(str(unclear), unclear.meant) from None


def _whole_in_percent_cell(cell: Cell) -> int:
    """A number such as 35 put into a cell that shows it as 3500%, as when values are pasted; 0 if it is none."""
    value = float(cell.value) if cell.kind == "number" and "%" in cell.format else 0
    return int(value) if 1 < value <= _HUNDRED and value == int(value) else 0


def _whole_number(asked: _Asked) -> Read:
    text = _plain(asked.typed)
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise _Unclear(f"“{asked.typed}” is not a whole number.")
    return int(text), ""


def _choice(asked: _Asked) -> Read:
    if isinstance(asked.issued, str) and fold(asked.issued) == fold(asked.typed):
        return asked.issued, ""
    found = _listed(asked, asked.typed)
    if found is None:
        meant = meant_by(asked.typed, asked.listed)
        raise _not_listed(asked, asked.typed, meant, meant)
    return found, "" if found == asked.typed else _read_as(asked, found)


def _choices(asked: _Asked) -> Read:
    if isinstance(asked.issued, tuple) and fold(asked.typed) == fold("; ".join(asked.issued)):
        return asked.issued, ""
    parts = [part.strip() for part in re.split(r"[;\n]", asked.typed) if fold(part)]
    found = {part: _listed(asked, part) for part in parts}
    unknown = [part for part, title in found.items() if title is None]
    if unknown or not parts:
        meant = {part: title or meant_by(part, asked.listed) for part, title in found.items()}
        whole = tuple(dict.fromkeys(filter(None, meant.values()))) if parts and all(meant.values()) else None
        raise _not_listed(asked, (unknown or [asked.typed])[0], whole, "; ".join(whole or ()))
    return tuple(dict.fromkeys(filter(None, found.values()))), ""


def _listed(asked: _Asked, text: str) -> str | None:
    """The listed title that a text is, spelling forgiven."""
    known = {fold(title): title for title in asked.listed}
    return known.get(fold(text)) or spelt_as(text, asked.listed)


def _not_listed(asked: _Asked, text: str, meant: Value, named: str | None) -> _Unclear:
    ask = f" Is {named} meant?" if named else ""
    return _Unclear(f"“{text}” is not one of: {_short(asked.listed)}.{ask}", meant)


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
        _text(asked)
        plain = _plain(asked.typed)
        return (plain if numbers.PER_CENT.match(plain) or numbers.NUMBER.match(plain) else asked.typed), ""
    per_cent = "%" in asked.cell.format
    number = Decimal(f"{float(asked.cell.value):.15g}") * (_HUNDRED if per_cent else 1)
    stated = numbers.with_decimals(number, asked.cell.format) + ("%" if per_cent else "")
    if not per_cent and isinstance(asked.issued, str) and asked.issued.endswith("%"):
        raise _Unclear(
            f"{stated} may or may not be a percentage; it stood as {asked.issued}. Write it with the % sign."
        )
    return stated, ""


_READERS: dict[Kind, Callable[[_Asked], Read]] = {
    "text": _text,
    "long text": _text,
    "date": _date,
    "percent": _percent,
    "number": _number,
    "rate": _number,
    "whole number": _whole_number,
    "choice": _choice,
    "choices": _choices,
    "yes/no": _yes_no,
    "target": _target,
}
