"""What is still to be chosen before a table can be read through a mapping, as sentences: nothing is read till then.

Each is about this table and this mapping. It is answered by choosing what a column holds, or that it is not used.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.periods import in_years_of_plan
from spp_desktop.returns.cell_places import letters
from spp_desktop.returns.column_mapping import (
    AS_TITLED,
    FIGURE_ROLES,
    NO_AREA,
    OF_HEADING,
    PERIOD_ROLES,
    ColumnMapping,
    filtered,
)
from spp_desktop.returns.guessing_periods import PERIOD_SORTS
from spp_desktop.returns.headings import across
from spp_desktop.returns.period_text import NoPeriod, period_of_text, two_meanings
from spp_desktop.returns.sheet_tables import SheetTable
from spp_desktop.returns.table_columns import TableColumn, columns_of
from spp_desktop.returns.whole_table import PlanNames, WholeTable

_MOST_NAMED = 4
_SAYS: dict[str, str] = {
    "rolling year": "that figures are of rolling twelve months",
    "cumulative": "that figures are counted from April on",
    "thousands": "that figures are in thousands",
    "millions": "that figures are in millions",
    "proportion": "that figures are shares of one",
    "calendar year": "that years are calendar years",
    "financial year": "that years are financial years",
    "superseded": "",
}


class OpenQuestion(NamedTuple):
    """What is to be chosen, in a sentence, and the column that it is about, counted from 0; -1 for none."""

    sentence: str
    place: int = -1


def open_questions(mapping: ColumnMapping, table: SheetTable, plan: PlanNames, whole: WholeTable) -> list[OpenQuestion]:
    """What is to be chosen, in the order in which a person would ask it; empty if the table can be read."""
    lacks = mapping.lacks()
    if lacks and not mapping.indicator and not mapping.has("indicator", "of indicator"):
        return [OpenQuestion(lacks)]
    left = _Open(mapping, table, plan, whole)
    areas, periods, figures = list(left.areas()), list(left.periods()), list(left.figures())
    first = [*(periods if not _has_period(mapping) else ()), *figures]
    first = first or (areas if lacks == NO_AREA else [])
    return [
        *first,
        *([OpenQuestion(lacks)] if lacks and not first else ()),
        *left.titled(),
        *left.said_of_whole(),
        *(areas if first is not areas else ()),
        *left.offences(),
        *left.odd_headings(),
        *left.twice(),
    ]


def unused(mapping: ColumnMapping, table: SheetTable, year: str = "") -> list[str]:
    """The headings of columns that are not used, in their order; a column without one is named by its letter."""
    placed = mapping.placed(table.headings, year)
    used = {*placed.columns.values(), *placed.figures, *filtered(mapping, table.headings).values()}
    left = (column for column in columns_of(table) if column.place + 1 not in used)
    return [column.heading.strip() or f"column {letters(column.place + 1)}" for column in left]


class _Open:
    """What is open about a table that is read through a mapping."""

    def __init__(self, mapping: ColumnMapping, table: SheetTable, plan: PlanNames, whole: WholeTable) -> None:
        self._mapping, self._table, self._plan, self._whole = mapping, table, plan, whole
        named_so = {name for name, _ in (*mapping.roles, *mapping.only)}
        self._placed = mapping.placed(table.headings, whole.period)
        headed = {place - 1 for place, _ in self._placed.across}
        self._columns = [
            column for column in columns_of(table) if column.name not in named_so and column.place not in headed
        ]

    def periods(self) -> Iterator[OpenQuestion]:
        """Columns and headings whose periods may be two things."""
        for column in self._columns:
            told = column.periods
            if column.sort not in PERIOD_SORTS or not column.texts:
                continue
            name = quoted(column.heading)
            if told.days:
                what = f"days within a month ({quoted(told.days[0])}), and results are of whole months"
                yield OpenQuestion(
                    f"{name} holds {what}. Choose above it what they are, or that it is not used.", column.place
                )
            elif told.vague and not told.kinds:
                what = f"{quoted(told.vague[0])}, which may be a month or a year"
                yield OpenQuestion(f"{name} holds {what}. Choose which above it.", column.place)
            elif told.bare:
                what = f"{quoted(told.bare[0])}, which may be a calendar or a financial year"
                yield OpenQuestion(f"{name} holds {what}. Choose which above it.", column.place)
            elif told.kinds:
                yield OpenQuestion(f"{name} holds {_kinds(column)}. Choose above it what they are.", column.place)
        if self._mapping.across is None:
            yield from self._vague_headings()

    def _vague_headings(self) -> Iterator[OpenQuestion]:
        headed = [column for column in self._columns if column.has_figures]
        bare = [column for column in headed if _is_bare_year(column.heading)]
        if bare:
            yield OpenQuestion(
                f"The headings {_listed(_headings(bare))} may be calendar or financial years. Choose above one of them "
                "that it holds the results of this calendar year, or head them as 2008-09.",
                bare[0].place,
            )
        for column in headed:
            if why := two_meanings(column.heading):
                yield OpenQuestion(f"The heading {why[:1].lower() + why[1:]}", column.place)
            if across(column.heading, "month") and across(column.heading, "year"):
                yield OpenQuestion(
                    f"The heading {quoted(column.heading)} may be a month or a year. Choose which above it.",
                    column.place,
                )

    def figures(self) -> Iterator[OpenQuestion]:
        """Several columns of figures of which none is chosen, by themselves or under each period."""
        mapping, headings = self._mapping, self._table.headings
        if mapping.across is None:
            figures = [column for column in self._columns if column.has_figures and column.heading.strip()]
            chosen = mapping.has(*FIGURE_ROLES, *OF_HEADING) or mapping.sums
            if not chosen and len(figures) > 1 and _has_period(mapping):
                yield OpenQuestion(
                    f"Several columns hold figures: {_listed(_headings(figures))}. Choose Result above the one that is "
                    "meant."
                )
            return
        labels = dict.fromkeys(
            read.text
            for heading in headings
            if (read := across(heading, mapping.across, self._whole.period)) and read.label
        )
        if not self._placed.across and labels:
            yield OpenQuestion(f"Under each period stand {_listed(list(labels))}. Choose what one of them holds.")

    def titled(self) -> Iterator[OpenQuestion]:
        """A period or an area that the titles should say, and do not."""
        mapping, whole = self._mapping, self._whole
        if mapping.period == AS_TITLED and not whole.period:
            yield OpenQuestion("The titles name no period, or more than one. Give the period of all rows.")
        if mapping.area == AS_TITLED and not whole.area:
            yield OpenQuestion(
                "The titles name no area of the plan, or more than one. Choose the area that all rows are of."
            )
        if mapping.has("area", "of area") or not whole.area or mapping.area in ("", AS_TITLED):
            return
        force = self._plan.is_force(whole.area) and self._plan.is_force(mapping.area)
        if mapping.area != whole.area and not force and not self._says_same():
            yield OpenQuestion(
                f"The titles name {whole.area}, and all rows are said to be of {mapping.area}. Choose the area anew."
            )

    def _says_same(self) -> bool:
        """Whether a person chose the area with these titles in view."""
        return f"area: {self._whole.area}" in self._mapping.says

    def said_of_whole(self) -> Iterator[OpenQuestion]:
        """What the titles say of the figures that they did not say when the columns were chosen, or no longer say."""
        now: set[str] = set(self._whole.words)
        then = {word for word in self._mapping.says if word in _SAYS}
        if "superseded" in now - then:
            yield OpenQuestion(
                "The table says that it is superseded. If it is meant all the same, choose its sheet or its headings."
            )
        for word in sorted(now - then - {"superseded"}):
            yield OpenQuestion(
                f"The table says {in_years_of_plan(_SAYS[word])}, which it did not when its columns were chosen. "
                "Choose them anew."
            )
        for word in sorted(then - now - {"superseded"}):
            yield OpenQuestion(
                f"The table does not say {in_years_of_plan(_SAYS[word])}, as it did when its columns were chosen. "
                "Choose them anew."
            )

    def areas(self) -> Iterator[OpenQuestion]:
        """Columns not spoken of that hold areas of the plan."""
        for column in self._columns:
            areas = list(dict.fromkeys(text for text in column.texts if self._plan.area(text)))
            if areas and not column.has_figures:
                yield OpenQuestion(
                    f"{_called(column)} holds areas of the plan ({_listed(areas)}). Choose Area above it, or that it "
                    "is not used.",
                    column.place,
                )

    def offences(self) -> Iterator[OpenQuestion]:
        """Columns not spoken of that say of several offences which a row is of."""
        if self._mapping.has("indicator") or self._mapping.sums:
            return
        for column in self._columns:
            texts = list(dict.fromkeys(column.words))
            if column.sort in ("offence", "indicator", "measure") and len(texts) > 1:
                yield OpenQuestion(
                    f"{_called(column)} says of what rows are ({_listed(texts)}). Choose Indicator above it, only some "
                    "of its rows, or that it is not used.",
                    column.place,
                )

    def odd_headings(self) -> Iterator[OpenQuestion]:
        """Headings that look like the periods beside them, and are none."""
        kind = self._mapping.across or "any"
        for column in self._columns if self._mapping.across is not None else ():
            digits = any(character.isdigit() for character in column.heading)
            if not digits or not column.has_figures or column.sort is not None or across(column.heading, "any"):
                continue
            try:
                period_of_text(column.heading, kind)
            except NoPeriod as problem:
                yield OpenQuestion(
                    f"Among the headings: {problem} Choose what the column holds, or that it is not used.", column.place
                )

    def twice(self) -> Iterator[OpenQuestion]:
        """Columns that hold the same of the same period."""
        headings = self._table.headings
        seen: dict[object, int] = {}
        for result in self._placed.results:
            for role, place in result.columns.items():
                key = result.period, result.area.casefold(), result.indicator.casefold(), role
                if key in seen:
                    first, second = (f"{quoted(headings[at - 1])} in column {letters(at)}" for at in (seen[key], place))
                    yield OpenQuestion(
                        f"{first} and {second} hold the same result. Set one of them to Not used.", place - 1
                    )
                seen.setdefault(key, place)


def _has_period(mapping: ColumnMapping) -> bool:
    return mapping.across is not None or mapping.has("from", *PERIOD_ROLES) or bool(mapping.period)


def _kinds(column: TableColumn) -> str:
    return " and ".join(f"{kind}s" if kind != "any" else "other periods" for kind in column.periods.kinds)


def _is_bare_year(heading: str) -> bool:
    """Whether a heading is a year of which nobody can say whether it is a financial one."""
    try:
        period_of_text(heading)
    except NoPeriod:
        return across(heading, "calendar year") is not None and across(heading, "month") is None
    return False


def _called(column: TableColumn) -> str:
    return f"The column {quoted(column.heading) if column.heading.strip() else letters(column.place + 1)}"


def _headings(columns: Sequence[TableColumn]) -> list[str]:
    return [column.heading for column in columns]


def _listed(texts: Sequence[str]) -> str:
    more = ", …" if len(texts) > _MOST_NAMED else ""
    return ", ".join(quoted(text) for text in texts[:_MOST_NAMED]) + more
