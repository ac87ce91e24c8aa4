"""The table's model: arranging, keeping places, committing, and what is done with what is refused."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from spp_desktop.plan.kinds import Choice, Day, Option, Several
from spp_desktop.plan.kinds.spelling import natural
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.grid import clipboard
from spp_desktop.ui.grid.arrangement import Group
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import GONE, CellChange, TableModel


@dataclass(frozen=True)
class Line:
    key: str
    ref: str
    owner: tuple[str, ...] = ()
    state: str | None = None
    due: date | None = None


OWNERS = [Option("p1", "ACC Crime"), Option("p2", "ACC Security"), Option("p3", "Head, Finance")]
STATES = [Option("s1", "On track", shape="disc"), Option("s2", "At risk", shape="triangle")]
COLUMNS = (
    GridColumn("ref", "Ref", editable=True),
    GridColumn("owner", "Owner", kind=Several(lambda: OWNERS), editable=True),
    GridColumn("state", "Status", kind=Choice(lambda: STATES), editable=True),
    GridColumn("due", "Due", kind=Day(), editable=True),
    GridColumn("key", "Key"),
)


class Shown:
    """A model over rows that a commit really changes."""

    def __init__(self, rows: list[Line]) -> None:
        self.rows = rows
        self.commits: list[list[CellChange]] = []
        self.refusal: Exception | None = None
        self.model = TableModel(COLUMNS, self.commit, lambda rows_under: (f"{len(rows_under)}", ()))
        self.model.set_rows(rows)
        self.sentences: list[str] = []
        self.model.refused.connect(self.sentences.append)

    def commit(self, cells: list[CellChange]) -> None:
        if self.refusal:
            raise self.refusal
        self.commits.append(cells)
        for key, field, value in cells:
            self.rows = [replace(row, **{field: value}) if row.key == key else row for row in self.rows]
        self.model.set_rows(self.rows)

    def type(self, line: int, field: str, text: str) -> bool:
        return self.model.setData(self.model.index(line, self.model.column_of(field)), text)

    def keys(self) -> str:
        return "".join(self.model.visible_keys())


@pytest.fixture
def shown(qapp: object) -> Shown:
    return Shown(
        [
            Line("a", "1.2", ("p1",), "s1", date(2009, 3, 1)),
            Line("b", "1.10", ("p2", "p1"), "s2", None),
            Line("c", "1.1", ("p2",), None, date(2008, 5, 1)),
            Line("d", "2.1", (), "s1", date(2008, 5, 1)),
        ]
    )


def test_the_model_keeps_qts_rules(shown: Shown, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(shown.model)  # type: ignore[no-untyped-call]  # pytest-qt says no types here
    ungrouped = shown.model.rowCount()
    shown.model.group_by("state")
    assert shown.model.rowCount() > ungrouped > 0
    qtmodeltester.check(shown.model)  # type: ignore[no-untyped-call]  # pytest-qt says no types here


def test_sorting_counts_numbers_keeps_ties_and_puts_blanks_last_both_ways(shown: Shown) -> None:
    shown.model.sort(0)
    assert shown.keys() == "cabd"
    due = shown.model.column_of("due")
    shown.model.sort(due)
    assert shown.keys() == "cdab"
    shown.model.sort(due, Qt.SortOrder.DescendingOrder)
    assert shown.keys() == "acdb"
    shown.model.sort(-1)
    assert shown.keys() == "abcd"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("crime", "ab"), ("CRIME security", "b"), ("owner:crime status:track", "a"), ("key:d", "d"),
        ('owner:"acc security"', "bc"), ("nonsense:x", ""), ("", "abcd"), ("may 2008", "cd"),
    ],
)  # fmt: skip
def test_the_filter_ands_its_words_and_knows_columns(shown: Shown, text: str, keys: str) -> None:
    shown.model.set_filter(text)
    assert shown.keys() == keys
    assert shown.model.matching() == len(keys)


def test_heads_follow_the_list_count_their_rows_and_fold(shown: Shown) -> None:
    shown.model.group_by("state")
    heads = [shown.model.group_at(at) for at in shown.model.heads()]
    assert [(head.title, head.note) for head in heads if isinstance(head, Group)] == [
        ("On track", "2"), ("At risk", "1"), ("None", "1"),
    ]  # fmt: skip
    assert shown.keys() == "adbc"
    shown.model.fold("On track", folded=True)
    assert shown.keys() == "bc"
    assert shown.model.matching() == 4


def test_a_row_stays_where_it_is_until_sorted_or_filtered_again(shown: Shown, qtbot: QtBot) -> None:
    shown.model.set_filter("status:risk")
    with qtbot.assertNotEmitted(shown.model.modelReset), qtbot.waitSignal(shown.model.dataChanged):
        assert shown.type(0, "state", "On track")
    assert shown.keys() == "b"
    assert shown.model.flashing == {("b", "state")}
    shown.model.set_filter("status:risk")
    assert shown.keys() == ""


def test_a_row_that_is_added_is_shown_although_the_filter_would_hide_it(shown: Shown) -> None:
    shown.model.set_filter("crime")
    shown.model.set_rows([*shown.rows, Line("e", "9")])
    assert shown.keys() == "abe"
    shown.model.set_filter("crime ")
    assert shown.keys() == "ab"


@pytest.mark.parametrize("problem", [RuleBroken("ref", "Not that one."), NotKept("full", "The disk is full.")])
def test_what_is_refused_stays_in_its_cell_until_it_is_given_up(shown: Shown, problem: Exception) -> None:
    shown.refusal = problem
    assert not shown.type(0, "ref", "7.7")
    index = shown.model.index(0, 0)
    assert index.data() == "7.7"
    assert index.data(Qt.ItemDataRole.EditRole) == "7.7"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == str(problem)
    assert shown.sentences[-1] == str(problem)
    assert shown.model.give_up([("a", "ref")])
    assert index.data() == "1.2"
    shown.refusal = None
    assert shown.type(0, "ref", "7.7")
    assert index.data() == "7.7"
    assert not shown.model.pending


def test_an_unreadable_date_is_refused_with_the_words_that_help(shown: Shown) -> None:
    assert not shown.type(0, "due", "31/13/9")
    assert "31/03/2009" in shown.sentences[-1]
    assert shown.commits == []
    assert shown.model.index(0, 3).data() == "31/13/9"


def test_many_cells_are_one_commit_or_none(shown: Shown) -> None:
    ref, due, key = COLUMNS[0], COLUMNS[3], COLUMNS[4]
    first, second = shown.rows[:2]
    assert not shown.model.keep([(first, ref, "5"), (second, due, "nonsense")], show=False)
    assert not shown.model.keep([(first, ref, "5"), (second, key, "z")], show=False)
    assert shown.commits == []
    assert shown.model.keep([(first, ref, "5"), (second, due, "1/4/09"), (second, ref, "1.10")])
    assert shown.commits == [[("a", "ref", "5"), ("b", "due", date(2009, 4, 1))]]


def test_a_value_that_is_there_already_is_not_committed(shown: Shown) -> None:
    assert shown.type(0, "ref", "1.2")
    assert shown.commits == []


def test_a_locked_table_says_why_and_cannot_be_typed_in(shown: Shown) -> None:
    shown.model.locked = "Only for reading."
    assert not shown.model.flags(shown.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert not shown.type(0, "ref", "8")
    assert shown.sentences[-1] == "Only for reading."


def test_owners_are_read_by_title_lead_first() -> None:
    owner = COLUMNS[1]
    assert owner.read("ACC Security; acc crime") == ("p2", "p1")
    assert owner.read("Head, Finance") == ("p3",)
    assert owner.read("") == ()
    with pytest.raises(RuleBroken, match="Choose from: ACC Crime"):
        owner.read("Nobody")


@given(st.dates(date(1990, 1, 1), date(2200, 12, 31)))
def test_a_day_as_typed_reads_back(day: date) -> None:
    due, line = COLUMNS[3], Line("a", "1", due=day)
    assert due.read(due.typed(line)) == day
    assert due.read(due.show(line)) == day


def test_references_sort_as_numbers() -> None:
    assert sorted(["1.10", "1.9", "B", "a"], key=natural) == ["1.9", "1.10", "a", "B"]


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='\t\n"'), max_size=8)


@given(st.integers(1, 3).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=4)))
def test_a_block_comes_back_from_the_clipboard_as_it_went(block: list[list[str]]) -> None:
    assert clipboard.from_text(clipboard.to_text(block)) == block


def test_a_block_of_excels_reads_with_its_quotes_and_lines() -> None:
    assert clipboard.from_text('a\t"two\r\nlines"\r\n"say ""yes"""\tb\r\n') == [["a", "two\nlines"], ['say "yes"', "b"]]
    assert clipboard.from_text('5" pipe\tx') == [['5" pipe', "x"]]


def test_html_keeps_references_as_text_and_days_as_days() -> None:
    html = clipboard.to_html([["1.10", "=1+1", "31/03/2009", "a<b\nc"]])
    assert html.count("mso-number-format") == 3
    assert "<td>31/03/2009</td>" in html
    assert "a&lt;b<br>c" in html


def test_a_row_that_went_while_it_was_typed_in_is_said_to_be_gone(shown: Shown) -> None:
    sentences: list[str] = []
    shown.model.refused.connect(sentences.append)
    row = shown.model.row_at(0)
    column = next(column for column in shown.model.columns if column.editable)
    shown.model.set_rows(shown.rows[1:])
    assert not shown.model.keep([(row, column, column.typed(shown.rows[1]))])
    assert sentences == [GONE]
    assert not shown.model.has_unkept
