"""The columns of the Results page, how a cell is painted, and what typed cells ask of the plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPalette

from spp_desktop.figures import typed_figure
from spp_desktop.figures.typed_figure import Typed
from spp_desktop.plan.kinds.spelling import natural
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import FIGURES, NO_FIGURE, PERCENT
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import CellChange
from spp_desktop.ui.results.lines import ResultCell, ResultsPeriod, ResultsRow

PERIOD = "period:"
"""Begins the field of a period's column; its place among them follows."""

TOTAL = "total"
GUTTER = 7
"""Pixels at a cell's right end kept for its mark, so that figures stand under each other with and without one."""

_FEW = 5
"""So many periods leave room for wide columns."""

_MARK_SIZE = 0.8
_INDENT = "\N{EM SPACE}"


def columns(span: Sequence[ResultsPeriod], *, by_area: bool, total: str) -> list[GridColumn]:
    """The columns for these periods. ``total`` heads the last, which is left out where it is empty."""
    ref = GridColumn(
        "ref", "Ref", 40, frozen=True, text=_ref, sort=lambda line: natural(line.ref), words=lambda line: line.ref
    )
    return [
        *([] if by_area else [ref]),
        GridColumn(
            "title",
            "Area" if by_area else "Indicator",
            156 if len(span) > _FEW else 260,
            text=_title,
            quiet=lambda line: not line.head,
            words=lambda line: f"{line.title} {line.area}",
            tip=lambda line: f"{line.ref}  {line.title}",
            sort=lambda line: natural(line.title),
            frozen=True,
        ),
        *(_period(n, period, 62 if len(span) > _FEW else 92) for n, period in enumerate(span)),
        *([_total(total)] if total else []),
        GridColumn("what", "Counts", 112, tip=lambda line: line.what),
    ]


def _ref(line: ResultsRow) -> str:
    return line.ref if line.head else ""


def _title(line: ResultsRow) -> str:
    return line.title if line.head else f"{_INDENT}{line.what}"


def _period(n: int, period: ResultsPeriod, width: int) -> GridColumn:
    def cell(line: Any) -> ResultCell:
        """The line's cell in this period."""
        cell: ResultCell = line.cells[n]
        return cell

    return GridColumn(
        f"{PERIOD}{n}",
        period.title,
        width,
        editable=True,
        value=lambda line: cell(line).typed,
        text=lambda line: _words(cell(line)),
        sort=lambda line: cell(line).number,
        quiet=lambda line: bool(cell(line).fixed),
        picture=lambda painter, rect, line, palette: _paint(painter, rect, cell(line), palette),
        why=lambda line: cell(line).fixed,
        tip=lambda line: _tip(cell(line), period, line),
        align="right",
        about=f"{period.words}. Type 2,336, or 2336p if it is provisional, or x if it is not available, "
        "z if there can be none, c if it is kept back",
        numbers=True,
    )


def _total(title: str) -> GridColumn:
    return GridColumn(
        TOTAL,
        title,
        80,
        value=lambda line: line.total.typed,
        text=lambda line: line.total.shown,
        sort=lambda line: line.total.number,
        picture=lambda painter, rect, line, palette: _paint(painter, rect, line.total, palette),
        align="right",
        about="Worked out: counts are added, percentages and rates pooled, levels stand as they were last",
        numbers=True,
    )


def _words(cell: ResultCell) -> str:
    """The cell as words: the figure with its state's letter."""
    return " ".join(filter(None, (cell.shown, cell.mark)))


def _tip(cell: ResultCell, period: ResultsPeriod, line: ResultsRow) -> str:
    if not cell.state:
        return ""
    state = cell.state if cell.state in NO_FIGURE else f"{cell.shown or 'nothing'}, {cell.state}"
    return "\n".join(filter(None, (f"{line.title}, {period.words}: {state}", cell.fixed)))


