"""The columns of the performance plan that say how indicators stand: words, and the pictures that are painted for them.

Everything that is said here was decided in ``figures.judging``; a cell's words are what is copied, found and read out.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from sqlalchemy import Connection

from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.control.chart import Chart
from spp_desktop.figures.exact import GivenNumber
from spp_desktop.figures.judging import cells
from spp_desktop.figures.judging.judged import Judged
from spp_desktop.figures.judging.series import Reading
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.rag.colours import LOOKS, State
from spp_desktop.figures.targets.kinds import KINDS
from spp_desktop.plan.identity import day_in, goes_on
from spp_desktop.plan.kinds.kind import AsCell
from spp_desktop.plan.kinds.numbers import Numeral, read_number
from spp_desktop.store import judged, queries
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.ui.common import theme
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.columns import GridColumn, SheetColumn
from spp_desktop.ui.pictures import marks

ORDER: tuple[State, ...] = (
    "red",
    "amber",
    "green",
    "too close to call",
    "too early",
    "no data",
    "no target",
    "benchmark year",
    "not judged",
)
"""The states, what asks for attention first."""
ARROWS = {"up": "↑", "down": "↓", "no clear change": "↔"}
SHAPE, ICON, GAP = 12, 26, 5


@dataclass(frozen=True, slots=True)
class JudgedRow(IndicatorRow):
    """An indicator with how the force stands."""

    judged: Judged = field(kw_only=True)


def judged_rows(connection: Connection, year: int | None = None) -> list[JudgedRow]:
    """Every indicator that goes on in a year, judged for the force by what is known on the day of that year.

    In a year that has passed this is its last day, in the plan's own years the plan's day. Without a year it is today.
    """
    plan = queries.plan(connection)
    day = plan.today() if year is None else day_in(plan, year)
    rows = queries.indicators(connection)
    outcomes = {outcome.series.indicator.key: outcome for outcome in judged.judged(connection, day, known=rows)}
    return [
        JudgedRow(**{each.name: getattr(row, each.name) for each in fields(row)}, judged=outcomes[row.key])
        for row in rows
        if row.key in outcomes and (year is None or goes_on(row.last_year, year))
    ]


def columns(stated: Callable[[JudgedRow, int], str]) -> list[GridColumn]:
    """The columns of judgement; ``stated`` gives the target of a year as it is printed."""
    return [
        GridColumn(
            "rag", "RAG", 98, value=_rag, picture=_paint_rag, sort=lambda row: ORDER.index(row.judged.judgement.state),
            tip=lambda row: row.judged.sentence,
            about="How the year so far stands against its target; a click gives the reason (Alt+Enter)",
        ),
        GridColumn(
            "latest", "Latest", 82, value=latest, text=_latest, sort=lambda row: _value(row.judged.latest),
            align="right", about="The latest result and its period; p is provisional, r revised",
            sheet=(
                SheetColumn("Latest", lambda row: in_sheet(latest(row))),
                SheetColumn("Latest period", lambda row: cells.latest_period(row.judged)),
                SheetColumn("Latest is", lambda row: row.judged.latest.state if row.judged.latest else None),
            ),
        ),
        GridColumn(
            "to_date", "Year to date", 82, value=to_date, sort=lambda row: row.judged.judgement.facts.actual,
            align="right", name="actual", tip=_to_date_said,
            sheet=(SheetColumn("Year to date", lambda row: in_sheet(to_date(row))),),
            about="The figure of the year so far, put together as the indicator is measured",
        ),
        GridColumn(
            "aim", "Target", 82, value=lambda row: aim(row, stated), sort=lambda row: row.judged.aim.target,
            align="right", tip=_aim_said, about="The target of the year judged, and what it comes to if it is a change",
            sheet=(
                SheetColumn("Target as stated", _stated_alone),
                SheetColumn("Target", lambda row: in_sheet(_aimed_at(row))),
            ),
        ),
        GridColumn(
            "direction", "Direction", 86, value=direction, picture=_paint_direction,
            tip=lambda row: row.judged.direction,
            about="From the same months of last year: up or down only where it is more than chance",
        ),
        GridColumn(
            "variation", "Variation", 62, value=variation, picture=_paint_variation, words=_kind, group=_kind,
            tip=_variation_said, about="Control chart: whether the process has changed",
        ),
        GridColumn(
            "assurance", "Assurance", 70, value=assurance, picture=_paint_assurance, words=_passes, group=_passes,
            tip=_assurance_said, about="Control chart: whether the process can be relied on to meet the target",
        ),
        GridColumn(
            "trend", "Trend", 82, value=trend, picture=_paint_trend,
            about="The months of the control chart, between its limits; special causes are marked",
        ),
    ]  # fmt: skip


def parts(rows: Sequence[JudgedRow]) -> tuple[StatusShare, ...]:
    """How many indicators are in each state, for a head's bar."""
    count = Counter(row.judged.judgement.state for row in rows)
    return tuple(
        StatusShare(LOOKS[state].word, count[state], LOOKS[state].shape, *LOOKS[state].colours)
        for state in ORDER
        if count[state]
    )


def counted(rows: Sequence[JudgedRow]) -> str:
    """The same in words: "5 red, 3 too early"."""
    return ", ".join(f"{part.count} {part.title.lower()}" for part in parts(rows))


# Words


def in_sheet(text: str) -> AsCell | str:
    """A figure as a saved sheet holds it: the number or share that a text is, or the text if it is none."""
    numeral = read_number(text) if text else None
    if not isinstance(numeral, Numeral):
        return text
    places = len(text.removesuffix("%").rstrip().partition(".")[2])
    form = "0" + f".{'0' * places}" * bool(places)
    return (
        AsCell(float(numeral.value / 100), f"{form}%") if numeral.share else AsCell(float(numeral.value), f"#,##{form}")
    )


