"""What the columns of a table seem to hold: by their headings, what stands in them, and what the plan calls things.

A guess is only ever proposed. What may mean two things is left open: ``open_questions`` says what there is to choose.
"""

from collections.abc import Callable, Iterable, Sequence

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.returns.column_mapping import AS_TITLED, PERIOD_ROLES, ColumnMapping, Role
from spp_desktop.returns.guessing_periods import (
    across_kind,
    headed_by,
    lacks_year,
    lacks_year_down,
    period_roles,
    says_period,
)
from spp_desktop.returns.headings import Across, across, named
from spp_desktop.returns.known_terms import HeadingSort, heading_sort, text_sort, words_of
from spp_desktop.returns.sheet_tables import SheetTable, cell_sort, tables
from spp_desktop.returns.table_columns import TableColumn, columns_of
from spp_desktop.returns.whole_table import NO_PLAN, NOTHING_SAID, PlanNames, WholeTable, whole_of

Only = tuple[tuple[str, tuple[str, ...]], ...]
"""By column, the texts of the rows that are read."""

_FEW = 0.6
"""Of more rows than this a column of blocks holds no text: the others say the same as the one above."""

_TIMES = {"thousands": 1000.0, "millions": 1e6}
_RATES: tuple[HeadingSort, ...] = ("rate", "share")
_KEYS: frozenset[Role | None] = frozenset({"area", "indicator", "population", *PERIOD_ROLES})
_MOST_KNOWN = 3


def best_table(sheets: Sequence[tuple[str, bool, Sequence[SheetTable]]]) -> tuple[int, int] | None:
    """The sheet and the table on it that seem to be meant: the places of both, ``None`` if there is no table at all.

    A hidden sheet is not taken where a visible one has a table, nor one that says that it is superseded.

    Args:
        sheets: Of each sheet its name, whether it is hidden, and its tables.
    """
    places = [(n, m) for n, (_, _, listed) in enumerate(sheets) for m in range(len(listed))]

    def merit(place: tuple[int, int]) -> tuple[bool, bool, int, int]:
        """What one table is preferred for."""
        title, hidden, listed = sheets[place[0]]
        table = listed[place[1]]
        old = "superseded" in whole_of(table, title).words
        return not hidden, not old, min(table.known, _MOST_KNOWN), -places.index(place)

    return max(places, key=merit, default=None)


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """The place, counted from 0, of the row that seems to hold the headings of the first table."""
    listed = tables(rows)
    return listed[0].at if listed else 0


def guess(
    headings: Sequence[str], rows: Sequence[Sequence[str]], plan: PlanNames = NO_PLAN, whole: WholeTable = NOTHING_SAID
) -> ColumnMapping:
    """What columns seem to hold, by their headings and the first rows below them; a person confirms it."""
    return guess_table(SheetTable(0, 1, tuple(headings), tuple(map(tuple, rows))), plan, whole)


def guess_table(table: SheetTable, plan: PlanNames = NO_PLAN, whole: WholeTable = NOTHING_SAID) -> ColumnMapping:
    """What the columns of a table seem to hold.

    Args:
        table: The table.
        plan: What the plan calls its areas and indicators.
        whole: What its titles say of all figures.
    """
    columns = columns_of(table)
    kind = across_kind(columns, whole)
    headed = headed_by(columns, kind, whole)
    roles: dict[str, Role] = {}

    def left() -> list[TableColumn]:
        """The columns of which nothing is known yet."""
        return [column for column in columns if column.name not in roles and column not in headed]

    roles |= _indicator(left(), plan)
    area, only = _areas(left(), plan)
    roles |= area
    roles |= period_roles(left(), kind, whole)
    roles |= _others(left())
    if kind is None:
        roles |= _figures(left(), plan, says_indicator="indicator" in roles.values())
    period = not (kind or says_period(roles.values())) or lacks_year(headed, kind) or lacks_year_down(columns, roles)
    whose = {"area", "of area"} & set(roles.values())
    titled = AS_TITLED if whole.area and not whose else ""
    return ColumnMapping(
        roles=tuple((name, roles[name]) for name in named(table.headings) if name in roles),
        across=kind,
        force=_force(columns, roles, plan) or ColumnMapping.force,
        area=plan.force if only and not whose else titled,
        period=AS_TITLED if whole.period and period else "",
        under=_under([read for column in headed if kind and (read := across(column.heading, kind, whole.period))]),
        only=(*only, *_counts_only(left())),
        blanks=_has_blocks(table, [column for column in columns if roles.get(column.name) in _KEYS]),
        times=_times(table, whole),
        heading_rows=table.depth,
        says=tuple(sorted(whole.words - {"superseded"})),
    )


