"""The appendices of a plan as its document prints them: the registers that hold rows, each as a table, and their texts.

Appendices A to F are those of the plan's registers; what stands beside them follows under the next free letters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from spp_desktop.documents.blocks import DocumentBlock, DocumentColumn, DocumentHeading, DocumentTable, TableGroup
from spp_desktop.documents.inline import Line, line
from spp_desktop.documents.page_runs import MOST_UPRIGHT
from spp_desktop.edits.documents.plan.consultation import OWN_PART
from spp_desktop.edits.documents.plan.sections import PlanSections, is_appendix
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.edits.documents.register_cells import AppendixColumn, register_cells
from spp_desktop.plan.identity import years_of
from spp_desktop.plan.register import Register
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.store import registered
from spp_desktop.store.registered import RegisterRow

APPENDIX = "Appendix"
TITLES = {
    "A": "Business improvement and efficiency plan",
    "B": "Human resources strategy",
    "C": "Protective services",
    "D": "HMIC inspection findings",
    "E": "Quality of service",
    "F": "Statutory performance indicators",
}
"""What the appendices are called where the plan has no section with a heading of its own for them."""


@dataclass
class Appendix:
    """An appendix: its letter, its heading, the section of the plan that heads it, if one does, and its registers.

    Those ``beside`` the others are registers that no plan is asked for as an appendix.
    """

    letter: str
    title: str
    section: Any = None
    registers: list[tuple[Register, list[RegisterRow]]] = field(default_factory=list)
    beside: bool = False

    @property
    def holds_something(self) -> bool:
        """Whether there is more of it than its heading."""
        return bool(self.registers or (self.section is not None and self.section.body.strip()))


@dataclass
class PlanAppendices:
    """The appendices of a plan."""

    plan: DocumentPlan

    @cached_property
    def sections(self) -> PlanSections:
        """The sections of the plan."""
        return self.plan.reading(PlanSections)

    @cached_property
    def all(self) -> list[Appendix]:
        """Every appendix in the order of the letters."""
        known: dict[str, Appendix] = {}
        for row in self.sections.by_part.get("appendices", []):
            if is_appendix(row):
                letter = row.number.strip().upper()
                known[letter] = Appendix(letter, row.title, row)
        beside: list[tuple[Register, list[RegisterRow]]] = []
        for register in REGISTERS:
            own_page = register.page is not None and register.name not in OWN_PART
            rows = self.plan.read(registered.register_rows, register) if own_page else []
            if rows and register.page is not None and register.page.letter:
                letter = register.page.letter
                known.setdefault(letter, Appendix(letter, TITLES[letter])).registers.append((register, rows))
            elif rows:
                beside.append((register, rows))
        letters = (chr(at) for at in range(ord(max([*known, *TITLES])) + 1, ord("Z") + 1))
        for (register, rows), letter in zip(beside, letters, strict=False):
            known[letter] = Appendix(letter, register.title, registers=[(register, rows)], beside=True)
        return [known[letter] for letter in sorted(known)]


def appendices(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """The appendices that hold something, by their letters."""
    yield from _those(plan, beside=False)


def beside(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """The registers that stand beside the appendices: risks, the budget, decisions."""
    yield from _those(plan, beside=True)


def _those(plan: DocumentPlan, *, beside: bool) -> Iterator[DocumentBlock]:
    known = plan.reading(PlanAppendices)
    for appendix in known.all:
        if appendix.holds_something and appendix.beside is beside:
            yield from _printed(known, appendix)


def empty(plan: DocumentPlan) -> list[str]:
    """The appendices that the plan names and that hold nothing, by their letters and titles."""
    return [
        f"{_called(appendix)} \N{EN DASH} {appendix.title}"
        for appendix in plan.reading(PlanAppendices).all
        if not appendix.holds_something
    ]


def _called(appendix: Appendix) -> str:
    """What an appendix is called: in capitals where its title is."""
    return f"{APPENDIX.upper() if appendix.title.isupper() else APPENDIX} {appendix.letter}"


def _printed(known: PlanAppendices, appendix: Appendix) -> Iterator[DocumentBlock]:
    key = f"appendix-{appendix.letter.lower()}"
    section, notes = appendix.section, known.sections.notes
    marks = notes.marks(section.id, besides=section.body) if section is not None else ()
    yield DocumentHeading(
        (*line(appendix.title), *marks), key=key, printed_number=_called(appendix), new_page=True,
        row=section.id if section is not None else "",
    )  # fmt: skip
    if section is not None:
        yield from notes.blocks(section.id, section.body)
    for register, rows in appendix.registers:
        if len(appendix.registers) > 1:
            yield DocumentHeading(line(register.title), level=2, key=f"{key}-{register.name}")
        yield _table(known.plan, register, rows)


def _table(plan: DocumentPlan, register: Register, rows: list[RegisterRow]) -> DocumentTable:
    """The rows of a register with the columns that it shows, but those in which no row has anything."""
    cells = [cell for cell in register_cells(register, years_of(plan.plan)) if any(cell.text(row) for row in rows)]
    columns = tuple(DocumentColumn(line(cell.heading), cell.share_for(rows), cell.align) for cell in cells)
    groups = tuple(_groups(register, rows, cells))
    return DocumentTable(
        line(f"{register.title}, {plan.plan.force}" if plan.plan.force else register.title), columns, groups,
        key=f"register-{register.name}", across=len(cells) > MOST_UPRIGHT,
    )  # fmt: skip


def _groups(register: Register, rows: list[RegisterRow], cells: list[AppendixColumn]) -> Iterator[TableGroup]:
    def printed(own: list[RegisterRow]) -> tuple[tuple[Line, ...], ...]:
        """The cells of rows."""
        return tuple(tuple(line(cell.text(row)) for cell in cells) for row in own)

    def keys(own: list[RegisterRow]) -> tuple[str, ...]:
        """The keys of rows."""
        return tuple(row.key for row in own)

    if not register.group:
        yield TableGroup(printed(rows), keys=keys(rows))
        return
    by_group: dict[str, list[RegisterRow]] = {}
    for row in rows:
        by_group.setdefault(row.titles.get(register.group, ""), []).append(row)
    for title, own in by_group.items():
        yield TableGroup(printed(own), line(title or (register.none if len(by_group) > 1 else "")), keys(own))