def _paint(painter: QPainter, rect: QRect, cell: ResultCell, palette: QPalette) -> QRect:
    """The figure, right-aligned, and its mark small behind it; what is left of the room: none."""
    role = QPalette.ColorRole.PlaceholderText if cell.fixed or cell.number is None else QPalette.ColorRole.Text
    figure = rect.adjusted(-3, 0, -GUTTER, 0)
    text = painter.fontMetrics().elidedText(cell.shown, Qt.TextElideMode.ElideRight, figure.width())
    painter.setPen(palette.color(role))
    top = int(Qt.AlignmentFlag.AlignTop)
    painter.drawText(figure, int(Qt.AlignmentFlag.AlignRight) | top, text)
    if cell.mark:
        whole, small = painter.font(), QFont(painter.font())
        small.setPixelSize(max(round(painter.fontInfo().pixelSize() * _MARK_SIZE), 8))  # alike on paper
        painter.setFont(small)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(
            rect.adjusted(rect.width() - GUTTER + 1, 0, 5, 0), int(Qt.AlignmentFlag.AlignLeft) | top, cell.mark
        )
        painter.setFont(whole)
    return QRect()


# What cells ask of the plan


def place(line: ResultsRow, period: ResultsPeriod) -> dict[str, Any]:
    """The columns that name a line's result."""
    return {
        "indicator_id": line.indicator_key,
        "area_id": line.area_key or None,
        "population": line.population,
        "period_from": period.first,
        "period_to": period.last,
    }


def entries(
    cells: Sequence[CellChange], lines: Mapping[str, ResultsRow], span: Sequence[ResultsPeriod], state: str
) -> list[dict[str, Any]]:
    """What typed cells enter; an empty one empties what the line holds.

    Raises:
        RuleBroken: with a sentence, for what is no figure, or a result said to be there and not available at once.
    """
    made: dict[tuple[Any, ...], dict[str, Any]] = {}
    for key, field, text in cells:
        n = int(field.removeprefix(PERIOD))
        line, period, cell = lines[key], span[n], lines[key].cells[n]
        where = f"{line.ref} {line.title}, {period.words}"
        if cell.fixed and text.strip():
            raise RuleBroken(field, f"{where}: {cell.fixed}")
        named = place(line, period)
        entry = made.setdefault(tuple(named.values()), named)
        given = _given(line, cell, _read(text, line, field, where), state)
        states = [columns["state"] in NO_FIGURE for columns in (entry, given) if "state" in columns]
        if len(set(states)) > 1:
            raise RuleBroken(field, f"{where}: it is given a figure and marked as having none. Clear one of the two.")
        entry |= given
    return list(made.values())


def _read(text: str, line: ResultsRow, field: str, where: str) -> Typed:
    try:
        typed = typed_figure.read(text, line.scale)
    except ValueError as problem:
        raise RuleBroken(field, f"{where}: {problem}") from None
    if line.percent and typed.number is not None and typed.number > PERCENT and (line.survey or not typed.percent):
        more = "" if line.survey else " If it is meant so, write it with %; what it is made of has lines of its own."
        raise RuleBroken(field, f"{where}: {text.strip()} is more than 100%.{more}")
    if typed.percent and not line.percent:
        counts = line.what or "something else"
        raise RuleBroken(field, f"{where}: “{text.strip()}” is a percentage, and this line counts {counts}.")
    return typed


def _given(line: ResultsRow, cell: ResultCell, typed: Typed, state: str) -> dict[str, Any]:
    if typed.state in NO_FIGURE:
        return {"state": typed.state}
    if typed.blank:
        return dict.fromkeys(FIGURES if line.head and cell.fixed else (line.part,))
    return {line.part: typed.number, "state": typed.state or state}


def label(cells: Sequence[CellChange], lines: Mapping[str, ResultsRow], span: Sequence[ResultsPeriod]) -> str:
    """What a step is called: "enter 540 for PI07, May 2008", "enter 12 figures of 6 lines"."""
    key, field, text = cells[0]
    line = lines[key]
    if len(cells) == 1:
        period, typed = span[int(field.removeprefix(PERIOD))].words, str(text).strip()
        whose = f"{line.ref}{f', {line.area}' if line.area_key else ''}, {period}"
        return f"enter {typed} for {whose}" if typed else f"clear {whose}"
    emptied = all(not str(cell[2]).strip() for cell in cells)
    touched = {lines[cell[0]].ref for cell in cells}
    of = line.ref if len(touched) == 1 else Indicator.word.counted(len(touched))
    return f"{'clear' if emptied else 'enter'} {len(cells)} figures of {of}"
