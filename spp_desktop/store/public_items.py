"""Named read of all that can be public: each row and column, with what was decided of it and what changed since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from spp_desktop.plan.releasable import PublicItem, releasable_columns, releasable_tables
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.words import capital
from spp_desktop.store import disclosed, markings, naming
from spp_desktop.store.disclosed import ChangeSinceRelease, DisclosureRow
from spp_desktop.store.registered import titles

RELEASED, WITHHELD, WITH_IT, UNDECIDED = "released", "withheld", "with what it is part of", "not public"
"""What can be said of an item: it was released; it is withheld; a row is public with that of which it is a part; no
more than that nobody has released it."""


@dataclass(frozen=True, slots=True)
class PublicItemRow:
    """A row or a column that can be public.

    Attributes:
        item: the row or column.
        kind: under which heading it stands: "Activities", "Columns of activities".
        title: what a person calls it.
        marking: the protective marking that a row bears; "" for none, and for a column.
        state: one of ``RELEASED``, ``WITHHELD``, ``WITH_IT`` and ``UNDECIDED``.
        decision: what was decided of it; ``None`` if nothing was.
        changes: what has changed of it since it was released.
    """

    item: PublicItem
    kind: str
    title: str
    marking: str
    state: str
    decision: DisclosureRow | None
    changes: tuple[ChangeSinceRelease, ...]

    @property
    def key(self) -> str:
        """Its key: that of the row, or the name of the column."""
        return self.item.key or self.item.column


def public_items(connection: Connection) -> list[PublicItemRow]:
    """All that can be public: rows by kind in their order, each kind's columns behind them."""
    decided = {row.item: row for row in disclosed.disclosures(connection)}
    changed = disclosed.changed_since_release(connection)
    public, known = disclosed.released_rows(connection), markings.markings(connection)
    kinds, columns = kinds_of_row(), releasable_columns()
    rows = []
    for table in releasable_tables():
        kind = capital(kinds[table].word.plural)
        above = _above(connection, table)
        for key, title in titles(connection, kinds[table]).items():
            item = PublicItem(table, key)
            decision = decided.get(item)
            state = _state(decision, with_it=key in public.get(table, ()))
            changes = tuple(changed.get(decision.key, ())) if decision is not None else ()
            rows.append(PublicItemRow(item, kind, title + above.get(key, ""), known.of(key), state, decision, changes))
    return [*rows, *_columns(columns, decided)]


def _above(connection: Connection, table: str) -> dict[str, str]:
    """What is said behind a row of what it is a part of, by key: " (of 1.05)" of a milestone."""
    column = kinds_of_row()[table].part_of
    outer = naming.table_named_by(table, column) if column else ""
    if not outer:
        return {}
    names = kinds_of_row()[outer].called_by[:1]
    query = (
        f'SELECT own.id, above."{names[0]}" FROM "{table}" AS own JOIN "{outer}" AS above ON above.id = own."{column}"'
    )
    return {key: f" (of {naming.short(str(name))})" for key, name in connection.exec_driver_sql(query)}


def _columns(columns: Mapping[str, str], decided: Mapping[PublicItem, DisclosureRow]) -> Iterator[PublicItemRow]:
    for name, title in columns.items():
        item = PublicItem.of_column(name)
        of, _, called = title.partition(": ")
        decision = decided.get(item)
        kind = f"Columns of {of[0].lower()}{of[1:]}"
        yield PublicItemRow(item, kind, capital(called), "", _state(decision, with_it=False), decision, ())


def _state(decision: DisclosureRow | None, *, with_it: bool) -> str:
    if decision is None:
        return WITH_IT if with_it else UNDECIDED
    return RELEASED if decision.released else WITHHELD
