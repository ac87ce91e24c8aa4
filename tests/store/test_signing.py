"""Who signs off a report, where the plan's own roles say it."""

from datetime import date

import pytest

from spp_desktop.edits import rows
from spp_desktop.plan.posts import Post, PostHolder
from spp_desktop.plan.roles import NamedRole, PostInRole
from spp_desktop.store import queries, signing
from spp_desktop.store.signing import Signatory
from spp_desktop.store.workspace import Workspace

DAY = date(2008, 7, 1)


def test_who_signs_stands_in_a_role_to_the_activity_or_its_priority(workspace: Workspace) -> None:
    first, second = workspace.read(queries.activities)[:2]
    posts = {row.title: row.id for row in workspace.read(queries.register, Post)}
    keys = [first.key, second.key]
    assert workspace.read(signing.signatories, "submits", keys, DAY) == {}

    def give(session: object, role: str, post: str, row: str) -> None:
        rows.add(session, PostInRole, role_id=role, post_id=posts[post], row_id=row)  # type: ignore[arg-type]

    owner = workspace.edit("add", rows.add, NamedRole, title="Reporting officer", submits=True)
    officer = workspace.edit("add", rows.add, NamedRole, title="Planning officer", accepts=True)
    workspace.edit("give", give, owner, "ACC Crime", first.key)
    workspace.edit("give", give, owner, "ACC Security", second.priority_key)
    workspace.edit("give", give, officer, "ACC Security", first.key)
    for name, left in (("A. Jones", date(2008, 6, 30)), ("Jo Smith", None)):
        workspace.edit("hold", rows.add, PostHolder, post_id=posts["ACC Crime"], name=name, held_to=left)
    submits = workspace.read(signing.signatories, "submits", keys, DAY)
    assert submits[first.key] == (Signatory("Reporting officer", "ACC Crime", ("Jo Smith",)),)
    assert [each.words for each in submits[second.key]] == ["ACC Security"]
    accepts = workspace.read(signing.signatories, "accepts", keys, DAY)
    assert {key: [each.post for each in named] for key, named in accepts.items()} == {
        key: ["ACC Security"] for key in keys
    }


@pytest.mark.parametrize(
    ("name", "is_named"),
    [("Jo Smith", True), ("jsmith", True), ("SMITHJ", True), ("ACC Crime", True), ("ajones", False), ("smith", False)],
)
def test_a_log_in_name_may_be_a_person_and_nobody_is_doubted_where_no_holder_is_known(
    name: str, is_named: bool
) -> None:
    assert Signatory("", "ACC Crime", ("Jo Smith",)).is_named(name) is is_named
    assert Signatory("", "ACC Crime", ("Cher",)).is_named("Cher")
    assert Signatory("", "ACC Crime", ()).is_named(name)