# What says which result it is


def _best(columns: Iterable[TableColumn], is_name: Callable[[str], object]) -> TableColumn | None:
    """The column with the most such names in it, if one holds any."""
    best = max(columns, key=lambda column: (column.known(is_name), column.sort != "area code"), default=None)
    return best if best is not None and best.known(is_name) else None


def _indicator(columns: Sequence[TableColumn], plan: PlanNames) -> dict[str, Role]:
    """The column that says of which indicator a row is: one that names some of the plan, or is headed so."""
    candidates = [column for column in columns if column.sort in ("indicator", "offence", "measure", None)]
    named_in = _best(candidates, lambda text: fold(text) in plan.indicators)
    chosen = named_in or next((column for column in columns if column.sort == "indicator"), None)
    return {} if chosen is None else {chosen.name: "indicator"}


def _areas(columns: Sequence[TableColumn], plan: PlanNames) -> tuple[dict[str, Role], Only]:
    """The column of areas, those beside it that say it again, and the rows of this force where a file has all."""
    candidates = [
        column
        for column in columns
        if column.sort in ("area", "force", "area code", None)
        and not column.periods.kinds
        and not (
            column.sort in ("area", "force") and column.has_figures and not column.words
        )  # the figures of the force
    ]
    chosen = _best(candidates, plan.area)
    if chosen is None:
        by_sort = [[c for c in candidates if c.sort == sort] for sort in ("area", "force", "area code")]
        alike = next((listed for listed in by_sort if listed), [])
        chosen = alike[0] if len(alike) == 1 else None
    elif chosen.sort is None and 2 * chosen.known(plan.area) < len(set(chosen.texts)):
        chosen = None  # only some of its texts are areas: that is asked about
    if chosen is None:
        return {}, ()
    others = [c for c in columns if c is not chosen and c.sort in ("area code", "region", "force")]
    nation = bool(_own_force(chosen, plan)) and not chosen.known(plan.area)
    only = [(column.name, (own,)) for column in (chosen, *others) if (own := _own_force(column, plan))]
    roles: dict[str, Role] = {} if nation else {chosen.name: "area"}
    return roles | {column.name: "unused" for column in others if column.name not in dict(only)}, tuple(only)


def _own_force(column: TableColumn, plan: PlanNames) -> str:
    """What a column calls this force that names several forces; "" if it does not."""
    own = next((text for text in column.texts if plan.is_force(text)), "")
    return own if column.sort == "force" and len(set(column.texts)) > 1 else ""


def _force(columns: Sequence[TableColumn], roles: dict[str, Role], plan: PlanNames) -> str:
    """What the column of areas calls the force as a whole; "" if it does not seem to."""
    areas = (column for column in columns if roles.get(column.name) == "area")
    return next((text for column in areas for text in column.texts if plan.is_force(text)), "")


def _others(columns: Sequence[TableColumn]) -> dict[str, Role]:
    """Columns of words that say whose results they are, or in what state."""
    worded = [column for column in columns if column.words and not column.has_figures]
    roles: tuple[Role, ...] = ("population", "state")
    first = {role: next((column.name for column in worded if column.sort == role), "") for role in roles}
    return {name: role for role, name in first.items() if name}


