"""The columns of a register's table, made from its declaration, and what its rows are called in a sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPalette

from spp_desktop.plan.kinds import Choice, Day, Kind, Link, Long, Number, Option, Text, YesNo, by_kind
from spp_desktop.plan.kinds.declared import kind_of, most_characters
from spp_desktop.plan.register import Drawn, Register, Shown
from spp_desktop.plan.rows import Row, title_of
from spp_desktop.store.registered import RegisterRow
from spp_desktop.ui.common import theme
from spp_desktop.ui.grid.columns import Column, Picture

NAME = 48
"""Letters of a row's name in a sentence, at most."""
MARK = 12
"""Pixels of a shape or a square of colour."""
SHORT = 20
"""A text of so many characters at most is a code or a reference."""
WIDTHS: Mapping[type[Kind], int] = {Kind: 110, Text: 160, Long: 240, YesNo: 90}
"""Pixels that a column of each kind needs at the usual size of letters."""
SHORT_WIDTH = 90


def columns(
    register: Register, lists: Mapping[str, Sequence[Option]], year: Callable[[], int | None]
) -> tuple[Column, ...]:
    """The columns of a register's table.

    Args:
        register: the register.
        lists: for each column that names a row of another table, those that can be chosen, as they are now.
        year: gives the financial year in view, of which a day without a year is.
    """
    return tuple(_column(register, shown, _kind(register, shown, lists, year)) for shown in register.columns)


def name_of(register: Register, known: Sequence[Column], row: RegisterRow) -> str:
    """What a row is called in a sentence: "East, 2008-2009"."""
    by_name = {column.field: column for column in known}
    texts = (by_name[name].show(row) for name in register.naming() if name in by_name and name in row.values)
    return ", ".join(texts)[:NAME]


def widest(register: Register) -> tuple[str, ...]:
    """The columns that take what the others leave of a table's width: those of long texts, else of names."""
    long = tuple(name for name in register.names if isinstance(kind_of(register.model, name), Long))
    names = tuple(name for name in register.names if name in (register.text, "title", "name"))
    return long or names or register.names[-1:]


def _kind(
    register: Register, shown: Shown, lists: Mapping[str, Sequence[Option]], year: Callable[[], int | None]
) -> Kind:
    """The kind of a column, with the rows that it may name, its own words for yes and no, and the year in view."""
    name, model = shown.name, register.model
    none = () if model.model_fields[name].is_required() else (Option(None, register.none),)
    kind = kind_of(model, name)
    fitted: Mapping[type[Kind], Callable[[Any], Kind]] = {
        Kind: lambda known: known,
        Link: lambda link: replace(link, listed=lambda: (*none, *lists[name])),
        YesNo: lambda answer: replace(answer, words=shown.words),
        Day: lambda day: replace(day, year=year),
    }
    return by_kind(fitted, kind)(kind)


def _column(register: Register, shown: Shown, kind: Kind) -> Column:
    name, number = shown.name, isinstance(kind, Number)

    def value(row: RegisterRow) -> Any:
        """What the row holds, as far as it is there."""
        return row.values.get(name)

    return Column(
        name, register.heading(name), shown.width or _width(register.model, name, kind), kind, editable=True,
        value=value, text=lambda row: kind.typed(value(row)) if name in row.values else "", numbers=number,
        align="right" if number else "left", sort=_sort(value, kind) if isinstance(kind, Choice) else None,
        picture=_picture(shown.drawn) if shown.drawn else None, shown=shown.shown, about=shown.about,
        name=register.heading(name).lower().split()[0],
    )  # fmt: skip


def _sort(value: Callable[[RegisterRow], Any], kind: Choice) -> Callable[[RegisterRow], Any]:
    """What to sort a choice by: its place in the list."""
    return lambda row: next((n for n, option in enumerate(kind.options()) if option.value == value(row)), None)


def _width(model: type[Row], name: str, kind: Kind) -> int:
    """Pixels that a column needs at the usual size of letters."""
    most = most_characters(model, name)
    return SHORT_WIDTH if most is not None and most <= SHORT else by_kind(WIDTHS, kind)


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
