"""Of which periods the figures of a table seem to be: across, by headings; down, by columns; or by the titles."""

from collections.abc import Iterable, Sequence

from spp_desktop.returns.column_mapping import PERIOD_ROLES, YEARS_ACROSS, Role
from spp_desktop.returns.headings import across
from spp_desktop.returns.known_terms import HeadingSort
from spp_desktop.returns.period_text import PeriodColumn, SeenPeriods, part_of_year
from spp_desktop.returns.table_columns import TableColumn
from spp_desktop.returns.whole_table import WholeTable

PERIOD_SORTS: frozenset[HeadingSort | None] = frozenset(
    {"month", "quarter", "year", "calendar year", "year ending", "period", "from", "to"}
)
"""Headings that are known to stand over periods."""

_ACROSS: tuple[PeriodColumn, ...] = ("year", "quarter", "month")
"""The kinds of period that headings are held to be, the longest first: of two that say as much it counts."""

_BEST_FIRST: tuple[Role, ...] = (
    "month", "year to date", "quarter", "year ending", "calendar year", "period", "year",
)  # fmt: skip
"""Which of several columns of periods says it best."""


def across_kind(columns: Sequence[TableColumn], whole: WholeTable) -> PeriodColumn | None:
    """Of what periods the headings are, if most that are any are of one kind; ``None`` for none.

    One heading alone counts only where no column holds periods, and not if it may be a month or a year.
    """
    kinds: tuple[PeriodColumn, ...] = (*_ACROSS, "calendar year") if "calendar year" in whole.words else _ACROSS
    counts = {kind: len(headed_by(columns, kind, whole)) for kind in kinds}
    if not any(counts.values()):  # "Apr-Sep 2008"
        counts = {"year to date": len(headed_by(columns, "year to date", whole))}
    best = max(counts, key=lambda kind: counts[kind])
    vague = best == "year" and counts["month"] == 1
    if not counts[best] or (counts[best] == 1 and (vague or _says_periods(columns))):
        return None
    return _reaching(best, whole)


def headed_by(columns: Iterable[TableColumn], kind: PeriodColumn | None, whole: WholeTable) -> list[TableColumn]:
    """The columns whose headings are periods of a kind."""
    return [column for column in columns if kind and across(column.heading, kind, whole.period)]


def lacks_year(headed: Sequence[TableColumn], kind: PeriodColumn | None) -> bool:
    """Whether months or quarters across do not say their year themselves."""
    return kind is not None and any(across(column.heading, kind) is None for column in headed)


def period_roles(columns: Sequence[TableColumn], kind: PeriodColumn | None, whole: WholeTable) -> dict[str, Role]:
    """What the columns hold that say of which period a row is, by name.

    Args:
        columns: The columns that may.
        kind: The periods that stand across: beside years, rows may be of their months or quarters.
        whole: What the titles say.
    """
    if kind is not None:
        down = {column.name: part_of_year(column.texts) for column in columns if column.texts}
        return {name: part for name, part in down.items() if part and kind in YEARS_ACROSS}  # type: ignore[misc]
    by_role: dict[Role, TableColumn] = {}
    for column in columns:
        role = _role(column, whole)
        if role is not None:
            by_role.setdefault(role, column)
    for column in columns if not by_role else ():
        role = _role_by_content(column, whole)
        if role is not None:
            by_role.setdefault(role, column)
    keep = _kept(by_role)
    return {column.name: role if role in keep else "unused" for role, column in by_role.items()}


def lacks_year_down(columns: Iterable[TableColumn], roles: dict[str, Role]) -> bool:
    """Whether rows name months or quarters without their year, and no column says it."""
    if "year" in roles.values():
        return False
    return any(roles.get(column.name) in ("month", "quarter") and not column.periods.kinds for column in columns)


def says_period(roles: Iterable[Role]) -> bool:
    """Whether a column says of which period a row is."""
    return any(role in PERIOD_ROLES or role == "from" for role in roles)


def _says_periods(columns: Sequence[TableColumn]) -> bool:
    return any(column.sort in PERIOD_SORTS and column.texts for column in columns)


def _kept(by_role: dict[Role, TableColumn]) -> tuple[Role, ...]:
    """Which of these columns are needed: the two ends of a period, or the one that says it best, and its year."""
    if "from" in by_role and "to" in by_role:
        return ("from", "to")
    main = next((role for role in _BEST_FIRST if role in by_role), None)
    if main is None:
        return tuple(by_role)
    beside = main in ("month", "quarter") and "year" in by_role and not by_role[main].periods.kinds
    return (main, "year") if beside else (main,)


def _role(column: TableColumn, whole: WholeTable) -> Role | None:
    """What a column of periods holds by its heading, unless what stands in it says otherwise, or may be two things."""
    sort, told = column.sort, column.periods
    if sort in ("from", "to", "calendar year", "year ending"):
        return sort
    if sort not in PERIOD_SORTS or not column.texts or told.days or (told.vague and not told.kinds and sort != "year"):
        return None
    if sort == "year":
        return _year_role(told, whole)
    if sort in ("month", "quarter"):
        agrees = told.kind in (None, sort)
        return _as_role(_reaching(sort, whole) if told.kind else sort) if agrees else None
    if told.kind is None or told.bare:
        return "calendar year" if told.bare and "calendar year" in whole.words else None
    return _as_role(_reaching(told.kind, whole))


def _year_role(told: SeenPeriods, whole: WholeTable) -> Role | None:
    """What a column headed as years holds: financial ones, others, or what may be two things and is asked."""
    if told.kind == "month":
        return "year ending"
    if told.bare and not told.kinds:
        words = whole.words
        return "calendar year" if "calendar year" in words else "year" if "financial year" in words else None
    return "year" if told.kind in ("year", None) and (told.kinds or told.vague) else None


def _role_by_content(column: TableColumn, whole: WholeTable) -> Role | None:
    """What a column without a known heading holds, if all that stands in it are periods of one kind."""
    told = column.periods
    if column.sort is not None or len(column.texts) < 2:  # noqa: PLR2004 - one alone says little
        return None
    part = part_of_year(column.texts) if whole.period else None
    if part is not None and any(text.isalpha() for text in column.texts):
        return part  # type: ignore[return-value] # months and quarters are roles
    if told.kind in (None, "any") or told.unread or told.bare or told.vague:
        return None
    return _as_role(_reaching(told.kind, whole))


def _reaching(kind: PeriodColumn, whole: WholeTable) -> PeriodColumn:
    """What months or quarters stand for by the titles: themselves, the twelve months to them, or all since April."""
    if kind not in ("month", "quarter"):
        return kind
    if "rolling year" in whole.words:
        return "year ending"
    return "year to date" if "cumulative" in whole.words else kind


def _as_role(kind: PeriodColumn) -> Role:
    return "period" if kind == "any" else kind
