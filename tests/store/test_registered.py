"""Rows of any table by what they are called, in the order in which a person knows them."""

from spp_desktop.edits import delivery, registers, rows
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.posts import Post, PostHolder
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.registers import register_of
from spp_desktop.store import queries, registered
from spp_desktop.store.workspace import Workspace


def test_rows_are_chosen_in_the_order_of_what_they_belong_to(workspace: Workspace) -> None:
    first = workspace.read(queries.register, IndicatorGroup)[0].id
    last = workspace.edit("add", rows.add, IndicatorGroup, title="Last", position=9.0)
    inner = workspace.edit("add", rows.add, IndicatorGroup, title="Inner", position=20.0, parent_id=first)
    for group, ref in ((last, "Z1"), (inner, "M1"), (first, "R2")):
        workspace.edit(
            "add", rows.add, Indicator, ref=ref, title="An indicator", group_id=group, polarity="lower", position=5.0
        )
    assert list(workspace.read(registered.titles, IndicatorGroup).values()) == ["Reductions", "Inner", "Last"]
    assert [title[:2] for title in workspace.read(registered.titles, Indicator).values()] == ["R1", "R2", "M1", "Z1"]
    assert list(workspace.read(registered.titles, Indicator)) == [row.key for row in workspace.read(queries.indicators)]


def test_an_activity_is_called_by_its_reference_and_its_year(workspace: Workspace) -> None:
    harm, local = (row.id for row in workspace.read(queries.register, Priority))
    workspace.edit("add", delivery.add_activity, 2009, harm, "Next year")
    workspace.edit("move", rows.change, Priority, local, position=-1.0)
    assert list(workspace.read(registered.titles, Activity).values()) == [
        "2.01 Do what 2.01 says (2008-2009)",
        "1.01 Do what 1.01 says (2008-2009)",
        "1.02 Do what 1.02 says (2008-2009)",
        "1.01 Next year (2009-2010)",
    ]


def test_only_the_rows_that_are_wanted_are_read(workspace: Workspace) -> None:
    crime, security = (row.id for row in workspace.read(queries.register, Post))
    for post, name in ((crime, "A"), (security, "B"), (crime, "C")):
        workspace.edit("add", registers.add, PostHolder, post_id=post, name=name)
    register = register_of("post_holder")
    wanted = workspace.read(registered.register_rows, register, {"post_id": crime})
    assert [(row.values["name"], row.titles["post_id"]) for row in wanted] == [("A", "ACC Crime"), ("C", "ACC Crime")]
    assert len(workspace.read(registered.register_rows, register)) == 3


def test_a_register_without_links_or_a_log_has_none(workspace: Workspace) -> None:
    key = workspace.read(queries.register, Post)[0].id
    assert workspace.read(registered.parts_of, register_of("post"), key) == []
