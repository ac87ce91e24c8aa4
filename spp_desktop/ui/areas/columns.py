"""The lines and columns of the Areas page: the force, all areas together, and each area."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPalette

from spp_desktop.figures.areas import words as area_words
from spp_desktop.figures.areas.table import SHARES, AreaFigures, AreaRow, AreaTable
from spp_desktop.figures.areas.words import MINUS
from spp_desktop.figures.exact import exact
from spp_desktop.figures.judging import cells
from spp_desktop.figures.judging.judged import Judged, scale_in
from spp_desktop.figures.judging.series import STANDALONE
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.store.plain import TargetRow
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.columns import GridColumn, Picture
from spp_desktop.ui.performance import judged_columns

FORCE, TOGETHER = "force", "together"
"""The keys of the two lines that are not areas."""
WHOLE = "The force as a whole"


@dataclass(frozen=True, slots=True)
class AreaLine:
    """A line of the table.

    Attributes:
        key: the key of the area, or ``FORCE`` or ``TOGETHER``.
        head: the heading that it stands under.
        row: the area among the others; ``None`` for all areas together.
        unit, measure, targets: those of the indicator.
        usual: the latest period of the force; a line with the same period does not name it.
    """

    key: str
    head: str
    area: str
    figures: AreaFigures
    row: AreaRow | None
    unit: str
    measure: str
    targets: Mapping[int | None, TargetRow]
    usual: str = ""

    @property
    def judged(self) -> Judged | None:
        """The line's own figures judged; ``None`` if nobody judges them."""
        return None if self.row is None else self.row.judged


def lines(table: AreaTable, kind: str, targets: Mapping[int | None, TargetRow]) -> list[AreaLine]:
    """The force, all areas together, and the areas in the order of their places; no lines if no area has results."""
    if not table.rows:
        return []
    indicator = table.force.judged.series.indicator
    usual = _period(table.force.judged)

    def line(key: str, head: str, area: str, figures: AreaFigures, row: AreaRow | None) -> AreaLine:
        return AreaLine(key, head, area, figures, row, table.unit, indicator.measure, targets, usual)

    head = f"Areas ({kind})" if kind else "Areas"
    return [
        line(FORCE, WHOLE, area_words.FORCE, table.force.figures, table.force),
        line(TOGETHER, WHOLE, area_words.TOGETHER, table.together, None),
        *(line(r.judged.series.area_key, head, r.judged.series.area, r.figures, r) for r in table.rows),
    ]


def summary(lines: Sequence[Any]) -> tuple[str, tuple[StatusShare, ...]]:
    """The words and the bar of a head: how many areas, and how many of each colour or state."""
    areas = [line for line in lines if line.key not in {FORCE, TOGETHER}]
    return (str(len(areas)), judged_columns.parts(areas)) if areas else ("", ())


def columns(measure: str, *, rated: bool) -> list[GridColumn]:
    """The columns for an indicator of this measure; ``rated`` if the populations of areas are known."""
    known = {column.field: column for column in judged_columns.columns(_unstated)}
    parts = [_PARTS.get(measure, _MADE_OF)] if measure not in STANDALONE else []
    direction = replace(known["direction"], width=128)
    rag = replace(known["rag"], width=72, about="How the year so far stands against its aim")
    icons = (replace(known["variation"], width=64), replace(known["assurance"], width=72))
    trend = replace(known["trend"], width=80)
    return [
        _PLACE,
        GridColumn("area", "Area", 104),
        _where_judged(_LATEST),
        _TO_DATE,
        *parts,
        *([_PER_THOUSAND] if rated and measure == "count" else []),
        *map(_where_judged, (_LAST_YEAR, _CHANGE, direction, _AIM, rag, *icons, trend)),
        GridColumn("head", "Kind", 100, shown=False),
    ]


def _unstated(_line: Any, _year: int) -> str:
    """The stated target of an area: none, since targets are stated for the force alone."""
    return ""


def _where_judged(column: GridColumn) -> GridColumn:
    """The same column, blank for lines that nobody judges."""
    return replace(
        column,
        value=_guarded(column.value, ""),
        text=_guarded(column.text, ""),
        sort=_guarded(column.sort, None),
        words=_guarded(column.words, ""),
        tip=_guarded(column.tip, ""),
        group=_guarded(column.group, ""),
        picture=column.picture and _painted(column.picture),
    )


def _guarded(say: Callable[[Any], Any] | None, blank: Any) -> Callable[[Any], Any] | None:
    return say and (lambda line: blank if line.judged is None else say(line))


def _painted(picture: Picture) -> Picture:
    def paint(painter: QPainter, rect: QRect, line: AreaLine, palette: QPalette) -> QRect:
        return rect if line.judged is None else picture(painter, rect, line, palette)

    return paint


