"""What is written in a return reads the same again, whatever the plan says."""

import zipfile
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from spp_desktop.plan.kinds import (
    Choice,
    Day,
    Kind,
    Number,
    Percent,
    Rate,
    Several,
    TargetText,
    Text,
    Whole,
    Year,
    YesNo,
    by_kind,
)
from spp_desktop.returns import reader, rules, workbook
from spp_desktop.returns.answers import find_tables, read_rows
from spp_desktop.returns.catalogue import RETURNS
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.efficiency import EFFICIENCY_PLAN
from spp_desktop.returns.definition import Content, Identity, Listing, PlanFacts, Return, ReturnColumn, ReturnRow, Value
from spp_desktop.returns.intake import received, take
from spp_desktop.returns.values import same
from spp_desktop.returns.words import LONGEST, REPLACED, clean
from tests.depth import depth

_OTHERS = {
    column.choices: tuple(option.title for option in column.kind.options()) or ("A & <B>, C", "=Not met", "1.10")
    for definition in RETURNS
    for listing in definition.listings
    for column in listing.columns
    if column.choices
}
"""The lists that the returns of the catalogue name: the words that a register's column has, and some titles."""

PLAN = PlanFacts(
    key="11111111-1111-4111-8111-111111111111",
    title="Plan & plans <2008>",
    years=(2008, 2009, 2010),
    marking="RESTRICTED",
    illustrative="Figures & dates are illustrative.",
    lists={
        **_OTHERS,
        "statuses": ("Not started", "On track"),
        "posts": ("ACC Crime", "ACC, Intelligence", "ACC Operations"),
        "what activities stand under": ("P1", "P1.1", "P1.1.1", "P2"),
        "what activities serve": ("P1", "P1.1", "P1.1.1", "NI 15"),
        "what indicators serve": ("P1", "1.05", "1.05/1"),
        "priorities": ("Serious harm", "=Local policing"),
        "how often": ("monthly", "yearly"),
        "polarities": ("lower", "higher", "neutral"),
        "kinds of target": ("Level", "No more than", "% change on the year before"),
        "states of a result": ("provisional", "final", "not available"),
    },
    reasons={"statuses": ("Not started",)},
    meanings={"Not started": "=No work & no <date>", "On track": "@all"},
)
TEXTS = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(
    [
        "=1+1",
        "@cmd",
        "+44 20",
        "-2",
        "'quoted",
        "=",
        "_x0041_",
        "#REF!",
        "a\r\nb",
        "\ud800",
        "\x07",
        "1.10",
        "007",
        "1e5",
    ]
)
TARGETS = st.sampled_from(["4%", "4.0%", "78.9%", "0.5%", "45", "10.50", "4% *", "Benchmark & report of performance"])


def _values(column: ReturnColumn) -> st.SearchStrategy[Value]:
    """Anything that a column may hold."""
    listed = st.sampled_from(PLAN.lists.get(column.choices, ("",)))
    kinds: dict[type[Kind], st.SearchStrategy[Any]] = {
        Text: TEXTS,
        Day: st.dates(date(1990, 1, 1), date(2200, 1, 1)),
        Percent: st.integers(0, 100),
        Whole: st.integers(-(10**9), 10**9),
        Number: st.floats(-1e12, 1e12) | st.integers(-(10**9), 10**9),
        Rate: st.floats(-1e12, 1e12) | st.sampled_from([23.1, 0.231, 100.0, 1.0]),
        Choice: listed,
        Several: st.lists(listed, unique=True, min_size=1).map(tuple),
        YesNo: st.booleans(),
        Year: st.integers(1990, 2100),
        TargetText: TARGETS | st.decimals(0, 999, places=2).map(lambda n: f"{n}%"),
    }
    return st.none() | by_kind(kinds, column.kind).filter(
        lambda value: not isinstance(value, str) or bool(clean(value))
    )


def _identity(definition: Return) -> Identity:
    period = {"quarter": "Q2", "month": "M06"}.get(definition.span, "")
    return Identity(PLAN.key, "an export", definition.id, "abcdef0123456789", "ACC Crime", 2008, PLAN.title, period)


