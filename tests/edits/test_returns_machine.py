"""Returns as people really treat them: a machine of random deeds, held to a model; and the faults that it must find."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from openpyxl import Workbook as Book
from openpyxl.packaging.custom import StringProperty
from sqlmodel import Session

from spp_desktop.edits import as_issued, comparing, date_moves, delivery, earlier, keeping, receiving, rows, taking
from spp_desktop.edits.reviewing import Review
from spp_desktop.plan import rows as plan_rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.kinds import Choice, Day, Kind, Money, Percent, Several, by_kind
from spp_desktop.returns import answers, values, workbook
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Content, Identity, PlanFacts, Return, ReturnColumn, ReturnRow, Value
from spp_desktop.returns.intake import Received, Sheet, take
from spp_desktop.returns.placement import MARK, META, RowKey, identity_text
from spp_desktop.returns.sheet_cell import SheetCell
from spp_desktop.returns.values import Answer
from spp_desktop.store import backups
from spp_desktop.store.workspace import Workspace
from tests.depth import by_night, depth
from tests.edits.returns_file import File, Said, laid_out
from tests.edits.returns_machine import Returns
from tests.edits.returns_plan import POSTS, set_up

ALWAYS = settings(deadline=None, suppress_health_check=list(HealthCheck))
AS_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)
PLAN = PlanFacts(
    key=str(UUID(int=9)),
    title="A plan",
    years=(2008, 2009, 2010),
    marking="RESTRICTED",
    lists={
        "statuses": ("Not started", "On track"),
        "posts": POSTS,
        "priorities": ("Serious harm", "=Local"),
        "how often": ("monthly", "yearly"),
        "what activities stand under": ("P1", "P1.1", "P1.1.1"),
        "what activities serve": ("P1", "P1.1.1"),
    },
)
WORDS = st.sampled_from(["=1+1", "Agreed; see minute 4", "two\nlines", "1.10", "_x0041_", "#REF!", "@cmd", "café"])


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan that each run begins with; earlier versions of it are not kept."""
    monkeypatch.setattr(plan_rows, "uuid4", Returns.keys)
    monkeypatch.setattr(date_moves.Move, "asks", property(lambda _: False))  # why dates move is tried by itself
    Returns.keys.begin(0)
    with Workspace.create(tmp_path / "plan.plan", "A small plan", 2008) as made:
        made.edit("set up", set_up, as_kind="built")
    monkeypatch.setattr(backups, "make", lambda *_: tmp_path)
    return tmp_path / "plan.plan"


def assert_always_true(machine: type[Returns], plan: Path, **how: Any) -> None:
    """Run a machine on copies of a plan. What it finds is told as it was found: to make it small takes minutes."""
    made = type(machine.__name__, (machine,), {"plan": plan})
    run_state_machine_as_test(made, settings=settings(ALWAYS, phases=AS_FOUND, report_multiple_bugs=False, **how))


def test_whatever_is_done_to_returns_only_what_was_accepted_is_applied(plan: Path) -> None:
    assert_always_true(Returns, plan, max_examples=depth(4, 150), stateful_step_count=depth(20, 40))


# The file as the machine lays it out


def _values(column: ReturnColumn) -> st.SearchStrategy[Value]:
    listed = PLAN.lists.get(column.choices, ("",))
    kinds: dict[type[Kind], st.SearchStrategy[Any]] = {
        Kind: WORDS,
        Day: st.dates(date(2000, 1, 1), date(2030, 1, 1)),
        Percent: st.integers(0, 100),
        Money: st.integers(0, 1_000_000).map(float),
        Choice: st.sampled_from(listed),
        Several: st.lists(st.sampled_from(listed), min_size=1, unique=True).map(tuple),
    }
    return st.none() | by_kind(kinds, column.kind)


def _contents(definition: Return) -> st.SearchStrategy[Content]:
    def lines(columns: tuple[ReturnColumn, ...]) -> st.SearchStrategy[tuple[ReturnRow, ...]]:
        row = st.fixed_dictionaries({column.field: _values(column) for column in columns})
        return st.lists(row, max_size=3).map(
            lambda found: tuple(ReturnRow(str(UUID(int=n)), row) for n, row in enumerate(found))
        )

    identity = Identity(PLAN.key, str(UUID(int=7)), definition.id, str(UUID(int=8)), POSTS[0], 2008, PLAN.title, "Q2")
    tables = st.tuples(*(lines(listing.columns_for(PLAN.years)) for listing in definition.listings))
    return tables.map(lambda found: Content(PLAN, identity, found, date(2008, 10, 14)))


def _below_headings(sheet: Sheet) -> list[tuple[int, list[tuple[int, SheetCell]]]]:
    """The cells from the headings down, rows counted from there; what stands above says nothing to the program.

    Only of a number does the format say anything.
    """
    first = next(n for n, cells in sorted(sheet.rows.items()) if 1 in cells and cells[1].value == "key")
    held = {
        n: {place: cell if cell.kind == "number" else cell._replace(format="") for place, cell in cells.items()}
        for n, cells in sheet.rows.items()
    }
    return [(n - first, sorted(cells.items())) for n, cells in sorted(held.items()) if n >= first and cells]


