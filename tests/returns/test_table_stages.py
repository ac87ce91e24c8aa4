"""The stages by which a table is read, each by values: tables on a sheet, headings, what is known, what is proposed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.returns.choosing import choice_of, choices, with_choice, with_rows
from spp_desktop.returns.column_mapping import ColumnMapping, from_text
from spp_desktop.returns.guessing import best_table, guess, guess_table
from spp_desktop.returns.headings import across, named, periods_within
from spp_desktop.returns.known_terms import bare, heading_sort, text_sort, words_of
from spp_desktop.returns.open_questions import open_questions, unused
from spp_desktop.returns.period_text import (
    NoPeriod,
    Period,
    PeriodColumn,
    part_of_year,
    period_of_day,
    period_of_parts,
    period_of_text,
    seen,
)
from spp_desktop.returns.sheet_tables import cell_sort, heading_texts, table_at, tables
from spp_desktop.returns.whole_table import NOTHING_SAID, PlanNames, WholeTable, period_words, whole_of

PLAN = PlanNames(
    {"northtown": "Northtown", "n1": "Northtown", "southtown": "Southtown", "s1": "Southtown"},
    {"pi06": "PI06", "burglary": "PI06", "pi07": "PI07", "robbery": "PI07"},
    "West Midlands Police",
)
Rows = Sequence[Sequence[str]]


def days(first: tuple[int, int], last: tuple[int, int, int]) -> tuple[date, date]:
    """A period by its first month and its last day."""
    return date(*first, 1), date(*last)


YEAR = days((2008, 4), (2009, 3, 31))

# Periods


@pytest.mark.parametrize(
    ("text", "column", "period"),
    [
        ("04/05", "year", days((2004, 4), (2005, 3, 31))),
        ("99/00", "any", days((1999, 4), (2000, 3, 31))),
        ("2012-13", "any", days((2012, 4), (2013, 3, 31))),
        ("Year ending 31 March 2009", "any", YEAR),
        ("Y/E Mar 09", "any", YEAR),
        ("year to March 2009", "any", YEAR),
        ("Apr '08 to Mar '09", "any", YEAR),
        ("1 April 2008 to 31 March 2009", "any", YEAR),
        ("01/04/2008 - 31/03/2009", "any", YEAR),
        ("Mar 2009", "year ending", YEAR),
        ("31/03/2009", "year ending", YEAR),
        ("31/03/2009", "year", YEAR),
        ("01/04/2008", "year", YEAR),
        ("2008", "calendar year", days((2008, 1), (2008, 12, 31))),
        ("January to December 2008", "calendar year", days((2008, 1), (2008, 12, 31))),
        ("Sep-08", "year to date", days((2008, 4), (2008, 9, 30))),
        ("Q2 2008/09", "year to date", days((2008, 4), (2008, 9, 30))),
        ("YTD Sep 2008", "any", days((2008, 4), (2008, 9, 30))),
        ("Q1 (Apr-Jun) 2008/09", "any", days((2008, 4), (2008, 6, 30))),
        ("Qtr 1 08/09", "any", days((2008, 4), (2008, 6, 30))),
        ("08/09 Q3", "any", days((2008, 10), (2008, 12, 31))),
        ("2nd quarter 2008-09", "any", days((2008, 7), (2008, 9, 30))),
        ("Year to date Apr-Sep 2008", "any", days((2008, 4), (2008, 9, 30))),
        ("Apr 2008/09", "any", days((2008, 4), (2008, 4, 30))),
        ("Jan 2008/09", "month", days((2009, 1), (2009, 1, 31))),
        ("2008_04", "any", days((2008, 4), (2008, 4, 30))),
    ],
)
def test_a_period_is_read_as_its_column_means_it(text: str, column: PeriodColumn, period: tuple[date, date]) -> None:
    assert period_of_text(text, column) == period


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ("2008-M12", "month", "may count months from January or from April"),
        ("Q1 (Jan-Mar) 2008/09", "any", "names months that are not those of the quarter"),
        ("30/06/2008", "year", "is no year"),
        ("2008/09", "calendar year", "is no calendar year"),
        ("04/06", "year", "is not a year"),
        ("Apr-08", "quarter", "is no quarter"),
    ],
)
def test_what_is_no_such_period_is_said(text: str, column: PeriodColumn, sentence: str) -> None:
    with pytest.raises(NoPeriod, match=sentence):
        period_of_text(text, column)


@pytest.mark.parametrize(
    ("year", "part", "column", "period"),
    [
        ("2008/09", "Apr-Jun", "quarter", days((2008, 4), (2008, 6, 30))),
        ("2008/09", "Q1 (Apr to Jun)", "quarter", days((2008, 4), (2008, 6, 30))),
        ("2008/09", "1", "quarter", days((2008, 4), (2008, 6, 30))),
        ("2008/09", "4th quarter", "quarter", days((2009, 1), (2009, 3, 31))),
        ("08/09", "Sep", "month", days((2008, 9), (2008, 9, 30))),
        ("2008/09", "Sep", "year to date", days((2008, 4), (2008, 9, 30))),
        ("2008", "Jan-Mar", "any", days((2008, 1), (2008, 3, 31))),
    ],
)
def test_parts_of_a_year(year: str, part: str, column: PeriodColumn, period: tuple[date, date]) -> None:
    assert period_of_parts(year, part, column) == period


def test_a_day_stands_for_what_its_column_holds() -> None:
    assert period_of_day(date(2009, 3, 31), "year") == YEAR
    assert period_of_day(date(2009, 3, 31), "year ending") == YEAR
    assert period_of_day(date(2009, 3, 31)).first == date(2009, 3, 1)
    with pytest.raises(NoPeriod):
        period_of_day(date(2009, 2, 28), "year")


def test_texts_of_a_column_are_told_apart() -> None:
    told = seen(["Apr-08", "2008-09", "2008", "soon"])
    assert (told.kinds, told.vague, told.bare, told.unread) == ({"month": 1}, ["2008-09"], ["2008"], ["soon"])
    assert (seen(["Apr-08", "2008/09"]).kind, seen(["2008"]).kind) == ("any", None)
    assert (part_of_year(["April", "Sept"]), part_of_year(["Q1", "Q2"]), part_of_year(["April", "x"])) == (
        "month",
        "quarter",
        None,
    )


@given(st.dates(date(1995, 1, 1), date(2050, 12, 31)), st.sampled_from([1, 3, 6, 12]))
def test_a_period_in_words_reads_back(day: date, months: int) -> None:
    first = day.replace(day=1)
    place = first.year * 12 + first.month - 1 + months
    last = date.fromordinal(date(place // 12, place % 12 + 1, 1).toordinal() - 1)
    assert period_of_text(period_words(Period(first, last))) == (first, last)


# Headings


@pytest.mark.parametrize(
    ("heading", "column", "label", "state"),
    [
        ("2008/09", "year", "", None),
        ("2008/09: Number of offences", "year", "number of offences", None),
        ("Number of offences: 2008/09 [p]", "year", "number of offences", "provisional"),
        ("2008/09 [p]: Number", "year", "number", "provisional"),
        ("2008/09: Q1", "quarter", "", None),
        ("2008/09: Total", "year", "total", None),
        ("2008/09: Apr: Detected", "month", "detected", None),
        ("Year ending March 2009 offences", "year", "offences", None),
        ("2008/09: Burglary", "year", "burglary", None),
        ("Jun 2009 (r)", "month", "", "revised"),
    ],
)
def test_a_heading_says_a_period_and_more(heading: str, column: PeriodColumn, label: str, state: str | None) -> None:
    read = across(heading, column)
    assert read is not None
    assert (read.label, read.state) == (label, state)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("2008/09: Q1", "year"),
        ("2008/09: Total", "quarter"),
        ("% change 2007/08 to 2008/09", "year"),
        ("Target 2008/09", "year"),
        ("2008/09 [f]", "year"),
        ("2008-M12", "month"),
        ("Area", "month"),
        ("", "year"),
        ("Rank 2008/09", "year"),
        ("2008/09: Lower CI", "year"),
    ],
)
def test_some_headings_are_of_no_such_period(heading: str, column: PeriodColumn) -> None:
    assert across(heading, column) is None


def test_months_take_the_year_that_the_title_says() -> None:
    april = across("Apr", "month", "2008-2009")
    assert april is not None
    assert april.period == days((2008, 4), (2008, 4, 30))
    assert across("Apr", "month") is None


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("Table 1: Recorded crime in England and Wales, April 2008 to March 2009", 1),
        ("Recorded crime 2007/08 and 2008/09", 2),
        ("Table 7.02 Crime", 0),
        ("Published 30 April 2009", 0),
        ("31/03/2009", 0),
        ("Apr-08", 1),
    ],
)
def test_titles_name_periods(title: str, count: int) -> None:
    assert len(periods_within(title)) == count


def test_names_of_columns_forgive_marks_capitals_and_underscores() -> None:
    assert named(["Area_Name [note 1]", "AREA NAME", "", "PFA23NM"]) == [
        "area name",
        "area name (2)",
        "column 3",
        "pfanm",
    ]


@pytest.mark.parametrize(
    ("heading", "sort"),
    [
        ("Area_Name", "area"),
        ("Police force area [note 1]", "force"),
        ("LookUp_BoroughName", "area"),
        ("LAD23CD", "area code"),
        ("Number of Offences", "count"),
        ("Rate per 100,000: 2024 [note 10]", "rate"),
        ("% change 2007/08 to 2008/09", "change"),
        ("Unit", "unit"),
        ("Financial Quarter", "quarter"),
        ("Population figures (mid-2022)", "people"),
        ("Lower CI 95.0 limit", "interval"),
        ("How it went", None),
        ("Administrate", None),
    ],
)
def test_headings_are_known_by_terms(heading: str, sort: str | None) -> None:
    assert heading_sort(heading) == sort


def test_texts_and_titles_are_known_by_terms() -> None:
    sorts = [text_sort(text) for text in ("Total", "England and Wales", "All offences", "Northtown", "Count")]
    assert sorts == ["total", "larger area", "total", None, "count"]
    assert words_of(["Crime, rolling 12 months (thousands)"]) == {"rolling year", "thousands"}
    assert words_of(["Old"]) == {"superseded"}
    assert words_of(["Disproportionality of searches", "Oldtown", "Draftsmen"]) == frozenset()


# Tables on a sheet

HOME_OFFICE: Rows = [
    ["Table 1: Recorded crime"],
    ["", "2007/08", "", "2008/09", ""],
    ["Police force area", "Number", "Rate per 1,000", "Number", "Rate per 1,000"],
    ["Northtown", "120", "3.2", "130", "3.3"],
    ["Southtown", "80", "2.2", "[c]", "2.3"],
]


def test_a_heading_of_two_rows_reaches_to_the_right() -> None:
    (table,) = tables(HOME_OFFICE, range(1, 6))
    assert (table.at, table.depth, table.above) == (2, 2, ("Table 1: Recorded crime",))
    assert table.headings == (
        "Police force area",
        "2007/08: Number",
        "2007/08: Rate per 1,000",
        "2008/09: Number",
        "2008/09: Rate per 1,000",
    )


def test_a_heading_that_is_merged_down_reaches_nowhere() -> None:
    rows = [["Area", "", "2008/09", ""], ["", "Code", "Q1", "Q2"]]
    assert heading_texts(rows, 1, 2) == ("Area", "Code", "2008/09: Q1", "2008/09: Q2")


def test_tables_below_and_beside_each_other() -> None:
    below: Rows = [
        ["Table 1"],
        ["Area", "Apr-08"],
        ["N", "1"],
        ["S", "2"],
        ["Table 2"],
        ["Area", "Apr-08"],
        ["N", "3"],
    ]
    first, second = tables(below, range(1, 8))
    assert (len(first.body), second.at, second.above) == (2, 5, ("Table 2",))
    beside: Rows = [["Area", "Apr-08", "", "Area", "May-08"], ["N", "1", "", "N", "3"]]
    left, right = tables(beside, range(1, 3))
    assert left.headings == ("Area", "Apr-08", "", "", "")
    assert (right.headings, right.body) == (("", "", "", "Area", "May-08"), (("", "", "", "N", "3"),))


@pytest.mark.parametrize(
    "rows",
    [
        [["Area", "2006", "2007"], ["N", "1998", "2003"], ["S", "2001", "1999"], ["T", "2004", "1989"]],
        [
            ["Area", "Month", "Count"],
            ["N", "Apr-08", "5"],
            ["N", "May-08", "soon"],
            ["Force", "Jun-08", "x"],
            ["S", "", "3"],
        ],
        [["Area", "Month", "Count"], ["N", "Apr-08", ""], ["N", "May-08", "[x]"], ["N", "Jun-08", "3"]],
    ],
)
def test_rows_of_figures_are_no_headings(rows: Rows) -> None:
    (table,) = tables(rows, range(1, len(rows) + 1))
    assert (table.at, len(table.body)) == (0, len(rows) - 1)


def test_what_is_no_table_gives_none() -> None:
    assert tables([["Cover"], ["Published by us"], ["Contact", "x@example.org"]]) == []
    assert tables([]) == []
    assert table_at([["a", "b"], ["1", "2"]], 0).headings == ("a", "b")


def test_cells_at_first_sight() -> None:
    texts = ("", "Northtown", "1,200", "[c]", "2008", "200804", "200813", "12%", "12.5 (p)", "2008-04-01")
    assert [cell_sort(text) for text in texts] == [
        "",
        "text",
        "figure",
        "figure",
        "when",
        "when",
        "figure",
        "figure",
        "figure",
        "text",
    ]


CELLS = st.sampled_from(
    ["", "", "Area", "Northtown", "Apr-08", "2008", "2008/09", "12", "[c]", "Number", "Total", "Table 1"]
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=14), st.booleans())
def test_any_sheet_is_parted_without_a_row_in_two_tables(rows: list[list[str]], gaps: bool) -> None:
    numbers = [n * 2 if gaps and n > 3 else n for n in range(1, len(rows) + 1)]
    found = tables(rows, numbers)
    spans = {(table.at - table.depth + 1, table.at + len(table.body)) for table in found}
    ends = -1
    for begin, end in sorted(spans):
        assert ends < begin <= end < len(rows)
        ends = end
    for table in found:
        guessed = guess_table(table, PLAN, whole_of(table, "Data", PLAN))
        assert from_text(guessed.as_text()) == guessed
        open_questions(guessed, table, PLAN, whole_of(table, "Data", PLAN))
        assert all(choice_of(guessed, table.headings, place) != "" for place in range(len(table.headings)))


def test_a_visible_sheet_with_known_headings_comes_first() -> None:
    good = tables(HOME_OFFICE)
    plain = tables([["Table", "Title", "Page"], ["1", "Crime", "3"]])
    old = tables([["Superseded"], *HOME_OFFICE[1:]])
    assert best_table([("Contents", False, plain), ("Working", True, good), ("Data", False, good)]) == (2, 0)
    assert best_table([("Before", False, old), ("Data", False, plain)]) == (1, 0)
    assert best_table([("Working", True, good)]) == (0, 0)
    assert best_table([("Cover", False, [])]) is None


# What is proposed, and what is asked


def asked(rows: Rows, mapping: ColumnMapping | None = None, sheet: str = "Data") -> list[str]:
    """What is asked of a table's proposal, or of a mapping of it, for one indicator."""
    (table,) = tables(rows, range(1, len(rows) + 1))
    whole = whole_of(table, sheet, PLAN)
    made = mapping or replace(guess_table(table, PLAN, whole), indicator="PI06")
    return [question.sentence for question in open_questions(made, table, PLAN, whole)]


