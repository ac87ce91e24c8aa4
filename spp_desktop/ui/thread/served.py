"""The column of a table that says what its rows serve, by references: found by words, typed, pasted, filled down."""

from collections.abc import Sequence

from spp_desktop.plan.kinds import Doubt, Option
from spp_desktop.plan.links import joins
from spp_desktop.store import threads
from spp_desktop.store.references import References
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

    def forget(self) -> None:
        """Read the plan again when it is next asked."""
        self._known = None

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
