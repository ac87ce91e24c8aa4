"""Makes the sample plans through the edits that a person would make.

The folder ``published`` has the printed plan as data: a TOML file for each part, beside the text it was taken from.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from sqlmodel import Session

from sample_data import frameworks, other_plans, worked, worked_registers
from spp_desktop.edits import delivery, links, performance, priorities, registers
from spp_desktop.plan.consultation import Consultation, ConsultationFinding
from spp_desktop.plan.identity import Section
from spp_desktop.plan.posts import Body, Post
from spp_desktop.plan.registers import register_of
from spp_desktop.plan.rows import Row
from spp_desktop.plan.surroundings import AreaLevel, CoreValue, StatedFigure
from spp_desktop.store.workspace import Workspace

SampleName = Literal["published", "worked", "crime-plan", "fire", "council"]

Keys = dict[tuple[str, str], str]
"""The keys of the rows made so far, by kind of row and printed title (for activities, by reference)."""


def part(name: str) -> dict[str, Any]:
    """The data file of a part of the published plan, parsed."""
    return tomllib.loads(files("sample_data").joinpath("published", f"{name}.toml").read_text(encoding="utf-8"))


def build(path: Path | str, sample: SampleName) -> None:
    """Make a plan file: the plan as published, the same at work in October 2008 with made-up progress, or another kind.

    Raises:
        PlanRefused: if the file cannot be made.
    """
    if sample in other_plans.names():
        other_plans.build(path, sample)
        return
    with Workspace.create(path, **part("plan")["plan"]) as workspace:
        keys: Keys = {}
        for label, verb, name in (
            ("enter the bodies and posts", _enter_posts, "plan"),
            ("enter what surrounds the plan", _enter_surroundings, "surroundings"),
            ("enter the sections of the published plan", _enter_sections, "sections"),
            ("enter the priorities of the published plan", _enter_priorities, "priorities"),
            ("enter the annual delivery plan 2008-2009", _enter_activities, "activities"),
            ("enter the performance plan", _enter_indicators, "indicators"),
            ("enter the notes of the published plan", _enter_notes, "notes"),
            ("enter the national frameworks", _enter_frameworks, "frameworks"),
        ):
            workspace.edit(label, verb, part(name), keys, as_kind="built")
        if sample == "worked":
            worked.work(workspace)


def _enter_posts(session: Session, plan: Mapping[str, Any], keys: Keys) -> None:
    bodies = [registers.add(session, Body, **body) for body in plan["body"]]
    for post in plan["post"]:
        keys["post", post["title"]] = registers.add(session, Post, body_id=bodies[-1], **post)


_SURROUNDINGS: Mapping[str, type[Row]] = {
    "value": CoreValue,
    "consultation": Consultation,
    "finding": ConsultationFinding,
    "figure": StatedFigure,
    "area_level": AreaLevel,
    "partner": Body,
}
"""What kind of row each list of the part "surroundings" holds."""


def _enter_surroundings(session: Session, data: Mapping[str, Any], _keys: Keys) -> None:
    for name, model in _SURROUNDINGS.items():
        for row in data[name]:
            worked_registers.enter(session, register_of(str(model.__tablename__)), [dict(row)])


def _enter_sections(session: Session, data: Mapping[str, Any], keys: Keys) -> None:
    for section in data["section"]:
        keys["section", section["title"]] = registers.add(session, Section, **section)


def _enter_priorities(session: Session, data: Mapping[str, Any], keys: Keys) -> None:
    for priority in data["priority"]:
        key = priorities.add_priority(session, priority["title"], narrative=priority.get("narrative", ""))
        keys["priority", priority["title"]] = key
        for alias in priority["aliases"]:
            priorities.add_alias(session, key, **alias)
        _enter_themes(session, priority, key, None, keys)


def _enter_themes(session: Session, above: Mapping[str, Any], priority: str, parent: str | None, keys: Keys) -> None:
    for theme in above.get("theme", ()):
        narrative = theme.get("narrative", "")
        key = priorities.add_theme(session, priority, theme["title"], narrative=narrative, parent_id=parent)
        keys["theme", theme["title"]] = key
        for text in theme.get("commitments", ()):
            keys["commitment", text] = priorities.add_commitment(session, key, text)
        _enter_themes(session, theme, priority, key, keys)


def _enter_activities(session: Session, data: Mapping[str, Any], keys: Keys) -> None:
    for priority in data["priority"]:
        served = keys["priority", priority["title"]]
        for activity in priority["activity"]:
            owners = [keys["post", post] for post in activity["owners"]]
            keys["activity", activity["ref"]] = delivery.add_activity(
                session, data["year"], served, activity["text"], ref=activity["ref"], owners=owners
            )
    for link in data["link"]:
        activity, other = keys["activity", link["activity"]], keys["activity", link["other"]]
        links.join(session, link["kind"], activity, other)


def _enter_indicators(session: Session, data: Mapping[str, Any], keys: Keys, parent: str | None = None) -> None:
    for group in data.get("group", ()):
        above = performance.add_group(session, group["title"], parent_id=parent)
        for indicator in group.get("indicator", ()):
            columns = {name: value for name, value in indicator.items() if name != "targets"}
            key = performance.add_indicator(session, above, **columns)
            keys["indicator", indicator["title"]] = key
            for target in indicator["targets"]:
                performance.set_target(session, key, target.get("year"), target["stated"], target["kind"])
        _enter_indicators(session, group, keys, above)


def _enter_notes(session: Session, data: Mapping[str, Any], keys: Keys) -> None:
    for note in data["note"]:
        key = priorities.add_note(session, note["text"])
        for printed in note["uses"]:
            use = dict(printed)
            number, printed_in = use.pop("number", None), use.pop("printed_in")
            place = {f"{kind}_id": keys[kind, title] for kind, title in use.items()}
            priorities.use_note(session, key, number=number, printed_in=printed_in, **place)


def _enter_frameworks(session: Session, data: Mapping[str, Any], _keys: Keys) -> None:
    frameworks.enter(session, data["framework"])
    frameworks.answer(session, data["answered_in"])
