"""Targets held against each other: what the published plan holds, and every other way they may agree or not."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sample_data
from spp_desktop.figures.targets import checks, reading
from spp_desktop.figures.targets import stated as targets
from spp_desktop.figures.targets.checks import ChangeCheck, LevelCheck
from spp_desktop.figures.targets.stated import Stated
from spp_desktop.plan.performance import Every, TargetKind
from tests.figures.vectors import VECTORS, all_near, near


def target(kind: TargetKind, value: float | None, stated: str = "", every: Every = "year") -> Stated:
    return Stated(stated, value, kind, star=False, every=every)


def changed(plan: float | None, *years: float | None) -> dict[int | None, Stated]:
    """Yearly changes from 2008 on, and the change over the plan."""
    stated: dict[int | None, Stated] = {
        2008 + at: target("change on previous year", year) for at, year in enumerate(years)
    }
    return stated | {None: target("change over plan", plan)}


def found(plan: float, *years: float, better: Any = "lower") -> ChangeCheck:
    made = checks.check(changed(plan, *years), better)
    assert isinstance(made, ChangeCheck)
    return made


# The published plan


def published() -> Iterator[tuple[str, ChangeCheck | LevelCheck | None]]:
    path = Path(sample_data.__file__).parent / "published" / "indicators.toml"
    groups = list(tomllib.loads(path.read_text(encoding="utf-8"))["group"])
    for group in groups:
        groups += group.get("group", [])
        for row in group.get("indicator", []):
            read = {
                one.get("year"): target(
                    one["kind"],
                    reading.read(one["stated"], targets.Subject(row["polarity"]), one["kind"]).value,
                    one["stated"],
                )
                for one in row["targets"]
            }
            yield row["title"], checks.check(read, row["polarity"])


def test_the_published_plan_holds_exactly_these() -> None:
    by_finding: dict[str, list[str]] = {}
    for title, made in published():
        by_finding.setdefault(made.finding if made else "nothing to compare", []).append(title)
    assert {name: sorted(titles) for name, titles in by_finding.items() if name != "nothing to compare"} == {
        "easier than its years": ["Reduce business crime", "Reduce criminal damage", "Reduce total recorded crime"],
        "matches only if cut off": ["Reduce serious acquisitive crime", "Reduce serious violence"],
        "consistent": ["Improve road safety"],
        "level consistent": [
            "Detections of burglary (home)",
            "Detections of robbery",
            "Detections of serious sexual offences",
            "Detections of serious violence",
            "Detections of vehicle crime",
            "Increase detection rate of hate crime",
            "Total sanction detection rate",
        ],
    }
    assert Counter({name: len(titles) for name, titles in by_finding.items()})["nothing to compare"] == 9


def test_the_published_plan_in_sentences() -> None:
    said = {title: made.sentence for title, made in published() if made}
    assert said["Reduce total recorded crime"] == (
        "The plan's 10% is easier than its own years: 4%, 4% and 4% compound to 11.53%, and add up to 12%. "
        "10% needs 3.45% a year. With every year before on its target, the last needs 2.34%."
    )
    assert said["Reduce serious violence"] == (
        "The plan's 11% matches its years only if cut off, not rounded: 4%, 4% and 4% compound to 11.53%, and add "
        "up to 12%. 11% needs 3.81% a year. With every year before on its target, the last needs 3.43%."
    )
    assert said["Improve road safety"] == (
        "Consistent with the plan's 14%: 5%, 5% and 5% compound to 14.26%, and add up to 15%."
    )
    assert said["Detections of robbery"] == "Consistent: the plan's 27% is the level of its last year."


def test_the_published_differences_that_are_noted() -> None:
    noted = {title: made.noted for title, made in published() if isinstance(made, ChangeCheck)}
    assert [title for title, one in noted.items() if not one] == ["Improve road safety"]
    assert near(found(11, 4, 4, 4).difference, 0.5264)


def test_dropped_decimals_could_explain_some() -> None:
    for plan, said in (
        (10, "Only a yearly change from 3.50% to 3.63% would be printed both ways."),
        (11, "Only a yearly change from 3.63% to 3.99% would be printed both ways."),
        (5, "No one yearly change would be printed both ways."),
    ):
        assert found(plan, 4, 4, 4).hidden_sentence == said
    assert found(10, 4, 4, 3).hidden is None


# The arithmetic


@pytest.mark.parametrize("row", VECTORS["compounding"], ids=lambda row: f"{row['annual']} for {row['years']}")
def test_changes_compound(row: dict[str, Any]) -> None:
    made = found(5, *[100 * row["annual"]] * row["years"])
    assert near(made.compounded, 100 * row["compound"])
    assert near(made.summed, 100 * row["simple"])


@pytest.mark.parametrize("row", VECTORS["equivalent_annual"], ids=lambda row: str(row["total"]))
def test_what_each_year_needs(row: dict[str, Any]) -> None:
    made = found(100 * row["total"], *[4] * row["years"])
    assert made.required
    assert near(made.required, 100 * row["annual"])


def test_what_the_years_left_need() -> None:
    made = found(10, 4, 4, 4)
    assert all_near(made.remaining, [100 * (1 - (0.9 / 0.96) ** 0.5), 100 * (1 - 0.9 / 0.96**2)])


@pytest.mark.parametrize(
    ("plan", "years", "better", "finding"),
    [
        (15, (5, 5, 5), "lower", "matches only if added up"),
        (12, (4, 4, 4), "lower", "consistent"),
        (11.5, (4, 4, 4), "lower", "consistent"),
        (11.53, (4, 4, 4), "lower", "consistent"),
        (11.52, (4, 4, 4), "lower", "matches only if cut off"),
        (13, (4, 4, 4), "lower", "harder than its years"),
        (12, (4, 4, 4), "higher", "consistent"),
        (13, (4, 4, 4), "higher", "harder than its years"),
        (4, (4,), "lower", "consistent"),
        (2, (4, 4, -6), "lower", "consistent"),
        (-12, (-4, -4, -4), "lower", "consistent"),
    ],
)
def test_how_a_plan_may_agree_with_its_years(plan: float, years: tuple[float, ...], better: Any, finding: str) -> None:
    assert found(plan, *years, better=better).finding == finding


def test_falls_to_nothing_and_below() -> None:
    made = found(100, 100, 50)
    assert (made.required, made.remaining) == (100, (None,))
    assert found(60, 100, 100).hidden is None
    beyond = found(120, 4, 4)
    assert (beyond.required, beyond.remaining, beyond.hidden) == (None, (None,), None)
    assert beyond.sentence.endswith("add up to 8%.")


def level(plan: float | None, *years: float | None) -> dict[int | None, Stated]:
    return {2008 + at: target("level", year, f"{year}%") for at, year in enumerate(years)} | {
        None: target("level", plan, f"{plan}%")
    }


def test_a_limit_is_held_against_levels_as_one() -> None:
    yearly = {2008: target("level", 45, "45%"), 2009: target("floor", 50, "at least 50%")}
    made = checks.check(yearly | {None: target("floor", 50, "at least 50%")}, "higher")
    assert isinstance(made, LevelCheck)
    assert made.sentence == "Consistent: the plan's at least 50% is the level of its last year."
    by_month = {2008: target("ceiling", 100, "100 a month", "month"), None: target("ceiling", 1200, "1,200")}
    assert checks.check(by_month, "lower") is None
    mixed = {2008: target("ceiling", 100, "100"), None: target("change over plan", 10, "10%")}
    assert checks.check(mixed, "lower") is None


def test_a_level_is_that_of_the_last_year() -> None:
    made = checks.check(level(150, 45, 50, 55), "higher")
    assert isinstance(made, LevelCheck)
    assert made.finding == "level differs"
    assert made.finding not in checks.AGREED
    assert made.sentence == (
        "Differs: the plan's 150% is not the level of its last year, 55%. A level is reached, not added up."
    )


@pytest.mark.parametrize(
    "stated",
    [
        {},
        {2008: target("level", 85)},
        {None: target("level", 85)},
        changed(None, 4, 4),
        changed(10, 4, None),
        level(None, 85),
        {2008: target("level", 4), None: target("change over plan", 4)},
        {2008: target("change on previous year", 4), 2009: target("level", 4), None: target("change over plan", 4)},
        {2008: target("level", 4), 2010: target("level", 5), None: target("level", 5)},
        {2008: target("benchmark", None), None: target("benchmark", None)},
    ],
)
def test_what_cannot_be_held_against_each_other_is_left(stated: Any) -> None:
    assert checks.check(stated, "lower") is None


@given(st.lists(st.integers(1, 30), min_size=1, max_size=5), st.integers(1, 60))
def test_required_and_remaining_come_to_what_is_stated(years: list[int], plan: int) -> None:
    made = found(plan, *years)
    assert made.required is not None
    assert near((1 - made.required / 100) ** len(years), 1 - plan / 100)
    left = Fraction(1)
    for done, each in enumerate(made.remaining, 1):
        left *= 1 - Fraction(years[done - 1], 100)
        assert each is not None
        assert near(float(left) * (1 - each / 100) ** (len(years) - done), 1 - plan / 100)
    assert made.compounded <= made.summed