LABELLED: Rows = [
    ["", "2007/08", "", "2008/09", ""],
    ["Area", "Burglary (all)", "Theft (all)", "Burglary (all)", "Theft (all)"],
    ["Northtown", "1", "2", "3", "4"],
]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["Month", "Count"], ["Apr-08", "5"]], "Choose the area that all rows are of, or the force"),
        (
            [["Where", "Month", "Count"], ["Northtown", "Apr-08", "5"], ["x", "Apr-08", "1"], ["y", "Apr-08", "1"]],
            "The column “Where” holds areas of the plan (“Northtown”).",
        ),
        (
            [["Area", "Month", "Count"], ["Northtown", "2008-09", "5"]],
            "“Month” holds “2008-09”, which may be a month or a year.",
        ),
        ([["Area", "Month", "Count"], ["Northtown", "2008/09", "5"]], "“Month” holds years."),
        (
            [["Area", "Year", "Count"], ["Northtown", "2008", "5"]],
            "“Year” holds “2008”, which may be a calendar or a financial year.",
        ),
        (
            [["Area", "2007", "2008"], ["Northtown", "5", "6"]],
            "The headings “2007”, “2008” may be calendar or financial years.",
        ),
        ([["Area", "2008-09"], ["Northtown", "5"]], "The heading “2008-09” may be a month or a year."),
        ([["Area", "2008-10", "2008-11", "2008-M12"], ["Northtown", "5", "6", "7"]], "Among the headings: “2008-M12”"),
        (
            [["Area", "Month", "Theft", "Fraud"], ["Northtown", "Apr-08", "5", "6"]],
            "Several columns hold figures: “Theft”, “Fraud”.",
        ),
        (LABELLED, "Under each period stand “Burglary (all)”, “Theft (all)”."),
        (
            [
                ["Area", "Offence", "Month", "Count"],
                ["Northtown", "Arson", "Apr-08", "5"],
                ["Northtown", "Theft", "Apr-08", "6"],
            ],
            "The column “Offence” says of what rows are (“Arson”, “Theft”).",
        ),
        (
            [["This table is superseded"], ["Area", "Apr-08"], ["Northtown", "5"]],
            "The table says that it is superseded.",
        ),
        (
            [["Area", "2008 Q2", "2008 Q3"], ["Northtown", "5", "6"]],
            "The heading “2008 Q2” may be a quarter of a calendar or of a financial year",
        ),
        (
            [["Area", "2008-M04"], ["Northtown", "5"]],
            "The heading “2008-M04” may count months from January or from April",
        ),
        (
            [["Area", "Date", "Offences"], ["Northtown", "01/04/2008", "5"], ["Northtown", "02/04/2008", "6"]],
            "“Date” holds days within a month (“02/04/2008”), and results are of whole months.",
        ),
        ([["Area", "Apr-08", "April 2008"], ["Northtown", "5", "6"]], "hold the same result"),
    ],
)
def test_what_may_be_two_things_is_asked(rows: Rows, sentence: str) -> None:
    questions = asked(rows)
    assert any(sentence in question for question in questions), questions