def latest(row: JudgedRow) -> str:
    """The latest figure."""
    return cells.latest(row.judged)


def to_date(row: JudgedRow) -> str:
    """The figure of the year so far."""
    return cells.to_date(row.judged)


def aim(row: JudgedRow, stated: Callable[[JudgedRow, int], str]) -> str:
    """The target of the year judged: "4% = 4,704", "85%"."""
    target = row.judged.series.indicator.targets.get(row.judged.year)
    if target is None:
        return ""
    words = stated(row, row.judged.year) if target == row.targets.get(row.judged.year) else target.stated
    return cells.aim(row.judged, words)


def direction(row: JudgedRow) -> str:
    """Which way it went, and whether that is better: "Up, worse"."""
    return cells.direction(row.judged)


def variation(row: JudgedRow) -> str:
    """The variation icon in words."""
    return cells.variation(row.judged)


def assurance(row: JudgedRow) -> str:
    """The assurance icon in words."""
    return cells.assurance(row.judged)


def trend(row: JudgedRow) -> str:
    """The sparkline in words: "18 months to Sep 2008: 360 to 470, latest 401"."""
    return cells.trend(row.judged)


def _rag(row: JudgedRow) -> str:
    return row.judged.look.word + (", by override" if row.judged.judgement.override else "")


def _latest(row: JudgedRow) -> str:
    reading = row.judged.latest
    if reading is None:
        return ""
    state = f" {cells.SHORT_STATES[reading.state]}" if reading.state in cells.SHORT_STATES else ""
    return f"{latest(row)}{state}\n{cells.latest_period(row.judged)}"


def _stated_alone(row: JudgedRow) -> AsCell | str:
    """The target of the year judged as it was stated."""
    target = row.targets.get(row.judged.year)
    return "" if target is None else in_sheet(target.stated)


def _aimed_at(row: JudgedRow) -> str:
    """What the target of the year judged comes to, as a figure."""
    facts, target = row.judged.judgement.facts, row.judged.aim.target
    return "" if target is None else rag_words.figure(facts, target, stated=facts.unit != "%")


def _value(reading: Reading | None) -> GivenNumber | None:
    return None if reading is None else reading.value


def _to_date_said(row: JudgedRow) -> str:
    texts = dict(rag_words.rows(row.judged.judgement))
    return ", ".join(texts[name] for name in ("Result", "Period") if name in texts)


def _aim_said(row: JudgedRow) -> str:
    """The target as it was stated, with its remark."""
    target = row.judged.series.indicator.targets.get(row.judged.year)
    words = f"{target.stated}: {KINDS[target.kind].judged}".rstrip(".") if target else ""
    return ". ".join(filter(None, (words, row.judged.aim.remark)))


def _kind(row: JudgedRow) -> str:
    chart: Chart | None = row.judged.chart
    return "" if chart is None or chart.variation_icon is None else control_words.POINTS[chart.variation].word


def _passes(row: JudgedRow) -> str:
    chart: Chart | None = row.judged.chart
    return "" if chart is None or chart.assurance_icon is None else cells.PASSES[chart.assurance_icon]


def _variation_said(row: JudgedRow) -> str:
    return variation(row) or row.judged.no_chart


def _assurance_said(row: JudgedRow) -> str:
    return " ".join(filter(None, (assurance(row) or row.judged.no_chart, row.judged.remark)))


# Pictures


def _paint_rag(painter: QPainter, rect: QRect, row: Any, palette: QPalette) -> QRect:
    place = _first_line(painter, rect, SHAPE)
    marks.paint_look(painter, place, row.judged.look, theme.is_dark(palette))
    return rect.adjusted(SHAPE + GAP, 0, 0, 0)


def _paint_direction(painter: QPainter, rect: QRect, row: Any, palette: QPalette) -> QRect:
    if row.judged.change is None:
        return rect
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.drawText(
        _first_line(painter, rect, SHAPE), int(Qt.AlignmentFlag.AlignCenter), ARROWS[row.judged.change.arrow]
    )
    return rect.adjusted(SHAPE + GAP, 0, 0, 0)


def _paint_variation(painter: QPainter, rect: QRect, row: Any, palette: QPalette) -> QRect:
    if row.judged.chart is not None:
        marks.paint_variation(painter, _middle(rect), row.judged.chart.variation_icon, theme.is_dark(palette))
    return QRect()


def _paint_assurance(painter: QPainter, rect: QRect, row: Any, palette: QPalette) -> QRect:
    if row.judged.chart is not None:
        marks.paint_assurance(painter, _middle(rect), row.judged.chart.assurance_icon, theme.is_dark(palette))
    return QRect()


def _paint_trend(painter: QPainter, rect: QRect, row: Any, palette: QPalette) -> QRect:
    if row.judged.chart is not None:
        line = palette.color(QPalette.ColorRole.Text)
        marks.paint_sparkline(painter, rect, row.judged.chart, theme.is_dark(palette), line)
    return QRect()


def _first_line(painter: QPainter, rect: QRect, width: int) -> QRect:
    """The beginning of a cell's first line."""
    return QRect(rect.left(), rect.top(), width, painter.fontMetrics().lineSpacing())


def _middle(rect: QRect) -> QRect:
    """An icon's place in the middle of a cell."""
    size = min(ICON, rect.width(), rect.height())
    return QRect(rect.center().x() - size // 2, rect.center().y() - size // 2, size, size)
