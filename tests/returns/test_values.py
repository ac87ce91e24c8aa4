"""What a cell says: read by the rules, or asked about; never guessed, never blanked."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.plan.kinds import (
    Choice,
    Day,
    Kind,
    Long,
    Number,
    Percent,
    Rate,
    Several,
    TargetText,
    Text,
    Whole,
    YesNo,
)
from spp_desktop.returns.definition import PlanFacts, ReturnColumn, Value
from spp_desktop.returns.sheet_cell import MONTH_FIRST, SheetCell
from spp_desktop.returns.values import Answer, read, read_typed, same, shown, written

PLAN = PlanFacts(
    key="p",
    title="Plan",
    years=(2008, 2009, 2010),
    lists={"statuses": ("Not started", "On track", "At risk"), "posts": ("ACC Crime", "ACC Intelligence", "ACC, Ops")},
)
CHOICES = {"choice": "statuses", "choices": "posts"}
KINDS: dict[str, Kind] = {
    "text": Text(),
    "long text": Long(),
    "date": Day(),
    "whole number": Whole(),
    "number": Number(no_figure="choose “not available” as the state"),
    "rate": Rate(),
    "percent": Percent(),
    "choice": Choice(),
    "choices": Several(),
    "yes/no": YesNo(),
    "target": TargetText(),
}


def _column(kind: str) -> ReturnColumn:
    return ReturnColumn("x", "X", KINDS[kind], choices=CHOICES.get(kind, ""))


def _read(kind: str, cell: SheetCell | None, issued: Value = None) -> Answer:
    return read(_column(kind), cell, PLAN, issued)


def _text(text: str) -> SheetCell:
    return SheetCell("text", text)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("date", _text("31/03/2009"), date(2009, 3, 31)),
        ("date", _text("3.4.2009"), date(2009, 4, 3)),
        ("date", _text("3-4-09"), date(2009, 4, 3)),
        ("date", _text("2009-04-03"), date(2009, 4, 3)),
        ("date", _text("3 April 2009"), date(2009, 4, 3)),
        ("date", _text("\u00a031/03/2009\u200b"), date(2009, 3, 31)),
        ("date", SheetCell("date", "2009-04-03"), date(2009, 4, 3)),
        ("date", SheetCell("number", 39903, "General"), date(2009, 3, 31)),
        ("date", SheetCell("number", 38441, "General", from_1904=True), date(2009, 3, 31)),
        ("date", _text("31st March 2009"), date(2009, 3, 31)),
        ("date", _text("3-Apr-09"), date(2009, 4, 3)),
        ("date", _text("3 Sept 2009"), date(2009, 9, 3)),
        ("date", _text("2009-04-03 00:00:00"), date(2009, 4, 3)),
        ("percent", SheetCell("number", 0.35, "0%"), 35),
        ("percent", SheetCell("number", 1.0, "0%"), 100),
        ("percent", SheetCell("number", 4, "0%"), 4),
        ("percent", SheetCell("number", 35.0, "0%"), 35),
        ("percent", SheetCell("number", 0.35), 35),
        ("percent", SheetCell("number", 35), 35),
        ("percent", SheetCell("number", 0), 0),
        ("percent", _text("35%"), 35),
        ("percent", _text("50 %"), 50),
        ("percent", _text("100"), 100),
        ("percent", _text("100%%"), 100),
        ("rate", _text("78.9%%"), 78.9),
        ("target", _text("4%%"), "4%"),
        ("text", _text("up by 4%%"), "up by 4%%"),
        ("percent", _text("\u00a00.35 "), 35),
        ("choice", _text("on\u00a0track"), "On track"),
        ("choice", _text("On  track\n"), "On track"),
        ("choice", _text("\uff2fn track\ufeff"), "On track"),
        ("choice", _text("On\u200btrack"), "On track"),
        ("choice", _text("on\u2010track"), "On track"),
        ("choices", _text("acc crime ; ACC Intelligence"), ("ACC Crime", "ACC Intelligence")),
        ("choices", _text("ACC, Ops\nACC Crime"), ("ACC, Ops", "ACC Crime")),
        ("yes/no", _text("yes"), True),
        ("yes/no", SheetCell("yes/no", False), False),
        ("whole number", SheetCell("number", 7.0), 7),
        ("text", _text("  =1+1 "), "=1+1"),
        ("text", SheetCell("number", 12.5), "12.5"),
        ("text", SheetCell("number", 442079460000), "442079460000"),
        ("text", SheetCell("date", "2009-03-31"), "31/03/2009"),
        ("number", SheetCell("number", 2336), 2336),
        ("number", SheetCell("number", 23.125, "#,##0.000"), 23.125),
        ("number", _text("2,336"), 2336),
        ("number", _text("12,345,678.5"), 12345678.5),
        ("number", _text("2\u00a0336"), 2336),
        ("number", _text("\u22125"), -5),
        ("number", _text(".5"), 0.5),
        ("number", _text("1.5e3"), 1500),
        ("number", _text("\uff12\uff13"), 23),
        ("rate", _text("23.1%"), 23.1),
        ("rate", _text("23.1 %"), 23.1),
        ("rate", _text("23.1"), 23.1),
        ("rate", SheetCell("number", 0.231, "0.0%"), 23.1),
        ("rate", SheetCell("number", 23, "0%"), 23),
        ("rate", SheetCell("number", 0.231), 0.231),
        ("rate", SheetCell("number", 1.25, "0%"), 125),
        ("target", SheetCell("number", 0.04, "0%"), "4%"),
        ("target", SheetCell("number", 0.04, "0.0%"), "4.0%"),
        ("target", SheetCell("number", 0.055, "0%"), "5.5%"),
        ("target", SheetCell("number", 45, "0"), "45"),
        ("target", _text("Benchmark & report of performance"), "Benchmark & report of performance"),
        ("target", _text("4 %"), "4 %"),
    ],
)
def test_what_is_read(kind: str, cell: SheetCell, value: Value) -> None:
    answer = _read(kind, cell)
    assert (answer.value, answer.doubt, answer.blank) == (value, "", False)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("date", _text("30/02/2009")),
        ("date", _text("03/31/2009")),
        ("date", _text("end of Q3")),
        ("date", _text("tbc")),
        ("date", _text("March 2009")),
        ("date", _text("Mar-09")),
        ("date", _text("30/06")),
        ("date", _text("3 Marvel 2009")),
        ("date", SheetCell("number", 39903, "0%")),
        ("date", _text("3 Foo 2009")),
        ("date", _text("31/03/1066")),
        ("date", SheetCell("date", "1904-01-01")),
        ("date", SheetCell("date", "2009-03-31T10:30:00")),
        ("date", SheetCell("number", 12.0)),
        ("date", SheetCell("number", 39903.5)),
        ("date", SheetCell("number", 1e300)),
        ("date", SheetCell("yes/no", True)),
        ("percent", SheetCell("number", 1.5, "0%")),
        ("percent", SheetCell("number", 150, "0%")),
        ("percent", SheetCell("number", 1)),
        ("percent", SheetCell("number", 1.5)),
        ("percent", SheetCell("number", -0.1, "0%")),
        ("percent", _text("0.355")),
        ("percent", _text("0.5%")),
        ("percent", _text("104%")),
        ("percent", _text("half")),
        ("percent", _text("~60%")),
        ("percent", _text("1,0")),
        ("percent", _text("\u0663\u0665%")),
        ("percent", _text("½")),
        ("choice", _text("\u041en track")),
        ("choice", _text("“On track”")),
        ("choice", _text("Green")),
        ("choices", _text("ACC Crime; ACC Nobody")),
        ("choices", _text(";")),
        ("yes/no", _text("perhaps")),
        ("whole number", _text("1e5")),
        ("number", _text("23%")),
        ("number", SheetCell("number", 0.23, "0%")),
        ("number", _text("n/a")),
        ("number", _text("-")),
        ("number", _text("nil")),
        ("number", _text("1,5")),
        ("number", _text("1.234,5")),
        ("number", _text("12 34")),
        ("number", _text("1200*")),
        ("number", _text("c. 1,200")),
        ("number", _text("12 of 34")),
        ("number", _text("1e999")),
        ("number", _text("\u0663\u0665")),
        ("number", _text("%")),
        ("number", SheetCell("date", "2009-04-03")),
        ("number", SheetCell("yes/no", True)),
        ("number", SheetCell("number", 5, computed=True)),
        ("rate", SheetCell("error", "#DIV/0!")),
        ("text", SheetCell("formula", "=A1")),
        ("text", SheetCell("yes/no", True)),
        ("text", _text("#REF!")),
        ("long text", _text("Err:502")),
        ("target", SheetCell("yes/no", False)),
        ("percent", SheetCell("error", "#DIV/0!")),
        ("choice", SheetCell("error", "#REF!")),
        ("text", SheetCell("other", "10:30:00")),
        ("choice", SheetCell("text", "On track", computed=True)),
        ("number", _text("(5)")),
        ("rate", _text("(5)")),
    ],
)
def test_what_is_asked(kind: str, cell: SheetCell) -> None:
    answer = _read(kind, cell)
    assert answer.doubt.endswith((".", "?"))
    assert not answer.blank


def test_a_bare_number_where_a_percentage_stood_is_asked() -> None:
    assert _read("target", SheetCell("number", 5), "4%").doubt
    assert _read("target", SheetCell("number", 0.05), "4%").doubt
    assert _read("target", SheetCell("number", 5), "45").value == "5"


@pytest.mark.parametrize(
    ("typed", "meant", "said"),
    [
        ("nil", 0, "“nil” is not a number. Is 0 meant?"),
        ("None", 0, "“None” is not a number. Is 0 meant?"),
        ("1200*", 1200, "“1200*” is not a number alone. Is 1,200 meant?"),
        ("£1,200", 1200, "“£1,200” is not a number alone. Is 1,200 meant?"),
        ("23.5%", 23.5, "“23.5%” is a percentage, and a number is asked for. Is 23.5 meant?"),
        ("n/a", None, "choose “not available” as the state"),
        ("-", None, "if there was nothing to count, write 0."),
        ("about a dozen", None, "“about a dozen” is not a number; write it as 2,336 or 23.1."),
    ],
)
def test_what_a_word_in_the_place_of_a_number_may_mean_is_proposed(typed: str, meant: float | None, said: str) -> None:
    answer = _read("number", _text(typed))
    assert said in answer.doubt
    assert (answer.value, answer.usable) == ((typed, False) if meant is None else (meant, True))


@given(st.floats(-1e14, 1e14))
def test_a_number_that_is_shown_reads_the_same(value: float) -> None:
    for kind in ("number", "rate"):
        column = _column(kind)
        answer = read_typed(column, shown(column, value), PLAN)
        assert not answer.doubt
        assert same(column, answer.value, value)


def test_what_was_issued_is_never_in_doubt() -> None:
    assert _read("choice", _text("Green"), "Green") == Answer("Green", typed="Green")
    assert _read("choices", _text("ACC Gone"), ("ACC Gone",)).value == ("ACC Gone",)
    assert not _read("date", SheetCell("date", "1999-01-01"), date(1999, 1, 1)).doubt
    assert not _read("choice", SheetCell("text", "On track", computed=True), "On track").doubt


@pytest.mark.parametrize("cell", [None, _text(""), _text(" \u00a0\u200b")])
def test_a_blank_is_no_answer(cell: SheetCell | None) -> None:
    assert _read("text", cell, "something").blank


def test_there_is_a_word_for_clearing() -> None:
    assert _read("date", _text(" [CLEAR] "), date(2009, 1, 1)) == Answer(None, typed="[CLEAR]")
    needed = ReturnColumn("x", "Activity", required=True)
    assert read(needed, _text("[clear]"), PLAN, "x").doubt == "“Activity” may not be empty."


def test_what_a_rule_made_of_a_value_is_said() -> None:
    assert _read("date", _text("3/4/09")).note == "“3/4/09” was read as 3 April 2009."
    assert _read("percent", SheetCell("number", 0.35)).note == "0.35 was read as 35%."
    assert _read("choice", _text("ON TRACK")).note == "“ON TRACK” was read as On track."


@pytest.mark.parametrize(
    ("kind", "one", "other", "expected"),
    [
        ("target", "4%", "4.0%", True),
        ("target", "4%", "4", False),
        ("target", "4%", "4% *", False),
        ("target", "a  b", "a b", True),
        ("choice", "On track", "on track", True),
        ("choices", ("A", "B"), ("B", "A"), False),
        ("text", "a\r\nb", "a\nb", True),
        ("text", "A", "a", False),
        ("percent", 0, None, False),
        ("number", 0, None, False),
        ("number", 2336, 2336.0, True),
        ("number", 0.1 + 0.2, 0.3, True),
        ("number", 23.1, 23.2, False),
    ],
)
def test_values_are_compared_by_meaning(kind: str, one: Value, other: Value, *, expected: bool) -> None:
    assert same(_column(kind), one, other) is expected


def test_how_values_are_shown_and_written() -> None:
    held: list[tuple[str, Value, str, object]] = [
        ("percent", 35, "35%", (0.35, "0%")),
        ("date", date(2009, 3, 31), "31/03/2009", (date(2009, 3, 31), "dd/mm/yyyy")),
        ("yes/no", True, "Yes", ("Yes", "General")),
        ("choices", ("A", "B"), "A; B", ("A; B", "General")),
        ("target", "4.50%", "4.50%", (0.045, "0.00%")),
        ("target", "10.5", "10.5", (10.5, "0.0")),
        ("target", "1" * 16, "1" * 16, ("1" * 16, "General")),
        ("whole number", 7, "7", (7, "0")),
        ("number", 2336.0, "2,336", (2336.0, "#,##0")),
        ("rate", 23.125, "23.125", (23.125, "#,##0.000")),
        ("rate", 23.0, "23", (23.0, "#,##0.0")),
        ("number", None, "", (None, "General")),
        ("date", None, "", (None, "dd/mm/yyyy")),
    ]
    for kind, value, text, cell in held:
        column = _column(kind)
        assert shown(column, value) == text
        assert written(column, value) == cell


STATUSES = replace(
    PLAN,
    lists={
        "statuses": ("Not started", "On track", "At risk", "Off track", "Complete", "Deferred", "Withdrawn"),
        "posts": PLAN.lists["posts"],
    },
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Green", "On track"),
        ("AMBER", "At risk"),
        ("Red.", "Off track"),
        ("Completed", "Complete"),
        ("Done", "Complete"),
        ("Delayed", "Off track"),
        ("Cancelled", "Withdrawn"),
        ("On hold", "Deferred"),
        ("Not begun", "Not started"),
        ("On trak", "On track"),
        ("Compleet", "Complete"),
        ("\u041en track", "On track"),
        ("“On track”", "On track"),
        ("Complete - see the report", "Complete"),
        ("not on track", None),
        ("On track / At risk", "On track"),
        ("?", None),
        ("1", None),
    ],
)
def test_a_word_for_a_status_is_asked_about_never_applied(said: str, meant: str | None) -> None:
    answer = read(ReturnColumn("x", "X", Choice(), choices="statuses"), _text(said), STATUSES)
    assert said.strip() in answer.doubt
    assert answer.usable is (meant is not None)
    assert answer.value == (meant or said)
    assert ((f"Is {meant} meant?" if meant else "is not one of") in answer.doubt) is True


def test_a_word_is_proposed_only_where_the_plan_has_the_status() -> None:
    answer = _read("choice", _text("Completed"))
    assert not answer.usable
    assert read(ReturnColumn("x", "X", Choice(), choices="statuses"), _text("Delayed"), PLAN).value == "At risk"


def test_owners_are_proposed_together_or_not_at_all() -> None:
    assert _read("choices", _text("ACC Crim; ACC Intelligence")).value == ("ACC Crime", "ACC Intelligence")
    assert not _read("choices", _text("ACC Crim; Nobody")).usable


def test_what_may_be_accepted_as_it_is_is_told_from_what_may_not() -> None:
    far = _read("date", SheetCell("date", "1904-01-01"))
    assert (far.usable, far.value) == (True, date(1904, 1, 1))
    turned = _read("date", _text("03/31/2009"))
    assert (turned.usable, turned.value) == (True, date(2009, 3, 31))
    assert "31 March 2009" in turned.doubt
    timed = _read("date", SheetCell("date", "2009-03-31T10:30:00"))
    assert (timed.usable, timed.value) == (True, date(2009, 3, 31))
    computed = _read("percent", SheetCell("number", 0.35, "0%", computed=True))
    assert (computed.usable, computed.value) == (True, 35)
    for kind, cell in (("date", _text("tbc")), ("percent", _text("half")), ("text", SheetCell("error", "#N/A"))):
        assert not _read(kind, cell).usable
    assert not _read("date", _text("31/03/2009")).usable


def test_a_day_that_may_be_read_in_two_ways_is_said_in_words() -> None:
    assert _read("date", _text("03/04/2009")).note == "“03/04/2009” was read as 3 April 2009."
    assert not _read("date", _text("31/03/2009")).note
    assert not _read("date", _text("2009-04-03")).note
    assert _read("date", SheetCell("number", 39903)).note == "The number 39903 was read as 31 March 2009."


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "as it was"),
        ("date", date(2009, 3, 31)),
        ("percent", 29),
        ("choice", "Gone"),
        ("target", "4.50%"),
        ("choices", ("A", "B")),
        ("yes/no", True),
        ("whole number", 7),
    ],
)
def test_an_untouched_cell_reads_as_it_was_issued(kind: str, value: Value) -> None:
    column = _column(kind)
    held, form = written(column, value)
    number = isinstance(held, int | float)
    cell = SheetCell("number" if number else "date" if isinstance(held, date) else "text", str(held), form)
    answer = read(column, cell._replace(value=held) if isinstance(held, int | float) else cell, PLAN, value)
    assert answer == Answer(value, typed=answer.typed)
    assert kind == "target" or answer.typed == shown(column, value)


def test_what_a_reviewer_types_is_read_by_the_same_rules() -> None:
    def typed(kind: str, text: str) -> Answer:
        return read_typed(_column(kind), text, PLAN)

    assert typed("percent", "35").value == 35
    assert typed("date", "3/4/09").value == date(2009, 4, 3)
    assert typed("choice", "AT RISK").value == "At risk"
    assert typed("text", " ").blank
    assert typed("date", "[clear]") == Answer(None, typed="[clear]")
    assert typed("date", "tbc").doubt


def test_where_days_are_written_month_first_no_day_is_read_the_other_way() -> None:
    american = SheetCell("text", "02/03/2009", MONTH_FIRST)
    answer = _read("date", american)
    assert (answer.value, answer.usable) == (date(2009, 2, 3), True)
    assert "Is 3 February 2009 meant, and not 2 March 2009?" in answer.doubt
    assert _read("date", american, date(2009, 2, 3)) == Answer(date(2009, 2, 3), typed="02/03/2009")
    assert _read("date", _text("02/25/2009"), date(2009, 2, 25)) == Answer(date(2009, 2, 25), typed="02/25/2009")
    assert _read("date", SheetCell("text", "03/03/2009", MONTH_FIRST)).value == date(2009, 3, 3)
    assert not _read("date", SheetCell("text", "2009-03-02", MONTH_FIRST)).doubt
