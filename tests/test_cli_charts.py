"""``spp spc``: the published cases through the command, and what is no case said in a sentence."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.cli import DONE, REFUSED, charts
from spp_desktop.figures.control import case as control_case
from tests.command_line import CommandResult, spp, spp_program

PUBLISHED = Path(__file__).parent / "figures" / "spc" / "cases.json"
CASES: list[dict[str, Any]] = json.loads(PUBLISHED.read_text(encoding="utf-8"))["cases"]
DATES = ["2008-04-01", "2008-05-01", "2008-06-01"]
GOOD = {"id": "A", "title": "A good case", "dates": DATES, "values": [1, 2, 3]}


Spc = Callable[..., CommandResult]


@pytest.fixture
def spc(tmp_path: Path) -> Spc:
    """Run ``spp spc`` on a file that holds this: a path as it is, bytes and texts as they are, all else as JSON."""

    def run(content: Any, *words: str) -> CommandResult:
        if isinstance(content, Path):
            path = content
        else:
            path = tmp_path / "cases.json"
            text = content if isinstance(content, str | bytes) else json.dumps(content)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return spp("spc", path, *words)

    return run


def same(ours: Any, theirs: Any) -> bool:
    """Whether a value is the published one: numbers to a relative 1e-9, the rest exactly."""
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (ours, theirs))
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-12) if numbers else bool(ours == theirs)


# The published cases


def test_the_published_cases_come_out_as_published() -> None:
    answered = spp_program("spc", PUBLISHED)
    assert (answered.status, answered.err) == (DONE, "")
    data = answered.data
    assert data.keys() == {"cases"}
    assert [answer["id"] for answer in data["cases"]] == [case["id"] for case in CASES]
    assert sum(len(answer["expected"]["points"]) for answer in data["cases"]) == 362
    for answer, case in zip(data["cases"], CASES, strict=True):
        assert answer.keys() == {"id", "title", "expected"}
        assert answer["title"] == case["title"]
        assert not differences(answer["expected"], case), case["id"]


def differences(ours: dict[str, Any], case: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Where an outcome is another than the published one; of a quirk, than the rule as written."""
    expected = dict(case["expected"])
    if case["quirk"]:
        # The package holds a target against limits that there are none of; as written, nothing is said then.
        assert {point["ucl"] for point in expected["points"]} == {None}
        expected |= {"assurance_type": None, "assurance_icon": None}
    assert ours.keys() == expected.keys()
    faults = [
        (name, ours[name], expected[name]) for name in expected if name != "points" and ours[name] != expected[name]
    ]
    for point, wanted in zip(ours["points"], expected["points"], strict=True):
        assert point.keys() == wanted.keys()
        faults += [
            (f"{name} of {wanted['date']}", point[name], wanted[name])
            for name in wanted
            if not same(point[name], wanted[name])
        ]
    return faults


def test_two_quirks_are_published_and_judged_by_the_rule_as_written() -> None:
    assert [case["id"] for case in CASES if case["quirk"]] == ["P02", "P05"]


@pytest.mark.parametrize("wrong", ["mean", "rule", "segment", "relative_to_mean"])
def test_another_outcome_would_be_seen(wrong: str) -> None:
    ours = control_case.outcome(CASES[3])
    ours["points"][9][wrong] = {"mean": 50.44000001, "rule": "none", "segment": 1, "relative_to_mean": None}[wrong]
    ours["points"][11][wrong] = "run_high"
    assert len(differences(ours, CASES[3])) == (1 if wrong == "rule" else 2)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_alone_comes_out_as_one_of_many(spc: Spc, case: dict[str, Any]) -> None:
    result = spc(case)
    assert (result.status, result.err) == (DONE, "")
    assert result.data["id"] == case["id"]
    assert not differences(result.data["expected"], case)