def test_what_is_said_to_be_unused_is_not_asked_about() -> None:
    rows: Rows = [["Where", "Area", "Apr-08"], ["Northtown", "Southtown", "5"], ["x", "Northtown", "6"]]
    (table,) = tables(rows, range(1, 4))
    made = replace(guess_table(table, PLAN), indicator="PI06")
    assert len(open_questions(made, table, PLAN, NOTHING_SAID)) == 1
    assert open_questions(with_choice(made, table.headings, 0, None), table, PLAN, NOTHING_SAID) == []
    assert unused(made, table) == ["Where"]


def test_what_titles_say_otherwise_than_when_columns_were_chosen_is_asked() -> None:
    plain: Rows = [["Recorded crime"], ["Area", "Apr-08"], ["Northtown", "5"]]
    rolling: Rows = [["Recorded crime, rolling 12 months"], *plain[1:]]
    chosen = ColumnMapping((("area", "area"),), across="month", indicator="PI06")
    assert asked(plain, chosen) == []
    assert "The table says that figures are of rolling twelve months" in asked(rolling, chosen)[0]
    assert (
        "does not say that figures are of rolling twelve months"
        in asked(plain, replace(chosen, says=("rolling year",)))[0]
    )
    of_all = ColumnMapping((("month", "month"), ("count", "value")), indicator="PI06", area="Northtown")
    months: Rows = [["Southtown"], ["Month", "Count"], ["Apr-08", "5"]]
    assert "The titles name Southtown, and all rows are said to be of Northtown" in asked(months, of_all)[0]
    titled = replace(of_all, area="title")
    assert asked(months, titled) == []
    assert "The titles name no area of the plan" in asked(months[1:], titled)[0]


