"""What a post answers for: what it leads, owns with others, or stands in a role to, of whatever kind."""

from datetime import date

from sqlmodel import Session

from spp_desktop.edits import rows
from spp_desktop.plan.delivery import Activity, ActivityOwner, Milestone
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.posts import Post
from spp_desktop.plan.registers import register_of
from spp_desktop.plan.roles import NamedRole, PostInRole
from spp_desktop.store import queries
from spp_desktop.store.portfolios import portfolio, posts
from spp_desktop.store.workspace import Workspace


def answer_for_more(session: Session) -> None:
    """A verb: ACC Security joins 1.01, holds a role at the indicator, owns a risk and a milestone of 2.01."""
    security = posts(session.connection())[1][0]
    by_ref = {row.ref: row.key for row in queries.activities(session.connection())}
    rows.add(session, ActivityOwner, activity_id=by_ref["1.01"], post_id=security, role="joint")
    rows.add(session, Milestone, activity_id=by_ref["2.01"], title="Agree it", owner_id=security, due=date(2008, 9, 1))
    rows.add(session, register_of("risk").model, ref="R1", text="It may rain", owner_id=security)
    role = rows.add(session, NamedRole, title="Director")
    indicator = queries.indicators(session.connection())[0].key
    rows.add(session, PostInRole, row_id=indicator, role_id=role, post_id=security)


def test_a_portfolio_holds_what_a_post_leads_shares_or_stands_in_a_role_to(workspace: Workspace) -> None:
    crime, security = (key for key, _ in workspace.read(posts))
    before = workspace.read(portfolio, security)
    assert before is not None
    assert (before.title, before.words) == ("ACC Security", "1 activity")
    workspace.edit("answer for more", answer_for_more)
    held = workspace.read(portfolio, security)
    assert held is not None
    refs = {row.ref for row in workspace.read(queries.activities) if row.key in held.keys}
    assert refs == {"1.01", "1.02", "2.01"}
    assert held.joint == 1
    assert held.words == "3 activities (1 joint), 1 indicator and 1 risk"
    assert {security, "ACC Security"} <= held.keys
    of_crime = workspace.read(portfolio, crime)
    assert of_crime is not None
    assert of_crime.counts == {str(Activity.__tablename__): 2}
    assert str(Indicator.__tablename__) in held.counts


def test_who_answers_for_nothing_and_who_is_gone(workspace: Workspace) -> None:
    new = workspace.edit("add a post", rows.add, Post, title="Chief Constable")
    empty = workspace.read(portfolio, new)
    assert empty is not None
    assert empty.words == "nothing yet"
    assert workspace.read(portfolio, "gone") is None
