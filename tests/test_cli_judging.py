"""``spp judge``: the worked year in words and as JSON, series of every kind, and what cannot be asked for."""

import hashlib
import shutil
from collections.abc import Callable
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from spp_desktop.cli import DONE, REFUSED
from spp_desktop.edits import judging as verdicts
from spp_desktop.edits import performance, results, rows
from spp_desktop.plan.judging import JudgementRule, PeerForce
from spp_desktop.plan.kinds.days import short_month
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import month_end, months, quarter_end, quarter_start
from spp_desktop.plan.results import Area, DefinitionVersion
from spp_desktop.store.workspace import Workspace
from tests.command_line import CommandResult, spp
from tests.figures.results_made import LAST_YEAR, SO_FAR

SENTENCE = (
    "Amber: 2,336 robberies April to September 2008 against a trajectory of 2,317 (last year's profile, target 4,704); "
    "0.8% over, inside the 5% tolerance."
)

MONTHS = months(date(2007, 4, 1), date(2008, 9, 1))
NAMES = {
    "ref", "title", "group", "population", "area", "measure", "unit", "steps", "better", "year", "latest", "to_date",
    "target", "trajectory", "rag", "sentence", "remark", "direction", "control_chart", "no_control_chart",
    "projections", "needed", "outlook", "comparisons", "target_check", "remaining_years", "standing",
}  # fmt: skip


class Judgements(CommandResult):
    """What ``spp judge`` said."""

    def indicator(self, ref: str, area: str | None = None) -> Any:
        return next(data for data in self.data["indicators"] if (data["ref"], data["area"]) == (ref, area))


Judge = Callable[..., Judgements]


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of one indicator of every kind, as at 31 October 2008."""
    path = tmp_path_factory.mktemp("judged") / "plan.plan"
    with Workspace.create(path, "A plan", 2008, force="Own", as_at=date(2008, 10, 31)) as workspace:
        workspace.edit("set up", _set_up, as_kind="built")
    return path


@pytest.fixture
def path(every_kind: Path, tmp_path: Path) -> Path:
    """That plan, as a file of this test's own."""
    return Path(shutil.copy(every_kind, tmp_path))


@pytest.fixture
def judge(path: Path) -> Judge:
    """Run ``spp judge`` on that plan."""

    def run(*words: str, plan: Path = path, terminal: bool = False) -> Judgements:
        return Judgements(**vars(spp("judge", plan, *words, terminal=terminal)))

    return run


