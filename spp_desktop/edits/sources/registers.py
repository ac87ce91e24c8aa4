"""Any register as a kind of row in returns, made from its declaration."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection
from sqlmodel import Session

from spp_desktop.edits import registers
from spp_desktop.edits.sources.source import (
    AcceptedCell,
    NamedIn,
    NameList,
    NewRow,
    Parts,
    PlanRow,
    RowSource,
    Scope,
)
from spp_desktop.plan.register import Register
from spp_desktop.returns.catalogue.registers import list_name, named_model, required, words_of
from spp_desktop.returns.definition import Choices, Value
from spp_desktop.store import queries


@dataclass(frozen=True, eq=False, kw_only=True)
class RegisterSource(RowSource):
    """The rows of a register; each belongs to the post that its owner's column names."""

    register: Register

    @classmethod
    def of(cls, register: Register) -> Self:
        """The kind of row that a register is; it goes out and comes back as its declaration says."""
        columns = _columns(register)
        named = {name: model for name in columns if (model := named_model(register, name)) is not None}
        fields = register.model.model_fields
        return cls(
            name=register.name,
            word=register.word,
            models=(register.model,),
            names={name: NamedIn(name, NameList(model.word.plural, model)) for name, model in named.items()},
            empties={name: "" for name in columns if fields[name].annotation is str},
            takes_new=register.returned is not None and bool(register.returned.spare),
            register=register,
        )

    def rows(self, connection: Connection, fields: Collection[str], scope: Scope) -> Iterator[PlanRow]:
        """The rows that the post owns, or all, in their order; those of a group together."""
        wanted = {*fields, self.register.owner}
        titles = {name: named.titles.titles(connection) for name, named in self.names.items() if name in wanted}
        found = []
        for row in queries.register(connection, self.register.model):
            values: dict[str, Value] = row._asdict()
            values |= {name: known.get(str(values[name])) for name, known in titles.items()}
            lead = str(values.get(self.register.owner) or "")
            if scope.lists((lead,)):
                found.append(PlanRow(row.id, (values,), lead))
        return iter(self._grouped(found))

    def _grouped(self, rows: list[PlanRow]) -> list[PlanRow]:
        """Rows with those of a group together, the groups in the order in which they are met."""
        if not self.register.group:
            return rows
        groups: dict[object, list[PlanRow]] = {}
        for row in rows:
            groups.setdefault(row.parts[0][self.register.group], []).append(row)
        return [row for group in groups.values() for row in group]

    def getter(self, name: str) -> Callable[[Parts], Value]:
        """What gives a column, a title in the place of a key."""
        return lambda parts: parts[0].get(name)

    def owners(self, connection: Connection, year: int | None) -> set[str]:
        """The posts that own any row."""
        return {row.lead for row in self.rows(connection, [self.register.owner], Scope(year=year)) if row.lead}

    def lists(self) -> Mapping[str, Choices]:
        """The words of each column that takes its values from its declaration."""
        return {
            list_name(self.register, column.name): Choices(words, asking=self._asking(column.name, words))
            for column in self.register.columns
            if (words := words_of(self.register, column.name))
        }

    def _asking(self, name: str, words: Sequence[str]) -> tuple[str, ...]:
        """The words of a column that ask for a reason."""
        return tuple(word for word in words if name in self.register.reason_for and word in self.register.reasons)

    def lacks(self, values: Mapping[str, Value]) -> str:
        """The heading of a column that a proposed row must have and has not."""
        wanted = [
            name
            for name in _columns(self.register)
            if name != self.register.owner and required(self.register.model, name)
        ]
        return next((self.register.heading(name) for name in wanted if values.get(name) is None), "")

    def take(self, session: Session, cells: Sequence[AcceptedCell]) -> None:
        """Set cells of the register."""
        registers.set_cells(session, self.register.model, [(cell.key, cell.column, cell.value) for cell in cells])

    def add(self, session: Session, row: NewRow) -> None:
        """Add a row to the register; the post that the return went to owns it where it names no other."""
        columns = {name: value for name, value in row.columns.items() if value is not None}
        if self.register.owner and row.post is not None:
            columns.setdefault(self.register.owner, row.post)
        registers.add(session, self.register.model, columns)


def _columns(register: Register) -> list[str]:
    """The columns of a register that are shown, and its owner's."""
    return [column.name for column in register.columns] + [register.owner] * bool(
        register.owner and all(column.name != register.owner for column in register.columns)
    )
