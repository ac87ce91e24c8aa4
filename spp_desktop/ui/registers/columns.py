"""The columns of a register's table, made from its declaration, and the names of its rows in sentences."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPalette

from spp_desktop.plan.kinds import Choice, Day, Kind, Link, Long, Number, Option, Text, YesNo, by_kind
from spp_desktop.plan.kinds.addresses import Addresses
from spp_desktop.plan.kinds.declared import kind_of, most_characters
from spp_desktop.plan.periods import far_from, short_year_name, year_of
from spp_desktop.plan.register import NONE, Computed, Drawn, Register, Shown, Worked, in_year
from spp_desktop.plan.rows import Row, title_of
from spp_desktop.store.registered import RegisterRow, late
from spp_desktop.ui.common import theme
from spp_desktop.ui.grid.attached_column import attached_column
from spp_desktop.ui.grid.columns import CHECK, CellMark, GridColumn, Picture
from spp_desktop.ui.grid.role_columns import PostLists, role_columns, told

NAME = 48
"""The most letters of a row's name in a sentence."""
MARK = 12
"""The pixels of a shape or of a square of colour."""
SHORT = 20
"""The most characters of a text that is a code or a reference; a longer one is prose."""
FAR = 100
"""Years from those of the plan at which a day of a register can hardly be meant; some tell of long ago."""
WIDTHS: Mapping[type[Kind], int] = {Kind: 92, Text: 160, Long: 240, Link: 170}
"""The pixels that a column of each kind needs at the usual size of letters."""
SHORT_WIDTH, LETTER = 90, 6
"""The pixels of a short text, and of a letter."""


@dataclass(frozen=True)
class RegisterLook:
    """How the cells of a register are written.

    Attributes:
        today: gives the day on which rows are late or not; a day typed without a year lies in its financial year.
        spelled: whether days are spelled out, as on the window's pages: "1 May 2008" instead of "01/05/2008".
        years: gives the first calendar years of the plan; a day a hundred years from them can hardly be meant.
        columns_of: the first calendar years that have columns of their own, where a register has such columns.
        answering: the roles in which posts answer for rows, and the posts, where a register's rows have such.
    """

    today: Callable[[], date]
    spelled: bool = False
    years: Callable[[], Collection[int]] = tuple
    columns_of: Sequence[int] = ()
    answering: PostLists | None = None


def columns(register: Register, lists: Mapping[str, Sequence[Option]], look: RegisterLook) -> tuple[GridColumn, ...]:
    """The columns of a register's table, including those that are worked out.

    Args:
        register: the register.
        lists: for each column that names a row of another table, the rows that can be chosen now.
        look: how its cells are written.
    """
    made = [_worked_out(computed) for computed in register.computed if not computed.after]
    for shown in register.columns:
        made.append(_column(register, shown, _kind(register, shown, lists, look), look))
        made += [_worked_out(computed) for computed in register.computed if computed.after == shown.name]
        if register.yearly is not None and register.yearly.after == shown.name:
            made += [column for year in look.columns_of for column in _of_year(register, year)]
    if look.answering is not None:
        behind = next((n for n, column in enumerate(made, 1) if column.field == register.owner), len(made))
        made[behind:behind] = role_columns(look.answering, _in_roles)
    if register.page is not None:
        made.append(attached_column())
    return tuple(made)


def _in_roles(row: RegisterRow) -> Mapping[str, Any]:
    return row.values


def _of_year(register: Register, year: int) -> list[GridColumn]:
    """The columns of one year."""
    assert register.yearly is not None
    model, made = register.yearly.model, []
    for shown in register.yearly.columns:
        kind, name = kind_of(model, shown.name), in_year(shown.name, year)
        number, heading = isinstance(kind, Number), f"{short_year_name(year)} {title_of(model, shown.name)}"
        made.append(
            GridColumn(
                name,
                heading,
                max(shown.width or _width(model, shown.name, kind), _heading(heading)),
                kind,
                editable=True,
                value=partial(_value, name),
                text=partial(_text, name, kind),
                numbers=number,
                align="right" if number else "left",
                shown=shown.shown,
                about=shown.about,
                name=heading.lower(),
            )
        )
    return made


def _value(name: str, row: RegisterRow) -> Any:
    return row.values.get(name)


def _text(name: str, kind: Kind, row: RegisterRow) -> str:
    return kind.typed(row.values.get(name))


def name_of(register: Register, known: Sequence[GridColumn], row: RegisterRow) -> str:
    """The name of a row in a sentence: "East, 2008-2009"."""
    by_name = {column.field: column for column in known}
    texts = (by_name[name].show(row) for name in register.naming() if name in by_name and name in row.values)
    return ", ".join(texts)[:NAME]


def widest(register: Register) -> tuple[str, ...]:
    """The fields of the columns that share the width left by the others: of long texts, else of names and addresses."""
    long = tuple(name for name in register.names if isinstance(kind_of(register.model, name), Long))
    names = tuple(
        name
        for name in register.names
        if name in (register.text, "title", "name") or isinstance(kind_of(register.model, name), Addresses)
    )
    return long or names or register.names[-1:]


def _kind(register: Register, shown: Shown, lists: Mapping[str, Sequence[Option]], look: RegisterLook) -> Kind:
    """The kind of a column's cells, with the rows they can name, the words for yes and no, and the year in view."""
    name, model = shown.name, register.model
    none = () if model.model_fields[name].is_required() else (Option(None, register.none),)
    kind = kind_of(model, name)
    fitted: Mapping[type[Kind], Callable[[Any], Kind]] = {
        Kind: lambda known: known,
        Link: lambda link: replace(link, listed=lambda: (*none, *lists[name])),
        YesNo: lambda answer: replace(answer, words=shown.words),
        Day: lambda day: replace(day, year=lambda: year_of(look.today())),
    }
    return by_kind(fitted, kind)(kind)


