"""One choice above one column: what can be chosen there, what is, and the mapping in which it is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from spp_desktop.plan.periods import in_years_of_plan
from spp_desktop.returns.column_mapping import FIGURE_ROLES, TITLES, ColumnMapping, Role
from spp_desktop.returns.headings import Across, across, named
from spp_desktop.returns.known_terms import bare
from spp_desktop.returns.period_text import PeriodColumn

ACROSS, ONLY = "across", "only"
"""What is chosen above a column of results of a period, and above one by whose texts rows are chosen."""

_OTHER = f"{ACROSS}:"
_KINDS: dict[PeriodColumn, str] = {
    "month": "Results of this month",
    "quarter": "Results of this quarter",
    "year": "Results of this financial year",
    "calendar year": "Results of this calendar year",
    "year ending": "Results of the 12 months to this",
    "year to date": "Results from April to this",
}
_ONLY_TITLE = "Only some rows"


def choices(mapping: ColumnMapping, heading: str, year: str = "") -> list[tuple[str, str]]:
    """What can be chosen above a column, as what is kept of it and its title; not used is no part of it.

    Args:
        mapping: What the columns hold.
        heading: The column's heading.
        year: The year of months that do not say theirs.
    """
    roles: list[tuple[str, str]] = [
        (role, in_years_of_plan(title)) for role, title in TITLES.items() if role not in ("unused", "across")
    ]
    only = [(ONLY, _ONLY_TITLE)] if bare(heading) in dict(mapping.only) else []
    kinds = readable_as(heading, year)
    first = mapping.across if mapping.across in kinds else next(iter(kinds), None)
    named_so = [(ACROSS if kind == first else f"{_OTHER}{kind}", in_years_of_plan(_KINDS[kind])) for kind in kinds]
    return [*roles, *only, *named_so]


def readable_as(heading: str, year: str = "") -> list[PeriodColumn]:
    """The kinds of period that a heading may be of."""
    return [kind for kind in _KINDS if across(heading, kind, year) is not None]


def choice_of(mapping: ColumnMapping, headings: Sequence[str], place: int, year: str = "") -> str | None:
    """What is chosen above a column, counted from 0; ``None`` for not used."""
    name = named(headings)[place]
    if name in dict(mapping.only):
        return ONLY
    read = _read(mapping, headings[place], year)
    role = dict(mapping.roles).get(name)
    if role is None and read is not None:
        role = (dict(mapping.under) or {"": "value"}).get(read.label)
        return ACROSS if role == "value" else None if role == "unused" else role
    return None if role == "unused" else role


def with_choice(
    mapping: ColumnMapping, headings: Sequence[str], place: int, choice: str | None, year: str = ""
) -> ColumnMapping:
    """The mapping with another choice above one column, counted from 0.

    What is chosen below a period is chosen for all columns that say the same there. Results across are chosen for all
    columns whose headings are such periods, and what no column holds any more is forgotten.
    """
    name = named(headings)[place]
    roles = {other: role for other, role in mapping.roles if other != name}
    only = tuple((other, texts) for other, texts in mapping.only if other != name)
    kind = _kind(mapping, headings[place], choice, year)
    if kind is not None:
        return _across(replace(mapping, roles=tuple(roles.items()), only=only, across=kind), headings, place, year)
    read = _read(mapping, headings[place], year)
    if read is not None and read.label and (choice is None or choice in (*FIGURE_ROLES, "of area", "of indicator")):
        under = _under(mapping, read.label, choice or "unused")
        return replace(mapping, roles=tuple(roles.items()), only=only, under=under)
    roles[name] = cast("Role", choice or "unused")
    chosen = replace(mapping, roles=tuple(roles.items()), only=only)
    return chosen if chosen.placed(headings, year).across else replace(chosen, across=None, under=())


def with_rows(mapping: ColumnMapping, only: Mapping[str, Sequence[str]]) -> ColumnMapping:
    """The mapping that reads only rows with one of these texts in each of these columns, by name."""
    before = {name for name, _ in mapping.only}
    roles = tuple((name, role) for name, role in mapping.roles if name not in only or role != "unused")
    unused: Role = "unused"
    left = tuple((name, unused) for name in before - set(only) if name not in dict(roles))
    return replace(mapping, roles=(*roles, *left), only=tuple((name, tuple(texts)) for name, texts in only.items()))


def _kind(mapping: ColumnMapping, heading: str, choice: str | None, year: str) -> PeriodColumn | None:
    """The kind of period across that is chosen; ``None`` if something else is."""
    if choice is not None and choice.startswith(_OTHER):
        return cast("PeriodColumn", choice.removeprefix(_OTHER))
    if choice != ACROSS:
        return None
    kinds = readable_as(heading, year)
    return mapping.across if mapping.across in kinds else next(iter(kinds), None)


def _across(mapping: ColumnMapping, headings: Sequence[str], place: int, year: str) -> ColumnMapping:
    """Results across, of all columns whose headings are periods of that kind and say the same besides."""
    read = _read(mapping, headings[place], year)
    label = read.label if read is not None else ""
    alike = {name for name, heading in zip(named(headings), headings, strict=True) if _read(mapping, heading, year)}
    roles = tuple((name, role) for name, role in mapping.roles if name not in alike and role not in FIGURE_ROLES)
    labelled = bool(label or mapping.under)
    return replace(mapping, roles=roles, under=_under(mapping, label, "value") if labelled else ())


def _under(mapping: ColumnMapping, label: str, role: Role) -> tuple[tuple[str, Role], ...]:
    """What columns hold by what their headings say besides a period; two never hold the same figure."""
    under = {other: kept_role for other, kept_role in mapping.under if kept_role != role or role not in FIGURE_ROLES}
    return tuple((under | {label: role}).items())


def _read(mapping: ColumnMapping, heading: str, year: str) -> Across | None:
    return None if mapping.across is None else across(heading, mapping.across, year)
