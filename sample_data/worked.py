"""The published plan at work: made-up milestones, statuses, updates and results as at 31 October 2008.

``worked.toml`` says what is made up, and by which rules; this module applies the rules.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from random import Random
from typing import Any

from sqlmodel import Session

from sample_data import worked_links, worked_periods, worked_registers, worked_results
from spp_desktop.edits import delivery, registers
from spp_desktop.store import queries
from spp_desktop.store.plain import ActivityRow
from spp_desktop.store.workspace import Workspace

Rules = dict[str, Any]

SATURDAY = 5


@dataclass(frozen=True)
class SampleMilestone:
    """A made-up milestone, before it is entered."""

    title: str
    due: date
    forecast: date | None
    done_on: date | None


@dataclass(frozen=True)
class Story:
    """The made-up state of an activity at the end of October 2008; ``percent`` is how much of it is complete."""

    activity: ActivityRow
    start: date
    due: date
    forecast: date | None
    status: str
    finished: date | None
    percent: int
    reason: str
    steps: tuple[SampleMilestone, ...]


def work(workspace: Workspace) -> None:
    """Add made-up progress to the published plan, and say so in the plan."""
    rules = tomllib.loads(files("sample_data").joinpath("worked.toml").read_text(encoding="utf-8"))
    chance = Random(rules["seed"])  # noqa: S311 - a sample must come out the same each time
    stories = [_story(activity, rules, chance) for activity in workspace.read(queries.activities)]
    statuses = {status.title: status.key for status in workspace.read(queries.statuses)}
    cells = [cell for story in stories for cell in _cells(story, statuses)]
    say = rules["illustrative"]
    workspace.edit(
        "say what is illustrative", registers.set_plan, illustrative=say, as_at=rules["today"], as_kind="built"
    )
    workspace.edit("enter illustrative dates and statuses", delivery.set_cells, cells, as_kind="built")
    workspace.edit("enter illustrative milestones", _enter_steps, stories, as_kind="built")
    workspace.edit("enter illustrative updates", _enter_updates, stories, statuses, rules, chance, as_kind="built")
    worked_results.work(workspace, rules, chance)
    worked_periods.work(workspace, rules)
    worked_registers.work(workspace)
    worked_links.work(workspace)


def _story(activity: ActivityRow, rules: Rules, chance: Random) -> Story:
    ranges, today = rules["activities"], rules["today"]
    start = chance.choice(ranges["starts"])
    due = min(_working_day(start + timedelta(days=30 * chance.choice(ranges["months"]))), ranges["latest_due"])
    status = "Not started" if start > today else _pick(ranges["past_due" if due <= today else "under_way"], chance)
    finished = min(due, today - timedelta(days=chance.randint(3, 20))) if status == "Complete" else None
    slip = timedelta(days=chance.randint(*ranges["slip"].get(status, (0, 0))))
    forecast = _working_day(max(due, today) + slip) if slip else None
    gone = min(1.0, (today - start) / (due - start))
    percent = 100 if finished else 5 * round(18 * gone * ranges["progress"].get(status, 0))
    reason = chance.choice(ranges["reasons"].get(status, [""]))
    story = Story(activity, start, due, forecast, status, finished, percent, reason, ())
    return replace(story, steps=tuple(_steps(story, slip, rules, chance)))


def _steps(story: Story, slip: timedelta, rules: Rules, chance: Random) -> Iterator[SampleMilestone]:
    """The milestones of an activity, evenly spread from its start to its due date.

    Args:
        story: The activity.
        slip: How late the activity is.
        rules: The rules of ``worked.toml``.
        chance: The source of chance.
    """
    today, working = rules["today"], story.status in rules["activities"]["progress"]
    words = set(story.activity.text.lower().replace(",", "").split())
    titles = next(kind["steps"] for kind in rules["kind"] if not kind["words"] or words & set(kind["words"]))
    count = chance.choice(rules["activities"]["milestones"])
    for n, title in enumerate(titles[: count - 1] + titles[-1:] if count else [], 1):
        due = _working_day(story.start + (story.due - story.start) * n / count)
        done: date | None = None
        if story.finished:
            done = _working_day(story.start + (story.finished - story.start) * n / count)
        elif working and due + slip <= today:
            done = min(_working_day(due + timedelta(days=chance.randint(-5, 9))), today)
        late = _working_day(max(due + slip, today + timedelta(days=10))) if slip and done is None else None
        yield SampleMilestone(title, due, late, done)


def _cells(story: Story, statuses: dict[str, str]) -> list[tuple[str, str, Any]]:
    values = {
        "start": story.start,
        "due": story.due,
        "forecast": story.forecast,
        "status_id": statuses[story.status],
        "percent": story.percent,
        "reason": story.reason,
    }
    return [(story.activity.key, name, value) for name, value in values.items()]


def _enter_steps(session: Session, stories: list[Story]) -> None:
    for story in stories:
        for step in story.steps:
            delivery.add_milestone(
                session, story.activity.key, step.title, due=step.due, forecast=step.forecast, done_on=step.done_on
            )


def _enter_updates(
    session: Session, stories: list[Story], statuses: dict[str, str], rules: Rules, chance: Random
) -> None:
    quarters = rules["quarter"]
    for story in stories:
        since = date.min
        for quarter in quarters:
            ends = quarter["ends"]
            done, following = _report(story, since, ends, rules["updates"])
            status = _status_then(story, ends, latest=quarter is quarters[-1])
            day = _working_day(ends + timedelta(days=chance.randint(*quarter["days"])))
            delivery.add_update(
                session,
                story.activity.key,
                day,
                post_id=story.activity.owner_keys[0],
                status_id=statuses[status],
                done=done,
                next=following,
            )
            since = ends


def _report(story: Story, since: date, ends: date, words: dict[str, str]) -> tuple[str, str]:
    """The texts of an update: what was done in a quarter, and what is next.

    Args:
        story: The activity.
        since: The last day of the quarter before.
        ends: The last day of the quarter.
        words: The texts of ``worked.toml`` for updates.
    """
    if story.start > ends:
        return words["waiting"], words["begins"].format(day=_day_in_words(story.start))
    done = [step.title for step in story.steps if step.done_on and since < step.done_on <= ends]
    report = "; ".join(done) + "." if done else words["quiet"]
    if story.finished and story.finished <= ends:
        return report if done else words["finished"], words["nothing"]
    if story.status == "Withdrawn":
        return words["stopped"], words["nothing"]
    ahead = [step for step in story.steps if step.done_on is None or step.done_on > ends]
    following = (
        f"{ahead[0].title}: due {_day_in_words(ahead[0].due)}."
        if ahead
        else words["until"].format(day=_day_in_words(story.due))
    )
    return report, following


def _status_then(story: Story, ends: date, *, latest: bool) -> str:
    """The status at the end of a quarter: for the latest quarter that of the story, else one that leads to it."""
    if story.start > ends:
        return "Not started"
    if story.finished:
        return "Complete" if story.finished <= ends else "On track"
    early = {"Off track": "At risk", "Not started": "Not started", "Withdrawn": "Withdrawn"}
    return story.status if latest else early.get(story.status, "On track")


def _pick(weights: dict[str, int], chance: Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def _day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