def _period(judged: Judged) -> str:
    latest = judged.latest
    return "" if latest is None else cells.period(latest.first, latest.last)


def _latest(line: Any) -> str:
    latest = line.judged.latest
    if latest is None:
        return ""
    state = f" {cells.SHORT_STATES[latest.state]}" if latest.state in cells.SHORT_STATES else ""
    when = f" {_period(line.judged)}" if _period(line.judged) != line.usual else ""
    return f"{cells.latest(line.judged)}{state}{when}"


def _latest_words(line: Any) -> str:
    latest = line.judged.latest
    return "" if latest is None else f"{cells.latest(line.judged)}, {_period(line.judged)} ({latest.state})"


def _last_year(line: Any) -> str:
    change = line.judged.change
    return "" if change is None else area_words.figure(exact(change.before), line.unit, scale=scale_in(line.judged))


def _change(line: Any) -> str:
    """The change as a number with its sign, and beside it a word if it may well be chance."""
    change = line.judged.change
    if change is None:
        return ""
    if scale_in(line.judged) is not None:
        return ""
    size = exact(change.change) if line.unit in SHARES else None if change.percent is None else exact(change.percent)
    if size is None:
        return "from 0"
    sign = "+" if size > 0 else MINUS if size < 0 else ""
    return f"{sign}{area_words.fixed(abs(size), '' if line.unit in SHARES else '%')}"


def _aim(line: Any) -> str:
    facts = line.judged.judgement.facts
    return rag_words.figure(facts, facts.aim)


def _aim_words(line: Any) -> str:
    """The way to the target, the target, and any remark, in words."""
    judged, target = line.judged, line.targets.get(line.judged.year)
    stated = f"Target as stated: {target.stated}" if target else ""
    return ". ".join(filter(None, (stated, judged.judgement.facts.method, judged.aim.remark)))


def _to_date(line: Any) -> str:
    """The figure of the year so far. A share that is judged has the places that tell it apart from its aim."""
    figure, judged = line.figures.figure, line.judged
    if judged is not None and line.unit in SHARES and figure == judged.judgement.facts.actual:
        return rag_words.figure(judged.judgement.facts, figure)
    return area_words.figure(figure, line.unit, scale=None if judged is None else scale_in(judged))


def _by_latest(line: Any) -> Any:
    return None if line.judged.latest is None else line.judged.latest.value


def _by_change(line: Any) -> Any:
    change = line.judged.change
    return None if change is None else exact(change.change) if line.unit in SHARES else change.percent


def _by_last_year(line: Any) -> Any:
    return None if line.judged.change is None else line.judged.change.before


def _share(line: Any) -> str:
    return "" if line.figures.share is None else area_words.fixed(line.figures.share, "%")


_PLACE = GridColumn(
    "place", "Place", 72, value=lambda line: line.row.place if line.row else "", align="right",
    sort=lambda line: line.row.rank if line.row else None, about="1st is best, by what is chosen above",
)  # fmt: skip
_LATEST = GridColumn(
    "latest", "Latest", 60, value=_latest, sort=_by_latest, align="right", tip=_latest_words,
    about="The latest result; p is provisional, r revised; with its period where that is not the force's",
)  # fmt: skip
_TO_DATE = GridColumn(
    "to_date", "Year to date", 84, value=_to_date,
    sort=lambda line: line.figures.figure, align="right", name="actual",
    about="The figure of the year so far, put together as the indicator is measured",
)  # fmt: skip
_SHARE = GridColumn(
    "part", "Share", 58, value=_share, sort=lambda line: line.figures.share, align="right",
    about="How much of the force's count this is",
)  # fmt: skip
_MADE_OF = GridColumn(
    "part", "Made of", 100, value=lambda line: area_words.made_of(line.figures, line.measure),
    sort=lambda line: line.figures.of, align="right", about="What the figure of the year so far is made of",
)  # fmt: skip
_PARTS: Mapping[str, GridColumn] = {"count": _SHARE}
_PER_THOUSAND = GridColumn(
    "per_thousand", "Per 1,000", 70, value=lambda line: area_words.figure(line.figures.per_thousand, ""),
    sort=lambda line: line.figures.per_thousand, align="right", name="per",
    about="The year so far for every 1,000 of the population; not for a whole year",
)  # fmt: skip
_LAST_YEAR = GridColumn(
    "last_year", "Last year", 66, value=_last_year, sort=_by_last_year, align="right", name="before",
    about="The same period of last year",
)  # fmt: skip
_CHANGE = GridColumn(
    "change", "Change", 64, value=_change, sort=_by_change, align="right",
    about="From the same period of last year; shares in points",
)  # fmt: skip
_AIM = GridColumn(
    "aim", "Aim", 64, value=_aim, sort=lambda line: line.judged.judgement.facts.aim, tip=_aim_words, align="right",
    about="Where the figure should stand by now",
)  # fmt: skip