def _has_blocks(table: SheetTable, keys: Sequence[TableColumn]) -> bool:
    """Whether a column of what rows are of says it in the first row of each block alone."""
    rows = [row for row in table.body if any(cell_sort(text) == "figure" for text in row)]
    for column in keys:
        filled = [column.place < len(row) and bool(row[column.place].strip()) for row in rows]
        if len(rows) > 1 and filled[0] and sum(filled) <= _FEW * len(rows):
            return True
    return False


# Figures


def _figures(columns: Sequence[TableColumn], plan: PlanNames, *, says_indicator: bool) -> dict[str, Role]:
    """The columns of figures, where no periods stand across: of areas or indicators that head them, or of results."""
    areas = [column.name for column in columns if column.texts and plan.knows_area(column.heading)]
    indicators = [column.name for column in columns if column.texts and fold(column.heading) in plan.indicators]
    headed: dict[str, Role] = dict.fromkeys(areas, "of area") if len(areas) > 1 else {}
    if not headed and indicators and not says_indicator:
        headed = dict.fromkeys(indicators, "of indicator")
    if headed:
        aside = [c.name for c in columns if c.sort in (*_RATES, "total") and c.name not in headed]
        return headed | dict.fromkeys(aside, "unused")
    sorts = [(column.name, _figure_sort(column)) for column in columns if column.has_figures or not column.texts]
    return _figure_roles(sorts)


def _figure_sort(column: TableColumn) -> HeadingSort | None:
    """What a column of figures is headed as; a result where it only says how its figures are to be read."""
    return column.sort or ("result" if words_of([column.heading]) else None)


def _under(headings: Sequence[Across]) -> tuple[tuple[str, Role], ...]:
    """What columns across hold by what their headings say besides the period; what may be several is left open."""
    labels = list(dict.fromkeys(heading.label for heading in headings))
    if labels in ([], [""]):
        return ()
    roles = _figure_roles([(label, heading_sort(label) if label else "result") for label in labels])
    return tuple((label, roles[label]) for label in labels if label in roles)


def _figure_roles(columns: Sequence[tuple[str, HeadingSort | None]]) -> dict[str, Role]:
    """What columns of figures hold, by name: a count before a rate, and what a result is made of before both.

    Where two columns hold as much, none is chosen.
    """
    sorts: dict[HeadingSort | None, list[str]] = {}
    for name, sort in columns:
        sorts.setdefault(sort, []).append(name)
    roles: dict[str, Role] = {sorts[sort][0]: role for sort, role in _BESIDE.items() if len(sorts.get(sort, ())) == 1}
    above, below = (sorts.get(sort, []) for sort in ("numerator", "denominator"))
    if not sorts.get("result") and len(above) == len(below) == 1:
        return roles | {above[0]: "numerator", below[0]: "denominator"}
    rates = [name for sort in _RATES for name in sorts.get(sort, ())]
    totals = [] if sorts.get(None) else sorts.get("total", [])
    best = sorts.get("result") or [*sorts.get("count", ()), *above, *below] or rates or totals
    return roles | ({best[0]: "value"} if len(best) == 1 else {})


_BESIDE: dict[HeadingSort, Role] = {"sample size": "sample_size", "design effect": "design_effect"}


def _counts_only(columns: Sequence[TableColumn]) -> Only:
    """The rows of counts, where a column says that others are rates or shares."""
    for column in columns:
        counted = tuple(dict.fromkeys(text for text in column.words if text_sort(text) == "count"))
        if column.sort in ("measure", "unit") and counted and len(set(column.words)) > len(counted):
            return ((column.name, counted[:1]),)
    return ()


def _times(table: SheetTable, whole: WholeTable) -> float:
    """What figures are multiplied by, as the titles or headings say."""
    if "proportion" in whole.words:
        figures = [text for row in table.body for text in row if cell_sort(text) == "figure"]
        shares = all(text.lstrip().startswith(("0", ".", "1")) and "%" not in text for text in figures)
        return 100.0 if shares and any("." in text for text in figures) else 1.0
    return next((_TIMES[word] for word in sorted(whole.words) if word in _TIMES), 1.0)
