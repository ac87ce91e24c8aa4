"""The columns of a register's table, made from its declaration, and what its rows are called in a sentence."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPalette

from spp_desktop.plan.periods import year_from_name, year_name
from spp_desktop.plan.register import Drawn, Register, Shown
from spp_desktop.plan.rows import Row, title_of
from spp_desktop.store.registered import YEAR, RegisterRow, linked_by
from spp_desktop.ui.common import theme
from spp_desktop.ui.grid.columns import Choice, Column, Kind, Picture

LONG = 400
"""A column that may hold more characters than this is typed on many lines."""
NAME = 48
"""Letters of a row's name in a sentence, at most."""
MARK = 12
"""Pixels of a shape or a square of colour."""

_IN_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")

Choices = Callable[[], Sequence[Choice]]


class RegisterColumn(Column):
    """A column of a register. What is typed is read as the type of its field says, by the rules of its table."""

    def read(self, text: str) -> Any:
        """What was typed, or the choice that it names; ``plan.rows.check`` reads the rest.

        Raises:
            RuleBroken: with a sentence, if it names none of the choices.
        """
        text = text.strip()
        if self.choices is not None:
            return self._chosen(text) if text else ""
        if self.field == YEAR:
            with suppress(ValueError):
                return year_from_name(text)
        return text.replace(",", "") if self.numbers and _IN_THOUSANDS.fullmatch(text) else text


def columns(register: Register, lists: Mapping[str, Sequence[Choice]]) -> tuple[Column, ...]:
    """The columns of a register's table.

    Args:
        register: the register.
        lists: for each column that names a row of another table, those that can be chosen, as they are now.
    """
    return tuple(_column(register, shown, lists) for shown in register.columns)


def name_of(register: Register, known: Sequence[Column], row: RegisterRow) -> str:
    """What a row is called in a sentence: "East, 2008-2009"."""
    by_name = {column.field: column for column in known}
    texts = (by_name[name].show(row) for name in register.naming() if name in by_name and name in row.values)
    return ", ".join(texts)[:NAME]


def widest(register: Register) -> tuple[str, ...]:
    """The columns that take what the others leave of a table's width: those of long texts, else of names."""
    long = tuple(name for name in register.names if limit(register.model, name) > LONG)
    names = tuple(name for name in register.names if name in (register.text, "title", "name"))
    return long or names or register.names[-1:]


def limit(model: type[Row], name: str) -> int:
    """How many characters a column may hold at most; 0 where nothing is said of that."""
    return max((getattr(rule, "max_length", 0) or 0 for rule in model.model_fields[name].metadata), default=0)


def _column(register: Register, shown: Shown, lists: Mapping[str, Sequence[Choice]]) -> Column:
    name, model = shown.name, register.model
    types = _types(model, name)
    choices = _choices(register, shown, lists)
    number = not choices and (int in types or float in types)
    kind: Kind = "choice" if choices else "date" if date in types else "long" if limit(model, name) > LONG else "text"

    def value(row: RegisterRow) -> Any:
        """What the row holds; a choice by its value in the list, "" for none."""
        held = row.values.get(name)
        if choices is None or name not in row.values:
            return held
        return "yes" if held is True else "no" if held is False else held or ""

    def text(row: RegisterRow) -> str:
        """The cell as it is said."""
        if choices is None or name not in row.values:
            return _said(name, value(row))
        return next((choice.title for choice in choices() if choice.value == value(row)), "")

    return RegisterColumn(
        name, register.heading(name), shown.width or _width(kind, types, limit(model, name)), kind, editable=True,
        choices=choices, value=value, text=text, numbers=number, align="right" if number and name != YEAR else "left",
        sort=_sort(value, choices), picture=_picture(shown.drawn) if shown.drawn else None, shown=shown.shown,
        about=shown.about, name=register.heading(name).lower().split()[0],
    )  # fmt: skip


def _choices(register: Register, shown: Shown, lists: Mapping[str, Sequence[Choice]]) -> Choices | None:
    """What a column may hold, where it is one of a list."""
    name, model = shown.name, register.model
    types = _types(model, name)
    if name in linked_by(model):
        none = [] if model.model_fields[name].is_required() else [Choice("", register.none)]
        return lambda: [*none, *lists[name]]
    listed = [Choice(value, str(value)) for kind in types if get_origin(kind) is Literal for value in get_args(kind)]
    if bool in types:
        listed = [Choice(value, word) for value, word in zip(("no", "yes"), shown.words, strict=True)]
    return (lambda: listed) if listed else None


def _said(name: str, value: Any) -> str:
    """A value that is not chosen, as it is said."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if name == YEAR and isinstance(value, int):
        return year_name(value)
    if isinstance(value, float):
        return f"{value:,.15g}"
    return "" if value is None else str(value)


def _sort(value: Callable[[RegisterRow], Any], choices: Choices | None) -> Callable[[RegisterRow], Any] | None:
    """What to sort by: the place in the list, the number, the day; a text as every column sorts it."""
    if choices is None:
        return None
    return lambda row: next((n for n, choice in enumerate(choices()) if choice.value == value(row)), None)


def _types(model: type[Row], name: str) -> tuple[Any, ...]:
    """The types that a column may hold."""
    annotation = model.model_fields[name].annotation
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _width(kind: Kind, types: Sequence[Any], most: int) -> int:
    """Pixels that a column of a kind needs at the usual size of letters."""
    if kind == "long":
        return 240
    if kind in ("date", "choice") or most == 0:
        return 110 if kind != "choice" or bool not in types else 90
    return 90 if most <= 20 else 160  # noqa: PLR2004 - a code or a reference is short


def _picture(drawn: Drawn) -> Picture:
    """Draws a shape in its colour, or a square of the colour."""

    def paint(painter: QPainter, inner: QRect, row: RegisterRow, palette: QPalette) -> QRect:
        """Paint beside the words of a cell, and give what is left for them."""
        light, dark = row.values.get(drawn.colour), row.values.get(drawn.dark_colour)
        if not light or not dark:
            return inner
        colour = theme.status_colour(light, dark, palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = inner.top() + (painter.fontMetrics().height() - MARK) / 2
        if drawn.shape:
            painter.translate(inner.left() + MARK / 2, top + MARK / 2)
            painter.fillPath(theme.shape_path(row.values[drawn.shape], MARK - 1), colour)
        else:
            painter.fillRect(QRectF(inner.left(), top, MARK, MARK), colour)
        painter.restore()
        return inner.adjusted(MARK + 6, 0, 0, 0)

    return paint


def alike(model: type[Row], name: str, word: str) -> bool:
    """Whether a column is called as its rows are, so that to change it is to rename the row."""
    return title_of(model, name) == word