def test_the_proposal_follows_what_the_titles_say() -> None:
    def proposed(*titles: str, headings: str = "Apr-08") -> ColumnMapping:
        (table,) = tables([*([title] for title in titles), ["Area", headings, "May-08"], ["Northtown", "0.5", "0.6"]])
        return guess_table(table, PLAN, whole_of(table, "Data", PLAN))

    assert (proposed("Crime").across, proposed("Crime").times) == ("month", 1.0)
    assert proposed("Crime, rolling 12 months").across == "year ending"
    assert proposed("Crime, cumulative").across == "year to date"
    assert (proposed("Crime (thousands)").times, proposed("Proportion detected").times) == (1000.0, 100.0)


def test_a_count_is_taken_before_a_rate_and_no_total_for_one_of_several() -> None:
    roles = dict(guess(["Area", "Month", "Rate per 1,000", "Number"], [["N", "Apr-08", "1.2", "5"]]).roles)
    assert roles == {"area": "area", "month": "month", "number": "value"}
    assert "value" not in dict(guess(["Area", "Month", "Total", "Theft"], [["N", "Apr-08", "9", "5"]]).roles).values()
    assert dict(guess(["Area", "Month", "Total"], [["N", "Apr-08", "9"]]).roles)["total"] == "value"
    pair = guess(["Area", "Month", "Recorded", "Detected", "%"], [["N", "Apr-08", "9", "3", "33"]])
    assert dict(pair.roles) == {
        "area": "area",
        "month": "month",
        "recorded": "denominator",
        "detected": "numerator",
    }


