"""The columns of the performance plan, and the names of the steps that its cells make."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from spp_desktop.edits.targets import TARGET, cell_name
from spp_desktop.figures.charts.target_chart import plan_target_name
from spp_desktop.figures.judging import cells
from spp_desktop.figures.targets.kinds import KINDS
from spp_desktop.plan.identity import over_named
from spp_desktop.plan.kinds import Choice, Long, Option, Referred, TargetText
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import year_name
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.plain import SERVES
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.columns import GridColumn, SheetColumn
from spp_desktop.ui.grid.marking_column import marking_column
from spp_desktop.ui.grid.role_columns import PostLists, role_columns
from spp_desktop.ui.grid.table_model import CellChange
from spp_desktop.ui.performance import judged_columns
from spp_desktop.ui.performance.judged_columns import JudgedRow

NOBODY = PostLists((), tuple)
"""No roles, and no posts to stand in them."""

NOTHING = Referred()
"""A cell that can name nothing."""

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
POLARITIES = (Option("lower", "Lower"), Option("higher", "Higher"), Option("neutral", "Neither"))
TARGET_KINDS = tuple(Option(kind, words.title, words.judged) for kind, words in KINDS.items())
STARRED = (Option("yes", "Yes"), Option("no", "No"))

ABOUT_TARGET = (
    "The target for {}, as it is stated: 4%, no more than 1,200, 85%, reduce, Benchmark & report of performance; "
    "Alt+Down chooses what is meant"
)
ABOUT_OUTSIDE = "{} is no year of the plan. What was aimed at there is kept, and can be changed or emptied"

_IN_SHEET = (
    SheetColumn("Indicator", lambda row: row.title),
    SheetColumn("Notes", lambda row: " ".join(f"[note {number}]" for number in row.notes)),
    SheetColumn("Local priority", lambda row: "Yes" if row.local_priority else "No"),
)
"""What a saved sheet says of an indicator in words, where the table has raised numbers and a star."""


_LESS_SHOWN = (
    GridColumn("unit", "Unit", 96, editable=True, about="What a result counts", shown=False),
    GridColumn("polarity", "Better", 72, Choice(lambda: POLARITIES), editable=True, shown=False),
    GridColumn(
        "population",
        "Population",
        110,
        editable=True,
        about="Whose answers or cases count; empty for all",
        shown=False,
    ),
    GridColumn(
        "local_priority",
        "Star",
        52,
        Choice(lambda: STARRED),
        editable=True,
        value=lambda row: "yes" if row.local_priority else "no",
        text=lambda row: "Yes" if row.local_priority else "",
        sheet=(),
        about="Whether it is to be included in APACS as a local priority (*)",
        shown=False,
    ),
    GridColumn("source", "Source", 140, editable=True, shown=False),
)
"""The columns of an indicator that are shown only where a person wants them."""


def columns(
    years: Sequence[int],
    outside: Sequence[int],
    groups: Callable[[], Sequence[Option]],
    serves: Referred = NOTHING,
    answering: PostLists = NOBODY,
    *,
    markings: Callable[[], Sequence[Option]] = tuple,
    usual: Sequence[int] = (),
) -> list[GridColumn]:
    """The columns of a plan.

    Args:
        years: the years of the plan, by their first calendar years: in a year that has passed, those it had then.
        outside: years that are none of the plan's, and have targets all the same.
        groups: gives the headings that an indicator can stand under.
        serves: the kind of cell that names what an indicator measures or serves.
        answering: the roles in which posts answer for indicators, and the posts.
        markings: gives the plan's protective markings, none before them.
        usual: the plan's own years, where those shown are others.
    """
    return [
        GridColumn("ref", "Ref", 48, editable=True, frozen=True),
        GridColumn(
            "title", "Indicator", 150, Long(), editable=True, frozen=True, sheet=_IN_SHEET,
            text=lambda row: " ".join(filter(None, (row.title, marks(row)))),
            about="The indicator; a raised number is the mark of a note, printed beneath the panel",
        ),
        *judged_columns.columns(stated),
        *(_target(year, years, usual) for year in (*sorted([*years, *outside]), None)),
        *role_columns(answering, lambda row: row.roles),
        *_LESS_SHOWN,
        GridColumn(
            SERVES, "Serves", 120, serves, editable=True, shown=False,
            about="What it measures or serves, by references: P3; P1.2.4",
        ),
        marking_column(markings),
        GridColumn(
            "group_id",
            "Group",
            180,
            Choice(groups),
            editable=True,
            value=lambda row: row.group_key,
            group=heading,
            shown=False,
        ),
    ]  # fmt: skip


def marks(row: IndicatorRow) -> str:
    """The marks of the notes beside an indicator: "¹²"."""
    return " ".join(str(number).translate(RAISED) for number in row.notes)


def heading(row: IndicatorRow) -> str:
    """The heading an indicator stands under, with the one above it."""
    return " · ".join(filter(None, (row.group, row.subgroup)))


def stated(row: IndicatorRow, year: int | None) -> str:
    """A target as it is printed: with its star behind the first year's."""
    return cells.stated(row.targets, year, starred=row.local_priority)