def _contents(definition: Return) -> st.SearchStrategy[Content]:
    tables = st.tuples(*(_tables(place, listing) for place, listing in enumerate(definition.listings)))
    return tables.map(lambda held: Content(PLAN, _identity(definition), held))


def _tables(place: int, listing: Listing) -> st.SearchStrategy[tuple[ReturnRow, ...]]:
    row = st.fixed_dictionaries({column.field: _values(column) for column in listing.columns_for(PLAN.years)})

    def table(rows: list[dict[str, Value]]) -> tuple[ReturnRow, ...]:
        return tuple(ReturnRow(str(UUID(int=100 * place + n)), row) for n, row in enumerate(rows))

    return st.lists(row, max_size=4).map(table)


@pytest.mark.parametrize("definition", RETURNS, ids=lambda one: one.id)
def test_what_is_written_reads_the_same(definition: Return, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("out") / "return.xlsx"

    @settings(max_examples=depth(4, 200))
    @given(_contents(definition))
    def check(content: Content) -> None:
        workbook.write(definition, content, path)
        found = received(path.name, reader.read(path, 1000, 100))
        assert found.identity == content.identity
        tables = {table.listing.title: table for table in find_tables(definition, PLAN, found)}
        for listing, lines in zip(definition.listings, content.tables, strict=True):
            if listing.optional and not lines:
                assert listing.title not in tables
                continue
            issued = {line.key: line for line in lines}
            rows = {row.key: row for row in read_rows(tables[listing.title], PLAN, "an export", issued)}
            for line in lines:
                if line.key not in rows:
                    assert all(value is None for value in line.values.values())
                    continue
                assert rows[line.key].match == "key"
                for field, answer in rows[line.key].answers.items():
                    assert not answer.doubt
                    (column,) = [one for one in listing.columns_for(PLAN.years) if one.field == field]
                    assert same(column, answer.value, line.values[field]), column

    check()


def _content(**values: Value) -> Content:
    whole = {"ref": "1.01", "text": "Do it", "priority": "Serious harm", **values}
    return Content(PLAN, _identity(DELIVERY_PLAN), ((ReturnRow(str(UUID(int=1)), whole),),))


def test_a_row_whose_words_no_workbook_can_hold_is_known_by_its_key(tmp_path: Path) -> None:
    path, content = tmp_path / "out.xlsx", _content(ref="\x01", text="a\x02b")
    workbook.write(DELIVERY_PLAN, content, path)
    found = received(path.name, reader.read(path, 1000, 100))
    issued = {line.key: line for line in content.tables[0]}
    (row,) = read_rows(find_tables(DELIVERY_PLAN, PLAN, found)[0], PLAN, "an export", issued)
    assert row.match == "key"
    assert not any(answer.doubt for answer in row.answers.values())


def test_a_row_that_is_known_by_its_year_alone_keeps_its_key(tmp_path: Path) -> None:
    path, (_, targets) = tmp_path / "out.xlsx", EFFICIENCY_PLAN.listings
    row = ReturnRow(str(UUID(int=1)), {targets.text: 2009})
    assert targets.words_of(row) == ("", "2009-2010")
    workbook.write(EFFICIENCY_PLAN, Content(PLAN, _identity(EFFICIENCY_PLAN), ((), (row,))), path)
    tables = find_tables(EFFICIENCY_PLAN, PLAN, received(path.name, reader.read(path, 1000, 100)))
    (table,) = [one for one in tables if one.listing is targets]
    assert [known.match for known in read_rows(table, PLAN, "an export", {row.key: row})] == ["key"]


def test_a_formula_like_text_is_a_text_cell(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    workbook.write(DELIVERY_PLAN, _content(reason="=1+1"), path)
    sheet = load_workbook(path)["Delivery plan"]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert cell.data_type == "s"
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")


def test_a_list_too_long_to_choose_from_is_typed_and_makes_no_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.xlsx"
    monkeypatch.setattr(rules, "MOST_OFFERED", 3)
    workbook.write(DELIVERY_PLAN, _content(), path)
    book = load_workbook(path)
    kept = {cell.value for row in book["_meta"].iter_rows() for cell in row}
    assert kept >= {*PLAN.lists["statuses"], *PLAN.lists["posts"]}
    assert kept.isdisjoint({"P1.1", "P1.1.1", "NI 15"})
    offered = [rule.formula1 for rule in book["Delivery plan"].data_validations.dataValidation if rule.type == "list"]
    assert len(offered) == len(set(offered)) > 1


def test_numbers_and_dates_are_real(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    workbook.write(DELIVERY_PLAN, _content(percent=35, due=date(2009, 3, 31)), path)
    sheet = load_workbook(path)["Delivery plan"]
    held = {
        cell.number_format: cell.value for row in sheet.iter_rows(min_row=7) for cell in row if cell.value is not None
    }
    assert held["0%"] == 0.35
    assert str(held["dd/mm/yyyy"])[:10] == "2009-03-31"


def test_how_it_prints(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    workbook.write(DELIVERY_PLAN, _content(), path)
    book = load_workbook(path)
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "veryHidden"]
    ways = [(sheet.page_setup.orientation, sheet.page_setup.paperSize) for sheet in book.worksheets[:2]]
    assert ways == [("portrait", 9), ("landscape", 9)]
    for sheet in book.worksheets[:2]:
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddHeader is not None
        assert sheet.oddFooter is not None
        assert sheet.oddHeader.left.text == "Plan && plans <2008>"
        assert sheet.oddHeader.center.text == "RESTRICTED"
        assert sheet.oddHeader.right.text == "Annual delivery plan · 2008-2009 · ACC Crime"
        assert sheet.oddFooter.center.text == "RESTRICTED · Figures && dates are illustrative."
        assert max(len(str(sheet.oddHeader)), len(str(sheet.oddFooter))) <= 255
        shown = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row if cell.value)
        assert PLAN.illustrative in shown
        assert PLAN.title in shown
    table = book["Delivery plan"]
    assert table.print_title_rows == "$5:$6"
    assert table.freeze_panes == "D7"
    assert table.column_dimensions["A"].hidden
    assert {rule.type for rule in table.data_validations.dataValidation} == {"list", "custom", "textLength"}


def test_what_no_workbook_can_hold_is_replaced_where_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    workbook.write(DELIVERY_PLAN, _content(reason="bell\x07 half\ud800 end"), path)
    sheets = {sheet.title: sheet for sheet in take(path).sheets}
    texts = [cell.value for row in sheets["Delivery plan"].rows.values() for cell in row.values()]
    assert f"bell{REPLACED} half{REPLACED} end" in texts


def test_a_text_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(workbook.NotWritten, match="more than 32,767 characters"):
        workbook.write(DELIVERY_PLAN, _content(reason="x" * (LONGEST + 1)), tmp_path / "out.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"the old file")

    def full(book: object, tables: object, target: Path) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workbook, "save", full)
    with pytest.raises(workbook.NotWritten, match="No space left"):
        workbook.write(DELIVERY_PLAN, _content(), path)
    assert path.read_bytes() == b"the old file"
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_that_reads_otherwise_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"the old file")
    monkeypatch.setattr("spp_desktop.returns.written_rows.escape", lambda text: text.replace("Do", "Undo"))
    with pytest.raises(workbook.NotWritten, match="would not read the same"):
        workbook.write(DELIVERY_PLAN, _content(), path)
    assert path.read_bytes() == b"the old file"


def test_writing_can_be_stopped(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        assert (done, total) == (1, 1)
        raise StoppedError

    with pytest.raises(StoppedError):
        workbook.write(DELIVERY_PLAN, _content(), tmp_path / "out.xlsx", stop)
    assert not list(tmp_path.iterdir())


def test_the_reader_reads_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    workbook.write(DELIVERY_PLAN, _content(), path)
    here = received(path.name, reader.read(path, 21_000, 200))
    assert take(path) == replace(here, file_hash=sha256(path.read_bytes()).hexdigest())
