"""How registers stand: how many rows each has, and how many of them are still open, late, or nobody's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from spp_desktop.plan.register import Register
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.store import queries
from spp_desktop.store.registered import RegisterRow, late, register_rows


@dataclass(frozen=True, slots=True)
class RegisterStanding:
    """A register that has a page, and how it stands.

    Attributes:
        register: the register.
        rows: how many rows it has.
        open: how many are still waited for; ``None`` where no row is ever waited for.
        late: what those are called whose day has passed, in the order of the register; ``None`` where there is no day.
        unowned: how many rows name no post that answers for them; ``None`` where none is named.
    """

    register: Register
    rows: int
    open: int | None = None
    late: tuple[str, ...] | None = None
    unowned: int | None = None

    @property
    def key(self) -> str:
        """By which a program knows it."""
        return self.register.name


def standings(connection: Connection, tab: str, keys: Collection[str] | None = None) -> list[RegisterStanding]:
    """How the registers of a tab of the window stand, in their order.

    Args:
        connection: Of the plan.
        tab: The tab.
        keys: The rows that are counted, of whatever register; ``None`` for all.
    """
    shown = [register for register in REGISTERS if register.page is not None and register.page.tab == tab]
    today = queries.plan(connection).today()
    counted = {
        register.name: [row for row in register_rows(connection, register) if keys is None or row.key in keys]
        for register in shown
    }
    return [_standing(register, counted[register.name], today) for register in shown]


def _standing(register: Register, rows: list[RegisterRow], today: date) -> RegisterStanding:
    column, ended = register.finished
    waiting = [row for row in rows if (row.titles.get(column) or row.values.get(column)) not in ended]
    return RegisterStanding(
        register,
        len(rows),
        len(waiting) if column else None,
        tuple(_called(register, row) for row in rows if late(register, row, today)) if register.due else None,
        sum(row.values.get(register.owner) is None for row in rows) if register.owner else None,
    )


def _called(register: Register, row: RegisterRow) -> str:
    """What a row is called where it is named among others: its reference and its words."""
    words = (row.values.get(name) for name in (register.ref, register.text) if name)
    return " ".join(" ".join(str(word) for word in words if word).split())