def _column(register: Register, shown: Shown, kind: Kind, look: RegisterLook) -> GridColumn:
    name, number = shown.name, isinstance(kind, Number)
    watched = shown.late or name == register.due

    def value(row: RegisterRow) -> Any:
        """The value of the row, if it has one yet."""
        return row.values.get(name)

    def is_late(row: RegisterRow) -> bool:
        """Whether the day by which the row is awaited has passed."""
        return watched and late(register, row, look.today())

    def text(row: RegisterRow) -> str:
        """The text of the cell; "" where a new row has no value yet."""
        if name not in row.values or blank(row):
            return ""
        words = kind.show(value(row)) if look.spelled and isinstance(kind, Day) else kind.typed(value(row))
        return f"{words} late" if is_late(row) else words

    def blank(row: RegisterRow) -> bool:
        """Whether the row names nothing here and the register has no word for that."""
        return value(row) is None and register.none == NONE

    def mark(row: RegisterRow) -> CellMark | None:
        """What is the matter with a day so far from the plan that it can hardly be meant."""
        day = value(row)
        why = far_from(day, look.years(), before=FAR, after=FAR) if isinstance(day, date) else ""
        return CellMark(CHECK, why) if why else None

    def holder(row: RegisterRow) -> str:
        """The post that answers for the row, with who holds it."""
        post = value(row)
        return told(look.answering, (post,)) if look.answering is not None and post else ""

    heading = register.heading(name)
    answers = look.answering is not None and name == register.owner
    return GridColumn(
        name, heading, max(shown.width or _width(register.model, name, kind), _heading(heading)), kind,
        editable=True, value=value, text=text, numbers=number, align="right" if number else "left",
        sort=_sort(value, kind) if isinstance(kind, Choice) else None, alert=is_late if watched else None,
        frozen=name in (*register.naming(), register.text),
        picture=_picture(shown.drawn) if shown.drawn else None, shown=shown.shown, about=shown.about,
        mark=mark if isinstance(kind, Day) else None, name=heading.lower().split()[0],
        tip=holder if answers else None,
    )  # fmt: skip


def _worked_out(computed: Computed) -> GridColumn:
    """A column that cannot be typed in."""
    nothing = Worked("")

    def worked(row: RegisterRow) -> Worked:
        """The result for a row; ``None`` for a row that is not in the plan yet."""
        return row.worked.get(computed.name, nothing)

    def picture(painter: QPainter, inner: QRect, row: RegisterRow, palette: QPalette) -> QRect:
        """Paint the shape beside the words."""
        light, dark = worked(row).colours
        shape = worked(row).shape
        return _paint_mark(painter, inner, theme.status_colour(light, dark, palette), shape) if light else inner

    width = max(computed.width or WIDTHS[Kind], _heading(computed.title))
    return GridColumn(
        computed.name, computed.title, width, value=lambda row: worked(row).sort, text=lambda row: worked(row).text,
        sort=lambda row: worked(row).sort, group=lambda row: worked(row).band or worked(row).text, picture=picture,
        about=computed.about, shown=computed.shown,
        numbers=computed.numbers, align="right" if computed.numbers else "left",
    )  # fmt: skip


def _sort(value: Callable[[RegisterRow], Any], kind: Choice) -> Callable[[RegisterRow], Any]:
    """What to sort a choice by: its index in the list."""
    return lambda row: next((n for n, option in enumerate(kind.options()) if option.value == value(row)), None)


def _heading(title: str) -> int:
    """The pixels that a heading needs."""
    return LETTER * len(title) + MARK + 4


def _width(model: type[Row], name: str, kind: Kind) -> int:
    """The pixels that a column needs at the usual size of letters; a list is as wide as its longest entry."""
    if isinstance(kind, Choice) and not isinstance(kind, Link):
        return LETTER * max(len(option.title) for option in kind.options()) + 3 * MARK
    most = most_characters(model, name)
    return SHORT_WIDTH if most is not None and most <= SHORT else by_kind(WIDTHS, kind)


def _picture(drawn: Drawn) -> Picture:
    """The picture of a shape in its colour, or of a square of the colour."""

    def paint(painter: QPainter, inner: QRect, row: RegisterRow, palette: QPalette) -> QRect:
        """Paint beside the words of a cell. Returns the rectangle that is left for them."""
        light, dark = row.values.get(drawn.colour), row.values.get(drawn.dark_colour)
        if not light or not dark:
            return inner
        shape = str(row.values[drawn.shape]) if drawn.shape else ""
        return _paint_mark(painter, inner, theme.status_colour(light, dark, palette), shape)

    return paint


def _paint_mark(painter: QPainter, inner: QRect, colour: QColor, shape: str) -> QRect:
    """Paint a shape, or else a square, at the left of a cell. Returns the rectangle that is left for the words."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    top = inner.top() + (painter.fontMetrics().height() - MARK) / 2
    if shape:
        painter.translate(inner.left() + MARK / 2, top + MARK / 2)
        painter.fillPath(theme.shape_path(shape, MARK - 1), colour)
    else:
        painter.fillRect(QRectF(inner.left(), top, MARK, MARK), colour)
    painter.restore()
    return inner.adjusted(MARK + 6, 0, 0, 0)
