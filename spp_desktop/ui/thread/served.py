"""The column of a table that says what its rows serve, by references: found by words, typed, pasted, filled down."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from spp_desktop.plan.kinds import Doubt, Option
from spp_desktop.plan.links import joins
from spp_desktop.plan.periods import year_name
from spp_desktop.store import threads
from spp_desktop.store.references import SEPARATOR, References
from spp_desktop.ui.common.signals import PlanSignals


class Servable:
    """What rows of a table can be for, read from the plan when it is first needed after it has changed.

    Args:
        signals: the plan.
        table: the table of the rows.
    """

    def __init__(self, signals: PlanSignals, table: str) -> None:
        self._signals, self._table = signals, table
        self._known: References | None = None
        self._options: Sequence[Option] = ()
        self._shown: dict[str, str] = {}

    def forget(self) -> None:
        """Read the plan again when it is next asked."""
        self._known = None
        self._shown.clear()

    def begin(self, keys: Iterable[str]) -> None:
        """Read how these rows are shown at once: what a table serves is a few rows of the plan, and not all years'."""
        self._shown = self._signals.read(_references_of, set(keys))

    def show(self, keys: Sequence[str]) -> str:
        """The references of rows, as they can be read again."""
        if not self._shown.keys() >= set(keys):
            self._shown |= self._signals.read(_references_of, set(keys))
        return SEPARATOR.join(ref for key in keys if (ref := self._shown[key]))

    def options(self) -> Sequence[Option]:
        """The rows that can be served, each by its reference, with its words."""
        self._references()
        return self._options

    def named(self, text: str) -> tuple[str, ...] | Doubt:
        """The keys of the rows that the references in a text name."""
        rows = self._references().read(text)
        return rows if isinstance(rows, Doubt) else tuple(row.key for row in rows)

    def _references(self) -> References:
        if self._known is None:
            known = joins()
            tables = [other for other in known.tables if known.upward(self._table, other) is not None]
            rows = self._signals.read(threads.rows, None, tables)
            self._known = References(rows.values())
            self._options = [
                Option(row.key, self._known.ref(row), " ".join(row.text.split())) for row in rows.values() if row.ref
            ]
        return self._known


def _references_of(connection: Connection, keys: set[str]) -> dict[str, str]:
    """The references of rows by key, each with its year where an activity of another has it, too; "" for none."""
    rows = threads.rows(connection, keys)
    several = threads.several_years(connection, {_activity(row.ref) for row in rows.values() if row.year is not None})
    shown = dict.fromkeys(keys, "")
    for key, row in rows.items():
        unclear = row.year is not None and _activity(row.ref) in several
        shown[key] = f"{row.ref} ({year_name(row.year)})" if unclear and row.year is not None else row.ref
    return shown


def _activity(ref: str) -> str:
    """The reference of an activity in that of its milestone: "1.05" of "1.05/2"."""
    return ref.partition("/")[0]
