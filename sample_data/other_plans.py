"""Makes a slice of a plan of another kind from ``others/NAME.toml``: what is in the file is all that is in the plan.

The three files are a Police and Crime Plan, a fire and rescue plan and a council's delivery plan. Nothing here, and
nothing in the program, knows which of them it has. Where a row of the file names another, it is by the title or
reference of that.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlmodel import Session

from sample_data import frameworks, worked_registers
from spp_desktop.edits import delivery, links, performance, priorities, registers, results
from spp_desktop.edits.milestones import DAYS
from spp_desktop.edits.new_plans import name_levels
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.kinds.day_or_period import DayOrPeriod
from spp_desktop.plan.level_text import NewLevel
from spp_desktop.plan.periods import month_end, next_month
from spp_desktop.plan.posts import Body, Post, PostHolder
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.results import Area
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.roles import NamedRole
from spp_desktop.plan.rows import Row
from spp_desktop.plan.surroundings import AreaLevel
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

Data = Mapping[str, Any]
MONTHS = {"monthly": 1, "quarterly": 3}
"""The lists of results of an indicator, with the months that each of their periods has."""


def names() -> list[str]:
    """The slices there are, as they are named on the command line."""
    folder = files("sample_data").joinpath("others")
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


def data_of(name: str) -> dict[str, Any]:
    """The data of a slice, parsed."""
    file = files("sample_data").joinpath("others", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def build(path: Path | str, name: str) -> None:
    """Make the plan file of a slice.

    Raises:
        PlanRefused: if the file cannot be made.
    """
    data = data_of(name)
    with Workspace.create(path, **data["plan"]) as workspace:
        keys: dict[str, str] = {}
        for label, verb in (
            ("enter the levels of the plan", _enter_levels),
            ("enter who acts, in which roles", _enter_posts),
            ("enter the national measures", _enter_frameworks),
            ("enter the areas", _enter_areas),
            ("enter what the plan is for", _enter_tree),
            ("enter the delivery plan", _enter_activities),
            ("enter the performance plan", _enter_indicators),
        ):
            workspace.edit(label, verb, data, keys, as_kind="built")
        for register in REGISTERS:
            if register.name in data.get("registers", {}):
                label = f"enter {register.word.plural}"
                workspace.edit(
                    label, worked_registers.enter, register, data["registers"][register.name], as_kind="built"
                )


def _enter_levels(session: Session, data: Data, _keys: dict[str, str]) -> None:
    """Give the levels that a plan begins with the plan's own names, and as many as it has."""
    name_levels(session, [NewLevel(**level) for level in data["level"]])


def _enter_posts(session: Session, data: Data, keys: dict[str, str]) -> None:
    for model, name in ((NamedRole, "role"), (Body, "body")):
        keys |= _named(session, model, data.get(name, ()))
    for post in data["post"]:
        columns = {"title": post["title"], "body_id": keys.get(post.get("body", ""))}
        keys[post["title"]] = registers.add(session, Post, columns)
        for holder in post.get("holders", ()):
            registers.add(session, PostHolder, {"post_id": keys[post["title"]], **holder})


def _enter_frameworks(session: Session, data: Data, keys: dict[str, str]) -> None:
    keys |= frameworks.enter(session, data.get("framework", ()))


def _enter_areas(session: Session, data: Data, keys: dict[str, str]) -> None:
    _named(session, AreaLevel, data.get("area_level", ()))
    for area in data.get("area", ()):
        columns = {name: value for name, value in area.items() if name != "part_of"}
        key = registers.add(session, Area, {**columns, "parent_id": keys.get(area.get("part_of", ""))})
        keys[area["title"]] = key


def _named(session: Session, model: type[Row], several: Sequence[Data]) -> dict[str, str]:
    return {row["title"]: registers.add(session, model, row) for row in several}


def _enter_tree(session: Session, data: Data, keys: dict[str, str]) -> None:
    for top in data["top"]:
        key = priorities.add_priority(session, top["title"], narrative=top.get("narrative", ""))
        keys[top["title"]] = key
        _enter_below(session, top, (key, None), keys)


