"""A plan written down as a table, as an office would, comes into an empty plan as it was: whatever stands in it."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from spp_desktop.edits import delivery, performance, priorities, registers
from spp_desktop.edits.plan_in import taking
from spp_desktop.edits.plan_in.proposal import propose
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.kinds.day_or_period import LastDay, day_text, period_text
from spp_desktop.plan.posts import Post
from spp_desktop.returns.plan_tables.entries import sayings
from spp_desktop.returns.plan_tables.reading import pasted, proposed
from spp_desktop.store import queries
from spp_desktop.store.plain import Node
from spp_desktop.store.workspace import Workspace
from tests.depth import depth

POSTS = ("ACC Crime", "T/ACC Operations", "Head of HR and Finance", "Supt (North)")
STATUSES = tuple(str(row["title"]) for row in Status.shipped)
PERIODS = (LastDay(2008, 12, 31, "quarter"), LastDay(2008, 10, 31, "month"), LastDay(2009, 3, 31, "year"))
STATED, OVER = ("", "900", "1,200", "Benchmark"), ("", "1,200", "Benchmark")
HEADINGS = ["Priority", "Theme", "Commitment", "Ref", "Activity", "Owners", "Start", "Due", "Status", "% done",
            "Budget", "Notes", "Milestone", "Milestone due"]  # fmt: skip
MEASURED = ["Group", "PI ref", "Indicator", "Unit", "Better", "2008-09", "2009-10", "Target over the plan"]


class Planned(NamedTuple):
    """An activity to be: where it stands, by the number of a row of the levels, and what its columns hold."""

    home: int
    text: str
    owners: list[str]
    columns: Mapping[str, Any]
    steps: list[tuple[str, date | None]]


WORDS = st.lists(
    st.sampled_from(["on", "victims;", "and/or", "fraud,", "200", "(KSI)", "£5m", "24/7", "e.g.", "ŵyl", "“x”"]),
    max_size=5,
).map(lambda words: " ".join(["Work", *words]))
DAYS = st.dates(date(2008, 4, 1), date(2009, 3, 31))
MAYBE_DAY = st.none() | DAYS
COLUMNS = st.fixed_dictionaries({
    "start": MAYBE_DAY, "due": MAYBE_DAY, "status": st.sampled_from(("", *STATUSES)),
    "percent": st.none() | st.integers(0, 100), "budget": st.none() | st.integers(0, 10**7),
    "notes": st.just("") | WORDS,
})  # fmt: skip
STEPS = st.lists(st.tuples(WORDS, MAYBE_DAY | st.sampled_from(PERIODS)), max_size=3, unique_by=lambda step: step[0])
LEVELS = st.lists(st.tuples(st.integers(0, 2), WORDS), min_size=1, max_size=8)
ACTIVITIES = st.lists(
    st.builds(Planned, st.integers(0, 99), WORDS, st.lists(st.sampled_from(POSTS), unique=True), COLUMNS, STEPS),
    max_size=6,
)
TARGETS = st.tuples(st.sampled_from(STATED), st.sampled_from(STATED), st.sampled_from(OVER))
INDICATORS = st.lists(
    st.tuples(WORDS, st.sampled_from(("lower", "higher")), TARGETS), max_size=4, unique_by=lambda each: each[0]
)


def build(session: Session, levels: list[tuple[int, str]], planned: list[Planned], measured: list[Any]) -> None:
    """A verb: the levels, each at the depth asked or as deep as what is above it allows; the rest below them."""
    path: list[str] = []
    homes: list[tuple[str, str]] = []
    for n, (asked, words) in enumerate(levels):
        at, title = min(asked, len(path)), f"{words} {chr(97 + n)}"
        above = path[at - 1] if at else ""
        if at == 0:
            key = priorities.add_priority(session, title)
        elif at == 1:
            key = priorities.add_theme(session, above, title)
        else:
            key = priorities.add_commitment(session, above, title)
        path = [*path[:at], key]
        homes.append((path[0], key))
    posts = {title: registers.add(session, Post, {"title": title}) for title in POSTS}
    statuses = {row.title: row.id for row in queries.register(session.connection(), Status)}
    for n, each in enumerate(planned):
        priority, home = homes[each.home % len(homes)]
        columns = {name: value for name, value in each.columns.items() if name != "status"}
        key = delivery.add_activity(
            session, 2008, priority, each.text, home=home, ref=f"{n}.0{n}",
            owners=[posts[title] for title in each.owners], status_id=statuses.get(each.columns["status"]), **columns,
        )  # fmt: skip
        for title, due in each.steps:
            delivery.add_milestone(session, key, title, due=due)
    group = performance.add_group(session, "Reductions") if measured else ""
    for words, polarity, targets in measured:
        key = performance.add_indicator(session, group, words, polarity=polarity, unit="offences")
        for year, stated in zip((2008, 2009, None), targets, strict=True):
            if stated:
                performance.set_target(session, key, year, stated)


def walk(nodes: Sequence[Node], above: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rows of the levels: the key of each, and its words with those of what it stands under."""
    for node in nodes:
        yield node.key, (*above, node.text)
        yield from walk(node.children, (*above, node.text))


