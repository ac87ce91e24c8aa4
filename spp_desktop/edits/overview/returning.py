"""Returns outstanding: what posts and areas have still to answer, and what the force has still to send."""

from datetime import date, timedelta

from sqlalchemy import Connection

from spp_desktop.edits import chasing, returns_calendar
from spp_desktop.edits.chasing import Sent
from spp_desktop.edits.returns_calendar import Round
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.store import clock
from spp_desktop.store.overview.plan import OverviewPlan, days_words
from spp_desktop.store.overview.tallies import ONE, RowBehind, RowsBehind, TallyTable, listed_lines
from spp_desktop.store.workspace import Workspace


def outstanding(plan: OverviewPlan) -> TallyTable:
    """Returns that are waited for, and those that are to be sent."""
    today, workspace = plan.today, plan.reader
    assert isinstance(workspace, Workspace), "what became of returns is known to an open plan alone"
    issues = chasing.to_chase(chasing.sent(workspace, today))
    rounds = [each for each in returns_calendar.rounds(workspace) if each.is_open and each.due is not None]
    soon = today + timedelta(days=plan.asked.within)

    def issued(late: bool) -> RowsBehind:
        """The issues of returns that are not answered: those late, or those still in time."""
        chosen = [each for each in issues if (each.due is not None and each.due < today) == late]
        return tuple(_issue(plan, each) for each in chosen)

    late = [each for each in rounds if each.is_overdue(today)]
    before = [each for each in late if _fell_due_before(each, workspace.read(_begun_on), today)]
    overdue = tuple(_round(plan, each) for each in late if each not in before)
    next_due = tuple(_round(plan, each) for each in rounds if each.due is not None and today <= each.due <= soon)
    return TallyTable(
        ONE,
        listed_lines(
            ("Not answered, late", issued(True)),
            ("Not answered, in time", issued(False)),
            ("To be sent, overdue", overdue),
            (f"To be sent by {short_day(soon)}", next_due),
            *(
                [("Fell due before this plan was begun", tuple(_round(plan, each) for each in before))]
                if before
                else []
            ),
        ),
    )


def _fell_due_before(each: Round, begun: date | None, today: date) -> bool:
    """Whether a return fell due before the plan's file was begun, and nothing was done of it here.

    It was sent by other means, or by nobody: it is told apart from what this plan has left undone. Of a plan that is
    shown as at a day before it was begun, all that was due by then counts.
    """
    return begun is not None and begun <= today and each.due is not None and each.due < begun and each.standing is None


def _issue(plan: OverviewPlan, each: Sent) -> RowBehind:
    due = f"; due {days_words(each.due, plan.today)}" if each.due is not None else ""
    words = f"sent {short_day(each.sent)}, {each.rows:,} rows{due}"
    about = (each.owner,) if each.owner else ()
    return RowBehind("issue", each.key, each.when, each.title, each.owner, each.state, each.due, words, about=about)


def _round(plan: OverviewPlan, each: Round) -> RowBehind:
    due = f"due {days_words(each.due, plan.today)}" if each.due is not None else ""
    words = "; ".join(filter(None, (due, each.rule)))
    return RowBehind("round", each.key, each.when, each.about.title, "", each.state(plan.today), each.due, words)


def _begun_on(connection: Connection) -> date | None:
    """The day on which the plan's file was begun, by the person's clock."""
    first = connection.exec_driver_sql("SELECT at FROM revision ORDER BY n LIMIT 1").scalar()
    return None if first is None else clock.local_day(str(first))
