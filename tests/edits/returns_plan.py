"""A small plan, and what its officer does to it while returns are out."""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from sqlmodel import Session

from spp_desktop.edits import delivery, rows
from spp_desktop.plan.periods import quarter_end
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Priority
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from tests.edits.returns_deeds import Draw
from tests.edits.returns_model import REPORTED, State

POSTS = ("ACC Crime", "ACC Security", "ACC Operations")
PLANNED = (
    ("1.01", "Review the crime desk", "Serious harm", (0,), "On track", 10),
    ("1.02", "Train the new officers", "Serious harm", (0, 1), None, None),
    ("1.03", "Buy the new system", "Serious harm", (1, 0), "At risk", 40),
    ("2.01", "Meet each ward", "Local policing", (2,), "Off track", None),
    ("2.02", "Train the new officers", "Local policing", (2, 0, 1), "Not started", 0),
    ("2.03", "Publish the results", "Local policing", (), None, None),
)


def set_up(session: Session) -> None:
    posts = [rows.add(session, Post, title=title, position=float(n)) for n, title in enumerate(POSTS)]
    names = ("Serious harm", "Local policing")
    priorities = {name: rows.add(session, Priority, title=name, position=float(n)) for n, name in enumerate(names)}
    statuses = {row.title: row.key for row in queries.statuses(session.connection())}
    key = ""
    for ref, text, priority, owners, status, percent in PLANNED:
        values: dict[str, Any] = {"status_id": statuses.get(status or ""), "percent": percent}
        values["reason"] = "Agreed with the partners" if status in ("At risk", "Off track") else ""
        values["due"] = date(2009, 3, 31) if percent else None
        key = delivery.add_activity(
            session, 2008, priorities[priority], text, ref=ref, owners=[posts[n] for n in owners], **values
        )
        delivery.add_milestone(session, key, f"First step of {ref}", due=date(2008, 9, 1))
        if len(owners) == 1:
            delivery.report(session, key, quarter_end(2008, 2), posts[owners[0]], done="A beginning", next="")
    delivery.add_milestone(session, key, "Last step", due=date(2009, 1, 1), done_on=date(2009, 1, 2))
    delivery.add_activity(session, 2009, priorities["Local policing"], "Another year", owners=posts[:1])


def _in_order(now: State, table: str) -> list[str]:
    """The keys of a table by what its rows say, so that a run is the same again although keys are not."""
    held = now.tables[table]
    names = ("position", "ref", "text", "title")
    return sorted(held, key=lambda key: [str(held[key].get(name)) for name in names])


def _any(draw: Draw, now: State, table: str) -> str:
    return draw(st.sampled_from(_in_order(now, table)))


def set_activity(workspace: Workspace, draw: Draw, now: State) -> None:
    """A cell of an activity is set."""
    if not now.tables["activity"]:
        return
    values: dict[str, st.SearchStrategy[Any]] = {
        "status_id": st.sampled_from([None, *_in_order(now, "status")]),
        "percent": st.sampled_from([None, 0, 10, 50, 100]),
        "forecast": st.sampled_from([None, date(2009, 3, 31), date(2008, 12, 5)]),
        "reason": st.sampled_from(["", "Agreed with the partners", "Done in part"]),
        "text": st.sampled_from(["Train the new officers", f"Reworded {len(workspace.history())}"]),
        "owners": st.lists(st.sampled_from(_in_order(now, "post")), unique=True),
    }
    name = draw(st.sampled_from(sorted(values)))
    workspace.edit("set", delivery.set_cells, [(_any(draw, now, "activity"), name, draw(values[name]))])


def set_milestone(workspace: Workspace, draw: Draw, now: State) -> None:
    """A day of a milestone is set."""
    if now.tables["milestone"]:
        name = draw(st.sampled_from(["due", "forecast", "done_on"]))
        day = draw(st.sampled_from([None, date(2009, 3, 31), date(2008, 12, 5)]))
        workspace.edit("set", delivery.set_milestones, [(_any(draw, now, "milestone"), name, day)])


def report(workspace: Workspace, draw: Draw, now: State) -> None:
    """What a post said is typed into the plan."""
    if now.tables["activity"]:
        on = quarter_end(2008, draw(st.sampled_from([2, 3])))
        name, words = draw(st.sampled_from(REPORTED)), draw(st.sampled_from(["", "Done in part", "Something else"]))
        key, post = _any(draw, now, "activity"), _any(draw, now, "post")
        workspace.edit("report", _report, key, on, post, {name: words})


def _report(session: Session, key: str, on: date, post: str, said: dict[str, str]) -> None:
    delivery.report(session, key, on, post, **said)


def add(workspace: Workspace, draw: Draw, now: State) -> None:
    """An activity or a milestone is added."""
    words = f"Begun later {len(workspace.history())}"
    if draw(st.booleans()) and now.tables["activity"]:
        workspace.edit("add", delivery.add_milestone, _any(draw, now, "activity"), words)
    else:
        priority, owner = _any(draw, now, "priority"), _any(draw, now, "post")
        workspace.edit("add", delivery.add_activity, 2008, priority, words, owners=[owner])


def remove(workspace: Workspace, draw: Draw, now: State) -> None:
    """An activity or a milestone is removed."""
    table = draw(st.sampled_from(["activity", "milestone"]))
    verb = delivery.remove_activities if table == "activity" else delivery.remove_milestones
    if now.tables[table]:
        workspace.edit("remove", verb, [_any(draw, now, table)])


PLAN_DEEDS = (set_activity, set_activity, set_activity, set_milestone, set_milestone, report, report, add, remove)