def test_only_the_rows_of_the_own_force_are_proposed_where_a_file_has_those_of_all() -> None:
    rows = [["West Midlands", "Apr-08", "5"], ["Kent", "Apr-08", "6"]]
    found = guess(["Force Name", "Month", "Number of offences"], rows, PLAN)
    assert (found.only, found.area) == ((("force name", ("West Midlands",)),), "West Midlands Police")
    areas = [["West Midlands", "Northtown", "Apr-08", "5"], ["Kent", "Ashford", "Apr-08", "6"]]
    both = guess(["Force Name", "CSP Name", "Month", "Number of offences"], areas, PLAN)
    assert (both.only, dict(both.roles)["csp name"]) == ((("force name", ("West Midlands",)),), "area")


# One choice above one column

WIDE = ("Area", "Apr-08", "May-08", "Total")
MONTHS = ColumnMapping((("area", "area"),), across="month", indicator="PI06")


def test_a_choice_above_one_column() -> None:
    assert [choice_of(MONTHS, WIDE, place) for place in range(4)] == ["area", "across", "across", None]
    without = with_choice(MONTHS, WIDE, 2, None)
    assert [choice_of(without, WIDE, place) for place in range(4)] == ["area", "across", None, None]
    assert with_choice(without, WIDE, 2, "across") == MONTHS
    none = with_choice(without, WIDE, 1, None)
    assert none.across is None
    rolling = with_choice(MONTHS, WIDE, 1, "across:year ending")
    assert (rolling.across, [choice_of(rolling, WIDE, place) for place in (1, 2)]) == (
        "year ending",
        ["across", "across"],
    )
    assert ("across", "Results of the 12 months to this") in choices(rolling, "Apr-08")
    assert ("across:month", "Results of this month") in choices(rolling, "Apr-08")
    assert not any(kept.startswith("across") for kept, _ in choices(MONTHS, "Total"))


