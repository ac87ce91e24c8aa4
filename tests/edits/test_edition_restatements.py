"""What editions hold and is another now: found as two whole states differ, told in words, explained, and announced."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from spp_desktop.edits import (
    delivery,
    edition_restatements,
    editions,
    handing_over,
    links,
    performance,
    priorities,
    registers,
    results,
    roles,
    rows,
)
from spp_desktop.edits.edition_restatements import EditionRestatement, WhyRestated
from spp_desktop.edits.editions import NewEdition
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.editions import PlannedRevision
from spp_desktop.plan.held_by_editions import GONE, HELD
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.roles import NamedRole
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import as_at, clock, dump, history, since_editions, states
from spp_desktop.store import editions as known_editions
from spp_desktop.store.problems import UndoRefused
from spp_desktop.store.workspace import Workspace

DAY = date(2008, 3, 31)
JULY = {"period_from": date(2008, 7, 1), "period_to": date(2008, 7, 31), "area_id": None}


def issue(plan: Workspace) -> int:
    return plan.edit("issue", editions.issue, NewEdition(DAY, "Authority"))


def keys(plan: Workspace, model: Any) -> list[str]:
    query = f'SELECT id FROM "{model.__tablename__}" ORDER BY id'
    return plan.read_beside(lambda raw: [key for (key,) in raw.execute(query)])


def listed(plan: Workspace, number: int | None = None) -> list[tuple[tuple[int, ...], str, str, str, str]]:
    told = edition_restatements.restatements(plan, number).restated
    return [(each.editions, each.row, each.what, each.old, each.new) for each in told]


def only(plan: Workspace) -> EditionRestatement:
    (told,) = edition_restatements.restatements(plan).restated
    return told


def cell(plan: Workspace, table: str, key: str, column: str) -> Any:
    return (plan.read_beside(history.current_row, table, key) or {})[column]


def called(plan: Workspace, model: Any, **cells: str) -> str:
    ((column, value),) = cells.items()
    return next(key for key in keys(plan, model) if cell(plan, model.__tablename__, key, column) == value)


def test_words_dates_and_owners_are_restated_and_what_changes_by_itself_is_not(workspace: Workspace) -> None:
    first, second = (called(workspace, Activity, ref=ref) for ref in ("1.01", "1.02"))
    workspace.edit("date", delivery.set_cells, [(first, "due", date(2008, 9, 30))])
    issue(workspace)
    workspace.edit("how far", delivery.set_cells, [(first, "percent", 40), (first, "forecast", date(2008, 10, 1))])
    assert listed(workspace) == []
    issue(workspace)
    workspace.edit("date", delivery.set_cells, [(first, "due", date(2008, 10, 31))], reason="Late", approved_by="Board")
    security = called(workspace, Post, title="ACC Security")
    workspace.edit("hand over", delivery.set_owners, first, [security])
    assert listed(workspace) == [
        ((1, 2), "activity 1.01", "due", "30/09/2008", "31/10/2008"),
        ((1, 2), "activity 1.01", "owners", "ACC Crime (lead)", "ACC Security (lead)"),
    ]
    due = edition_restatements.restatements(workspace, 2).restated[0]
    assert (due.editions, due.account.reason, due.account.approved_by, due.planned) == ((2,), "Late", "Board", False)
    issue(workspace)
    workspace.edit("reword", delivery.set_cells, [(second, "text", "Do more")])
    workspace.edit("drop", delivery.remove_activities, [first])
    assert listed(workspace, 3) == [
        ((3,), "activity 1.02", "activity", "Do what 1.02 says", "Do more"),
        ((3,), "activity 1.01", "row", "Do what 1.01 says", ""),
    ]


def test_what_was_handed_over_has_the_reason_of_that(workspace: Workspace) -> None:
    crime, security = (called(workspace, Post, title=f"ACC {title}") for title in ("Crime", "Security"))
    first = called(workspace, Activity, ref="1.01")
    (milestone, *_) = keys(workspace, Milestone)
    workspace.edit("own", rows.change, Milestone, milestone, owner_id=crime)
    role = workspace.edit("add", rows.add, NamedRole, title="Sponsor")
    workspace.edit("role", roles.set_in_roles, {first: {in_role(role): [crime]}})
    issue(workspace)
    workspace.edit("hand over", handing_over.hand_over, crime, security, date(2008, 10, 1), "Posts arranged anew")
    told = edition_restatements.restatements(workspace).restated
    assert {each.account.reason for each in told} == {"Posts arranged anew"}
    assert {(each.what, each.old, each.new) for each in told} >= {
        ("owners", "ACC Crime (lead)", "ACC Security (lead)"), ("owner", "ACC Crime", "ACC Security"),
        ("posts in roles", "ACC Crime (Sponsor)", "ACC Security (Sponsor)"),
    }  # fmt: skip


def test_figures_are_told_as_people_write_them_with_the_reasons_that_were_left(workspace: Workspace) -> None:
    (indicator,) = keys(workspace, Indicator)
    result = {"indicator_id": indicator, **JULY}
    workspace.edit("enter", results.enter, [{**result, "numerator": 9.0, "denominator": 100.0, "state": "provisional"}])
    issue(workspace)
    workspace.edit("final", results.enter, [{**result, "state": "final"}])
    assert listed(workspace) == []
    workspace.edit("recount", results.enter, [{**result, "numerator": 8.0}], "Counted twice")
    august = {**result, "period_from": date(2008, 8, 1), "period_to": date(2008, 8, 31)}
    workspace.edit("next month", results.enter, [{**august, "value": 7.0}])
    told = only(workspace)
    assert (told.old, told.new, told.account.reason) == ("9 of 100 (provisional)", "8 of 100", "Counted twice")
    assert told.row.endswith(", July 2008")
    workspace.edit("aim", performance.set_target, indicator, 2009, "5%")
    workspace.edit("lengthen", registers.set_plan, years=4)
    workspace.edit("beyond", performance.set_target, indicator, 2011, "5%")
    aimed = edition_restatements.restatements(workspace).restated[1:]
    assert [(each.row.split(", ")[-1], each.old) for each in aimed] == [("2009-2010", "")]


def test_what_was_changed_back_is_restated_of_the_editions_between_alone(workspace: Workspace) -> None:
    (theme, *_) = keys(workspace, Theme)
    title = cell(workspace, "theme", theme, "title")
    issue(workspace)
    workspace.edit("rename", rows.change, Theme, theme, title="Other")
    issue(workspace)
    workspace.edit("rename", rows.change, Theme, theme, title=title)
    issue(workspace)
    ((*told, was, now),) = listed(workspace)
    assert (told[0], told[2], was, now) == ((2,), "theme", "Other", title)


def test_a_restatement_is_explained_and_a_later_change_asks_anew(workspace: Workspace) -> None:
    (priority, *_) = keys(workspace, Priority)
    issue(workspace)
    workspace.edit("rename", rows.change, Priority, priority, title="Other")
    place = only(workspace).place
    explain = edition_restatements.explain
    for wrong, says in (
        (WhyRestated(" "), "Say why it was changed"),
        (WhyRestated("Because", approved_on=DAY), "Say who approved it on that day"),
    ):
        with pytest.raises(RuleBroken, match=says):
            workspace.edit("explain", explain, [place], wrong)
    with pytest.raises(RuleBroken, match="not in this plan's history"):
        workspace.edit("explain", explain, [(*place[:3], "0" * 36)], WhyRestated("Because"))
    for reason in ("Misprint", "A misprint of the first edition"):
        workspace.edit("explain", explain, [place], WhyRestated(reason, "Full board", DAY))
        account = only(workspace).account
        assert (account.reason, account.approved_by) == (reason, "Full board")
        assert account.explained
    workspace.edit("rename", rows.change, Priority, priority, title="Another")
    assert only(workspace).account.reason == ""


def test_a_revision_that_was_announced_ahead_is_planned(workspace: Workspace) -> None:
    (commitment, *_) = keys(workspace, Commitment)
    theme = cell(workspace, "commitment", commitment, "theme_id")
    today = clock.local_now().date()
    issue(workspace)

    def announce(session: Session, title: str, expected: date | None, on: str = theme) -> str:
        key = rows.add(session, PlannedRevision, title=title, announced_on=today, expected=expected)
        links.join(session, "concerns", key, on)
        return key

    workspace.edit("reword", rows.change, Commitment, commitment, text="We will do more")
    revision = workspace.edit("announce", announce, "New words of the themes", None)
    assert only(workspace).account.planned == ""  # announced behind it
    workspace.edit(
        "explain", edition_restatements.explain, [only(workspace).place], WhyRestated("So", planned_id=revision)
    )
    assert only(workspace).account.planned == "New words of the themes"
    workspace.edit("reword", rows.change, Commitment, commitment, text="We will do most")
    assert (only(workspace).planned, only(workspace).account.reason) == (True, "")
    workspace.edit("be late", rows.change, PlannedRevision, revision, expected=None, announced_on=today + timedelta(1))
    assert not only(workspace).planned


def test_an_edition_of_a_lost_step_is_said_to_be_unknown(workspace: Workspace) -> None:
    issue(workspace)
    (edition,) = workspace.read(known_editions.editions)
    from spp_desktop.plan.editions import Edition

    workspace.edit("lose it", rows.change, Edition, edition.key, revision="0" * 36)
    told = edition_restatements.restatements(workspace)
    assert (told.restated, len(told.unknown)) == ((), 1)
    assert edition_restatements.since_last(workspace)[1] == told


# --- the same as two whole states say -------------------------------------------------------------------------------


def _reword(session: Session, n: int) -> None:
    key = session.exec(select(Activity.id).order_by(Activity.ref)).first()
    if key:
        delivery.set_cells(session, [(key, "text", f"Words {n % 3}"), (key, "percent", n)])


def _own(session: Session, n: int) -> None:
    key = session.exec(select(Activity.id).order_by(Activity.ref)).first()
    posts = list(session.exec(select(Post.id).order_by(Post.title)))
    if key:
        delivery.set_owners(session, key, posts[n % 2 :][: 1 + n % 3])


def _drop(session: Session, n: int) -> None:
    for key in list(session.exec(select(Activity.id).order_by(Activity.ref)))[-1:]:
        delivery.remove_activities(session, [key])
    assert n >= 0


def _retitle(session: Session, n: int) -> None:
    for model in (Theme, Priority):
        key = session.exec(select(model.id).order_by(model.id)).first()
        if key:
            rows.change(session, model, key, title=f"Title {n % 3}")


def _drop_theme(session: Session, n: int) -> None:
    keys = list(session.exec(select(Theme.id).order_by(Theme.id)))
    if len(keys) > 1 and n % 2:
        priorities.remove_theme(session, keys[-1])


def _measure(session: Session, n: int) -> None:
    key = session.exec(select(Indicator.id)).first()
    if key:
        results.enter(session, [{"indicator_id": key, **JULY, "value": float(n % 3)}], "Recounted")


def _aim(session: Session, n: int) -> None:
    key = session.exec(select(Indicator.id)).first()
    if key:
        performance.set_target(session, key, 2008 + n % 3, f"{1 + n % 3}%" if n % 5 else None, reason="So")


def _lengthen(session: Session, n: int) -> None:
    registers.set_plan(session, years=3 + n % 2, force=f"Force {n}")


DEEDS: tuple[Callable[[Session, int], None], ...] = (
    _lengthen, _reword, _own, _drop, _retitle, _drop_theme, _measure, _aim,
)  # fmt: skip
Deed = Callable[[Session, int], None] | str


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.sampled_from([*DEEDS, "issue", "undo", "redo"]), st.integers(0, 6)), max_size=10))
def test_an_edition_is_in_the_history_and_restatements_are_what_it_differs_in(
    workspace: Workspace, deeds: list[tuple[Deed, int]]
) -> None:
    as_issued: dict[int, Any] = {}
    for deed, n in [("issue", 0), *deeds]:
        if deed == "issue":
            content = workspace.read(dump.content)
            as_issued[issue(workspace)] = content
        elif not callable(deed):
            try:
                workspace.undo() if deed == "undo" else workspace.redo()
            except UndoRefused:
                continue
        else:
            workspace.edit("do something", deed, n)
    every = workspace.read(known_editions.editions)
    for edition in every:
        if edition.number in as_issued:
            with as_at.opened(workspace, states.moment_of(workspace, f"edition {edition.number}")) as seen:
                assert seen.read(dump.content) == as_issued[edition.number]
    cells = workspace.read_beside(since_editions.changed_since, every)
    found = {(cell.table, cell.key, cell.column, number) for cell in cells for number in cell.editions}
    now = workspace.read_beside(history.tables_now)
    expected = set[tuple[str, str, str, int]]()
    for edition in every:
        then = workspace.as_at(edition.revision)
        assert then is not None
        expected |= {(*cell, edition.number) for cell in _brute(then, now, edition)}
    assert found == expected
    told = edition_restatements.restatements(workspace).restated
    assert {number for each in told for number in each.editions} <= {each.number for each in every}
    assert all(each.old != each.new for each in told)


def _brute(then: Any, now: Any, edition: Any) -> Iterator[tuple[str, str, str]]:
    """What two whole states differ in, cell by cell."""
    for table, held in HELD.items():
        for key, row in then[table].items():
            other = now[table].get(key)
            if other is None:
                if not any(
                    row.get(column) and outer in HELD and row[column] not in now[outer]
                    for column, outer in _outer(table)
                ):
                    yield table, key, GONE
                continue
            columns = [name for name in held.columns if row[name] != other[name]]
            columns = [name for name in columns if name not in held.grown or row[name] not in (None, "")]
            if held.figure is not None and held.figure.of(row) != held.figure.of(other):
                columns.append(held.figure.column)
            yield from ((table, key, column) for column in (columns if not held.joined else columns and [GONE]))
        for key, row in now[table].items() if held.with_new else ():
            year = row.get(held.model.planned_in) if held.model.planned_in else None
            in_years = year is None or edition.first_year <= year < edition.first_year + edition.years
            column = held.model.above(row)
            if key not in then[table] and in_years and any(row[column] in then[outer] for outer in HELD):
                yield table, key, GONE


def _outer(table: str) -> Iterator[tuple[str, str]]:
    from sqlmodel import SQLModel

    model = kinds_of_row()[table]
    for link in SQLModel.metadata.tables[table].foreign_keys:
        if link.ondelete == "CASCADE" or link.parent.name in (model.part_of, model.or_of):
            yield link.parent.name, link.column.table.name