def _target(year: int | None, years: Sequence[int], usual: Sequence[int]) -> GridColumn:
    title = year_name(year) if year is not None else plan_target_name(len(years))

    def statement(row: IndicatorRow) -> str:
        """The target of the year as it was stated."""
        return stated(row, year)

    def number(row: IndicatorRow) -> Any:
        """Numbers in their order, then words."""
        target = row.targets.get(year)
        return None if target is None else (target.value is None, target.value or 0.0, target.stated)

    def alone(row: IndicatorRow) -> Any:
        """The number that was stated, or the words; the star stands in a column of its own."""
        target = row.targets.get(year)
        return None if target is None else judged_columns.in_sheet(target.stated)

    def shows(row: IndicatorRow) -> str:
        """The target, and under it what kind of target it is, where its words are not that already."""
        target = row.targets.get(year)
        beside = "" if target is None else KINDS[target.kind].beside
        words = statement(row)
        over = "" if target is None or year is not None else over_named(target, years, usual)
        return "\n".join(filter(None, (words, over and f"over {over}", beside if beside not in words.lower() else "")))

    def judged(row: IndicatorRow) -> str:
        """How it is judged."""
        target = row.targets.get(year)
        return "" if target is None else f"{statement(row)}: {KINDS[target.kind].title}. {KINDS[target.kind].judged}"

    column = GridColumn(
        cell_name(TARGET, year), title, 100, TargetText(lambda: TARGET_KINDS), editable=True, value=statement,
        text=shows, sort=number, tip=judged, align="right", sheet=(SheetColumn(title, alone),),
        about=ABOUT_TARGET.format(title),
    )  # fmt: skip
    if year is None or year in years:
        return column
    return replace(column, title=f"{title}, outside the plan", name=title, width=160, about=ABOUT_OUTSIDE.format(title))


def summary(rows: Sequence[JudgedRow]) -> tuple[str, tuple[StatusShare, ...]]:
    """What a heading says of its indicators: how many, how many starred, and how many of each colour or state."""
    starred = sum(row.local_priority for row in rows)
    return (f"{len(rows)} · {starred} starred" if starred else str(len(rows))), judged_columns.parts(rows)


def values(cells: Sequence[CellChange]) -> list[CellChange]:
    """Cells as the plan keeps them: the star as yes or no."""
    return [(key, name, value == "yes" if name == "local_priority" else value) for key, name, value in cells]


def label(cells: Sequence[CellChange], rows: Sequence[IndicatorRow], known: Sequence[GridColumn]) -> str:
    """What a step is called: "change 2008-2009 of PI03 to 4% *", "change 6 cells of 3 indicators"."""
    key, name, value = cells[0]
    refs = {row.key: row.ref for row in rows}
    if len(cells) == 1:
        column = next(column for column in known if column.field == name)
        titles = {option.value: option.title for option in column.kind.options()}
        keys = value if isinstance(value, tuple) else (value,)
        value_title = "; ".join(titles.get(each, str(each)) for each in keys)
        if name == "title":
            return f"rename {Indicator.word.called(refs[key])}"
        what = column.title.partition(",")[0] if name.startswith(TARGET) else column.title.lower()
        return f"change {what} of {refs[key]} to {value_title}" if value_title else f"empty {what} of {refs[key]}"
    touched = {cell[0] for cell in cells}
    of = refs[key] if len(touched) == 1 else Indicator.word.counted(len(touched))
    return f"change {len(cells)} cells of {of}"