def test_a_choice_below_periods_is_for_all_that_say_the_same() -> None:
    headings = ("Area", "2007/08: Recorded", "2007/08: Detected", "2008/09: Recorded", "2008/09: Detected")
    made = ColumnMapping((("area", "area"),), across="year", indicator="PI06", under=(("recorded", "value"),))
    parts = with_choice(with_choice(made, headings, 3, "denominator"), headings, 2, "numerator")
    assert dict(parts.under) == {"recorded": "denominator", "detected": "numerator"}
    (first, second) = parts.placed(headings).results
    assert (first.columns, second.columns) == ({"denominator": 2, "numerator": 3}, {"denominator": 4, "numerator": 5})
    assert dict(with_choice(made, headings, 2, "value").under) == {"detected": "value"}


def test_rows_are_chosen_by_a_columns_texts() -> None:
    made = with_rows(ColumnMapping((("offence", "unused"),)), {"offence": ["Burglary"]})
    assert (made.only, made.roles) == ((("offence", ("Burglary",)),), ())
    assert choice_of(made, ["Offence"], 0) == "only"
    assert with_rows(made, {}).roles == (("offence", "unused"),)
    assert with_choice(made, ["Offence"], 0, "indicator").only == ()


# Mappings that were kept before


def test_a_mapping_of_the_first_form_is_read_on() -> None:
    text = (
        '{"roles": [["area_name", "area"], ["recorded (2)", "value"], ["month", "month"]], "across": null, '
        '"sheet": "", "indicator": "R1", "force": "Force", "population": "", "state": "final", "form": 1}'
    )
    made = from_text(text)
    assert made.roles == (("area name", "area"), ("recorded (2)", "value"), ("month", "month"))
    assert made.area == ""
    assert from_text(text.replace('["area_name", "area"], ', "")).area == "Force", "such rows were the force's"