def delivered(workspace: Workspace) -> list[list[str]]:
    """The levels with their activities and milestones as a table."""
    lines = [HEADINGS]
    activities = workspace.read(queries.activities, 2008)
    for key, path in walk(workspace.read(queries.priority_tree)):
        lines.append([*[""] * (len(path) - 1), path[-1], *[""] * (len(HEADINGS) - len(path))])
        for row in (each for each in activities if each.home_key == key):
            days = (f"{day:%d/%m/%Y}" if day else "" for day in (row.start, row.due))
            numbers = ("" if n is None else f"{n:.0f}{mark}" for n, mark in ((row.percent, "%"), (row.budget, "")))
            own = [row.ref, row.text, "\n".join(row.owners), *days, row.status, *numbers, row.notes]
            steps = [
                [step.title, "" if step.due is None else period_text(step.due) or f"{step.due:%d/%m/%Y}"]
                for step in workspace.read(queries.milestones, None, row.key)
            ]
            for n, step in enumerate(steps or [["", ""]]):
                lines.append([*[""] * 3, *(own if not n else [""] * len(own)), *step])
    return lines


def measured_in(workspace: Workspace) -> list[list[str]]:
    """The indicators with their targets as a table."""
    told = held(workspace)["indicators"]
    return [MEASURED, *(list(map(str, row)) for row in told)]


def held(workspace: Workspace) -> dict[str, Any]:
    """All that the tables say, as the plan holds it, without its keys."""
    paths = dict(walk(workspace.read(queries.priority_tree)))
    activities = workspace.read(queries.activities, 2008)
    steps = {row.key: workspace.read(queries.milestones, None, row.key) for row in activities}
    return {
        "levels": sorted(paths.values()),
        "activities": sorted(
            (row.ref, row.text, paths[row.home_key], row.owners, row.start, row.due, row.status, row.percent,
             row.budget, row.notes, [(step.title, day_text(step.due) if step.due else "") for step in steps[row.key]])
            for row in activities
        ),
        "indicators": [
            [row.group, row.ref, row.title, row.unit, row.polarity,
             *(row.targets[year].stated if year in row.targets else "" for year in (2008, 2009, None))]
            for row in workspace.read(queries.indicators)
        ],
    }  # fmt: skip


@settings(max_examples=depth(4, 200), deadline=None)
@given(LEVELS, ACTIVITIES, INDICATORS)
def test_a_plan_written_down_comes_in_as_it_was(
    levels: list[tuple[int, str]], planned: list[Planned], measured: list[Any]
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace.create(Path(folder) / "own.plan", "Own", 2008) as own,
        Workspace.create(Path(folder) / "other.plan", "Other", 2008) as other,
    ):
        own.edit("build", build, levels, planned, measured)
        before = held(own)
        tables = [delivered(own), *([measured_in(own)] if measured else [])]
        for again in (False, True):
            for table in tables:
                told = sayings(proposed(pasted(table), {}))
                proposal = other.read(propose, "table", told, 2008)
                assert (proposal.left, proposal.undecided) == ((), [])
                assert not again or proposal.count("new", "differs") == 0, "the second time all of it is there"
                other.edit("import", taking.take, proposal, as_kind="import")
        assert held(other) == before
