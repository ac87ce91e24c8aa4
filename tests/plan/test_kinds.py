"""What a text means as each kind of cell: the same wherever it is typed, pasted, given as an option or returned."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Field, SQLModel

from spp_desktop.plan.delivery import Activity, Status
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.judging import JudgementRule
from spp_desktop.plan.kinds import (
    AsCell,
    Choice,
    Day,
    Doubt,
    Kind,
    Link,
    Long,
    Money,
    Number,
    Option,
    Percent,
    Rate,
    Several,
    TargetText,
    Text,
    Whole,
    Year,
    YesNo,
    by_kind,
    of_words,
)
from spp_desktop.plan.kinds.choices import find_title, ranked
from spp_desktop.plan.kinds.days import is_month_first, read_day
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.kinds.spelling import caseless, natural, ordered, replaced, searched
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.results import Result
from spp_desktop.plan.rules import RuleBroken

DAY = Day(lambda: 2008)
POSTS = (Option("p1", "ACC Crime"), Option("p2", "ACC Security"), Option("p3", "Head, Finance"))
STATUSES = (Option("s1", "On track", shape="disc"), Option("s2", "At risk"), Option("s3", "Off track"))
POST, OWNERS, STATUS = Choice(lambda: POSTS), Several(lambda: POSTS), Choice(lambda: STATUSES)
LAST_OF_MARCH = date(2009, 3, 31)
KINDS = (
    Text(),
    Long(),
    DAY,
    Year(),
    Number(),
    Whole(),
    Rate(),
    Money(),
    Percent(),
    STATUS,
    OWNERS,
    YesNo(),
    TargetText(),
)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (DAY, "31/03/2009", LAST_OF_MARCH),
        (DAY, "31/3/09", LAST_OF_MARCH),
        (DAY, " 31 / 3 / 2009 ", LAST_OF_MARCH),
        (DAY, "31.3.09", LAST_OF_MARCH),
        (DAY, "31-03-2009", LAST_OF_MARCH),
        (DAY, "31\u201303\u20132009", LAST_OF_MARCH),
        (DAY, "31 Mar 09", LAST_OF_MARCH),
        (DAY, "31-MAR-09", LAST_OF_MARCH),
        (DAY, "31 Mar, 2009", LAST_OF_MARCH),
        (DAY, "31st March 2009", LAST_OF_MARCH),
        (DAY, "31st of march 2009", LAST_OF_MARCH),
        (DAY, "2009-03-31", LAST_OF_MARCH),
        (DAY, "2009-3-31", LAST_OF_MARCH),
        (DAY, "2009-03-31 00:00:00", LAST_OF_MARCH),
        (DAY, "\u00a031/03/2009\u200b", LAST_OF_MARCH),
        (DAY, "1st March 2009", date(2009, 3, 1)),
        (DAY, "2 Sept 2008", date(2008, 9, 2)),
        (DAY, "31/3", LAST_OF_MARCH),
        (DAY, "31 Mar", LAST_OF_MARCH),
        (DAY, "1st April", date(2008, 4, 1)),
        (DAY, "31/12", date(2008, 12, 31)),
        (DAY, "03/04/2009", date(2009, 4, 3)),
        (DAY, "31/12/99", date(2099, 12, 31)),
        (DAY, "", None),
        (Year(), "2008-2009", 2008),
        (Year(), "2008-09", 2008),
        (Year(), "2008/09", 2008),
        (Year(), " 2008 / 2009 ", 2008),
        (Year(), "2008\u20132009", 2008),
        (Year(), "2008\u201009", 2008),
        (Year(), "FY 2008-09", 2008),
        (Year(), "08-09", 2008),
        (Year(), "08/09", 2008),
        (Year(), "2008", 2008),
        (Year(), "1999-00", 1999),
        (Year(), "2099-2100", 2099),
        (Number(), "2,336", 2336.0),
        (Number(), "12,345,678.5", 12345678.5),
        (Number(), "2 336", 2336.0),
        (Number(), "2\u00a0336\u202f000", 2336000.0),
        (Number(), "0.5", 0.5),
        (Number(), ".5", 0.5),
        (Number(), "5.", 5.0),
        (Number(), "+5", 5.0),
        (Number(), "\u22125", -5.0),
        (Number(), "007", 7.0),
        (Number(), "1.5e3", 1500.0),
        (Number(), "\uff12\uff13", 23.0),
        (Number(), " ", None),
        (Rate(), "23.1%", 23.1),
        (Rate(), "23.1 %", 23.1),
        (Rate(), "0.231", 0.231),
        (Whole(), "1,200", 1200),
        (Whole(), "-7", -7),
        (Whole(), "7.0", 7),
        (Percent(), "35", 35),
        (Percent(), "35%", 35),
        (Percent(), "50 %", 50),
        (Percent(), "0.35", 35),
        (Percent(), "0", 0),
        (Percent(), "100", 100),
        (Percent(), "1%", 1),
        (Money(), "£1,200", 1200.0),
        (Money(), "1,200.50", 1200.5),
        (Money(), "-£5", -5.0),
        (Money(), "£ 5", 5.0),
        (STATUS, "On track", "s1"),
        (STATUS, "ON\u00a0TRACK", "s1"),
        (STATUS, "on-track", "s1"),
        (STATUS, "risk", "s2"),
        (STATUS, "", None),
        (OWNERS, "ACC Security; acc crime", ("p2", "p1")),
        (OWNERS, "ACC Security\nACC Crime\nACC Security", ("p2", "p1")),
        (OWNERS, "Head, Finance", ("p3",)),
        (OWNERS, "", ()),
        (YesNo(), "yes", True),
        (YesNo(), "N", False),
        (YesNo(words=("unverified", "verified")), "Verified", True),
        (Text(), "  =1+1 ", "=1+1"),
        (Text(), " ", ""),
        (Long(), "a\nb", "a\nb"),
        (TargetText(), "4\u00a0%", "4 %"),
        (TargetText(), "Benchmark & report", "Benchmark & report"),
    ],
)
def test_what_a_text_means(kind: Kind, text: str, value: Any) -> None:
    read = kind.read(text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "text", "sentence", "meant"),
    [
        (DAY, "soon", "“soon” is not a date; write it as 31/03/2009.", None),
        (DAY, "31", "“31” is not a date; write it as 31/03/2009.", None),
        (DAY, "March 2009", "“March 2009” is not a date; write it as 31/03/2009.", None),
        (DAY, "3.9", "“3.9” is not a date; write it as 31/03/2009.", None),
        (DAY, "31/03/2009 10:00", "“31/03/2009 10:00” is not a date; write it as 31/03/2009.", None),
        (DAY, "31/03/2009¹", "“31/03/2009¹” is not a date; write it as 31/03/2009.", None),
        (
            DAY,
            "31/3/101",
            "“31/3/101” is not a date: a year has four digits, or the last two of 20xx. Write it as 31/03/2009.",
            None,
        ),
        (
            DAY,
            "31/3/9",
            "“31/3/9” is not a date: a year has four digits, or the last two of 20xx. Write it as 31/03/2009.",
            None,
        ),
        (DAY, "31/02/2009", "“31/02/2009” is not a day of the calendar.", None),
        (DAY, "29/2", "“29/2” is not a day of the calendar.", None),
        (DAY, "3 Marvel 2009", "“3 Marvel 2009” is not a day of the calendar.", None),
        (DAY, "13/13/2009", "“13/13/2009” is not a day of the calendar.", None),
        (
            DAY,
            "31/03/1066",
            "“31/03/1066” is not a date that a plan can have: years go from 1990 to 2200.",
            None,
        ),
        (
            DAY,
            "03/31/2009",
            "“03/31/2009” has no such month, read day before month. Is 31 March 2009 meant?",
            LAST_OF_MARCH,
        ),
        (DAY, "3/31", "“3/31” has no such month, read day before month. Is 31 March 2009 meant?", LAST_OF_MARCH),
        (Day(), "31/3", "“31/3” is not a date alone: its year is missing. Write it as 31/03/2009.", None),
        (Year(), "soon", "“soon” is not a financial year; write it as 2008-2009.", None),
        (Year(), "2008-2010", "“2008-2010” is not a financial year; write it as 2008-2009.", None),
        (Year(), "2008-2008", "“2008-2008” is not a financial year; write it as 2008-2009.", None),
        (Year(), "2008 2009", "“2008 2009” is not a financial year; write it as 2008-2009.", None),
        (Year(), "208", "“208” is not a financial year; write it as 2008-2009.", None),
        (
            Number(),
            "1,2",
            "“1,2” is not a number: a comma groups thousands, as in 1,200. Write 1.2 if that is meant.",
            1.2,
        ),
        (
            Number(),
            "0,5",
            "“0,5” is not a number: a comma groups thousands, as in 1,200. Write 0.5 if that is meant.",
            0.5,
        ),
        (
            Number(),
            "0,500",
            "“0,500” is not a number: a comma groups thousands, as in 1,200. Write 0.5 if that is meant.",
            0.5,
        ),
        (
            Number(),
            "1.234,5",
            "“1.234,5” is not a number: a comma groups thousands, as in 1,200. Write 1,234.5 if that is meant.",
            1234.5,
        ),
        (Number(), "12,34,567", "“12,34,567” is not a number; write it as 2,336 or 23.1.", None),
        (Number(), "soon", "“soon” is not a number; write it as 2,336 or 23.1.", None),
        (Number(), "5²", "“5²” is not a number; write it as 2,336 or 23.1.", None),
        (Number(), "1e999", "“1e999” is too large a number.", None),
        (Number(), "nil", "“nil” is not a number. Is 0 meant?", 0.0),
        (Number(), "1200*", "“1200*” is not a number alone. Is 1,200 meant?", 1200.0),
        (Number(), "23%", "“23%” is a percentage, and a number is asked for. Is 23 meant?", 23.0),
        (
            Number(),
            "-",
            "“-” is not a number. If there is no figure, leave the cell empty; if there was nothing to count, write 0.",
            None,
        ),
        (Whole(), "4.5", "“4.5” is not a whole number.", None),
        (Whole(), "1e5", "“1e5” is not a whole number.", None),
        (Whole(), "1,5", "“1,5” is not a whole number.", None),
        (Whole(), "50%", "“50%” is a percentage, and a whole number is asked for. Is 50 meant?", 50),
        (Percent(), "1,2", "“1,2” is not a percentage; write it as 35%.", None),
        (
            Percent(),
            "0,5",
            "“0,5” is not a percentage: a comma groups thousands, as in 1,200. Write 0.5 if that is meant.",
            50,
        ),
        (Percent(), "1", "1 may mean 1% or 100%; write it with the % sign.", None),
        (Percent(), "5e-1", "“5e-1” is not a whole percentage.", None),
        (Percent(), "0.355", "“0.355” is not a whole percentage.", None),
        (Percent(), "0.5%", "“0.5%” is not a whole percentage.", None),
        (Percent(), "1200*", "“1200*” is not a percentage; write it as 35%.", None),
        (Money(), "soon", "“soon” is not an amount; write it as £1,200.", None),
        (STATUS, "Green", "“Green” is not one of those listed. Choose from: On track, At risk, Off track.", None),
        (STATUS, "track", "“track” is not one of those listed. Choose from: On track, At risk, Off track.", None),
        (
            OWNERS,
            "ACC Crime; Nobody",
            "“Nobody” is not one of those listed. Choose from: ACC Crime, ACC Security, Head, Finance.",
            None,
        ),
        (Choice(), "x", "“x” is not one of those listed. Choose from: the list is empty.", None),
        (YesNo(), "perhaps", "“perhaps” is neither Yes nor No.", None),
    ],
)
def test_what_a_text_does_not_mean(kind: Kind, text: str, sentence: str, meant: Any) -> None:
    assert kind.read(text) == Doubt(sentence, meant)
    with pytest.raises(RuleBroken) as broken:
        kind.require(text, "due", "due by")
    assert (broken.value.field, str(broken.value)) == ("due", f"Due by: {sentence}")


@pytest.mark.parametrize(
    ("kind", "value", "shown", "typed", "cell"),
    [
        (DAY, LAST_OF_MARCH, "31 Mar 2009", "31/03/2009", AsCell(LAST_OF_MARCH, "dd/mm/yyyy")),
        (DAY, date(2009, 3, 1), "1 Mar 2009", "01/03/2009", AsCell(date(2009, 3, 1), "dd/mm/yyyy")),
        (DAY, None, "", "", AsCell(None, "dd/mm/yyyy")),
        (Year(), 2008, "2008-2009", "2008-2009", AsCell("2008-2009")),
        (Number(), 2336.0, "2,336", "2,336", AsCell(2336.0, "#,##0")),
        (Number(), -23.125, "\u221223.125", "-23.125", AsCell(-23.125, "#,##0.000")),
        (Number(), None, "", "", AsCell(None)),
        (Rate(), 23.0, "23", "23", AsCell(23.0, "#,##0.0")),
        (Whole(), 1200, "1200", "1200", AsCell(1200, "0")),
        (Percent(), 35, "35%", "35%", AsCell(0.35, "0%")),
        (Percent(), None, "", "", AsCell(None, "0%")),
        (Money(), -1200.5, "\u2212£1,200.50", "-£1,200.50", AsCell(-1200.5, "£#,##0.00")),
        (Money(), 1200, "£1,200", "£1,200", AsCell(1200, "£#,##0")),
        (STATUS, "s1", "On track", "On track", AsCell("On track")),
        (STATUS, None, "", "", AsCell(None)),
        (OWNERS, ("p2", "p1"), "ACC Security; ACC Crime", "ACC Security; ACC Crime", AsCell("ACC Security; ACC Crime")),
        (OWNERS, (), "", "", AsCell("")),
        (YesNo(), True, "Yes", "Yes", AsCell("Yes")),
        (Text(), "=1+1", "=1+1", "=1+1", AsCell("=1+1")),
        (Text(), None, "", "", AsCell(None, "@")),
        (TargetText(), "4.50%", "4.50%", "4.50%", AsCell(0.045, "0.00%")),
        (TargetText(), "10.5", "10.5", "10.5", AsCell(10.5, "0.0")),
        (TargetText(), "1" * 16, "1" * 16, "1" * 16, AsCell("1" * 16)),
    ],
)
def test_how_a_value_is_shown_typed_and_kept_in_a_workbook(
    kind: Kind, value: Any, shown: str, typed: str, cell: AsCell
) -> None:
    assert (kind.show(value), kind.typed(value), kind.to_cell(value)) == (shown, typed, cell)


VALUES: tuple[tuple[Kind, st.SearchStrategy[Any]], ...] = (
    (DAY, st.dates(date(1990, 1, 1), date(2200, 12, 31))),
    (Year(), st.integers(1990, 2200)),
    (Number(), st.floats(-1e15, 1e15)),
    (Rate(), st.floats(-1e15, 1e15)),
    (Money(), st.floats(-1e12, 1e12) | st.integers(-(10**11), 10**11).map(lambda pence: pence / 100)),
    (Whole(), st.integers(-(10**12), 10**12)),
    (Percent(), st.integers(0, 100)),
    (STATUS, st.sampled_from(["s1", "s2", "s3", None])),
    (OWNERS, st.lists(st.sampled_from(["p1", "p2", "p3"]), unique=True).map(tuple)),
    (YesNo(), st.booleans()),
    (Text(), st.text().map(str.strip)),
    (TargetText(), st.decimals(0, 999, places=2).map(lambda number: f"{number}%")),
)


@pytest.mark.parametrize(("kind", "values"), VALUES, ids=lambda each: type(each).__name__)
def test_what_is_shown_and_what_is_typed_read_back_the_same(kind: Kind, values: st.SearchStrategy[Any]) -> None:
    @given(values)
    def check(value: Any) -> None:
        assert kind.read(kind.show(value)) == value
        assert kind.read(kind.typed(value)) == value
        assert not kind.beyond(value, "It")

    check()


@given(st.text() | st.from_regex(r"[0-9/., %-]{1,12}", fullmatch=True), st.sampled_from(KINDS))
def test_any_text_is_read_or_in_doubt_in_a_sentence(text: str, kind: Kind) -> None:
    value = kind.read(text)
    if isinstance(value, Doubt):
        assert value.sentence.endswith((".", "?"))
        assert len(value.sentence) < 400
        assert value.meant is None or not isinstance(value.meant, Doubt)
    elif value is None or not kind.beyond(value, "It"):
        assert kind.read(kind.typed(value)) == value


@given(st.from_regex(r"[0-9]{1,3}(,[0-9]{1,4}){1,2}(\.[0-9]{1,3})?", fullmatch=True))
def test_a_comma_groups_thousands_or_is_refused(text: str) -> None:
    whole = text.partition(".")[0]
    grouped = all(len(group) == 3 for group in whole.split(",")[1:]) and whole[0] != "0"
    value = Number().read(text)
    assert value == float(text.replace(",", "")) if grouped else isinstance(value, Doubt)


@given(st.integers(1, 28), st.integers(1, 12), st.integers(0, 9999))
def test_a_year_has_two_or_four_digits_and_is_one_of_a_plan(day: int, month: int, year: int) -> None:
    value = read_day(f"{day}/{month}/{year}")
    meant = year + 2000 if 10 <= year <= 99 else year
    assert value == date(meant, month, day) if 1990 <= meant <= 2200 else isinstance(value, Doubt)


@given(st.dates(date(1990, 4, 1), date(2200, 3, 31)))
def test_a_day_without_a_year_is_of_the_financial_year_in_view(day: date) -> None:
    year = day.year if day.month >= 4 else day.year - 1
    assert read_day(f"{day.day}/{day.month}", year) == day
    assert read_day(f"{day:%d %B}", year) == day


def test_where_days_are_written_month_first_no_day_is_read_the_other_way() -> None:
    doubt = read_day("02/03/2009", month_first=True)
    assert isinstance(doubt, Doubt)
    assert doubt.meant == date(2009, 2, 3)
    assert doubt.sentence.endswith("Is 3 February 2009 meant, and not 2 March 2009?")
    assert read_day("03/03/2009", month_first=True) == date(2009, 3, 3)
    assert read_day("2009-03-02", month_first=True) == date(2009, 3, 2)
    assert [is_month_first(text) for text in ("02/25/2009", "25/02/2009", "02/03/2009", "2009-02-25")] == [
        True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (Percent(), 104, "It may not be above 100."),
        (Percent(), -1, "It may not be below 0."),
        (Whole(12, 1000), 5, "It may not be below 12."),
        (Whole(12, 1000), 12, ""),
        (Number(above=0), 0, "It must be above 0."),
        (Year(), 1066, "It may not be below 1990."),
        (Year(), 2201, "It may not be above 2200."),
        (Text(), "anything", ""),
    ],
)
def test_limits_are_told_in_a_sentence(kind: Kind, value: Any, sentence: str) -> None:
    assert kind.beyond(value, "It") == sentence


class Purchase(SQLModel):
    """Columns made for this test."""

    cost: Annotated[float | None, Money()] = Field(default=None, ge=0, title="cost")
    narrow: str = Field(default="", max_length=400)
    wide: str = Field(default="", max_length=401)


@pytest.mark.parametrize(
    ("model", "name", "kind"),
    [
        (Activity, "text", Long()),
        (Activity, "ref", Text()),
        (Activity, "due", Day()),
        (Activity, "year", Year()),
        (Activity, "percent", Percent()),
        (Activity, "status_id", Link(table="status")),
        (Activity, "priority_id", Link(table="priority")),
        (Plan, "first_year", Year()),
        (Plan, "years", Whole(1, 10)),
        (Plan, "as_at", Day()),
        (Status, "finished", YesNo()),
        (Status, "colour", Text()),
        (Indicator, "fix_after", Whole(12, 1000)),
        (Indicator, "per", Number(above=0)),
        (JudgementRule, "size", Number(0)),
        (Result, "value", Number()),
        (Purchase, "cost", Money()),
        (Purchase, "narrow", Text()),
        (Purchase, "wide", Long()),
    ],
)
def test_the_kind_of_a_column_comes_from_its_declaration(model: type[SQLModel], name: str, kind: Kind) -> None:
    assert kind_of(model, name) == kind


def test_a_column_of_some_words_is_a_choice_of_them() -> None:
    kind = kind_of(Indicator, "polarity")
    assert type(kind) is Choice
    assert [(option.value, option.title) for option in kind.options()] == [
        (w, w) for w in ("lower", "higher", "neutral")
    ]
    assert of_words(("a", "b")).read("B") == "b"


def test_what_is_known_of_a_kind_is_known_of_those_below_it() -> None:
    known = {Kind: "a line", Choice: "a list", Number: "digits"}
    assert [by_kind(known, kind) for kind in (Text(), Link(table="post"), OWNERS, Percent(), DAY)] == [
        "a line", "a list", "a list", "digits", "a line",
    ]  # fmt: skip


def test_sorting_counts_numbers_and_leaves_blanks_to_the_end() -> None:
    assert sorted(["1.10", "1.9", "B", "a"], key=natural) == ["1.9", "1.10", "a", "B"]
    assert [kind.sort(None, "") for kind in KINDS] == [None] * len(KINDS)
    assert DAY.sort(LAST_OF_MARCH, "31 Mar 2009 late") == LAST_OF_MARCH
    assert STATUS.sort("s2", "At risk") == "at risk"
    assert Long().sort("B 10", "B 10") == "b 10"


def test_only_a_day_has_a_value_for_today_and_only_a_choice_a_shape() -> None:
    assert [kind for kind in KINDS if kind.today() is not None] == [DAY]
    assert STATUS.option("s1") is STATUSES[0]
    assert STATUS.option("s9") is None
    assert OWNERS.option(("p1",)) is None


def test_letters_with_marks_stand_with_those_without() -> None:
    """As in an English index; Welsh has further letters of its own, such as ll and dd."""
    titles = ["Ynys", "Ŵyr", "wyr", "xyz", "Wŷn", "wyn", "ŷd", "Zoë", "vicar", "ŵyrion"]
    assert sorted(titles, key=ordered) == ["vicar", "wyn", "Wŷn", "wyr", "Ŵyr", "ŵyrion", "xyz", "ŷd", "Ynys", "Zoë"]
    assert sorted(["Tŷ 10", "Ty 9", "tŷ 9"], key=natural) == ["Ty 9", "tŷ 9", "Tŷ 10"]
    assert ordered(unicodedata.normalize("NFD", "Ŵyr")) == ordered("ŵyr")


@pytest.mark.parametrize(
    ("typed", "text", "met"),
    [
        ("gŵyr", "GŴYR", True),
        ("gwyr", "Gŵyr", True),
        ("gŵyr", "Gwyr", False),
        (unicodedata.normalize("NFD", "gŵyr"), "Gŵyr", True),
        ("gŵyr", unicodedata.normalize("NFD", "Gŵyr"), True),
        ("istanbul", "İstanbul", True),  # the capital of the Turkish dotted i
        ("i", "\N{LATIN SMALL LETTER DOTLESS I}", False),
        ("strasse", "Straße", True),
        ("title", "TITLE", True),
    ],
)
def test_what_is_met_by_words_that_are_looked_for(typed: str, text: str, met: bool) -> None:
    assert (caseless(typed) in searched(text)) == met


APART = unicodedata.normalize("NFD", "ŵ")


@pytest.mark.parametrize("sought", ["ŵyl", f"{APART}yl", "ŴYL"])
@pytest.mark.parametrize("text", ["Yr Ŵyl, a'r ŵyl fawr", unicodedata.normalize("NFD", "Yr Ŵyl, a'r ŵyl fawr")])
def test_letters_with_marks_are_replaced_however_they_are_written(text: str, sought: str) -> None:
    assert replaced(text, sought, "gêm") == "Yr gêm, a'r gêm fawr"


@pytest.mark.parametrize("sought", ["w", "\u0302", "", "ŵynx"])
def test_a_letter_is_not_taken_apart_when_words_are_replaced(sought: str) -> None:
    assert replaced(f"{APART}yn ŵyn", sought, "x") == f"{APART}yn ŵyn"


@given(text=st.text("aAbB.é \n"), sought=st.text("aAbB.É", min_size=1, max_size=3), by=st.text("ab\\1", max_size=3))
def test_words_are_replaced_as_by_any_program_where_no_mark_stands_apart(text: str, sought: str, by: str) -> None:
    assert replaced(text, sought, by) == re.sub(re.escape(sought), lambda _: by, text, flags=re.IGNORECASE)


def test_a_title_with_marks_is_meant_by_one_without_where_only_one_can_be() -> None:
    assert find_title("gwyr", ["Môn", "Gŵyr"]) == "Gŵyr"
    assert find_title("Gwyr", ["Gŵyr", "Gwyr"]) == "Gwyr"
    assert find_title("gwyr", ["Gŵyr", "Gẃyr"]) is None
    assert ranked("mo", ["Gŵyr", "Môn", "Powys"]) == ["Môn"]
