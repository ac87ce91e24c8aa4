"""Extracts read through a mapping: periods as people write them, blocks, guesses, and files made to do harm."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from spp_desktop.plan.periods import month_end, quarter_end, quarter_start, year_end, year_start
from spp_desktop.returns import blocks, mapped, reader
from spp_desktop.returns.blocks import MARK, block, parts, shown, told
from spp_desktop.returns.column_mapping import (
    ColumnMapping,
    Role,
    find_headings,
    from_text,
)
from spp_desktop.returns.extract_rows import BlockReader, Unread
from spp_desktop.returns.guessing import guess, heading_row
from spp_desktop.returns.headings import named
from spp_desktop.returns.mapped import Chosen, Extract, look_at, where
from spp_desktop.returns.period_text import NoPeriod, column_of, period_of_day, period_of_parts, period_of_text
from spp_desktop.returns.records import Record, RowsTogether
from spp_desktop.returns.scan import ReturnRefused, scan
from tests.returns import ods_made, over_limits
from tests.returns.over_limits import OVER_LIMITS, OverLimit

pytestmark = pytest.mark.usefixtures("read_here")

SPOILT = sorted((Path(__file__).parent / "spoilt").iterdir())
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
MONTHS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%b-%y}", lambda day: f"{day:%B %Y}", lambda day: f"{day:%b %Y}", lambda day: f"{day:%Y-%m}",
    lambda day: f"01/{day:%m/%Y}", lambda day: f"{month_end(day):%d/%m/%Y}", lambda day: f"{day:%m/%Y}",
    lambda day: f"{day:%Y%m}", lambda day: f" {day:%B} {day:%Y} ".upper(), lambda day: f"{day:%Y-%m}-01",
    lambda day: f"{day:%b} \N{RIGHT SINGLE QUOTATION MARK}{day:%y}", lambda day: f"{day:%B}\N{EN DASH}{day:%Y}",
)  # fmt: skip


@given(day=DAYS, way=st.sampled_from(MONTHS))
def test_a_month_is_read_in_every_way_it_is_written(day: date, way: Callable[[date], str]) -> None:
    first = day.replace(day=1)
    found = period_of_text(way(day), "month")
    if f"{day:%Y}" not in way(day):  # of a year in two digits nobody can say the century
        assert found.first == first.replace(year=2000 + day.year % 100)
    else:
        assert found == (first, month_end(first))


@given(
    year=st.integers(1990, 2060),
    quarter=st.integers(1, 4),
    form=st.sampled_from(["Q{q} {y}-{e:02}", "{y}/{e:02} Q{q}", "Quarter {q}, {y}-{n}", "q{q} fy{y}/{e:02}"]),
)
def test_a_quarter_is_one_of_the_financial_year(year: int, quarter: int, form: str) -> None:
    text = form.format(q=quarter, y=year, e=(year + 1) % 100, n=year + 1)
    assert period_of_text(text) == (quarter_start(year, quarter), quarter_end(year, quarter))


@given(year=st.integers(1990, 2060), form=st.sampled_from(["{y}/{e:02}", "{y}-{n}", "FY{y}/{e:02}", "{y}\u2013{e:02}"]))
def test_a_year(year: int, form: str) -> None:
    text = form.format(y=year, e=(year + 1) % 100, n=year + 1)
    assert period_of_text(text, "year") == (year_start(year), year_end(year))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2008-09", "may be the month September 2008 or the year 2008-2009"),
        ("200809", "may be the month"),
        ("2008", "may be a calendar or a financial year"),
        ("Q1 2008", "may be a quarter of a calendar or of a financial year"),
        ("15/04/2008", "is a day within a month"),
        ("04/13/2008", "is not a month, quarter or year"),
        ("Apr", "is not a month"),
        ("08-Apr", "is not a month"),
        ("2008-13", "is not a month"),
        ("2008/10", "is not a month"),
        ("Total", "is not a month"),
        ("x" * 1000, "is no period"),
    ],
)
def test_what_is_vague_is_no_period(text: str, said: str) -> None:
    with pytest.raises(NoPeriod, match=said):
        period_of_text(text)


def test_a_column_says_what_vague_texts_mean() -> None:
    assert period_of_text("2008-09", "month").first == date(2008, 9, 1)
    assert period_of_text("2008-09", "year").first == date(2008, 4, 1)
    assert column_of(["2008-08", "2008-09", "2008-10"]) == "month"
    assert column_of(["2007-08", "2008-09"]) == "year"
    assert column_of(["North", "South"]) is None
    with pytest.raises(NoPeriod, match="is no month, as the rest"):
        period_of_text("2008/09", "month")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Apr-Jun 2008", date(2008, 4, 1), date(2008, 6, 30)),
        ("April 2008 to March 2009", date(2008, 4, 1), date(2009, 3, 31)),
        ("Nov - Jan 09", date(2008, 11, 1), date(2009, 1, 31)),
        ("12 months to Sep 2008", date(2007, 10, 1), date(2008, 9, 30)),
        ("Rolling year ending Feb 2008", date(2007, 3, 1), date(2008, 2, 29)),
    ],
)
def test_several_months(text: str, first: date, last: date) -> None:
    assert period_of_text(text) == (first, last)


def test_parts_of_a_year() -> None:
    assert period_of_parts("2008/09", "January", "month").first == date(2009, 1, 1)
    assert period_of_parts("2008", "1", "month").first == date(2008, 1, 1)
    assert period_of_parts("2008-09", "Q4", "quarter").last == date(2009, 3, 31)
    for year, part, kind in (("2008/09", "1", "month"), ("2008", "Q1", "quarter"), ("last", "May", "month")):
        with pytest.raises(NoPeriod):
            period_of_parts(year, part, kind)  # type: ignore[arg-type] # each is a kind
    with pytest.raises(NoPeriod):
        period_of_day(date(2008, 4, 2))


# Mappings

ROLES = st.sampled_from(["area", "month", "value", "indicator", "state"])


@given(
    roles=st.dictionaries(st.text(min_size=1), ROLES, max_size=5),
    texts=st.tuples(st.text(), st.text(), st.text(), st.text()),
    state=st.sampled_from(["provisional", "final"]),
    across=st.sampled_from([None, "month", "quarter"]),
)
def test_a_mapping_is_kept_as_text(
    roles: dict[str, Role], texts: tuple[str, str, str, str], across: Any, state: Any
) -> None:
    made = ColumnMapping(tuple(roles.items()), across, *texts, state)
    assert from_text(made.as_text()) == made


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"form": 2}', '{"form": 1, "roles": 3}', '{"form": 1, "roles": [["a", "b"]]}']
)
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_text(text)


@given(st.lists(st.text(max_size=5), max_size=8))
def test_columns_have_names_of_their_own(headings: list[str]) -> None:
    assert len(set(named(headings))) == len(headings)


def test_headings_are_guessed() -> None:
    table = [["Illustrative", "", "", ""], ["OCU", "Month", "Recorded", "Detected"], ["Northtown", "Apr-08", "5", "1"]]
    at = heading_row(table)
    assert at == 1
    found = guess(table[at], table[at + 1 :])
    assert dict(found.roles) == {"ocu": "area", "month": "month", "recorded": "denominator", "detected": "numerator"}
    assert dict(guess(["Area", "Date", "Count"], [["N", "Q1 2008-09", "5"]]).roles) == {
        "area": "area", "date": "quarter", "count": "value",
    }  # fmt: skip
    wide = guess(["OCU", "Apr-08", "May-08", "2008/09"], [["N", "1", "2", "3"]])
    assert (wide.across, dict(wide.roles)) == ("month", {"ocu": "area"})
    assert [place for place, _ in wide.placed(["May-08", "x", "OCU", "Jun-08"]).across] == [1, 4]


def test_a_mapping_finds_its_columns_in_another_order() -> None:
    mapping = ColumnMapping((("ocu", "area"), ("month", "month"), ("count", "value")), indicator="R1")
    assert not mapping.lacks()
    assert find_headings(mapping, [["Title"], ["Count", "x", "MONTH ", "OCU"]]) == 1
    assert mapping.placed(["Count", "x", "MONTH ", "OCU"]).columns == {"value": 1, "month": 3, "area": 4}
    assert find_headings(mapping, [["Count", "OCU"]]) is None


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (ColumnMapping(), "Choose the indicator"),
        (ColumnMapping((("a", "value"),), indicator="R1"), "of which month"),
        (ColumnMapping((("a", "month"),), indicator="R1"), "holds the result"),
        (ColumnMapping((("a", "from"), ("b", "value")), indicator="R1"), "the other column too"),
        (ColumnMapping((("a", "value"), ("b", "value"), ("c", "month")), indicator="R1"), "Two columns are chosen"),
        (ColumnMapping((("a", "value"), ("b", "numerator"), ("c", "month")), indicator="R1"), "not both"),
        (ColumnMapping((("a", "value"), ("b", "period"), ("c", "month")), indicator="R1"), "Several columns say"),
        (ColumnMapping((("a", "value"),), "month", indicator="R1"), "stand under their periods"),
    ],
)
def test_what_is_still_to_be_chosen_is_said(mapping: ColumnMapping, said: str) -> None:
    assert said in mapping.lacks()


# Files

CELLS = st.one_of(
    st.text(max_size=8).map(lambda text: [text]),
    st.tuples(st.sampled_from(["number"]), st.floats(-1e9, 1e9), st.sampled_from(["General", "0%"]), st.booleans()).map(
        list
    ),
    st.sampled_from([["date", "2008-04-01", "", False], ["error", "#N/A", "", False], ["yes/no", True, "", False]]),
)


@given(cells=st.dictionaries(st.integers(1, 6), CELLS, max_size=6))
def test_a_block_holds_what_records_hold(cells: dict[int, list[Any]]) -> None:
    record = [7, False, [[column, *cell] for column, cell in cells.items()]]
    made = block([record], range(1, 7))
    assert made["rows"] == [7]
    for column, (held,) in zip(range(1, 7), made["cells"], strict=True):
        cell = cells.get(column)
        if cell is None:
            assert held is None
        elif len(cell) == 1:
            assert parts(held)[:2] == ("text", cell[0])
        else:
            assert parts(held)[:2] == (cell[0], cell[1])
            assert ("%" in parts(held)[2]) == ("%" in cell[2])
            assert shown(held) == shown(told([column, *cell]))


def test_a_text_that_begins_like_a_mark_is_a_text() -> None:
    assert parts(block([[1, False, [[1, f"{MARK}x"]]]], [1])["cells"][0][0])[:2] == ("text", f"{MARK}x")


TABLE = [["OCU", "Month", "Count"], ["Northtown", "Apr-08", "1,200"], ["", "", ""], ["Southtown", "May-08", "7%"]]


def _csv(path: Path, encoding: str = "utf-8", delimiter: str = ",", table: Any = TABLE) -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows(table)
    return path


def _read(
    path: Path, mapping: ColumnMapping | None = None
) -> tuple[list[tuple[Any, ...]], list[tuple[int, Unread]], int]:
    sheet = look_at(path).sheets[0]
    at = heading_row(sheet.rows)
    found = mapping or guess(sheet.rows[at], sheet.rows[at + 1 :])
    chosen = Chosen(sheet.title, sheet.numbers[at], sheet.rows[at], found, 2008)
    lines: list[tuple[Any, ...]] = []
    unread: list[tuple[int, Unread]] = []
    rows = 0
    for batch in mapped.read(Extract(path), chosen):
        lines += batch.lines
        unread += batch.unread
        rows += batch.rows
    return lines, unread, rows


WANTED = [
    ("", "Northtown", "", "2008-04-01", "2008-04-30", 1200.0, None, None, None, None, "provisional", 2, 3),
    ("", "Southtown", "", "2008-05-01", "2008-05-31", 7.0, None, None, None, None, "provisional", 4, 3),
]


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ",")]
)
def test_a_file_with_separators(tmp_path: Path, encoding: str, delimiter: str) -> None:
    assert _read(_csv(tmp_path / "x.csv", encoding, delimiter)) == (WANTED, [], 2)


def test_a_workbook_and_a_spreadsheet_say_the_same(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["OCU", "Month", "Count"],
        ["Northtown", date(2008, 4, 1), 1200],
        [],
        ["Southtown", date(2008, 5, 31), 0.07],
    ):
        sheet.append(row)
    sheet["C4"].number_format = "0%"
    book.save(tmp_path / "x.xlsx")
    assert _read(tmp_path / "x.xlsx") == (WANTED, [], 2)


def test_the_look_at_a_file_is_its_beginning(tmp_path: Path) -> None:
    table = [["OCU", "Month", "Count"], *([f"Area {n}", "Apr-08", str(n)] for n in range(500))]
    look = look_at(_csv(tmp_path / "x.csv", table=table))
    assert len(look.sheets[0].rows) == mapped.LOOKED_AT
    assert look.sheets[0].rows[2] == ("Area 1", "Apr-08", "1")


def test_rows_come_in_blocks_and_all_of_them_are_counted(tmp_path: Path) -> None:
    table = [["OCU", "Month", "Count"], *([f"Area {n}", "Apr-08", str(n)] for n in range(4500))]
    lines, unread, rows = _read(_csv(tmp_path / "x.csv", table=table))
    assert (len(lines), unread, rows) == (4500, [], 4500)
    assert [line[-2] for line in lines] == list(range(2, 4502))


@given(st.lists(st.integers(0, 7), max_size=20))
def test_rows_alone_and_together_come_in_blocks_of_a_bounded_size(lengths: list[int]) -> None:
    number, rows = 1, list[Record | RowsTogether]([{"sheet": "Crime"}])
    for length in lengths:
        numbers = list(range(number + 1, number + 1 + length))
        if length > 1:
            rows.append(RowsTogether(numbers, [1, 3], [[f"{n}" for n in numbers], [None] * length]))
        else:
            rows += ([n, False, [(1, f"{n}")]] for n in numbers)
        number += length
    with pytest.MonkeyPatch.context() as lowered:
        lowered.setattr(blocks, "AT_ONCE", 4)
        made: list[Any] = list(blocks.blocks(iter(rows), "Crime", 1, [1]))[1:]
    assert [n for each in made for n in each["rows"]] == list(range(2, number + 1))
    assert [n for each in made for n in each["cells"][0]] == [f"{n}" for n in range(2, number + 1)]
    assert all(len(each["rows"]) < 4 + 7 for each in made)


def test_only_rows_and_cells_that_hold_anything_are_counted(tmp_path: Path) -> None:
    """Of 40 rows every second holds one figure in the first of eight columns that are asked for."""
    rows = "".join(f'<row r="{2 * n}"><c r="A{2 * n}"><v>{n}</v></c></row>' for n in range(1, 21))
    path, asked = tmp_path / "x.xlsx", {"sheet": "Sheet", "after": 0, "columns": list(range(1, 9))}
    over_limits.write(OverLimit(over_limits.sheet(rows), ""), tmp_path).rename(path)
    for limits in ({"rows": 20}, {"cells": 20}):
        sparse = replace(mapped.EXTRACT_LIMITS, **limits)
        records: list[Any] = list(Extract(path, limits=sparse).records(asked))
        assert records[-1]["rows"] == list(range(2, 41, 2))
        with pytest.raises(ReturnRefused, match="more than 19"):
            list(Extract(path, limits=replace(sparse, **dict.fromkeys(limits, 19))).records(asked))


@pytest.mark.parametrize("path", SPOILT, ids=lambda path: path.stem)
def test_a_spoilt_file_is_refused_in_a_sentence(path: Path) -> None:
    with pytest.raises(ReturnRefused) as refused:
        _read(path)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("name", OVER_LIMITS)
def test_what_is_more_than_a_limit_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    over = OVER_LIMITS[name]
    path, limits = over_limits.write(over, tmp_path), replace(mapped.EXTRACT_LIMITS, **over.limits)
    with pytest.raises(ReturnRefused, match=over.said) as refused:
        look_at(path, limits=limits)
    assert str(refused.value).endswith(".")
    with pytest.raises(ReturnRefused, match=over.said):
        list(Extract(path, limits=limits).records())


def test_a_file_is_scanned_again_once_it_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, scanned = tmp_path / "x.xlsx", list[str]()

    def seen(*args: Any, **more: Any) -> Any:
        scanned.append("once")
        return scan(*args, **more)

    monkeypatch.setattr(reader, "scan", seen)
    for figure, times in ((1, 1), (2, 2)):
        book = Workbook()
        book.worksheets[0].append(["OCU", figure])
        book.save(path)
        look_at(path)
        records: list[Any] = list(Extract(path).records({"sheet": "Sheet", "after": 0, "columns": [2]}))
        assert records[-1]["cells"] == [[figure]]
        assert len(scanned) == times
    with pytest.raises(ReturnRefused, match="more than 0"):
        look_at(path, limits=replace(mapped.EXTRACT_LIMITS, cells=0))


def test_a_file_can_be_given_up(tmp_path: Path) -> None:
    extract = Extract(_csv(tmp_path / "x.csv"))
    extract.stop()
    with pytest.raises(ReturnRefused, match="stopped"):
        list(extract.records())


def test_an_old_workbook_is_told_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "x.xls").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600)
    with pytest.raises(ReturnRefused, match=r"old Excel form \(.xls\). Open it in Excel, save it as"):
        look_at(tmp_path / "x.xls")


def test_places_are_named_as_a_person_finds_them() -> None:
    assert where("", 12, 3) == "C12"
    assert where("Extract", 12, 28) == "Extract!AB12"
    assert where("", 12, 0) == "row 12"


def test_an_opendocument_spreadsheet(tmp_path: Path) -> None:
    rows = [ods_made.row(*map(ods_made.text, cells)) for cells in TABLE if any(cells)]
    assert _read(ods_made.write(tmp_path / "x.ods", ods_made.table(*rows)))[0][0] == WANTED[0]


def _block(
    mapping: ColumnMapping, headings: list[str], *table: Sequence[Any]
) -> tuple[list[tuple[Any, ...]], list[str]]:
    """What rows of cells say, without a process: results without their places, and what cannot be read."""
    reader = BlockReader(mapping, headings, 2008)
    records = [
        [
            n,
            False,
            [[place, *(cell if isinstance(cell, list) else [cell])] for place, cell in enumerate(row, 1) if cell],
        ]
        for n, row in enumerate(table, 2)
    ]
    batch = reader.read(block(records, reader.columns))
    lines = [tuple(line)[:-2] for line in batch.lines]
    return lines, [where("", row, unread.column) + f": {unread.sentence}" for row, unread in batch.unread]


DATED = ["date", "2008-04-30", "", False]
BETWEEN = ColumnMapping((("from", "from"), ("to", "to"), ("n", "value")), indicator="R1")
OF_PARTS = ColumnMapping((("year", "year"), ("quarter", "quarter"), ("n", "value")), indicator="R1")
SURVEY = ColumnMapping(
    (("m", "month"), ("n", "value"), ("size", "sample_size"), ("deff", "design_effect"), ("state", "state")),
    indicator="R1",
)


@pytest.mark.parametrize(
    ("mapping", "row", "said"),
    [
        (BETWEEN, ["01/04/2008", "30/06/2008", "5"], ("2008-04-01", "2008-06-30")),
        (BETWEEN, ["Apr-08", DATED, "5"], ("2008-04-01", "2008-04-30")),
        (BETWEEN, ["Apr-08", "Sep-08", "5"], ("2008-04-01", "2008-09-30")),
        (BETWEEN, ["30/06/2008", "01/04/2008", "5"], "B2: The period ends before it begins."),
        (BETWEEN, ["soon", "01/04/2008", "5"], "A2: “soon” is not a date"),
        (BETWEEN, ["01/04/2008", "", "5"], "B2: There is a figure, but no last day."),
        (OF_PARTS, ["2008/09", "Q2", "5"], ("2008-07-01", "2008-09-30")),
        (OF_PARTS, ["2008/09", "Q5", "5"], "B2: “Q5” is no quarter"),
        (OF_PARTS, ["", "Q2", "5"], "A2: There is a figure, but no year."),
        (OF_PARTS, ["2008/09", "", "5"], "B2: There is a figure, but no quarter."),
        (OF_PARTS, ["2008/09", "Q2", ["error", "#REF!", "", False]], "C2: The cell holds the error #REF!."),
        (OF_PARTS, ["2008/09", ["formula", "=", "", False], "5"], "B2: The cell holds a formula"),
        (SURVEY, [DATED, "81", "0", "1", "final"], "C2: The number of answers must be above 0."),
        (SURVEY, [DATED, "81", "9", "-1", "final"], "D2: The design effect must be above 0."),
        (SURVEY, [DATED, "81", "9", "1", "guessed"], "E2: “guessed” is no state"),
        (SURVEY, [DATED, "81", "9", "1", "not available"], "E2: A result that is not available has no figure."),
        (SURVEY, [DATED, "81", "9", "1", ["error", "#N/A", "", False]], "E2: The cell holds the error #N/A."),
        (SURVEY, [["date", "2008-04-15", "", False], "81", "9", "1", "P"], "A2: 15/04/2008 is a day within a month"),
        (SURVEY, [["error", "#N/A", "", False], "81", "9", "1", "P"], "A2: The cell holds the error #N/A."),
    ],
)
def test_rows_in_every_form(mapping: ColumnMapping, row: list[Any], said: str | tuple[str, str]) -> None:
    lines, unread = _block(mapping, [name for name, _ in mapping.roles], row)
    if isinstance(said, tuple):
        assert [line[3:5] for line in lines] == [said]
        assert unread == []
    else:
        assert lines == []
        assert [text[: len(said)] for text in unread] == [said]


def test_the_states_of_results() -> None:
    headings = [name for name, _ in SURVEY.roles]
    rows: list[list[Any]] = [
        [DATED, "81", "9", "", "Prov"],
        ["May-08", "", "", "", "Not available"],
        ["Jun-08", "82", "", "1.5", ""],
    ]
    lines, unread = _block(SURVEY, headings, *rows)
    assert unread == []
    assert [(line[5], line[8:]) for line in lines] == [
        (81.0, (9.0, None, "provisional")),
        (None, (None, None, "not available")),
        (82.0, (None, 1.5, "provisional")),
    ]


def test_rows_with_periods_across() -> None:
    mapping = ColumnMapping((("ocu", "area"), ("state", "state")), across="month", indicator="R1")
    headings = ["OCU", "State", "Apr-08", "May-08"]
    rows = [["N", "final", "1", "x"], ["", "", "3", ""], ["N", "", "", ""], ["S", "not available", "4", ""]]
    lines, unread = _block(mapping, headings, *rows)
    assert [line[1:6] for line in lines] == [("N", "", "2008-04-01", "2008-04-30", 1.0)]
    assert [text.partition(":")[0] for text in unread] == ["D2", "A3", "C5"]


@given(
    table=st.lists(
        st.tuples(st.sampled_from(["Apr-08", "2008-05"]), st.integers(1, 99).map(str), st.integers(1, 99).map(str)),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_whole_rows_read_together_say_what_each_says_by_itself(table: list[tuple[str, str, str]]) -> None:
    mapping = ColumnMapping((("m", "month"), ("a", "numerator"), ("b", "denominator")), indicator="R1")
    together, unread = _block(mapping, ["m", "a", "b"], *map(list, table))
    assert unread == []
    with_a_blank, _ = _block(mapping, ["m", "a", "b"], ["", "", ""], *map(list, table))
    assert together == with_a_blank
    assert together == [line for row in table for line in _block(mapping, ["m", "a", "b"], list(row))[0]]
