"""What a person does with returns of their own: declares one, changes or removes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, true
from sqlmodel import Session, select

from spp_desktop.edits import rows
from spp_desktop.plan import registers
from spp_desktop.plan.declared_returns import (
    COLUMNS_APART,
    RESULTS,
    AskedIndicator,
    AskedOften,
    DeclaredReturn,
    DueAs,
    GoesTo,
    names_in,
)
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.register import Register
from spp_desktop.plan.rows import heading_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns import catalogue
from spp_desktop.store import queries


@dataclass(frozen=True)
class Declaration:
    """A return as a person declares it.

    Attributes:
        title: what it is called.
        lists: the name of the register whose rows it lists, or ``RESULTS``.
        columns, answered: the names of the register's columns, and of those that are filled in; of results none.
        indicators: the keys of the indicators whose results it asks for; of a register none.
        goes_to: who gets one workbook each.
        role: the key of the role whose posts it goes to; ``None`` where it goes to those that own its rows.
        often: how often it is asked for.
        due: so many days, working days or months after the end of its period.
        years: the first and the last year in which it is asked for; ``None`` for no limit.
        meaning: what it is for.
    """

    title: str
    lists: str
    columns: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    goes_to: GoesTo = "everybody"
    role: str | None = None
    often: AskedOften = "monthly"
    due: tuple[int, DueAs] = (14, "days")
    years: tuple[int | None, int | None] = (None, None)
    meaning: str = ""

    def values(self) -> dict[str, object]:
        """Its row's columns."""
        return {
            "title": self.title.strip(), "lists": self.lists, "columns": COLUMNS_APART.join(self.columns),
            "answered": COLUMNS_APART.join(self.answered), "goes_to": self.goes_to, "role_id": self.role,
            "often": self.often, "due_count": self.due[0], "due_as": self.due[1], "first_year": self.years[0],
            "last_year": self.years[1], "meaning": self.meaning.strip(),
        }  # fmt: skip


def declare(session: Session, declaration: Declaration) -> str:
    """Declare a return, and give the key of its row.

    Raises:
        RuleBroken: if it lists nothing, nothing is called so, or something else is called as it is.
    """
    _demand_sound(declaration)
    key = rows.add_placed(session, DeclaredReturn, true(), None, **declaration.values())
    _set_indicators(session, key, declaration.indicators)
    return key


def redeclare(session: Session, key: str, declaration: Declaration) -> None:
    """Declare a return otherwise. What was sent of it stays as it was declared then.

    Raises:
        RuleBroken: as ``declare``; or if it is no longer in the plan.
    """
    _demand_sound(declaration)
    rows.change(session, DeclaredReturn, key, **declaration.values())
    _set_indicators(session, key, declaration.indicators)


def remove(session: Session, key: str) -> None:
    """Declare a return no more. What was sent of it stays, and its workbooks that come back are known no more."""
    rows.remove(session, DeclaredReturn, key)


def declarations(connection: Connection) -> dict[str, Declaration]:
    """The declared returns by the keys of their rows, in their order."""
    asked: dict[str, list[str]] = {}
    for row in queries.register(connection, AskedIndicator):
        asked.setdefault(row.return_id, []).append(row.indicator_id)
    return {
        row.id: Declaration(
            row.title,
            row.lists,
            names_in(row.columns),
            names_in(row.answered),
            tuple(asked.get(row.id, ())),
            row.goes_to,
            row.role_id,
            row.often,
            (row.due_count, row.due_as),
            (row.first_year, row.last_year),
            row.meaning,
        )
        for row in queries.register(connection, DeclaredReturn)
    }


def _set_indicators(session: Session, key: str, indicators: Sequence[str]) -> None:
    wanted = list(dict.fromkeys(indicators))
    standing = {
        row.indicator_id: row for row in session.exec(select(AskedIndicator).where(AskedIndicator.return_id == key))
    }
    for indicator, row in standing.items():
        if indicator not in wanted:
            rows.remove(session, AskedIndicator, row.id)
    for place, indicator in enumerate(wanted):
        if indicator not in standing:
            rows.add(session, AskedIndicator, return_id=key, indicator_id=indicator, position=float(place))
        elif standing[indicator].position != place:
            rows.change(session, AskedIndicator, standing[indicator].id, position=float(place))


def _demand_sound(declaration: Declaration) -> None:
    """See that what is declared can be a return.

    Raises:
        RuleBroken: if not; says why.
    """
    taken = {fold(each.title) for each in catalogue.every_return()}
    if fold(declaration.title) in taken:
        raise RuleBroken("title", f"There is a return called “{declaration.title}” already. Choose another name.")
    if declaration.lists == RESULTS:
        if not declaration.indicators:
            raise RuleBroken("lists", "Choose the indicators whose results are asked for.")
        return
    known = next((each for each in registers.REGISTERS if each.name == declaration.lists), None)
    if known is None:
        raise RuleBroken("lists", "Choose what the return lists: a list of the plan, or results of indicators.")
    if not declaration.columns:
        raise RuleBroken("columns", "Choose the columns that the return has.")
    unknown = next((name for name in declaration.columns if name not in offered(known)), "")
    if unknown:
        raise RuleBroken("columns", f"{known.title} have no column “{unknown}”. Choose others.")
    told = next((name for name in declaration.answered if name not in declaration.columns), "")
    if told:
        raise RuleBroken("answered", "A column that is filled in must be one of those that the return has.")
    worked = {computed.name for computed in known.computed} & set(declaration.answered)
    if worked:
        raise RuleBroken("answered", f"“{min(worked)}” is worked out by the program, and cannot be filled in.")
    if declaration.goes_to == "owners" and not known.owner and declaration.role is None:
        raise RuleBroken("goes_to", f"Nobody owns a row of {known.title.lower()}. Choose a role, or everybody.")


def offered(register: Register) -> dict[str, str]:
    """The columns of a register that a return can have: their headings by their names, in the register's order."""
    own = {column.name: register.heading(column.name) for column in register.columns}
    if register.yearly is not None:
        own |= {name: f"{heading_of(register.yearly.model, name)}, each year" for name in register.yearly.names}
    return own | {computed.name: computed.title for computed in register.computed}