@pytest.mark.parametrize(
    "change",
    [
        {"times": 0.0},
        {"times": "1"},
        {"sums": 1},
        {"heading_rows": 0},
        {"only": [["a"]]},
        {"only": [["a", [1]]]},
        {"means": [["a"]]},
        {"means": [["a", 1]]},
        {"under": [["a", "b"]]},
        {"says": [1]},
        {"area": None},
        {"more": 1},
    ],
)
def test_a_mapping_with_anything_odd_is_refused(change: dict[str, Any]) -> None:
    import json

    whole = json.loads(ColumnMapping().as_text())
    with pytest.raises(ValueError, match="damaged"):
        from_text(json.dumps(whole | change))


@given(st.text(max_size=30))
def test_bare_names_stay_as_they_are(text: str) -> None:
    assert bare(bare(text)) == bare(text) or bare(text) != text


def test_what_a_table_says_of_the_whole() -> None:
    (table,) = tables(
        [["West Midlands Police: rolling 12 months"], ["Northtown OCU"], ["Month", "Count"], ["Apr-08", "5"]]
    )
    assert whole_of(table, "Data", PLAN) == WholeTable(frozenset({"rolling year"}), "", "Northtown")
    (plain,) = tables([["Month", "Count", "Basis"], ["Apr-08", "5", "Thousands"], ["May-08", "6", "Thousands"]])
    assert whole_of(plain, "2008-2009", PLAN) == WholeTable(frozenset({"thousands"}), "2008-2009", "")
