"""Posts in roles: set, read, copied, undone, told of in words."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from spp_desktop.edits import delivery, performance, registers, roles
from spp_desktop.plan.posts import Post, PostHolder
from spp_desktop.plan.role_names import in_role, role_of
from spp_desktop.plan.roles import NamedRole, PostInRole
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import changes_in_words, dump, in_roles, queries, step_places
from spp_desktop.store.workspace import Workspace


def _role(plan: Workspace, title: str) -> str:
    return in_role(plan.edit(f"add role {title}", registers.add, NamedRole, title=title))


def _post(plan: Workspace, title: str) -> str:
    return str(plan.edit(f"add post {title}", registers.add, Post, title=title))


def _activity(plan: Workspace, ref: str = "1.01") -> str:
    return next(row.key for row in plan.read(queries.activities) if row.ref == ref)


def _standing(plan: Workspace, key: str) -> dict[str, tuple[str, ...]]:
    (row,) = plan.read(queries.activities, None, key)
    return dict(row.roles)


def test_the_name_of_a_roles_cell_says_which_role_it_is() -> None:
    assert role_of(in_role("k")) == "k"
    assert role_of("owners") == role_of("planned:2008") == ""


def test_an_activity_has_posts_in_a_role_as_one_step_that_can_be_undone(workspace: Workspace) -> None:
    holder, other = _role(workspace, "Portfolio holder"), _role(workspace, "Director")
    smith, jones = _post(workspace, "Cllr Smith's post"), _post(workspace, "Cllr Jones's post")
    key = _activity(workspace)
    workspace.edit("set", delivery.set_cells, [(key, holder, (jones, smith, jones)), (key, other, (smith,))])
    assert _standing(workspace, key) == {holder: (jones, smith), other: (smith,)}
    workspace.edit("swap", delivery.set_cells, [(key, holder, (smith, jones))])
    assert _standing(workspace, key)[holder] == (smith, jones)
    workspace.undo()
    assert _standing(workspace, key)[holder] == (jones, smith)
    workspace.edit("empty", delivery.set_cells, [(key, holder, ())])
    assert _standing(workspace, key) == {other: (smith,)}
    workspace.undo()
    workspace.undo()
    assert _standing(workspace, key) == {}


def test_the_history_says_who_came_and_went_in_which_role_of_what(workspace: Workspace) -> None:
    role, post = _role(workspace, "Portfolio holder"), _post(workspace, "Cllr Smith's post")
    key = _activity(workspace)
    workspace.edit("set", delivery.set_cells, [(key, role, (post,))])
    step = workspace.read_beside(lambda raw: raw.execute("SELECT max(n) FROM revision").fetchone()[0])
    (line,) = workspace.read_beside(changes_in_words.of_step, step)
    assert line == changes_in_words.ChangeInWords("activity 1.01", "portfolio holder", "", "Cllr Smith's post")
    assert workspace.read_beside(step_places.place_of, step, {"activity"}) == ("activity", key, role)
    workspace.edit("empty", delivery.set_cells, [(key, role, ())])
    (line,) = workspace.read_beside(changes_in_words.of_step, step + 1)
    assert (line.before, line.after) == ("Cllr Smith's post", "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(steps=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.lists(st.integers(0, 2))), max_size=6))
def test_what_is_set_is_what_is_read_and_undo_brings_back_all(
    workspace: Workspace, steps: Sequence[tuple[int, int, list[int]]]
) -> None:
    if not workspace.read(in_roles.roles):
        for title in ("Director", "Committee"):
            _role(workspace, title)
        for title in "ABC":
            _post(workspace, title)
    names = [in_role(role.key) for role in workspace.read(in_roles.roles)]
    posts = [post.id for post in workspace.read(queries.register, Post)][-3:]
    keys = [row.key for row in workspace.read(queries.activities)]
    before = workspace.read(dump.content)
    wanted: dict[tuple[str, str], tuple[str, ...]] = {}
    for row, role, chosen in steps:
        wanted[keys[row], names[role]] = tuple(dict.fromkeys(posts[n] for n in chosen))
        workspace.edit("set", delivery.set_cells, [(keys[row], names[role], [posts[n] for n in chosen])])
    standing = workspace.read(in_roles.in_roles, "activity")
    filled = {(key, name): value for (key, name), value in wanted.items() if value}
    assert {(key, name): value for key, of_row in standing.items() for name, value in of_row.items()} == filled
    for _ in steps:
        if workspace.read(dump.content) != before:
            workspace.undo()
    assert workspace.read(dump.content) == before


def test_all_rows_of_a_table_are_read_in_one_statement(workspace: Workspace) -> None:
    role, post = _role(workspace, "Director"), _post(workspace, "Director of Change")
    keys = [row.key for row in workspace.read(queries.activities)]
    workspace.edit("set", delivery.set_cells, [(key, role, (post,)) for key in keys])
    statements: list[str] = []

    def counted(connection: object) -> dict[str, object]:
        listen = lambda *args: statements.append(args[2])  # noqa: E731 - the listener is taken off again
        event.listen(connection, "before_cursor_execute", listen)
        read = in_roles.in_roles(connection, "activity")  # type: ignore[arg-type]
        event.remove(connection, "before_cursor_execute", listen)
        return dict(read)

    assert workspace.read(counted).keys() == set(keys)
    assert len(statements) == 1


def test_rows_of_every_kind_have_posts_in_roles_and_copies_have_them_too(workspace: Workspace) -> None:
    role, post = _role(workspace, "Committee"), _post(workspace, "Audit committee")
    key, indicator = _activity(workspace), workspace.read(queries.indicators)[0].key
    step = workspace.read(queries.milestones, None, key)[0].key
    workspace.edit("set", delivery.set_cells, [(key, role, (post,))])
    workspace.edit("set", delivery.set_milestones, [(step, role, (post,))])
    workspace.edit("set", performance.set_cells, [(indicator, role, (post,))])
    copy = workspace.edit("copy", delivery.duplicate_activity, key)
    twin = workspace.edit("copy", performance.duplicate_indicator, indicator)
    assert _standing(workspace, copy) == {role: (post,)}
    assert workspace.read(queries.indicators, twin)[0].roles == {role: (post,)}
    (steps,) = workspace.read(queries.milestones, None, copy)
    assert workspace.read(in_roles.in_roles, "milestone")[steps.key] == {role: (post,)}


def test_what_is_gone_cannot_stand_in_a_role_and_nothing_is_kept(workspace: Workspace) -> None:
    role, post = _role(workspace, "Director"), _post(workspace, "Director of Change")
    key, none = _activity(workspace), "0" * 36
    with pytest.raises(RuleBroken, match="role is no longer"):
        workspace.edit("set", roles.set_in_roles, {key: {in_role(none): (post,)}})
    with pytest.raises(RuleBroken, match="post that was chosen is no longer"):
        workspace.edit("set", roles.set_in_roles, {key: {role: (post, none)}})
    with pytest.raises(RuleBroken, match="row that posts are to answer for is no longer"):
        workspace.edit("set", roles.set_in_roles, {none: {role: (post,)}})
    assert not workspace.read(queries.register, PostInRole)


def test_a_role_or_post_in_use_stays_and_says_by_what_it_is_used(workspace: Workspace) -> None:
    role, post = _role(workspace, "Director"), _post(workspace, "Director of Change")
    indicator = workspace.read(queries.indicators)[0].key
    workspace.edit("set", delivery.set_cells, [(_activity(workspace, ref), role, (post,)) for ref in ("1.01", "1.02")])
    workspace.edit("set", performance.set_cells, [(indicator, role, (post,))])
    with pytest.raises(RuleBroken, match=r"“Director” is used by 2 activities and 1 indicator, so it stays\."):
        workspace.edit("delete", registers.remove, NamedRole, role_of(role))
    with pytest.raises(RuleBroken, match=r"“Director of Change” is used by 2 activities and 1 indicator"):
        workspace.edit("delete", registers.remove, Post, post)


def test_who_holds_a_post_is_told_by_date(workspace: Workspace) -> None:
    post = _post(workspace, "Cabinet Member")
    for name, first, last in (("A. Brown", None, "30/04/2025"), ("J. Smith", "01/05/2025", None)):
        columns = {"post_id": post, "name": name, "held_from": first, "held_to": last}
        workspace.edit("add", registers.add, PostHolder, columns)
    assert workspace.read(in_roles.holders, date(2025, 4, 30))[post] == "A. Brown"
    assert workspace.read(in_roles.holders, date(2025, 5, 1))[post] == "J. Smith since 01/05/2025"
