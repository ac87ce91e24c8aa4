"""Make the sample plans, through the edits that a person would make.

``published`` holds the printed plan as data: one TOML file for each part, beside the text that it was taken from.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from sqlmodel import Session

from sample_data import worked
from spp_desktop.edits import delivery, performance, priorities, registers
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.identity import Section
from spp_desktop.plan.posts import Body, Post
from spp_desktop.store.workspace import Workspace

Sample = Literal["published", "worked"]

Keys = dict[tuple[str, str], str]
"""The keys of rows made so far, by the kind of row and its printed title (for an activity, its reference)."""


def part(name: str) -> dict[str, Any]:
    """One part of the published plan, as its data file says it."""
    return tomllib.loads(files("sample_data").joinpath("published", f"{name}.toml").read_text(encoding="utf-8"))


def build(path: Path | str, sample: Sample) -> None:
    """Make a plan file: the plan as published, or the same plan at work in October 2008 with made-up progress.

    Raises:
        PlanRefused: if it cannot be made there.
    """
    with Workspace.create(path, **part("plan")["plan"]) as workspace:
        keys: Keys = {}
        for label, verb, name in (
            ("enter the bodies and posts", _enter_posts, "plan"),
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


def _enter_sections(session: Session, data: Mapping[str, Any], keys: Keys) -> None:
    for section in data["section"]:
        keys["section", section["title"]] = registers.add(session, Section, **section)


def _enter_priorities(session: Session, data: Mapping[str, Any], keys: Keys) -> None:
    for said in data["priority"]:
        key = priorities.add_priority(session, said["title"], narrative=said.get("narrative", ""))
        keys["priority", said["title"]] = key
        for alias in said["aliases"]:
            priorities.add_alias(session, key, **alias)
        _enter_themes(session, said, key, None, keys)


def _enter_themes(session: Session, above: Mapping[str, Any], priority: str, parent: str | None, keys: Keys) -> None:
    for said in above.get("theme", ()):
        narrative = said.get("narrative", "")
        key = priorities.add_theme(session, priority, said["title"], narrative=narrative, parent_id=parent)
        keys["theme", said["title"]] = key
        for text in said.get("commitments", ()):
            keys["commitment", text] = priorities.add_commitment(session, key, text)
        _enter_themes(session, said, priority, key, keys)


def _enter_activities(session: Session, data: Mapping[str, Any], keys: Keys) -> None:
    for priority in data["priority"]:
        served = keys["priority", priority["title"]]
        for said in priority["activity"]:
            owners = [keys["post", post] for post in said["owners"]]
            keys["activity", said["ref"]] = delivery.add_activity(
                session, data["year"], served, said["text"], ref=said["ref"], owners=owners
            )
    for said in data["link"]:
        delivery.link(session, keys["activity", said["activity"]], keys["activity", said["other"]], said["kind"])


def _enter_indicators(session: Session, data: Mapping[str, Any], keys: Keys, parent: str | None = None) -> None:
    for group in data.get("group", ()):
        above = performance.add_group(session, group["title"], parent_id=parent)
        for said in group.get("indicator", ()):
            columns = {name: value for name, value in said.items() if name != "targets"}
            key = performance.add_indicator(session, above, **columns)
            keys["indicator", said["title"]] = key
            for target in said["targets"]:
                performance.set_target(session, key, target.get("year"), target["stated"], target["kind"])
        _enter_indicators(session, group, keys, above)


def _enter_notes(session: Session, data: Mapping[str, Any], keys: Keys) -> None:
    for note in data["note"]:
        key = priorities.add_note(session, note["text"])
        for said in note["uses"]:
            use = dict(said)
            number, printed_in = use.pop("number", None), use.pop("printed_in")
            place = {f"{kind}_id": keys[kind, title] for kind, title in use.items()}
            priorities.use_note(session, key, number=number, printed_in=printed_in, **place)


def _enter_frameworks(session: Session, data: Mapping[str, Any], _keys: Keys) -> None:
    for said in data["framework"]:
        key = registers.add(session, Framework, title=said["title"], source=said["source"])
        for item in said["items"]:
            registers.add(session, FrameworkItem, framework_id=key, **item)
