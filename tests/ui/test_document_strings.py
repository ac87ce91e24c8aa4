"""What is printed is what is shown: each target and number of the plan's document is the text of its cell on screen."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from spp_desktop.documents.blocks import DocumentTable
from spp_desktop.documents.inline import plain_words
from spp_desktop.edits import performance, registers
from spp_desktop.edits.documents.every import document_named
from spp_desktop.edits.documents.making import made
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.edits.targets import TARGET
from spp_desktop.plan.appendices.beside import BUDGET, BudgetLine
from spp_desktop.plan.performance import TargetKind
from spp_desktop.store import queries, registered
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.performance.columns import columns
from spp_desktop.ui.registers.columns import RegisterLook
from spp_desktop.ui.registers.columns import columns as register_columns

YEARS = (2008, 2009, 2010)
KINDS: Mapping[str, TargetKind] = {
    "4%": "level", "no more than 1,200": "ceiling", "Benchmark & report of performance": "benchmark",
    "£2.5m": "level", "reduce": "reduce", "1,234.5": "level",
}  # fmt: skip
TARGETS = st.sampled_from(sorted(KINDS))
AMOUNTS = st.floats(-1e9, 1e9) | st.integers(-(10**9), 10**9)
ROWS = st.lists(st.tuples(st.booleans(), st.dictionaries(st.sampled_from((*YEARS, None)), TARGETS)), max_size=4)


def write(session: Session, rows: list[tuple[bool, dict[int | None, str]]], amounts: list[float]) -> None:
    """A verb: indicators with targets, and budget lines with amounts."""
    group = performance.add_group(session, "Aims")
    for number, (starred, targets) in enumerate(rows):
        key = performance.add_indicator(
            session, group, ref=f"N{number}", title=f"Number {number}", polarity="lower", local_priority=starred
        )
        for year, stated in targets.items():
            performance.set_target(session, key, year, stated, KINDS[stated])
    for number, amount in enumerate(amounts):
        registers.add(session, BudgetLine, {"ref": f"B{number}", "text": "Money", "expected:2008": amount})


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.lists(AMOUNTS, max_size=3))
def test_each_number_of_the_document_is_the_text_of_its_cell(
    workspace: Workspace, rows: list[tuple[bool, dict[int | None, str]]], amounts: list[float]
) -> None:
    workspace.edit("set up", write, rows, amounts)
    kind = document_named("plan")
    assert kind is not None
    printed = made(workspace, kind, DocumentAsk(date(2008, 10, 1), parts=("performance", "registers")))
    tables = {plain_words(block.caption): block for block in printed.blocks if isinstance(block, DocumentTable)}
    cells = [plain_words(cell) for table in tables.values() for row in table.rows for cell in row[1:]]
    targets = columns(YEARS, (), tuple)
    on_screen = [
        column.show(row).partition("\n")[0]
        for row in workspace.read(queries.indicators)
        for column in targets
        if column.field.startswith(TARGET)
    ]
    money = register_columns(BUDGET, {}, RegisterLook(lambda: date(2008, 10, 1), spelled=True, columns_of=YEARS))
    on_screen += [
        column.show(row)
        for row in workspace.read(registered.register_rows, BUDGET)
        for column in money
        if ":2008" in column.field
    ]
    shown = Counter(text for text in on_screen if text)
    assert shown <= Counter(cells)
    assert not {text for text in cells if text[-1:].isdecimal() or "%" in text} - set(on_screen)
    workspace.undo()
