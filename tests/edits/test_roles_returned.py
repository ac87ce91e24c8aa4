"""Posts in roles in returns: their columns go out and come back, and a return can go to the posts in a role."""

from pathlib import Path

import pytest

from spp_desktop.edits import chasing, delivery, issuing, performance, receiving, registers, taking
from spp_desktop.plan.posts import Post
from spp_desktop.plan.role_names import in_role, role_of
from spp_desktop.plan.roles import NamedRole
from spp_desktop.returns.catalogue import return_named, with_registers
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Return
from spp_desktop.store import exports, in_roles, queries
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import Filled, only

YEAR, QUARTER = 2008, "Q2"


@pytest.fixture
def role(workspace: Workspace) -> str:
    """The name of the cell of a role that the plan has."""
    return in_role(workspace.edit("add", registers.add, NamedRole, title="Portfolio holder", chased=True))


@pytest.fixture
def smith(workspace: Workspace) -> str:
    """A post that owns nothing, but stands in the role to the activity that ACC Security owns, and to another."""
    return str(workspace.edit("add", registers.add, Post, title="Cllr Smith"))


@pytest.fixture
def keys(workspace: Workspace, role: str, smith: str) -> dict[str, str]:
    """The keys of the activities by reference; two of them have the post in the role."""
    known = {row.ref: row.key for row in workspace.read(queries.activities)}
    workspace.edit("set", delivery.set_cells, [(known[ref], role, (smith,)) for ref in ("1.01", "1.02")])
    return known


def _standing(plan: Workspace, table: str = "activity") -> dict[str, tuple[str, ...]]:
    titles = {post.id: post.title for post in plan.read(queries.register, Post)}
    rows = plan.read(in_roles.in_roles, table)
    return {key: tuple(titles[post] for posts in of_row.values() for post in posts) for key, of_row in rows.items()}


def for_role(role: str) -> Return:
    return with_registers(STATUS_RETURN).for_role(role_of(role), "Portfolio holder")


def test_a_plan_without_roles_has_no_column_of_them(workspace: Workspace) -> None:
    content = issuing.prepare(workspace, DELIVERY_PLAN, year=YEAR)
    assert not [name for name in content.tables[0][0].values if name.startswith("role")]


def test_posts_in_a_role_go_out_and_come_back(workspace: Workspace, role: str, keys: dict[str, str]) -> None:
    path = workspace.path.with_name("plan.xlsx")
    content = issuing.issue(workspace, DELIVERY_PLAN, path, year=YEAR)
    assert [row.values[role] for row in content.tables[0]] == [("Cllr Smith",), ("Cllr Smith",), None]
    with Filled(path, definition=DELIVERY_PLAN) as book:
        book.put("2.01", **{"Portfolio holder": "Cllr Smith; ACC Crime"})
    review = receiving.review(workspace, path)
    change = only(review)
    assert (change.kind, change.field, change.column) == ("change", role, "Portfolio holder")
    assert taking.apply(workspace, [review]).accepted == 1
    assert _standing(workspace)[keys["2.01"]] == ("Cllr Smith", "ACC Crime")
    workspace.undo()
    assert keys["2.01"] not in _standing(workspace)


def test_a_post_that_is_not_known_is_a_question(workspace: Workspace, keys: dict[str, str]) -> None:
    path = workspace.path.with_name("plan.xlsx")
    issuing.issue(workspace, DELIVERY_PLAN, path, year=YEAR)
    with Filled(path, definition=DELIVERY_PLAN) as book:
        book.put("2.01", **{"Portfolio holder": "Cllr Nobody"})
    asked = only(receiving.review(workspace, path))
    assert (asked.kind, asked.usable) == ("question", False)
    assert "“Cllr Nobody” is not one of those listed" in asked.remark
    assert set(_standing(workspace)) == {keys["1.01"], keys["1.02"]}


def test_a_role_that_is_called_as_another_column_has_a_heading_of_its_own(workspace: Workspace) -> None:
    key = workspace.edit("add", registers.add, NamedRole, title="owners")
    columns = DELIVERY_PLAN.listings[0].columns_for((2008,), {key: "owners"})
    assert [column.title for column in columns if column.field == in_role(key)] == ["owners (role)"]


