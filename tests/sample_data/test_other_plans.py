"""Plans of other kinds than the published one: each holds what its file says, and all of the program takes it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sample_data import other_plans
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.roles import PostInRole
from spp_desktop.plan.spoken import spoken
from spp_desktop.store import checking, dump, gaps, mapped, queries
from spp_desktop.store.workspace import Workspace
from tests.conftest import sample

ROOT = Path(__file__).parents[2]
NAMES = other_plans.names()


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def plan(samples: Path, tmp_path: Path, name: str) -> Iterator[Workspace]:
    with Workspace.open(sample(samples, name, tmp_path)) as opened:  # type: ignore[arg-type]
        yield opened


def texts(data: Any) -> Iterator[str]:
    """Every text in a file's data that stands in the plan as it is."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key not in ("targets", "due", "forecast", "likelihood", "impact"):
                yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)
    elif isinstance(data, str):
        yield data


def test_all_that_the_file_says_is_in_the_plan(plan: Workspace, name: str) -> None:
    held = str(plan.read(dump.content))
    assert [
        text for text in texts(other_plans.data_of(name)) if text not in held and repr(text)[1:-1] not in held
    ] == []


def test_it_says_that_it_is_made_up_and_its_file_is_sound(plan: Workspace) -> None:
    assert plan.read(queries.plan).illustrative.startswith("Illustrative: ")
    assert checking.check_file(plan.path).ok
    assert {step.kind for step in plan.history()} == {"built"}


def test_it_speaks_its_own_words_and_every_feature_of_its_kind_is_there(plan: Workspace, name: str) -> None:
    levels = [level["title"].lower() for level in other_plans.data_of(name)["level"]]
    words = spoken()
    assert [word.singular for word in (*words.headings, *([words.sentence] if words.sentence else []))] == levels
    activities = plan.read(queries.activities)
    assert len(activities) >= 2
    assert any(step.due_within for step in plan.read(queries.register, _milestones()))
    assert plan.read(queries.register, PostInRole)
    assert any(row.targets for row in plan.read(queries.indicators))
    assert plan.read(gaps.counts)
    assert plan.read(mapped.read).nodes


def _milestones() -> type[Any]:
    from spp_desktop.plan.delivery import Milestone

    return Milestone


def test_together_they_differ_in_levels_years_and_months() -> None:
    plans = [other_plans.data_of(name) for name in NAMES]
    assert len({tuple(level.get("written", "heading") for level in data["level"]) for data in plans}) == len(plans)
    assert {data["plan"].get("first_month", 4) for data in plans} == {1, 4}
    assert {data["plan"]["years"] for data in plans} == {2, 4}
    known = {register.name for register in REGISTERS}
    assert {name for data in plans for name in data.get("registers", {})} <= known


def test_no_code_knows_which_plan_it_has() -> None:
    """The names stand where they are offered, and nowhere is anything decided by them."""
    offered = {"cli/plans.py", "ui/window/new_plan.py"}
    kinds = re.compile(r"crime.plan|\bfire\b|\bcouncil\b|West ?march|Eastmoor|Southdale", re.IGNORECASE)
    code = [path for path in (ROOT / "spp_desktop").rglob("*.py") if kinds.search(path.read_text(encoding="utf-8"))]
    assert {path.relative_to(ROOT / "spp_desktop").as_posix() for path in code} == offered


def test_the_map_has_a_column_for_the_levels_that_the_plan_has_and_no_others(plan: Workspace, name: str) -> None:
    heads = [title for title, _ in plan.read(mapped.read).heads]
    assert (
        heads[:3]
        == {
            "crime-plan": ["Outcomes", "Objectives and measures of success", "Activities"],
            "fire": ["Pillars", "Promises", "Activities"],
            "council": ["Ambitions", "Aims and projects", "Activities"],
        }[name]
    )
    assert not any(
        "sentence" in text for text in (*plan.read(mapped.read).notes, *map(str, plan.read(mapped.read).heads))
    )


@pytest.mark.parametrize("name", ["council"])
def test_rows_of_the_levels_are_linked_by_what_leads_to_them(plan: Workspace) -> None:
    assert dict(plan.read(mapped.read).heads)["Aims and projects"] == "3 of 3 linked"
