"""The lines of the page of returns (what went out, who was left out, how each stands), and what a head says of them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from spp_desktop.edits import chasing, issuing
from spp_desktop.edits.chasing import Sent
from spp_desktop.plan.kinds import Choice, Day, Option
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import time_name, year_name
from spp_desktop.plan.posts import Post
from spp_desktop.returns.catalogue import with_registers
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.store import exports, queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.grid.arrangement import StatusShare
from spp_desktop.ui.grid.columns import GridColumn

WHOLE = "Whole plan"
"""Who a return of the whole plan went to, as the table says it."""

STATES: tuple[Option, ...] = (
    Option("answered", "Answered", "It came back and was taken in.", "tick", "#1a7f37", "#56d364"),
    Option(
        "answered in part",
        "In part",
        "Some of it came back and was taken in; others have still to answer.",
        "disc",
        "#9a5b00",
        "#e3b341",
    ),
    Option("in review", "In review", "It came back, and its review is not finished.", "triangle", "#9a5b00", "#e3b341"),
    Option("taken back", "Undone", "It was taken in, and that was undone since.", "cross", "#6f42c1", "#c297ff"),
    Option("set aside", "Set aside", "It came back, and nothing of it was taken in.", "cross", "#57606a", "#8b949e"),
    Option("waiting", "Waiting", "It went out and is not due yet.", "bars", "#0b5cad", "#6cb6ff"),
    Option("late", "Late", "It is due, and did not come back.", "diamond", "#b42318", "#ff7b72"),
    Option("not sent", "Not sent", "The post owns activities, and was sent none.", "ring", "#5b6470", "#aab2bd"),
    Option("sent", "Sent", "It went out; no answer was asked for by a day.", "disc", "#5b6470", "#aab2bd"),
    Option("replaced", "Sent again since", "A later one went to the same post."),
)
"""How an issue can stand, with shapes and colours."""


@dataclass(frozen=True)
class SentRow:
    """A line: an issue of a return, or a post that was not sent the latest status return.

    Attributes:
        key: the export's id, or a key made of the post.
        head: the return and the period it is about: the heading of its group.
        post: the post that it went to.
        state: how it stands: a value of ``STATES``.
        rows: the number of rows it lists; ``None`` if nothing went out.
        left: the number of differences that wait for a person; ``None`` if nothing is in review.
        issue: the issue; ``None`` if nothing went out.
    """

    key: str
    head: str
    post: str
    state: str
    sent: date | None = None
    due: date | None = None
    answered: date | None = None
    rows: int | None = None
    left: int | None = None
    file: str = ""
    issue: Sent | None = None

    @property
    def quiet(self) -> bool:
        """Whether a later issue has taken its place."""
        return self.issue is not None and self.issue.replaced


def columns() -> list[GridColumn]:
    """The columns of the table."""
    return [
        GridColumn("post", "Post", 180, quiet=_quiet, about="Who it went to"),
        GridColumn("state", "State", 120, Choice(lambda: STATES), quiet=_quiet, about="How it stands",
               sort=lambda row: next(n for n, state in enumerate(STATES) if state.value == row.state)),
        GridColumn("left", "To decide", 72, align="right", name="decide", quiet=_quiet,
               about="What in it waits for a decision"),
        GridColumn("sent", "Sent", 92, Day(), align="right", quiet=_quiet, about="The day it went out"),
        GridColumn("due", "Due", 92, Day(), align="right", quiet=_quiet,
               about="The day by which an answer is asked for"),
        GridColumn("answered", "Came back", 92, Day(), align="right", name="back", quiet=_quiet,
               about="The day the latest file came back"),
        GridColumn("rows", "Rows", 48, align="right", quiet=_quiet, about="How many rows it lists"),
        GridColumn("file", "File", 300, quiet=_quiet, about="The workbook that went out"),
        GridColumn("head", "Return", 180, shown=False, quiet=_quiet, about="Which return, for what time"),
    ]  # fmt: skip


def _quiet(row: SentRow) -> bool:
    return row.quiet


def summary(rows: Sequence[SentRow]) -> tuple[str, tuple[StatusShare, ...]]:
    """The words and the bar of a head: when answers are due, how many went out, and how many have each state."""
    counted = [row for row in rows if not row.quiet]
    dues = sorted({row.due for row in counted if row.due})
    out = sum(row.state != "not sent" for row in counted)
    counts = Counter(row.state for row in counted)
    due = f"due {_span(dues[0], dues[-1])}" if dues else ""
    words = " · ".join(filter(None, (due, f"{out} sent")))
    parts = tuple(
        StatusShare(state.title, counts[state.value], state.shape, state.colour, state.dark_colour)
        for state in STATES
        if counts[state.value] and state.value != "sent"
    )
    return words, parts


def _span(first: date, last: date) -> str:
    """Two days, in as few words as are clear: "14 to 28 Oct 2008"."""
    begins, ends = short_day(first).split(), short_day(last).split()
    while begins and begins[-1] == ends[len(begins) - 1]:
        begins.pop()
    return " to ".join(filter(None, (" ".join(begins), short_day(last))))


def rows_of(workspace: Workspace, today: date, left: Callable[[str], int | None]) -> list[SentRow]:
    """Every issue, and the posts left out of the latest status return. The latest return comes first, posts in order.

    Args:
        workspace: the plan.
        today: the day from which it is judged what is late.
        left: gives how many differences of a receipt, by its id, are still to be decided.
    """
    issues = chasing.sent(workspace, today)
    rows = [_row(issue, left) for issue in issues]
    rows += _not_sent(workspace, issues)
    heads = {head: n for n, head in enumerate(dict.fromkeys(row.head for row in rows))}
    posts = {post.title: n for n, post in enumerate(workspace.read(queries.register, Post))}
    return sorted(rows, key=lambda row: (heads[row.head], posts.get(row.post, len(posts)), row.post, row.quiet))


def _row(issue: Sent, left: Callable[[str], int | None]) -> SentRow:
    state: str = issue.state
    if state in ("sent", "late") and issue.replaced:
        state = "replaced"
    elif state == "sent" and issue.due:
        state = "waiting"
    waits = left(issue.receipt.id) if issue.receipt and issue.state == "in review" else None
    head = f"{issue.title} {issue.when}".strip()
    return SentRow(
        issue.key,
        head,
        issue.owner or WHOLE,
        state,
        issue.sent,
        issue.due,
        issue.answered,
        issue.rows,
        waits,
        issue.file,
        issue,
    )


def latest_period(workspace: Workspace) -> tuple[int, str] | None:
    """The financial year and the quarter of the latest status return that went out; ``None`` if none did."""
    issues = [export for export in workspace.read_beside(exports.every) if export.return_id == STATUS_RETURN.id]
    return max(((export.year or 0, export.period) for export in issues), default=None)


def _not_sent(workspace: Workspace, issues: Sequence[Sent]) -> list[SentRow]:
    """The posts that own activities in the year of the latest status return and were not sent it."""
    latest = latest_period(workspace)
    if latest is None:
        return []
    year, period = latest
    when = time_name(year, period)
    went = {issue.owner for issue in issues if issue.return_id == STATUS_RETURN.id and issue.when == when}
    head = f"{STATUS_RETURN.title} {year_name(year)} {period}"
    return [
        SentRow(f"not sent {post}", head, post, "not sent")
        for post in workspace.read(issuing.recipients, with_registers(STATUS_RETURN), year, period)
        if post not in went and "" not in went
    ]