def test_what_comes_out_has_the_shape_of_what_went_in(spc: Spc) -> None:
    answer = spc(GOOD).data
    assert spc([GOOD, GOOD]).data == [answer, answer]
    assert spc({"meta": {"by": "us"}, "cases": [GOOD]}).data == {"cases": [answer]}
    assert spc([]).data == []
    assert spc({"cases": []}).data == {"cases": []}
    assert spc(b"\xef\xbb\xbf" + json.dumps(GOOD).encode()).data == answer
    bare = spc({"dates": DATES, "values": [1, 2, 3], "title": None}).data
    assert bare == {"expected": answer["expected"]}
    assert spc(GOOD | {"options": {"target": None, "screen_outliers": None}}).data == answer


# For people


def test_a_table_for_people(spc: Spc) -> None:
    case = next(case for case in CASES if case["id"] == "P04")
    result = spc([case, GOOD], "--text")
    assert result.status == DONE
    first, second = result.out.rstrip().split("\n\n")
    lines = first.splitlines()
    assert lines[0] == f"Case P04: {case['title']}"
    words = [" ".join(line.split()) for line in lines]
    assert words[1] == "Month Result Mean Lower Upper Signal Meaning"
    assert words[2] == "Apr 2020 52 50.4 41.8 59.0 Common cause"
    assert words[13] == "Mar 2021 47 50.4 41.8 59.0 seven points or more below the mean Improvement"
    assert len({line.index("50.4") for line in lines[2:27]}) == 1, "columns stand below each other"
    assert lines[27].startswith("Apr 2022: Special cause of concerning nature: higher values")
    assert lines[28] == "Target 40: The process will consistently fail the target if nothing changes."
    assert second.splitlines()[0] == "Case A: A good case"
    assert "trial limits" in second


def test_a_table_shows_what_is_given(spc: Spc) -> None:
    case = {"dates": ["2008-04-07", *DATES[1:]], "values": [-1.25, None, 1500], "options": {"rebase": [DATES[1]]}}
    lines = spc(case, "--text").out.splitlines()
    assert lines[0] == "Case 1"
    assert lines[2].split() == ["2008-04-07", "-1.25", "-1.250", "Common", "cause"]
    assert lines[3].split() == ["2008-05-01", "1,500.000"]
    assert lines[4].split() == ["2008-06-01", "1,500.00", "1,500.000", "Common", "cause"]
    assert "Begun anew from May 2008: as the case says." in lines


# What is no case


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"dates": None}, "A case has a list of dates."),
        ({"dates": ["April", *DATES[1:]]}, "texts such as 2008-04-01"),
        ({"dates": [20080401, *DATES[1:]]}, "texts such as 2008-04-01"),
        ({"values": {"Apr": 1}}, "A case has a list of values."),
        ({"values": [1, 2]}, "as many values as dates; here are 2 and 3."),
        ({"values": [1, "n/a", 3]}, "“n/a” is not a number (value 2)."),
        ({"values": [1, [2], 3]}, "“[2]” is not a number (value 2)."),
        ({"values": [1, True, 3]}, "“True” is not a number (value 2)."),
        ({"values": [1, 2, math.nan]}, "“nan” is not a number (value 3)."),
        ({"values": [1, 2, -math.inf]}, "“-inf” is too large a number (value 3)."),
        ({"values": [1, 2, 10**400]}, "is too large a number (value 3)."),
        ({"values": [1, 2, "x" * 100_000]}, "is not a number (value 3)."),
        ({"options": [1]}, "The options of a case are an object."),
        ({"options": {"improvement_direction": ["up"]}}, "is no direction of improvement"),
        ({"options": {"target": "49"}}, "“49” is not a number (target)."),
        ({"options": {"target": False}}, "“False” is not a number (target)."),
        ({"options": {"fix_after_n_points": math.nan}}, "“nan” is not a number (fix_after_n_points)."),
        ({"options": {"screen_outliers": "no"}}, "“no” does not say whether to screen outliers"),
        ({"options": {"rebase": DATES[0]}}, "A case has a list of dates."),
        ({"title": {"en": "A"}}, "texts or whole numbers"),
    ],
)
def test_a_case_that_is_none_is_named_and_stops_no_other(spc: Spc, change: dict[str, Any], sentence: str) -> None:
    result = spc([GOOD | {"id": "bad"} | change, GOOD])
    assert result.status == REFUSED
    assert result.err.startswith("cases.json, case bad: ")
    assert sentence in result.err
    assert result.err.count("\n") == 1
    assert len(result.err) < 200
    bad, good = result.data
    assert bad["expected"].keys() == {"error", "message"}
    assert (bad["expected"]["error"], good["expected"]["error"]) == (True, False)
    assert sentence in bad["expected"]["message"]
    assert f"No chart. {bad['expected']['message']}" in spc([GOOD | {"id": "bad"} | change], "--text").out


