"""Any plan made by random use of levels, links, roles and registers survives all that may be done with a plan.

It is dumped, sent out and taken back without a difference, opened again, checked, undone to its beginning and done
again; so is a plan of an older form of the file, with the steps that were taken in it before.
"""

import lzma
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, select

from spp_desktop.edits import delivery, issuing, links, performance, priorities, receiving, registers, roles, rows
from spp_desktop.plan.attachments import Attachment
from spp_desktop.plan.levels import Level
from spp_desktop.plan.links import joins
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.registers import register_of
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.roles import NamedRole
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue import every_return
from spp_desktop.store import checking, dump, history, queries
from spp_desktop.store.workspace import Workspace
from tests.conftest import set_up_small_plan
from tests.depth import depth

OLDER = Path(__file__).parent.parent / "store"
"""Where plans of older forms of the file are."""

Pick = Callable[[str], str]
"""Gives the key of some row of a table; "" where it has none."""

LINKED = ("plan_decision", "efficiency_gain", "inspection_finding", "protective_service", "risk")
"""Registers whose rows are linked, of several shapes."""


def _add_priority(session: Session, n: int, pick: Pick) -> None:
    priorities.add_priority(session, f"Priority {n}", narrative="Why" * (n % 2))


def _add_theme(session: Session, n: int, pick: Pick) -> None:
    above = pick("theme") if n % 3 == 0 else ""
    priority = rows.get(session, Theme, above).priority_id if above else pick("priority")
    priorities.add_theme(session, priority, f"Theme {n}", parent_id=above or None)


def _add_commitment(session: Session, n: int, pick: Pick) -> None:
    priorities.add_commitment(session, pick("theme" if n % 2 else "priority"), f"We will do {n}")


def _add_activity(session: Session, n: int, pick: Pick) -> None:
    key = delivery.add_activity(session, 2008, pick("priority"), f"Do {n}", owners=[pick("post")])
    delivery.add_milestone(session, key, f"Step of {n}")


def _move_theme(session: Session, n: int, pick: Pick) -> None:
    priorities.move_theme(session, pick("theme"), pick("priority"), None, None)


def _move_commitment(session: Session, n: int, pick: Pick) -> None:
    priorities.move_commitment(session, pick("commitment"), pick("theme" if n % 2 else "priority"), None)


def _rename_level(session: Session, n: int, pick: Pick) -> None:
    registers.change(session, Level, pick("level"), title=f"Level {n}", plural=f"Levels {n}")


def _drop_level(session: Session, n: int, pick: Pick) -> None:
    registers.remove(session, Level, pick("level"))


def _add_level(session: Session, n: int, pick: Pick) -> None:
    written = "sentence" if n % 2 else "heading"
    registers.add(session, Level, {"title": f"Level {n}", "plural": f"Levels {n}", "written": written})


def _add_role(session: Session, n: int, pick: Pick) -> None:
    registers.add(session, NamedRole, {"title": f"Role {n}", "chased": bool(n % 2)})


def _put_in_role(session: Session, n: int, pick: Pick) -> None:
    table = ("activity", "indicator", "milestone", *LINKED)[n % (3 + len(LINKED))]
    row, role = pick(table), pick("role")
    if row and role:
        roles.set_in_roles(session, {row: {in_role(role): [pick("post")]}})


def _add_row(session: Session, n: int, pick: Pick) -> None:
    register = register_of(LINKED[n % len(LINKED)])
    required = [name for name, field in register.model.model_fields.items() if field.is_required()]
    registers.add(session, register.model, {name: f"{name} {n}"[:20] for name in required})


def _attach(session: Session, n: int, pick: Pick) -> None:
    row = pick(("activity", "priority", "indicator")[n % 3])
    registers.add(session, Attachment, {"row_id": row, "title": f"Paper {n}.docx", "place": f"Papers/{n}.docx"})


def _link(session: Session, n: int, pick: Pick) -> None:
    pairs = sorted(joins().kinds)
    table, other = pairs[n * 7 % len(pairs)]
    begins, leads = pick(table), pick(other)
    if begins and leads:
        links.join(session, joins().between(table, other)[0].name, begins, leads)


def _unlink(session: Session, n: int, pick: Pick) -> None:
    if key := pick("link"):
        links.part(session, key)


def _remove(session: Session, n: int, pick: Pick) -> None:
    model = (Theme, Commitment, Priority, Indicator, Post)[n % 5]
    if key := pick(str(model.__tablename__)):
        rows.remove(session, model, key)


