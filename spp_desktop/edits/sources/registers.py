"""Any register as a kind of row in returns, made from its declaration."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection
from sqlmodel import Session

from spp_desktop.edits import registers
from spp_desktop.edits.sources.listed import PostsAnswering
from spp_desktop.edits.sources.source import (
    AcceptedCell,
    IssueScope,
    NamedIn,
    NameList,
    NewRow,
    Parts,
    PlanRow,
    RowSource,
)
from spp_desktop.plan.attachments import Attachment
from spp_desktop.plan.kinds import Choice, Link, YesNo
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.register import Register
from spp_desktop.plan.roles import PostInRole
from spp_desktop.plan.rows import Row
from spp_desktop.returns.catalogue.registers import list_name, must_be_filled
from spp_desktop.returns.definition import Choices, Value
from spp_desktop.store import registered
from spp_desktop.store.held_reads import given_again
from spp_desktop.store.registered import RegisterRow


@dataclass(frozen=True, eq=False, kw_only=True)
class RegisterSource(RowSource):
    """The rows of a register; each belongs to the post that its owner's column names."""

    register: Register

    @staticmethod
    def of(register: Register) -> "RegisterSource":
        """The kind of row that a register is; it goes out and comes back as its declaration says."""
        made = _MADE.get(register.model)
        if made is None or made.register is not register:
            made = _MADE[register.model] = RegisterSource._made(register)
        return made

    @classmethod
    def _made(cls, register: Register) -> Self:
        linked = registered.linked_by(register.model)
        fields = register.model.model_fields
        of_years = (register.yearly.model,) if register.yearly is not None else ()
        return cls(
            name=register.name,
            word=register.word,
            models=(register.model, Attachment, PostInRole, *of_years, *registered.read_by(register)),
            names={name: NamedIn(name, NameList(model)) for name, model in linked.items()},
            empties={name: "" for name in fields if fields[name].annotation is str},
            takes_new=True,
            register=register,
        )

    def rows(self, connection: Connection, fields: Collection[str], scope: IssueScope) -> Iterator[PlanRow]:
        """The rows that the post owns, or all, in their order; those of a group together.

        None is listed that is finished, unless the listing says so, nor one of another time where rows are of a time.
        """
        del fields
        rows = []
        answering = PostsAnswering.read(connection, self.register.name, role=scope.role)
        for row in _all_rows(connection, self):
            if not self._is_asked(row, scope):
                continue
            worked = {name: worked.text for name, worked in row.worked.items()}
            lead = row.titles.get(self.register.owner, "")
            if scope.lists(answering.of(row.key, scope.role) if scope.role else (lead,)):
                rows.append(PlanRow(row.key, ({**row.values, **row.titles, **worked},), lead))
        return iter(self._grouped(rows))

    def _is_asked(self, row: RegisterRow, scope: IssueScope) -> bool:
        """Whether an issue asks about a row: of its time, and of one that is finished only where the listing does."""
        if scope.everyone:
            return True
        return (scope.finished or not self._finished(row)) and scope.of_its_time(row.values.get(scope.dated))

    def _finished(self, row: RegisterRow) -> bool:
        """Whether nothing is waited for of a row any more."""
        column, values = self.register.finished
        return bool(column) and row.values.get(column) in values

    def _grouped(self, rows: list[PlanRow]) -> list[PlanRow]:
        """Rows with those of a group together, the groups in the order in which they are met."""
        groups: dict[object, list[PlanRow]] = {}
        for row in rows:
            groups.setdefault(row.parts[0].get(self.register.group), []).append(row)
        return [row for group in groups.values() for row in group]

    def getter(self, name: str) -> Callable[[Parts], Value]:
        """What gives a column, a title in the place of a key; or what is worked out of the row."""
        return lambda parts: parts[0].get(name)

    def owners(self, connection: Connection, scope: IssueScope) -> set[str]:
        """The posts that own any row that is not finished, or that stand in a role to one."""
        return {post for _, posts in self._answering(connection, scope) for post in posts}

    def unowned(self, connection: Connection, year: int | None, role: str = "") -> Sequence[str]:
        """The rows that no post owns, or that have none in a role, by the first of what they are called by."""
        name, asked = self.register.model.called_by[0], bool(self.register.links if role else self.register.owner)
        answering = self._answering(connection, IssueScope(year=year, role=role))
        return [str(row.values[name]) for row, posts in answering if asked and not posts]

    def _answering(self, connection: Connection, scope: IssueScope) -> Iterator[tuple[RegisterRow, tuple[str, ...]]]:
        """The rows that an issue asks about, each with the post that owns it, or those that stand in a role to it."""
        answering = PostsAnswering.read(connection, self.register.name, role=scope.role)
        for row in _all_rows(connection, self):
            owner = row.titles.get(self.register.owner, "")
            if self._is_asked(row, scope):
                yield row, answering.of(row.key, scope.role) if scope.role else (owner,) * bool(owner)

    def lists(self) -> Mapping[str, Choices]:
        """The words of each column that takes its values from its declaration."""
        return {
            list_name(self.register, name): Choices(words, asking=self._asking(name, words))
            for name in self.register.names
            if (words := _words(self.register, name))
        }

    def _asking(self, name: str, words: Sequence[str]) -> tuple[str, ...]:
        """The words of a column that ask for a reason."""
        return tuple(word for word in words if name in self.register.reason_for and word in self.register.reasons)

    def lacks(self, values: Mapping[str, Value]) -> str:
        """The heading of a column that a proposed row must have and has not; the post that answers owns it."""
        wanted = [name for name in self.register.names if must_be_filled(self.register.model, name)]
        lacking = [name for name in wanted if name != self.register.owner and values.get(name) is None]
        return self.register.heading(lacking[0]) if lacking else ""

    def take(self, session: Session, cells: Sequence[AcceptedCell]) -> None:
        """Set cells of the register."""
        registers.set_cells(session, self.register.model, [(cell.key, cell.column, cell.value) for cell in cells])

    def add(self, session: Session, row: NewRow) -> None:
        """Add a row to the register; the post that the return went to owns it where it names no other."""
        columns = dict(row.columns)
        if self.register.owner and row.post is not None:
            columns.setdefault(self.register.owner, row.post)
        registers.add(session, self.register.model, columns)


_MADE: dict[type[Row], RegisterSource] = {}
"""The kinds of row that were made of registers, by their tables: they are asked for with every row that is listed."""


def _words(register: Register, name: str) -> tuple[str, ...]:
    """The words that a column may hold by its declaration; none if it holds anything else."""
    kind = kind_of(register.model, name)
    if not isinstance(kind, Choice) or isinstance(kind, Link | YesNo):
        return ()
    return tuple(option.title for option in kind.options())


@given_again
def _all_rows(connection: Connection, source: RegisterSource) -> list[RegisterRow]:
    return registered.register_rows(connection, source.register)