@pytest.mark.parametrize("definition", [STATUS_RETURN, DELIVERY_PLAN], ids=lambda one: one.id)
def test_the_machine_lays_files_out_as_the_program_writes_and_reads_them(definition: Return, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"

    @settings(ALWAYS, max_examples=depth(4, 40), phases=AS_FOUND)
    @given(_contents(definition))
    def check(content: Content) -> None:
        workbook.write(definition, content, path)
        real, ours = take(path), laid_out(definition, content).received()
        assert (real.identity, [sheet.title for sheet in real.sheets]) == (
            ours.identity,
            [sheet.title for sheet in ours.sheets],
        )
        for one, other in zip(real.sheets[1:], ours.sheets[1:], strict=True):
            assert _below_headings(one) == _below_headings(other)

    check()


class ThroughWorkbooks(Returns):
    """The same deeds, but every file goes out and comes back as a real workbook."""

    def _send(self, definition: Return, content: Content) -> None:
        workbook.write(definition, content, self.plan.with_name("sent.xlsx"))
        super()._send(definition, content)

    def _came_in(self, file: File) -> Received:
        path = self.plan.with_name("came in.xlsx")
        for row in (row for table in file.tables for row in table.rows):
            for name, said in list(row.said.items()):
                if said.cell is not None and said.cell.computed:  # openpyxl keeps no results of formulas
                    row.put(name, Said(said.cell._replace(computed=False), "value", said.value))
        ours = file.received()
        _saved(ours, path)
        real = take(path)
        assert real.identity == ours.identity
        return replace(real, file_hash=ours.file_hash)  # a workbook's bytes say when it was saved


def _saved(received: Received, path: Path) -> None:
    """What came in as another program would have saved it."""
    book: Any = Book()
    book.remove(book.worksheets[0])
    for sheet in received.sheets:
        made = book.create_sheet(sheet.title)
        for row, cells in sheet.rows.items():
            for place, cell in cells.items():
                _put(made.cell(row, place), cell)
        for row in sheet.hidden_rows:
            made.row_dimensions[row].hidden = True
    if received.identity is not None:
        said = identity_text(received.identity)
        made = book.create_sheet(META)
        made["A1"], made["B1"] = MARK, said
        book.custom_doc_props.append(StringProperty(name=MARK, value=said))
    book.save(path)


_TYPES = {"text": "s", "error": "e", "formula": "f"}


def _put(target: Any, cell: SheetCell) -> None:
    said: Any = cell.value
    if cell.kind == "date":
        said = datetime.fromisoformat(str(said)) if "T" in str(said) else date.fromisoformat(str(said))
    target.value = time(12, 30) if cell.kind == "other" else said
    if cell.kind in _TYPES:
        target.data_type = _TYPES[cell.kind]
    if cell.kind == "number":
        target.number_format = cell.format


def test_the_same_is_true_of_real_workbooks(plan: Path) -> None:
    assert_always_true(ThroughWorkbooks, plan, max_examples=depth(2, 20), stateful_step_count=depth(8, 20))


# Faults that the machine must find

Break = Callable[[pytest.MonkeyPatch], None]


def _compare_with_now(patch: pytest.MonkeyPatch) -> None:
    """What came back is held against the plan as it is now, and not as it went out."""
    first = as_issued._rows_at
    patch.setattr(as_issued, "_rows_at", lambda plan, known, _, issues: first(plan, known, plan.revision(), issues))


def _blank_clears(patch: pytest.MonkeyPatch) -> None:
    """A cell left empty empties the plan's."""

    def read(*asked: Any) -> Answer:
        found = values.read(*asked)
        return Answer() if found.blank else found

    patch.setattr(answers, "read", read)


def _missing_removes(patch: pytest.MonkeyPatch) -> None:
    """An activity that is not in the file is removed."""
    first = taking.apply

    def remove(session: Session, keys: list[str]) -> None:
        for key in keys:
            rows.remove(session, Activity, key)

    def apply(workspace: Workspace, reviews: list[Review]) -> Any:
        done = first(workspace, reviews)
        missing = [one for review in reviews for one in review.differences if one.kind == "not returned"]
        workspace.edit("take in", remove, [one.key for one in missing if one.source.name == "activities"])
        return done

    patch.setattr(taking, "apply", apply)


def _joint_counts(patch: pytest.MonkeyPatch) -> None:
    """A joint owner's answer is taken in as if it were the lead's."""
    first = comparing._kind
    patch.setattr(comparing, "_kind", lambda column, line, owner, **how: first(column, line, "", **how))


def _keys_believed(patch: pytest.MonkeyPatch) -> None:
    """A key is believed wherever it stands."""
    patch.setattr(RowKey, "fits", lambda *_: True)
    patch.setattr(answers, "_doubted", lambda _, found, __: found)


def _reported_again(patch: pytest.MonkeyPatch) -> None:
    """What was reported is added as one more update each time."""

    def report(session: Session, activity: str, on: date, post: str, **said: Any) -> str:
        return delivery.add_update(session, activity, on, post_id=post, **said)

    patch.setattr(delivery, "report", report)


def _forgets_files(patch: pytest.MonkeyPatch) -> None:
    """A file that was taken in already is not known again."""
    first = earlier.received_before
    patch.setattr(receiving, "received_before", lambda *asked: replace(first(*asked), receipt=None, decisions={}))


def _writes_by_reading(patch: pytest.MonkeyPatch) -> None:
    """A file is kept in the plan as soon as it is looked at."""
    first = receiving.held_against
    patch.setattr(receiving, "held_against", lambda plan, received: keeping.keep(plan, first(plan, received)))


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(_compare_with_now, marks=by_night),
        _blank_clears,
        pytest.param(_missing_removes, marks=by_night),
        pytest.param(_joint_counts, marks=by_night),
        pytest.param(_keys_believed, marks=by_night),
        _reported_again,
        _forgets_files,
        _writes_by_reading,
    ],
    ids=lambda fault: fault.__name__.strip("_"),
)
def test_a_fault_is_found(fault: Break, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fault(monkeypatch)
    with pytest.raises(AssertionError) as found:
        assert_always_true(Returns, plan, max_examples=200, stateful_step_count=20, derandomize=True, database=None)
    assert Path(found.traceback[-1].path).name in ("returns_machine.py", "returns_model.py", "returns_taken.py")
