"""What a person says of small numbers in a public edition: how they are shown in a table, and the exceptions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from spp_desktop.edits import rows
from spp_desktop.plan.disclosures import SmallNumbers, SmallNumbersException, SmallNumbersMethod
from spp_desktop.plan.kinds import Number, Whole
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.releasable import releasable_columns
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries

BY_AREA = "indicator.results by area"
"""The name of the table of an indicator's results by area."""


@dataclass(frozen=True)
class CountsTable:
    """A table whose numbers may count persons: an indicator's results, those by area alone, or a column of a register.

    Attributes:
        indicator: the key of the indicator; "" for a column, or for the results by area of all indicators.
        column: ``BY_AREA``, or a column such as "strength.female"; "" for all results of the indicator.
    """

    indicator: str = ""
    column: str = ""


def countable(connection: Connection) -> list[tuple[CountsTable, str]]:
    """The tables of a plan that may count persons, each as a person calls it: results, then columns of registers."""
    made = [(CountsTable(column=BY_AREA), "Results by area, of all indicators")]
    for row in queries.indicators(connection):
        called = f"{row.ref} {row.title}".strip()
        made += [(CountsTable(row.key), called), (CountsTable(row.key, BY_AREA), f"{called}: results by area")]
    registers = {register.name: register.model for register in REGISTERS}
    for name, title in releasable_columns().items():
        table, _, column = name.partition(".")
        if table in registers and type(kind_of(registers[table], column)) in (Number, Whole):
            made.append((CountsTable(column=name), title))
    return made


def rules_in_words(connection: Connection) -> list[str]:
    """What was said of each table, a line each, and its exceptions below it."""
    called = {(table.indicator, table.column): title for table, title in countable(connection)}
    exceptions = queries.register(connection, SmallNumbersException)
    lines = []
    for row in queries.register(connection, SmallNumbers):
        title = called.get((row.item_key or "", row.column_name), "A table that is gone")
        lines.append(f"{title}: {_shown(row)} ({row.decided_by}, {short_day(row.decided_on)})")
        lines += [
            f"  shown all the same: {each.cell}: {each.reason} ({each.decided_by})"
            for each in exceptions
            if each.rule_id == row.id
        ]
    return lines or ["Nothing was said of small numbers: all are shown as they are."]


def _shown(row: Any) -> str:
    if row.method == "suppress":
        return f"persons; under {row.threshold} as [c]"
    return f"persons; rounded to multiples of {row.base}" if row.method == "round" else "as they are"


def set_small_numbers(
    session: Session, table: CountsTable, method: SmallNumbersMethod, number: int, by: str, *, on: date | None = None
) -> str:
    """Say how small numbers of a table are shown, in the place of what was said of it before; the rule's key.

    Args:
        session: The session of the revision.
        table: The table.
        method: "suppress" hides what is below the number, "round" rounds to its multiples; "leave" says that no persons
            are counted, or that small numbers are no matter.
        number: The limit, or the base; without meaning where they are left.
        by: Who decides it: a name, or a post.
        on: The day; ``None`` for today.

    Raises:
        RuleBroken: if nobody is named, or there is no such table, or the number is not above 0.
    """
    if not by.strip():
        raise RuleBroken("decided_by", "Say who decided it: a name, or a post.")
    _demand_counts(session, table)
    signed = {"decided_by": by.strip(), "decided_on": on or date.today()}
    values: dict[str, Any] = {"persons": method != "leave", "method": method, **signed}
    if method != "leave":
        values["threshold" if method == "suppress" else "base"] = number
    known = rule_of(session, table)
    if known is not None:
        rows.change(session, SmallNumbers, known, **values)
        return known
    kind = "indicator" if table.indicator or table.column == BY_AREA else table.column.partition(".")[0]
    named = {"item_table": kind, "item_key": table.indicator or None, "column_name": table.column}
    return rows.add(session, SmallNumbers, **named, **values)


def show_as_it_is(
    session: Session, table: CountsTable, cell: str, reason: str, by: str, *, on: date | None = None
) -> None:
    """Say that one small number of a table is shown all the same.

    Args:
        session: The session of the revision.
        table: The table.
        cell: Which: "April 2008, North" for a result, what a row is called for a column.
        reason: Why.
        by: Who decides it.
        on: The day; ``None`` for today.

    Raises:
        RuleBroken: if the table has no rule, the cell has its exception, or no reason or nobody is named.
    """
    rule = rule_of(session, table)
    if rule is None:
        raise RuleBroken("rule_id", "Small numbers of this table are shown as they are, so it needs no exceptions.")
    signed = {"decided_by": by.strip(), "decided_on": on or date.today()}
    rows.add(session, SmallNumbersException, rule_id=rule, cell=cell.strip(), reason=reason.strip(), **signed)


def forget_small_numbers(session: Session, table: CountsTable) -> None:
    """Take back what was said of a table, with its exceptions.

    Raises:
        RuleBroken: if nothing was said of it.
    """
    rule = rule_of(session, table)
    if rule is None:
        raise RuleBroken("rule_id", "Nothing was said of the small numbers of this table.")
    rows.remove(session, SmallNumbers, rule)


def rule_of(session: Session, table: CountsTable) -> str | None:
    """The key of what was said of a table; ``None`` for nothing."""
    own = col(SmallNumbers.item_key)
    item = own.is_(None) if not table.indicator else own == table.indicator
    return session.exec(select(SmallNumbers.id).where(item, col(SmallNumbers.column_name) == table.column)).first()


def _demand_counts(session: Session, table: CountsTable) -> None:
    if table.indicator:
        rows.get(session, kinds_of_row()["indicator"], table.indicator)
    elif table.column != BY_AREA:
        kind, _, name = table.column.partition(".")
        if table.column not in releasable_columns() or not isinstance(kind_of(kinds_of_row()[kind], name), Number):
            raise RuleBroken("column_name", f"{quoted(table.column)} is no column of numbers that can be public.")