def _enter_below(session: Session, above: Data, standing: tuple[str, str | None], keys: dict[str, str]) -> None:
    """Enter what stands under a row, given with the keys of its priority and, if it is none, of itself."""
    priority, parent = standing
    for row in above.get("below", ()):
        if "text" in row:
            keys[row["text"]] = priorities.add_commitment(session, parent or priority, row["text"])
            continue
        narrative = row.get("narrative", "")
        key = priorities.add_theme(session, priority, row["title"], narrative=narrative, parent_id=parent)
        keys[row["title"]] = key
        _enter_below(session, row, (priority, key), keys)


def _enter_activities(session: Session, data: Data, keys: dict[str, str]) -> None:
    statuses = {row.title: row.id for row in queries.register(session.connection(), Status)}
    for activity in data["activity"]:
        columns = dict(activity)
        steps, status = columns.pop("milestone", ()), columns.pop("status", "")
        home, in_roles = columns.pop("under"), columns.pop("roles", {})
        columns |= {in_role(keys[role]): [keys[post] for post in posts] for role, posts in in_roles.items()}
        key = delivery.add_activity(
            session,
            columns.pop("year"),
            _priority_of(data, home, keys),
            columns.pop("text"),
            ref=columns.pop("ref"),
            owners=[keys[post] for post in columns.pop("owners")],
            serves=[keys[title] for title in columns.pop("serves", ())],
            status_id=statuses.get(status),
            **_home(data, home, keys),
            **columns,
        )
        keys[activity["ref"]] = key
        for step in steps:
            values = {name: value for name, value in step.items() if name not in ("title", "owner", "status")}
            values |= {name: DayOrPeriod().require(text, name, name) for name, text in values.items() if name in DAYS}
            owner, status = keys.get(step.get("owner", "")), statuses.get(step.get("status", ""))
            delivery.add_milestone(session, key, step["title"], owner_id=owner, status_id=status, **values)


def _home(data: Data, title: str, keys: Mapping[str, str]) -> dict[str, str]:
    """The column that holds where an activity stands below its priority, if it does."""
    tops = {top["title"] for top in data["top"]}
    sentences = {row["text"] for top in data["top"] for row in _all_below(top) if "text" in row}
    if title in tops:
        return {}
    return {"commitment_id" if title in sentences else "theme_id": keys[title]}


def _priority_of(data: Data, title: str, keys: Mapping[str, str]) -> str:
    """The key of the priority that a row of the tree is of."""
    top = next(
        top["title"]
        for top in data["top"]
        if title in {top["title"], *(row.get("title", row.get("text")) for row in _all_below(top))}
    )
    return keys[top]


def _all_below(above: Data) -> Iterator[Data]:
    for row in above.get("below", ()):
        yield row
        yield from _all_below(row)


_ENTERED = ("targets", "measures", "item", "areas", *MONTHS)
"""What is said of an indicator in the file and is no column of it."""


def _enter_indicators(session: Session, data: Data, keys: dict[str, str]) -> None:
    for group in data["group"]:
        above = performance.add_group(session, group["title"])
        for indicator in group["indicator"]:
            columns = {name: value for name, value in indicator.items() if name not in _ENTERED}
            key = performance.add_indicator(
                session, above, **columns, framework_item_id=keys.get(indicator.get("item", ""))
            )
            keys[indicator["ref"]] = key
            for year, stated in indicator["targets"].items():
                performance.set_target(session, key, int(year), stated)
            for title in indicator["measures"]:
                links.join(session, "measures", key, keys[title])
            results.enter(session, list(_results(key, indicator, keys)))


def _results(indicator: str, data: Data, keys: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The results of an indicator, of the force and of the areas that have some; those of areas are by quarters."""
    several: list[tuple[str | None, Data, int]] = [
        (None, data[name], months) for name, months in MONTHS.items() if name in data
    ]
    several += [(keys[area], listed, MONTHS["quarterly"]) for area, listed in data.get("areas", {}).items()]
    for area, listed, months in several:
        begins: date = listed["from"]
        for value in listed["values"]:
            last = begins
            for _ in range(months - 1):
                last = next_month(last)
            yield {
                "indicator_id": indicator, "area_id": area, "period_from": begins, "period_to": month_end(last),
                "value": float(value), "state": "provisional",
            }  # fmt: skip
            begins = next_month(last)