def test_a_case_without_a_name_is_named_by_its_place(spc: Spc) -> None:
    result = spc([GOOD, 3, {"id": [1]}, {"id": "\x1b[31mred\ud800"}])
    assert result.err.splitlines() == [
        "cases.json, case 2: A case is an object with dates and values.",
        "cases.json, case 3: Its id and title are texts or whole numbers.",
        "cases.json, case ?[31mred?: A case has a list of dates.",
    ]
    assert result.data[3]["id"] == "\x1b[31mred\ud800"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"dates": [DATES[0]] * 3}, "2008-04-01 comes twice"),
        ({"dates": [], "values": []}, "needs a series"),
        ({"options": {"fix_after_n_points": 11}}, "at least 12 points"),
        ({"values": [1e308, -1e308, 1e308]}, "too far apart"),
    ],
)
def test_a_case_that_has_no_chart_says_so_in_its_outcome(spc: Spc, change: dict[str, Any], sentence: str) -> None:
    result = spc([GOOD | change, GOOD])
    assert (result.status, result.err) == (DONE, "")
    assert result.data[0]["expected"]["error"] is True
    assert sentence in result.data[0]["expected"]["message"]
    assert result.data[1]["expected"]["error"] is False


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is not JSON: line 1, column 1"),
        ('{"dates": [],\n "values": [}', "is not JSON: line 2, column 13"),
        ("3", "holds no cases"),
        ('"cases"', "holds no cases"),
        ("null", "holds no cases"),
        ('{"cases": {"id": "A"}}', "holds no cases"),
        ("[" * 200_000 + "]" * 200_000, "lists within lists"),
        ('{"values": [' + "9" * 5000 + "]}", "thousands of digits"),
        (json.dumps(GOOD).encode("utf-16"), "is not text in UTF-8"),
        ('{"id": "café"}'.encode("latin-1"), "is not text in UTF-8"),
        (b"SQLite format 3\x00\x10\x00\xff", "is not text in UTF-8"),
    ],
)
def test_a_file_that_holds_none_is_refused_in_a_sentence(spc: Spc, content: str | bytes, sentence: str) -> None:
    result = spc(content)
    assert (result.status, result.out) == (REFUSED, "")
    assert result.err.startswith("cases.json ")
    assert sentence in result.err
    assert result.err.count("\n") == 1


def test_a_file_that_is_none_is_refused_in_a_sentence(spc: Spc, tmp_path: Path) -> None:
    assert spc(tmp_path / "nowhere.json").err == f"There is no file nowhere.json in {tmp_path}.\n"
    assert spc(tmp_path).status == REFUSED


def test_a_huge_file_is_refused(spc: Spc, tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as opened:
        opened.truncate(charts.LARGEST + 1)
    result = spc(huge)
    assert (result.status, result.err) == (
        REFUSED,
        "huge.json is larger than 64 MB; put its cases into several files.\n",
    )


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(DATES),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "title", "dates", "values", "options", "target", "rebase"]), inner)
    ),
    max_leaves=12,
)


@given(anything, st.dictionaries(st.sampled_from([*GOOD, "options"]), anything, max_size=2))
def test_whatever_stands_in_a_case_is_answered(case: Any, change: dict[str, Any]) -> None:
    for content in (case, GOOD | change):
        answer = charts._answered(content, 1)
        assert json.loads(json.dumps(answer.data, allow_nan=False))["expected"]["error"] is (answer.chart is None)
        assert "\n" not in "".join(charts._as_text(answer))
