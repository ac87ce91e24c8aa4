"""The tables of an edition: the plan's published tables with the columns that were released, and what is hidden."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from spp_desktop.edits.documents.public.small_rules import HiddenCounts
from spp_desktop.edits.publishing import delivery, performance, registers, tables
from spp_desktop.plan.register import Register, in_year
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.releasable import releasable_tables
from spp_desktop.returns.publication.publication import Licence, Publication, PublishedColumn, PublishedTable
from spp_desktop.store import registered
from spp_desktop.store.overview.reader import PlanReader
from spp_desktop.store.public_view import OWNERS

Released = frozenset[str]
"""The columns of the plan that were released: "activity.text"."""

_INDICATOR = {
    "reference": ("indicator.ref",), "indicator": ("indicator.title",), "group": ("indicator.group_id",),
    "subgroup": ("indicator.group_id",), "unit": ("indicator.unit",), "better": ("indicator.polarity",),
    "measured_as": ("indicator.measure",), "population": ("indicator.population",), "source": ("indicator.source",),
    "local_priority": ("indicator.local_priority",), "notes": ("note.text",),
}  # fmt: skip

COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    delivery.ACTIVITIES: {
        "year": ("activity.year",), "reference": ("activity.ref",), "activity": ("activity.text",),
        "priority": ("activity.priority_id",), "stands_under": ("activity.theme_id", "activity.commitment_id"),
        "owners": (OWNERS,), "status": ("activity.status_id",), "percent_complete": ("activity.percent",),
        "start": ("activity.start",), "due": ("activity.due",), "forecast": ("activity.forecast",),
        "budget": ("activity.budget",),
    },
    delivery.MILESTONES: {
        "year": ("activity.year",), "activity_reference": ("activity.ref",), "number": ("milestone.title",),
        "milestone": ("milestone.title",), "due": ("milestone.due",), "due_within": ("milestone.due_within",),
        "forecast": ("milestone.forecast",), "forecast_within": ("milestone.forecast_within",),
        "done_on": ("milestone.done_on",), "owner": ("milestone.owner_id",), "status": ("milestone.status_id",),
        "percent_complete": ("milestone.percent",),
    },
    performance.PERFORMANCE: _INDICATOR,
    performance.INDICATORS: _INDICATOR,
    performance.TARGETS: {
        "reference": ("indicator.ref",), "period": ("target.stated",), "target": ("target.stated",),
        "kind": ("target.kind",), "value": ("target.value",), "upper_value": ("target.upper",),
        "for_each": ("target.every",), "due": ("target.due",),
    },
    performance.RESULTS: {
        **{name: _INDICATOR[name] for name in ("reference", "indicator", "unit")},
        "grade": ("indicator.grades",), "counted": ("result.numerator",), "counted_of": ("result.denominator",),
        "answers": ("result.sample_size",), "area": ("result.value",), "population": ("result.value",),
        "period": ("result.value",), "period_from": ("result.value",), "period_to": ("result.value",),
        "state": ("result.value",), "result": ("result.value",),
    },
}  # fmt: skip
"""For each column of the tables that are no registers, the columns of the plan of which one must be released."""

_TEXTS = frozenset({"section", "note"})
_FIGURES = ("result", "counted", "counted_of", "answers", "grade")
_SUPPRESSED = "Suppressed"


@dataclass(frozen=True)
class EditionTerms:
    """On what terms an edition is published: the day, the licence, and who answers questions, in words."""

    day: date
    licence: Licence
    contact: str


def released_publication(
    view: PlanReader, released: Released, hidden: HiddenCounts, terms: EditionTerms
) -> Publication:
    """The tables of an edition that hold anything.

    Args:
        view: The plan as the public may see it.
        released: The columns that were released.
        hidden: What is hidden of the counts of persons.
        terms: On what terms.
    """
    chosen = [each.name for each in view.read(tables.publishable) if _is_released(each.name)]
    whole = view.read(tables.read_publication, chosen, terms.day, terms.licence, terms.contact)
    own = [view.read(_hiding, table, hidden) for table in whole.tables]
    kept = [made for table in own if (made := _released(table, released)) is not None]
    return replace(whole, tables=tuple(_linked(table, kept) for table in kept))


def _is_released(name: str) -> bool:
    """Whether something that can be published is told of by rows that can be released; texts are in the documents."""
    table = name.replace("-", "_")
    return name in ("delivery-plan", "performance-plan", "results") or table in set(releasable_tables()) - _TEXTS


def _released(table: PublishedTable, released: Released) -> PublishedTable | None:
    """A table with those columns that were released; ``None`` if it has none."""
    known = _columns(table, released)
    places = [at for at, column in enumerate(table.columns) if column.name in known]
    columns = tuple(table.columns[at] for at in places)
    if not any(column.name != registers.ROW.name for column in columns):
        return None
    names = {column.name for column in columns}
    moved = {place: at for at, place in enumerate(places)}
    return replace(
        table,
        columns=columns,
        rows=[tuple(row[place] for place in places) for row in table.rows],
        key=table.key if set(table.key) <= names else (),
        links=tuple(link for link in table.links if set(link.columns) <= names),
        notes={(at, moved[place]): texts for (at, place), texts in table.notes.items() if place in moved},
        hidden=frozenset((at, moved[place]) for at, place in table.hidden if place in moved),
    )


def _columns(table: PublishedTable, released: Released) -> set[str]:
    """The names of the columns of a table that are published."""
    register = next((each for each in REGISTERS if each.name == table.name), None)
    if register is not None:
        return {name for name, own in _of_register(register, table.columns) if set(own) <= released}
    known = COLUMNS[table.name]
    return {
        column.name
        for column in table.columns
        if released & set(known.get(column.name, ("target.stated",) if column.name.startswith("target_") else ()))
    }


def _of_register(register: Register, columns: Sequence[PublishedColumn]) -> Iterator[tuple[str, list[str]]]:
    """The columns of a register as they are published, each with the columns of the plan that it tells of.

    What is worked out may tell of any column of the row.
    """
    own = {registers.published_name(shown.name): [f"{register.name}.{shown.name}"] for shown in register.columns}
    every = [name for names in own.values() for name in names]
    yearly = register.yearly
    if yearly is not None:
        table = str(yearly.model.__tablename__)
        every += [f"{table}.{name}" for name in yearly.names]
        for column in columns:
            for name in yearly.names:
                year = column.name.removeprefix(f"{name}_")
                if year.isdigit() and column.name == in_year(name, int(year)).replace(":", "_"):
                    own[column.name] = [f"{table}.{name}"]
    for column in columns:
        if column.name == registers.ROW.name:
            yield column.name, []
        else:
            yield column.name, own.get(column.name, every)


def _linked(table: PublishedTable, beside: Sequence[PublishedTable]) -> PublishedTable:
    """A table with its links to tables that are published beside it, with the columns that they name."""
    there = {other.name: {column.name for column in other.columns} for other in beside}
    links = tuple(link for link in table.links if set(link.there) <= there.get(link.table, set()))
    return replace(table, links=links)


def _hiding(connection: Connection, table: PublishedTable, hidden: HiddenCounts) -> PublishedTable:
    """A table with the cells that are hidden because of small numbers."""
    if table.name == performance.RESULTS:
        return replace(table, hidden=frozenset(_hidden_results(table)))
    register = next((each for each in REGISTERS if each.name == table.name), None)
    if register is None or not hidden.cells:
        return table
    names = [column.name for column in table.columns]
    cells = {
        (at, names.index(registers.published_name(column)))
        for at, row in enumerate(registered.register_rows(connection, register))
        for of, key, column in hidden.cells
        if (of, key) == (register.name, row.key) and registers.published_name(column) in names
    }
    return replace(table, hidden=frozenset(cells))


def _hidden_results(table: PublishedTable) -> Iterator[tuple[int, int]]:
    """The figures that suppressed results would have: those that others of their indicator have."""
    reference, state, result = (table.place(name) for name in ("reference", "state", "result"))
    places = [table.place(name) for name in _FIGURES]
    has = {(row[reference], place) for row in table.rows for place in places if row[place] is not None}
    for at, row in enumerate(table.rows):
        if row[state] == _SUPPRESSED:
            yield from ((at, place) for place in places if place == result or (row[reference], place) in has)