def _set_up(session: Session) -> None:
    group = performance.add_group(session, "Crime")

    def indicator(title: str, target: str, **more: Any) -> str:
        key = performance.add_indicator(session, group, title, **{"polarity": "higher", **more})
        performance.set_target(session, key, 2008, target)
        return key

    robbery = indicator(
        "Robbery", "4%", unit="robberies", polarity="lower", measure="count", trajectory="last year's profile"
    )
    detected = indicator(
        "Detections", "23%", unit="%", measure="percentage", numerator="detections", denominator="crimes"
    )
    gap = indicator("Satisfaction gap", "gap of 4 points", unit="%", measure="survey", population="users")
    rank = indicator("Rank", "2nd", unit="per 1,000", polarity="lower", measure="rate")
    benchmark = indicator("Perceptions", "Benchmark & report", unit="%", measure="survey")
    for year, target in ((2009, "4%"), (2010, "4%"), (None, "10%")):
        performance.set_target(session, robbery, year, target)
        performance.set_target(session, detected, year, "25%" if year == 2009 else "27%")
    north = rows.add(session, Area, title="North", position=1.0)
    rows.add(session, DefinitionVersion, indicator_id=detected, starts_on=date(2008, 4, 1), reason="Counted anew")
    by_month = list(zip(MONTHS, [*LAST_YEAR, *SO_FAR], strict=True))
    entries: list[dict[str, Any]] = [_month(robbery, day, value=value) for day, value in by_month]
    entries += [_month(robbery, day, value=value // 2, area_id=north) for day, value in by_month]
    entries += [_month(detected, day, numerator=value // 4, denominator=value) for day, value in by_month]
    quarter = {"period_from": quarter_start(2008, 2), "period_to": quarter_end(2008, 2), "sample_size": 400.0}
    entries += [
        {"indicator_id": gap, "population": name, "value": value, **quarter}
        for name, value in (("A", 86.0), ("B", 81.0))
    ]
    entries.append({"indicator_id": benchmark, "value": 50.0, **quarter, "state": "provisional"})
    results.enter(session, entries)
    verdicts.set_override(session, robbery, north, date(2008, 9, 30), "red", "A recount is under way")
    verdicts.rebase(session, robbery, north, date(2008, 4, 1), "A new unit")
    verdicts.explain_target(session, robbery, "The Authority chose a round figure")
    peer = rows.add(session, PeerForce, year=2007, force="Avon", position=1.0)
    for key, value in ((None, 12.4), (peer, 10.1)):
        verdicts.set_peer_rate(session, rank, key, 2007, value)


def _month(indicator: str, day: date, **figures: Any) -> dict[str, Any]:
    return {"indicator_id": indicator, "period_from": day, "period_to": month_end(day), **figures}


# In words


def test_the_sentence_of_the_worked_year(judge: Judge) -> None:
    result = judge("--indicator", "PI01")
    assert (result.status, result.err) == (DONE, "")
    lines = result.out.splitlines()
    assert lines[0] == "PI01  Robbery: the force"
    assert lines[1] == f"  Judgement    {SENTENCE}"
    assert "  Outlook      Straight: 4,672 by 31 March 2009 (4,538 to 4,806), which meets 4,704." in lines
    assert (
        "  Target       4% for 2008-2009 (change on previous year), which is 4,704 robberies, from 4,900 robberies"
        in lines
    )
    assert "               Explained: The Authority chose a round figure" in lines
    assert any(line.strip().startswith("Target 392 robberies a month: Hit or miss") for line in lines)
    assert "               Each of the 6 months left must be 394.7 or less." in lines
    last = " ".join(lines[-1].split())
    assert last == "Sep 2008 401 402.0 352.7 451.3 seven points or more below the mean Improvement"
    assert [line.split()[:2] for line in lines[-18:]] == [short_month(day).split() for day in MONTHS]


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        (("--indicator", "pi02"), "Counted in another way from 1 Apr 2008 (Counted anew): what came before"),
        (("--indicator", "PI03"), "PI03  Satisfaction gap, users: the force"),
        (("--indicator", "PI03"), "5 percentage points July to September 2008 against a target of 4"),
        (("--indicator", "PI03"), "A control chart is made of single months, and there are none here."),
        (("--indicator", "PI04"), "2nd of 2 most similar forces; their average is 11.25."),
        (("--indicator", "PI04"), "Green: 2nd 2007-2008 against a target of 2nd; exactly on it, which meets it."),
        (("--indicator", "PI05"), "Benchmark year: the year sets a benchmark and has no target."),
        (("--indicator", "PI05"), "50% July to September 2008 (provisional)"),
        (("--area", "north", "--indicator", "PI01"), "Red by override of "),
        (("--area", "NORTH", "--indicator", "PI05"), "PI05  Perceptions: North"),
        (("--as-at", "5 April 2009", "--indicator", "PI01"), SENTENCE),
        (("--as-at", "2008-04-05", "--indicator", "PI01"), "No data: there is no result for 2008-2009."),
        (("--as-at", "2007-04-05", "--indicator", "PI01"), "none for 2007-2008"),
    ],
)
def test_series_of_every_kind_in_words(judge: Judge, words: tuple[str, ...], heading: str) -> None:
    result = judge(*words)
    assert result.status == DONE
    assert heading in result.out


def test_all_areas_come_behind_the_force(judge: Judge) -> None:
    heads = [line for line in judge("--all-areas").out.splitlines() if line.startswith("PI")]
    assert heads[:3] == ["PI01  Robbery: the force", "PI01  Robbery: North", "PI02  Detections: the force"]
    assert len(heads) == 6


def test_in_a_terminal_texts_are_folded(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    result = judge(terminal=True)
    assert max(map(len, result.out.splitlines())) <= 100
    assert SENTENCE[:60] in result.out
    assert SENTENCE not in result.out


def test_a_plan_without_indicators(judge: Judge, tmp_path: Path) -> None:
    Workspace.create(tmp_path / "empty.plan", "Empty", 2008).close()
    result = judge(plan=tmp_path / "empty.plan")
    assert (result.status, result.out) == (DONE, "The plan has no indicators.\n")
    assert judge("--json", plan=tmp_path / "empty.plan").data["indicators"] == []


# As JSON


def test_the_worked_year_as_json(judge: Judge) -> None:
    result = judge("--indicator", "PI01", "--json")
    assert (result.data["plan"], result.data["as_at"]) == ("A plan", "2008-10-31")
    pi01 = result.indicator("PI01")
    assert pi01.keys() == NAMES
    assert (pi01["sentence"], pi01["year"], pi01["latest"]["value"]) == (SENTENCE, "2008-2009", 401)
    assert (pi01["to_date"]["value"], pi01["to_date"]["last_year"], len(pi01["to_date"]["results"])) == (
        2336,
        2414,
        6,
    )
    assert (pi01["target"]["value"], pi01["target"]["baseline"], pi01["target"]["stated"]) == (
        4704,
        4900,
        "4%",
    )
    assert (pi01["trajectory"]["to_date"], pi01["trajectory"]["method"]) == (2317.44, "last year's profile")
    assert pi01["trajectory"]["points"][5] == {"period": "September", "value": 2317.44}
    assert (pi01["rag"]["state"], pi01["rag"]["because"], pi01["rag"]["tolerance"]) == (
        "amber",
        "inside the tolerance",
        5,
    )
    assert (pi01["rag"]["off"], pi01["rag"]["allowed"], pi01["rag"]["override"]) == (
        18.56,
        115.872,
        None,
    )
    assert (pi01["direction"]["arrow"], pi01["direction"]["change"]) == ("no clear change", -78)
    assert [round(each["value"], 4) for each in pi01["projections"]] == [4672, 4741.6736, 4822]
    assert [each["meets"] for each in pi01["projections"]] == [True, False, False]
    assert pi01["needed"]["each"] == pytest.approx(394.6667, abs=1e-4)
    assert pi01["needed"]["periods"][0] == "October"
    assert (pi01["target_check"]["finding"], pi01["target_check"]["yearly"]) == (
        "easier than its years",
        [4, 4, 4],
    )
    assert pi01["target_check"]["explanation"] == "The Authority chose a round figure"
    remaining = pi01["remaining_years"]
    assert (remaining["aim"], list(remaining["years"])) == (4410, ["2008-2009", "2009-2010", "2010-2011"])


def test_the_control_chart_as_json(judge: Judge) -> None:
    chart = judge("--indicator", "PI01", "--json").indicator("PI01")["control_chart"]
    assert (len(chart["points"]), chart["target"]) == (18, 392)
    assert (chart["variation_icon"], chart["assurance_icon"]) == ("improvement_low", "inconsistent")
    last = chart["points"][-1]
    assert (last["date"], last["value"], last["rule"]) == ("2008-09-01", 401, "run_low")
    assert last["lcl"] < last["mean"] < last["ucl"]
    north = judge("--area", "North", "--json").indicator("PI01", "North")
    assert [rebase["reason"] for rebase in north["control_chart"]["rebases"]] == ["A new unit"]
    assert {point["segment"] for point in north["control_chart"]["points"]} == {0, 1}


def test_series_of_every_kind_as_json(judge: Judge) -> None:
    result = judge("--json", "--all-areas")
    assert all(indicator.keys() == NAMES for indicator in result.data["indicators"])
    detected, gap, rank, benchmark = (result.indicator(ref) for ref in ("PI02", "PI03", "PI04", "PI05"))
    assert detected["needed"].keys() == {"more", "rate"}
    assert detected["comparisons"][0]["breaks"] == [{"on": "2008-04-01", "reason": "Counted anew"}]
    assert detected["target_check"]["finding"] == "level consistent"
    assert (gap["to_date"]["value"], gap["to_date"]["unit"]) == (5, "percentage points")
    assert gap["to_date"]["interval"]["low"] < 5 < gap["to_date"]["interval"]["high"]
    assert (gap["control_chart"], gap["no_control_chart"][:15]) == (None, "A control chart")
    assert (rank["standing"]["words"], rank["to_date"]["value"], rank["latest"]) == ("2nd of 2", 2, None)
    assert (benchmark["rag"]["state"], benchmark["target"]["value"]) == ("benchmark year", None)
    assert benchmark["trajectory"] is benchmark["target_check"] is benchmark["standing"] is None
    override = result.indicator("PI01", "North")["rag"]["override"]
    assert (override["colour"], override["reason"], override["on"]) == (
        "red",
        "A recount is under way",
        date.today().isoformat(),
    )


def test_before_the_plan_as_json(judge: Judge) -> None:
    pi01 = judge("--json", "--as-at", "1 April 2007").indicator("PI01")
    assert (pi01["year"], pi01["target"], pi01["trajectory"], pi01["latest"]) == (
        "2007-2008",
        None,
        None,
        None,
    )
    assert (pi01["rag"]["state"], pi01["to_date"]["value"], pi01["to_date"]["state"]) == (
        "no target",
        None,
        None,
    )


def test_other_rules_as_json(judge: Judge, path: Path) -> None:
    with Workspace.open(path) as workspace:
        workspace.edit("rules", _other_rules)
    result = judge("--json")
    assert result.indicator("PI01")["rag"]["rule_kind"] == "last year"
    assert result.indicator("PI01")["rag"]["tolerance"] is None
    assert result.indicator("PI02")["rag"]["rule_kind"] == "tolerance in points"


def _other_rules(session: Session) -> None:
    ours = {indicator.ref: indicator.id for indicator in session.exec(select(Indicator))}
    last = session.exec(select(JudgementRule).where(JudgementRule.kind == "last year")).one()
    points = rows.add(session, JudgementRule, title="2 points", kind="tolerance in points", size=2.0, position=9.0)
    verdicts.set_rule(session, ours["PI01"], last.id)
    verdicts.set_rule(session, ours["PI02"], points)


def test_every_number_is_one(judge: Judge) -> None:
    def numbers(data: Any) -> list[float]:
        if isinstance(data, dict | list):
            inside = data.values() if isinstance(data, dict) else data
            return [number for part in inside for number in numbers(part)]
        return [data] if isinstance(data, int | float) else []

    figures = numbers(judge("--json", "--all-areas").data)
    assert len(figures) > 500
    assert all(map(isfinite, figures))


# Reading only, and refusals


def test_the_plan_stays_as_it_is(judge: Judge, path: Path) -> None:
    before = hashlib.sha256(path.read_bytes()).hexdigest(), sorted(path.parent.iterdir())
    for words in ((), ("--json",), ("--all-areas",)):
        assert judge(*words).status == DONE
    assert (hashlib.sha256(path.read_bytes()).hexdigest(), sorted(path.parent.iterdir())) == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--indicator", "PI99"), "There is no indicator “PI99”. The plan has PI01, PI02, PI03, PI04, PI05."),
        (("--area", "Nowhere"), "There is no area “Nowhere”. The plan has North."),
        (("--area", "North", "--all-areas"), "Either --area for one area or --all-areas for every one; not both."),
        (("--as-at", "lately"), "“lately” is not a date; write it as 31/03/2009."),
    ],
)
def test_what_cannot_be_asked_for(judge: Judge, words: tuple[str, ...], sentence: str) -> None:
    assert judge(*words) == Judgements(REFUSED, "", f"{sentence}\n")


def test_what_is_no_plan(judge: Judge, tmp_path: Path) -> None:
    (tmp_path / "letter.plan").write_text("Dear Chief Constable", encoding="utf-8")
    for name in ("letter.plan", "nowhere.plan"):
        result = judge(plan=tmp_path / name)
        assert (result.status, result.out) == (REFUSED, "")
        assert result.err.count("\n") == 1
