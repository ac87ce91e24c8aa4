"""The plan as forms ask for it: each list read when it is first asked for, and then known by names."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from spp_desktop.plan.identity import Plan
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.register import Register
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.results import Area
from spp_desktop.returns.period_text import Period
from spp_desktop.store import in_roles, measured, queries, registered
from spp_desktop.store.indicator_rows import IndicatorRow
from spp_desktop.store.markings import markings
from spp_desktop.store.measured import FORCE
from spp_desktop.store.plain import ResultRow
from spp_desktop.store.registered import RegisterRow, Titles


class PlanBook:
    """The plan, to be looked up by what it calls its rows.

    Attributes:
        connection: of the plan.
        periods: the periods that names have said so far, or why they say none.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.periods: dict[str, Period | str] = {}
        self._results: dict[str, dict[tuple[str, str, date, date], ResultRow]] = {}
        self._rows: dict[str, list[RegisterRow]] = {}
        self._by_name: dict[str, dict[str, RegisterRow]] = {}
        self._titles: dict[str, Titles] = {}

    @cached_property
    def plan(self) -> Plan:
        """The plan itself."""
        return queries.plan(self.connection)

    @cached_property
    def marking(self) -> str:
        """The highest protective marking of anything in it; "" for none."""
        return markings(self.connection).highest()

    @cached_property
    def indicators(self) -> dict[str, IndicatorRow]:
        """The indicators, by their references as they are compared."""
        return {fold(row.ref): row for row in queries.indicators(self.connection)}

    @cached_property
    def areas(self) -> dict[str, str]:
        """The keys of the areas, by their titles and codes as they are compared; the force's too, by its name."""
        rows = queries.register(self.connection, Area)
        named = {fold(row.code): row.id for row in rows if row.code} | {fold(row.title): row.id for row in rows}
        return {fold(self.plan.force): FORCE, fold("the force"): FORCE, **named}

    @cached_property
    def holders(self) -> Mapping[str, str]:
        """Who holds each post today, by the post's key."""
        return in_roles.holders(self.connection, self.plan.today())

    def result(self, indicator: str, area: str, population: str, period: tuple[date, date]) -> ResultRow | None:
        """The result of an indicator in an area ("" for the force) over a period; ``None`` where there is none."""
        known = self._results.get(area)
        if known is None:
            rows = measured.results(self.connection, area=area)
            known = {(row.indicator_key, row.population, row.period_from, row.period_to): row for row in rows}
            self._results[area] = known
        return known.get((indicator, population, *period))

    @cached_property
    def registers(self) -> dict[str, Register]:
        """The registers, by what one of their rows is called, as it is compared; the longest first."""
        named = {fold(register.word.singular): register for register in REGISTERS}
        return dict(sorted(named.items(), key=lambda each: -len(each[0])))

    def rows(self, register: Register) -> list[RegisterRow]:
        """The rows of a register."""
        if register.name not in self._rows:
            self._rows[register.name] = registered.register_rows(self.connection, register)
        return self._rows[register.name]

    def titles(self, register: Register) -> Titles:
        """What the columns of a register may name, by column and key."""
        if register.name not in self._titles:
            self._titles[register.name] = registered.named_rows(self.connection, register)
        return self._titles[register.name]

    def row(self, register: Register, called: str) -> RegisterRow | None:
        """The row of a register that is called so: by its reference, or the whole of what it is called by."""
        if register.name not in self._by_name:
            named: dict[str, RegisterRow] = {}
            for row in reversed(self.rows(register)):
                named[fold(self.called(register, row))] = row
            self._by_name[register.name] = named
        return self._by_name[register.name].get(fold(called))

    def called(self, register: Register, row: RegisterRow) -> str:
        """What a row of a register is called in a form: "A3", "ACC Crime", "North, 2008-2009"."""
        parts = (row.titles.get(name) or _written(row.values.get(name)) for name in register.naming())
        return ", ".join(filter(None, parts))


def _written(value: object) -> str:
    return "" if value is None else f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