def _reword(session: Session, n: int, pick: Pick) -> None:
    performance.set_indicator(session, pick("indicator"), title=f"Measure {n}")


DEEDS = (
    _add_priority, _add_theme, _add_commitment, _add_activity, _move_theme, _move_commitment, _rename_level,
    _drop_level, _add_level, _add_role, _put_in_role, _put_in_role, _add_row, _attach, _link, _link, _link, _unlink,
    _remove, _reword,
)  # fmt: skip

STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 40), st.integers(0, 10_000)), min_size=1, max_size=14)


def content(workspace: Workspace) -> Mapping[str, Any]:
    return workspace.read(dump.content)


def tables(workspace: Workspace) -> Mapping[str, Any]:
    return {name: sorted(held.items()) for name, held in workspace.read_beside(history.tables_now).items()}


def do(workspace: Workspace, steps: list[tuple[Any, int, int]]) -> None:
    """Take steps; those that the plan's rules refuse leave it as it is."""
    for verb, n, chosen in steps:

        def step(session: Session, verb: Any = verb, n: int = n, chosen: int = chosen) -> None:
            """One of the deeds, with rows picked by a number."""

            def pick(table: str) -> str:
                """The key of one row of a table."""
                keys = session.connection().execute(select(SQLModel.metadata.tables[table].c.id)).scalars().all()
                return str(sorted(keys)[chosen % len(keys)]) if keys else ""

            verb(session, n, pick)

        before = workspace.revision()
        try:
            workspace.edit(verb.__name__, step)
        except RuleBroken:
            assert workspace.revision() == before


@contextmanager
def made(steps: list[tuple[Any, int, int]]) -> Iterator[tuple[Workspace, Path]]:
    """A small plan in which these steps were taken."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.plan"
        with Workspace.create(path, "Any plan", 2008) as workspace:
            workspace.edit("set up", set_up_small_plan, as_kind="built")
            do(workspace, steps)
            yield workspace, Path(folder)


@settings(max_examples=depth(6, 300), deadline=None)
@given(STEPS)
def test_it_is_undone_to_the_beginning_done_again_opened_again_and_sound(steps: list[tuple[Any, int, int]]) -> None:
    with made(steps) as (workspace, _):
        states = [tables(workspace)]
        whole = content(workspace)
        while workspace.undo_label:
            workspace.undo()
            states.append(tables(workspace))
        for state in states[-2::-1]:
            workspace.redo()
            assert tables(workspace) == state
        assert content(workspace) == whole
        path = workspace.path
        workspace.close()
        report = checking.check_file(path)
        assert report.ok, report.lines
        with Workspace.open(path) as again:
            assert content(again) == whole
            assert again.read(queries.counts)


@settings(max_examples=depth(2, 60), deadline=None)
@given(STEPS)
def test_what_is_sent_out_of_it_comes_back_without_a_difference(steps: list[tuple[Any, int, int]]) -> None:
    with made(steps) as (workspace, folder):
        before = content(workspace)
        for definition in every_return():
            if definition.id not in ("status", "delivery-plan", "performance-plan"):
                continue
            path = folder / f"{definition.id}.xlsx"
            issuing.issue(workspace, definition, path, year=2008, period="Q2" if definition.id == "status" else "")
            review = receiving.review(workspace, path)
            assert [(each.kind, each.ref, each.field, each.returned) for each in review.differences] == []
        assert content(workspace) == before


@settings(max_examples=depth(3, 60), deadline=None)
@given(st.sampled_from(["form_5", "form_6", "form_7", "form_8"]), STEPS)
def test_a_plan_of_an_older_form_is_used_so_too_and_undone_from_before_it_was_brought_up_to_date(
    form: str, steps: list[tuple[Any, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "older.plan"
        path.write_bytes(lzma.decompress((OLDER / f"{form}.plan.xz").read_bytes()))
        with Workspace.open(path) as workspace:
            before = workspace.revision()
            do(workspace, steps)
            whole = content(workspace)
            undone = 0
            while workspace.undo_label:
                workspace.undo()
                undone += 1
            for _ in range(undone):
                workspace.redo()
            assert content(workspace) == whole
            assert undone or workspace.revision() == before
        report = checking.check_file(path)
        assert report.ok, report.lines
        with Workspace.open(path) as again:
            assert content(again) == whole


def test_every_kind_of_row_that_deeds_name_is_there() -> None:
    assert {*LINKED, "role", "level", "attachment", "link"} <= set(kinds_of_row())
