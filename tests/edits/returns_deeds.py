"""What people type into a return, and whatever else they do to one."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from spp_desktop.plan.kinds import Choice, Day, Kind, Percent, Several, Text, by_kind
from spp_desktop.returns.definition import PlanFacts, ReturnColumn
from spp_desktop.returns.sheet_cell import SheetCell
from spp_desktop.returns.values import CLEAR
from spp_desktop.returns.words import clean
from tests.edits.returns_file import BLANK, KEY, File, Row, Said, Table, text_cell

T = TypeVar("T")


class Draw(Protocol):
    """What chooses among all that might be done."""

    def __call__(self, strategy: st.SearchStrategy[T]) -> T: ...


UNTOLD = {"activities": {"stands_under"}, "milestones": {"status", "percent", "owner", "moved_why"}}
"""Cells that nobody answers here: the model holds no more of milestones than their days, and homes go by priority."""
WORDS = ("Done in part", "=1+1", "Agreed; see minute 4", "two\nlines", "  padded  ", "10.50", "Slower than hoped")
_UNREADABLE = (SheetCell("error", "#REF!", ""), SheetCell("formula", "=A1&B1", ""), SheetCell("other", "[12:30]", ""))
_SERIAL_FROM = date(1899, 12, 30)


def answers(column: ReturnColumn, plan: PlanFacts, *, as_text: bool = False) -> st.SearchStrategy[Said]:
    """What people write in a cell of a column; ``as_text`` where it is typed into the program itself."""
    kinds: dict[type[Kind], Callable[[ReturnColumn, PlanFacts], tuple[list[Said], list[Said]]]] = {
        Percent: _percents,
        Day: _dates,
        Choice: _choices,
        Several: _several,
        Text: _texts,
    }
    cleared = Said(text_cell(CLEAR), "unclear" if column.required else "value")
    usual, odd = by_kind(kinds, column.kind)(column, plan)
    if as_text:
        usual, odd = ([one for one in some if one.cell and _typable(one.cell)] for some in (usual, odd))
        return st.sampled_from([*usual, *usual, *odd, cleared, Said(SheetCell("text", "   ", ""), "blank")])
    odd = [
        *odd,
        *(Said(cell, "unclear") for cell in _UNREADABLE),
        BLANK,
        Said(SheetCell("text", "  ", ""), "blank"),
        cleared,
    ]
    return st.sampled_from([*usual, *usual, *usual, *odd])


def _typable(cell: SheetCell) -> bool:
    return cell.kind == "text" and not cell.computed


def _texts(column: ReturnColumn, _: PlanFacts) -> tuple[list[Said], list[Said]]:
    if column.field == "ref":
        return [Said(text_cell(f"9.{n}"), "value", f"9.{n}") for n in range(10, 15)], []
    own = column.field if column.required else ""
    said = [Said(SheetCell("text", own + words, ""), "value", clean(own + words)) for words in WORDS]
    computed = Said(SheetCell("text", own + WORDS[0], "", True), "doubtful", own + WORDS[0])
    return said, [computed]


def _percents(_: ReturnColumn, __: PlanFacts) -> tuple[list[Said], list[Said]]:
    numbers = [(0.5, "0%", 50), (0.0, "0%", 0), (1.0, "0%", 100), (35.0, "General", 35), (0.35, "General", 35)]
    said = [Said(SheetCell("number", number, form), "value", value) for number, form, value in numbers]
    said += [Said(text_cell(text), "value", value) for text, value in (("35%", 35), ("50 %", 50), ("0", 0))]
    odd = [Said(text_cell("about half"), "unclear"), Said(SheetCell("number", 1.0, "General"), "unclear")]
    return said, [*odd, Said(text_cell("140%"), "unclear")]


def _dates(_: ReturnColumn, __: PlanFacts) -> tuple[list[Said], list[Said]]:
    days = [date(2009, 3, 31), date(2008, 12, 5)]
    said = [Said(SheetCell("date", day.isoformat(), ""), "value", day) for day in days]
    said += [Said(text_cell(f"{day:%d/%m/%Y}"), "value", day) for day in days]
    said += [
        Said(text_cell("2009-03-31"), "value", days[0]),
        Said(text_cell("28 Feb 2009"), "value", date(2009, 2, 28)),
    ]
    said += [
        Said(SheetCell("number", float((days[0] - _SERIAL_FROM) / timedelta(days=1)), "General"), "value", days[0])
    ]
    odd = [
        Said(text_cell("end of Q3"), "unclear"),
        Said(SheetCell("date", "2009-03-31T12:30:00", ""), "doubtful", days[0]),
    ]
    return said, [*odd, Said(SheetCell("date", "1960-05-01", ""), "doubtful", date(1960, 5, 1))]


def _choices(column: ReturnColumn, plan: PlanFacts) -> tuple[list[Said], list[Said]]:
    listed = plan.lists[column.choices]
    said = [Said(text_cell(title), "value", title) for title in listed]
    said += [Said(SheetCell("text", f" {title.upper()}\N{NO-BREAK SPACE}", ""), "value", title) for title in listed[:2]]
    return said, [Said(text_cell("Nearly there"), "unclear")]


def _several(column: ReturnColumn, plan: PlanFacts) -> tuple[list[Said], list[Said]]:
    listed = plan.lists[column.choices]
    chosen = [listed[:1], listed[1:3], listed[1::-1], listed[::-1]]
    return [Said(text_cell("; ".join(some)), "value", some) for some in chosen], [
        Said(text_cell("The chief"), "unclear")
    ]


# What people do to a file besides answering


def sort_rows(draw: Draw, _: File, table: Table) -> None:
    table.rows = list(draw(st.permutations(table.rows)))


def sort_without(draw: Draw, table: Table, left: list[str]) -> None:
    """Sort the table but for some columns, whose cells stay where they were."""
    if table.reworded:
        return
    table.apart = True
    moved = list(draw(st.permutations(table.rows)))
    stay = [_held(row, left) for row in table.rows]
    for row, (cells, said) in zip(moved, stay, strict=True):
        row.cells = {n: cell for n, cell in row.cells.items() if n not in left} | cells
        row.said = {n: one for n, one in row.said.items() if n not in left} | said
    table.rows = moved


def _held(row: Row, names: list[str]) -> tuple[dict[str, SheetCell], dict[str, Said]]:
    """Some cells of a row, which say in another row what they say here."""
    cells = {name: row.cells[name] for name in names if name in row.cells}
    said = {name: Said(cell, "value", str(cell.value)) for name, cell in cells.items() if name != KEY}
    return cells, {**said, **{name: row.said[name] for name in names if name in row.said}}


def sort_leaving_keys(draw: Draw, _: File, table: Table) -> None:
    sort_without(draw, table, [KEY])


def sort_leaving_refs(draw: Draw, _: File, table: Table) -> None:
    """Sort the columns that scroll, so that keys and references stay.

    Rows that read alike, or new ones, could not be told apart then.
    """
    texts = [row.cells[table.listing.text].value if table.listing.text in row.cells else "" for row in table.rows]
    if len(set(texts)) == len(texts) and all(row.truth for row in table.rows):
        sort_without(draw, table, [KEY, table.listing.ref])


def delete_row(draw: Draw, _: File, table: Table) -> None:
    if table.rows:
        table.rows.pop(draw(st.integers(0, len(table.rows) - 1)))


def copy_row(draw: Draw, file: File, table: Table) -> None:
    if table.rows:
        first = draw(st.sampled_from(table.rows))
        copied = Row(first.truth, dict(first.cells), dict(first.said))
        table.rows.insert(draw(st.integers(0, len(table.rows))), copied)
        if draw(st.booleans()):
            _answer(draw, file, table, copied)


def answer(draw: Draw, file: File, table: Table) -> None:
    for _ in range(draw(st.integers(1, 4))):
        if table.rows:
            _answer(draw, file, table, draw(st.sampled_from(table.rows)))


def _answer(draw: Draw, file: File, table: Table, row: Row) -> None:
    there = [
        c
        for c in table.listing.columns_for(file.plan.years)
        if c.editable and c.field in table.columns and c.field not in UNTOLD[table.source]
    ]
    if there:
        column = _one_of(draw, there)
        if table.reword(column.field):
            row.put(column.field, draw(answers(column, file.plan)))


def empty_cells(draw: Draw, file: File, table: Table) -> None:
    """Empty what stands in some cells that are there to be filled in."""
    names = {column.field for column in table.listing.columns_for(file.plan.years) if column.editable} - UNTOLD[
        table.source
    ]
    names -= set(table.words)
    filled = [(n, name) for n, row in enumerate(table.rows) for name in table.columns if name in names & set(row.cells)]
    if filled:
        for n, name in draw(st.lists(st.sampled_from(filled), min_size=1, max_size=3)):
            table.rows[n].put(name, BLANK)


def _one_of(draw: Draw, columns: list[ReturnColumn]) -> ReturnColumn:
    field = draw(st.sampled_from([column.field for column in columns]))
    return next(column for column in columns if column.field == field)


def change_locked(draw: Draw, file: File, table: Table) -> None:
    closed = [c for c in table.listing.columns_for(file.plan.years) if not c.editable and c.field in table.columns]
    if table.rows and closed:
        column = _one_of(draw, closed)
        row = draw(st.sampled_from(table.rows))
        if table.reword(column.field):
            row.put(column.field, draw(answers(column, file.plan)))


def move_columns(draw: Draw, _: File, table: Table) -> None:
    table.columns = list(draw(st.permutations(table.columns)))


def insert_column(draw: Draw, _: File, table: Table) -> None:
    name = f"note {len(table.columns)}"
    table.columns.insert(draw(st.integers(0, len(table.columns))), name)
    table.heads[name] = name
    for row in table.rows[::2]:
        row.cells[name] = text_cell("my own remark")


def drop_column(draw: Draw, _: File, table: Table) -> None:
    least = len(table.listing.columns) - 2
    names = [name for name in table.columns if name != KEY]
    gone = draw(st.sampled_from(names))
    if len(names) > least and table.reword(gone):
        table.columns.remove(gone)


def drop_keys(_: Draw, __: File, table: Table) -> None:
    if KEY in table.columns:
        table.columns.remove(KEY)


def push_down(draw: Draw, _: File, table: Table) -> None:
    above = [{}, {1: text_cell("From the office of"), 3: text_cell("Status")}][: draw(st.integers(1, 2))]
    table.above = [*above, *table.above]


def rename_sheet(draw: Draw, _: File, table: Table) -> None:
    table.title = f"{table.source} {draw(st.integers(1, 9))}"


def hide_rows(draw: Draw, _: File, table: Table) -> None:
    last = table.first + len(table.rows)
    table.hidden = frozenset(draw(st.lists(st.integers(table.first, last), max_size=3)))


def strip(_: Draw, file: File, __: Table) -> None:
    """Take away the hidden sheet and the document property."""
    file.identity = None


def add_row(draw: Draw, file: File, table: Table) -> None:
    """A row that the plan does not have: of an activity that the file knows, or of a new one."""
    row = Row("", {})
    refs = [str(r.cells["ref"].value) for t in file.tables for r in t.rows if "ref" in r.cells and r.truth]
    near = draw(st.sampled_from([*refs, ""])) if refs else ""
    ref = near if table.source == "milestones" else f"{near[:2]}9{len(table.rows)}" if near else ""
    for name, said in (("ref", ref), (table.listing.text, f"Something new, {len(table.rows)}")):
        if name in table.columns and said:
            row.put(name, Said(text_cell(said), "value", said))
    for column in table.listing.columns_for(file.plan.years):
        free = column.field in table.columns and column.field not in {"ref", table.listing.text, *UNTOLD[table.source]}
        if free and not column.computed and draw(st.integers(0, 2)) == 0:
            row.put(column.field, draw(answers(column, file.plan)))
    table.rows.insert(draw(st.integers(0, len(table.rows))), row)


DEEDS = (
    answer,
    answer,
    answer,
    answer,
    answer,
    empty_cells,
    sort_rows,
    sort_leaving_keys,
    sort_leaving_refs,
    delete_row,
    copy_row,
    change_locked,
    move_columns,
    insert_column,
    drop_column,
    drop_keys,
    push_down,
    rename_sheet,
    hide_rows,
    strip,
    add_row,
)
