"""What a cell says: a value of the plan as a cell holds it, and back. Doubt is a question, never a guess.

A text is read as its kind of cell reads it everywhere; where it is refused there, it is asked about, in the same words.
What a workbook may hold besides texts, and what a file makes doubtful, is read here, kind by kind.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from spp_desktop.plan.kinds import (
    AtPlace,
    Choice,
    Day,
    DayOrPeriod,
    Doubt,
    Kind,
    LastDay,
    Number,
    Percent,
    Rate,
    Several,
    TargetText,
    Text,
    YesNo,
    by_kind,
)
from spp_desktop.plan.kinds.choices import find_title, not_listed
from spp_desktop.plan.kinds.day_or_period import read_day_or_period
from spp_desktop.plan.kinds.days import in_words, read_day
from spp_desktop.plan.kinds.kind import AsCell
from spp_desktop.plan.kinds.spelling import fold, quoted
from spp_desktop.plan.kinds.targets import alone, stated
from spp_desktop.plan.periods import far_from
from spp_desktop.returns.definition import PlanFacts, ReturnColumn, Value
from spp_desktop.returns.meanings import meant_by
from spp_desktop.returns.sheet_cell import MONTH_FIRST, UNREADABLE, SheetCell
from spp_desktop.returns.words import clean

CLEAR = "[clear]"
"""What is written in a cell to empty it. A cell left blank is no answer."""

_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!)|Err:5[0-9]{2}")
_HUNDRED = 100
_MONTHS, _ISO_DAY = 12, 10
_KEPT = 1e-13
"""The share of a number that a cell does not keep."""


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


def written(column: ReturnColumn, value: Value) -> AsCell:
    """A value as its cell holds it, with the number format."""
    return column.kind.to_cell(clean(value) if isinstance(value, str) else value)


def shown(column: ReturnColumn, value: Value) -> str:
    """A value as a person reads it; nothing is an empty text."""
    return column.kind.typed(value)


def same(column: ReturnColumn, first: Value, second: Value) -> bool:
    """Whether two values mean the same: "4.0%" is "4%", and a number is as exact as a cell keeps it."""
    if isinstance(first, float) or isinstance(second, float):
        return isinstance(first, int | float) and isinstance(second, int | float) and same_number(first, second)
    return _meaning(column, first) == _meaning(column, second)


def same_number(first: float, second: float) -> bool:
    """Whether two numbers are one, as far as a cell keeps them."""
    return math.isclose(first, second, rel_tol=_KEPT)


def _meaning(column: ReturnColumn, value: Value) -> object:
    if isinstance(value, tuple):
        return tuple(map(fold, value)) or None
    if not isinstance(value, str):
        return value
    text = clean(value)
    return by_kind(_MEANINGS, column.kind)(text) or None if fold(text) else None  # what cannot be seen says nothing


_MEANINGS: Mapping[type[Kind], Callable[[str], object]] = {
    Kind: lambda text: text,
    Choice: fold,
    TargetText: lambda text: alone(text) or " ".join(text.split()),
}
"""What is compared of a text in a column of each kind."""


class _Asked(NamedTuple):
    """A cell with all that its meaning may depend on."""

    column: ReturnColumn
    cell: SheetCell
    plan: PlanFacts
    issued: Value
    typed: str

    @property
    def listed(self) -> tuple[str, ...]:
        """What may be chosen."""
        return self.plan.lists[self.column.choices]

    def read_as(self, read: str) -> str:
        """What is said of a text that a rule read as something."""
        return f"{quoted(self.typed)} was read as {read}."


def read(column: ReturnColumn, cell: SheetCell | None, plan: PlanFacts, issued: Value = None) -> Answer:
    """What a cell answers. ``issued`` is what stood there when the workbook went out: never in doubt."""
    if cell is None:
        return _BLANK
    untouched = _untouched(column, cell, issued)
    if untouched:
        return Answer(issued, typed=untouched)
    if isinstance(cell.value, str) and not fold(cell.value):
        return _BLANK
    typed = cell.typed()
    if fold(typed) == CLEAR:
        return Answer(None, f"“{column.title}” may not be empty." if column.required else "", typed=typed)
    return _understood(_Asked(column, cell, plan, issued, typed))


def read_typed(column: ReturnColumn, text: str, plan: PlanFacts) -> Answer:
    """What a person typed in a review as the answer, read by the same rules."""
    return read(column, SheetCell("text", text), plan)


def _untouched(column: ReturnColumn, cell: SheetCell, issued: Value) -> str:
    """What a person sees in a cell that holds exactly what was issued; empty if it may hold something else.

    Nearly all cells of a return are of this kind, and most of the time is spent on them.
    """
    kind, value, form, *_ = cell
    if kind == "text" and value == issued:
        return issued if isinstance(issued, str) else ""
    if kind == "date" and isinstance(issued, date) and value == issued.isoformat():
        return column.kind.typed(issued)
    if kind == "number" and isinstance(issued, int) and "%" in form and column.kind.to_cell(issued) == (value, form):
        return column.kind.typed(issued)
    return ""


def _understood(asked: _Asked) -> Answer:
    """What is made of a cell that holds something, by the rules of its column."""
    column, cell, typed = asked.column, asked.cell, asked.typed
    if cell.kind in UNREADABLE:
        return Answer(typed, UNREADABLE[cell.kind].format(typed=typed), typed=typed)
    value, note = by_kind(_READERS, column.kind)(asked)
    if isinstance(value, Doubt):
        meant = value.meant
        return Answer(typed if meant is None else meant, value.sentence, typed=typed, usable=meant is not None)
    if same(column, value, asked.issued):
        return Answer(asked.issued, typed=typed)
    if beyond := column.kind.beyond(value, column.title) or _too_long(column, value):
        return Answer(typed, beyond, typed=typed)
    doubt = "It is the result of a formula; confirm what was meant." if cell.computed else ""
    doubt = doubt or _outside(value, asked.plan)
    return Answer(value, doubt, typed=typed, note=note, usable=bool(doubt))


def _too_long(column: ReturnColumn, value: Value) -> str:
    """Why a text has more characters than the plan can keep there; empty if it has not."""
    if not isinstance(value, str) or column.most is None or len(value) <= column.most:
        return ""
    return f"{column.title} may have at most {column.most:,} characters, and this has {len(value):,}. Shorten it."


def _outside(value: Value, plan: PlanFacts) -> str:
    why = far_from(value, plan.kept) if isinstance(value, date) else ""
    return f"{why} Is it meant?" if why else ""


Read = tuple[Value | Doubt, str]
"""What a cell is read as, or why it is in doubt; and a note on what a rule made of it."""


def _typed(asked: _Asked) -> Read:
    """What is read as it would be if it were typed."""
    return asked.column.kind.read(asked.typed), ""


def _text(asked: _Asked) -> Read:
    if asked.cell.kind == "yes/no":
        return Doubt(f"The cell holds the value {asked.typed.upper()}, not a text."), ""
    if _ERROR.fullmatch(asked.typed):
        return Doubt(UNREADABLE["error"].format(typed=asked.typed)), ""
    return asked.typed, ""


def _day(asked: _Asked) -> Read:
    cell, plan = asked.cell, asked.plan
    if cell.kind == "date":
        stamp = str(cell.value)
        day = date.fromisoformat(stamp[:_ISO_DAY])
        timed = len(stamp) > _ISO_DAY
        return Doubt("There is a time of day in it; write the date alone.", day) if timed else day, ""
    if cell.kind == "number":
        serial_day = cell.day()
        if serial_day is None or far_from(serial_day, plan.kept):
            return Doubt(f"{asked.typed} is a number, not a date."), ""
        return serial_day, f"The number {asked.typed} was read as {in_words(serial_day)}."
    read = read_day(asked.typed, plan.year, month_first=cell.format == MONTH_FIRST)
    if isinstance(read, Doubt):
        return asked.issued if read.meant is not None and read.meant == asked.issued else read, ""
    plainly = asked.typed == read.isoformat() or (asked.typed == shown(asked.column, read) and read.day > _MONTHS)
    return read, "" if plainly else asked.read_as(in_words(read))


def _day_or_period(asked: _Asked) -> Read:
    if asked.cell.kind == "text":
        read = read_day_or_period(asked.typed, asked.plan.year)
        meant = read.meant if isinstance(read, Doubt) else read
        if isinstance(meant, LastDay) or not isinstance(read_day(asked.typed, asked.plan.year), date):
            return read, ""
    return _day(asked)


def _share_issued(asked: _Asked) -> bool:
    """Whether a plain number is the share that went out, as when values are pasted without their format: 1 for 100%."""
    if not asked.cell.is_plain_number or asked.issued is None:
        return False
    issued = str(asked.issued).removesuffix("%")
    try:
        return same_number(float(asked.cell.value) * _HUNDRED, float(issued))
    except ValueError:
        return False


def _percent(asked: _Asked) -> Read:
    if _share_issued(asked):
        return asked.issued, ""
    if whole := asked.cell.whole_share():
        return whole, _of_share(asked, whole)
    value = asked.column.kind.read(asked.typed)
    if isinstance(value, Doubt) or asked.typed.endswith("%"):
        return value, ""
    return value, f"{asked.typed} was read as {shown(asked.column, value)}."


def _rate(asked: _Asked) -> Read:
    if _share_issued(asked) and asked.cell.value != asked.issued:
        return asked.issued, ""
    whole = asked.cell.whole_share()
    return (float(whole), _of_share(asked, whole)) if whole else _number(asked)


def _of_share(asked: _Asked, whole: int) -> str:
    return f"The cell holds {whole}, which it shows as {asked.typed}; it was read as {whole}%."


def _number(asked: _Asked) -> Read:
    return (float(asked.cell.value), "") if asked.cell.is_plain_number else _typed(asked)


def _choice(asked: _Asked) -> Read:
    if isinstance(asked.issued, str) and fold(asked.issued) == fold(asked.typed):
        return asked.issued, ""
    title = find_title(asked.typed, asked.listed)
    if title is None:
        meant = meant_by(asked.typed, asked.listed)
        return not_listed(asked.typed, asked.listed, meant, meant or ""), ""
    return title, "" if title == asked.typed else asked.read_as(title)


def _at_place(asked: _Asked) -> Read:
    place = find_title(f"P{asked.typed}", asked.listed)
    return (place, asked.read_as(place)) if place is not None else _choice(asked)


def _several(asked: _Asked) -> Read:
    if isinstance(asked.issued, tuple) and fold(asked.typed) == fold("; ".join(asked.issued)):
        return asked.issued, ""
    parts = [part.strip() for part in re.split(r"[;\n]", asked.typed) if fold(part)]
    titles = {part: find_title(part, asked.listed) for part in parts}
    unknown = [part for part, title in titles.items() if title is None]
    if unknown or not parts:
        meant = {part: title or meant_by(part, asked.listed) for part, title in titles.items()}
        whole = tuple(dict.fromkeys(filter(None, meant.values()))) if parts and all(meant.values()) else None
        return not_listed((unknown or [asked.typed])[0], asked.listed, whole, "; ".join(whole or ())), ""
    return tuple(dict.fromkeys(filter(None, titles.values()))), ""


def _target(asked: _Asked) -> Read:
    if asked.cell.kind != "number":
        text, note = _text(asked)
        return text if isinstance(text, Doubt) else asked.column.kind.read(asked.typed), note
    if isinstance(asked.issued, str) and asked.issued.endswith("%") and _share_issued(asked):
        return asked.issued, ""
    share = asked.cell.is_share
    words = stated(float(asked.cell.value), asked.cell.format, share=share)
    if not share and isinstance(asked.issued, str) and asked.issued.endswith("%"):
        return Doubt(
            f"{words} may or may not be a percentage; it stood as {asked.issued}. Write it with the % sign."
        ), ""
    return words, ""


_READERS: Mapping[type[Kind], Callable[[_Asked], Read]] = {
    Kind: _typed,
    Text: _text,
    Day: _day,
    DayOrPeriod: _day_or_period,
    Number: _number,
    Rate: _rate,
    Percent: _percent,
    Choice: _choice,
    AtPlace: _at_place,
    Several: _several,
    YesNo: _typed,
    TargetText: _target,
}
"""How a cell of a workbook is read, by the kind of its column, or of the nearest above it."""