def test_indicators_have_their_roles_in_the_performance_plan(workspace: Workspace, role: str) -> None:
    path = workspace.path.with_name("plan.xlsx")
    issuing.issue(workspace, PERFORMANCE_PLAN, path)
    with Filled(path, definition=PERFORMANCE_PLAN) as book:
        book.put("R1", **{"Portfolio holder": "ACC Crime"})
    review = receiving.review(workspace, path)
    assert taking.apply(workspace, [review]).accepted == 1
    (indicator,) = workspace.read(queries.indicators)
    assert list(indicator.roles) == [role]
    assert _standing(workspace, "indicator") == {indicator.key: ("ACC Crime",)}
    workspace.edit("empty", performance.set_cells, [(indicator.key, role, ())])
    assert _standing(workspace, "indicator") == {}


def test_a_return_goes_to_the_posts_in_a_role_with_the_rows_they_stand_for(
    workspace: Workspace, role: str, keys: dict[str, str]
) -> None:
    definition = for_role(role)
    assert keys
    assert workspace.read(issuing.recipients, definition, YEAR) == ["Cllr Smith"]
    assert "Cllr Smith" not in workspace.read(issuing.recipients, STATUS_RETURN, YEAR)
    missing = ["1 activity has no portfolio holder and goes to nobody: 2.01."]
    assert workspace.read(issuing.unowned, definition, YEAR) == missing
    workspace.edit("empty", delivery.set_cells, [(key, role, ()) for key in keys.values()])
    assert (
        workspace.read(issuing.unowned, definition, YEAR) == workspace.read(issuing.recipients, definition, YEAR) == []
    )
    workspace.undo()
    content = issuing.prepare(workspace, definition, "Cllr Smith", year=YEAR, period=QUARTER)
    assert [[row.values["ref"] for row in table] for table in content.tables[:2]] == [["1.01", "1.02"]] * 2
    name = issuing.file_name(definition, content.identity, workspace.read(issuing.all_posts))
    assert name == "2008-09 Q2 status return as portfolio holder - Cllr Smith.xlsx"


def test_what_comes_back_from_a_role_is_received_and_chased_as_such(
    workspace: Workspace, role: str, keys: dict[str, str], tmp_path: Path
) -> None:
    definition, path = for_role(role), tmp_path / "smith.xlsx"
    issuing.issue(
        workspace,
        definition,
        path,
        owner="Cllr Smith",
        year=YEAR,
        period=QUARTER,
        due=issuing.usual_due(definition, YEAR, QUARTER),
    )
    today = workspace.read(queries.plan).today()
    (issue,) = chasing.sent(workspace, today)
    assert (issue.title, issue.owner, issue.rows) == ("Status return as portfolio holder", "Cllr Smith", 4)
    assert chasing.to_chase([issue]) == [issue]
    with Filled(path) as book:
        book.put("1.01", done="Met the group")
        book.delete("1.02")
    review = receiving.review(workspace, path)
    assert review.identity.owner == "Cllr Smith"
    assert review.definition.role == role_of(role)
    kinds = {(each.ref, each.kind) for each in review.differences}
    assert kinds == {("1.01", "change"), ("1.02", "not returned")}
    taking.apply(workspace, [review])
    (update,) = workspace.read(queries.updates, keys["1.01"])
    assert (update.post, update.done) == ("Cllr Smith", "Met the group")


def test_a_file_that_lost_what_it_says_of_itself_is_known_as_that_of_the_role(
    workspace: Workspace, role: str, keys: dict[str, str], tmp_path: Path
) -> None:
    assert keys
    definition, path = for_role(role), tmp_path / "smith.xlsx"
    issuing.issue(workspace, definition, path, owner="Cllr Smith", year=YEAR, period=QUARTER)
    with Filled(path) as book:
        book.put("1.02", done="Met")
        book.strip()
    review = receiving.review(workspace, path)
    assert review.identity.return_id == definition.id == workspace.read_beside(exports.every)[0].return_id
    assert [each.field for each in review.differences] == ["done"]


def test_a_return_of_a_role_is_found_by_its_name_and_keeps_its_registers() -> None:
    named = return_named("status@k", {"k": "Director"})
    assert named is not None
    assert (named.title, named.role) == ("Status return as director", "k")
    assert with_registers(named).listings == named.listings
    gone = return_named("status@k")
    assert gone is not None
    assert gone.title == "Status return"
