"""Steps exchanged with a plan's hub: what is new there is pulled, what is new here is pushed, each in one transaction.

Nothing is sent that does not follow on the newest step of the hub, and nothing is taken in that is not as it was
sealed. Steps have ids that no others have, so that after a line was cut the two ends know what arrived.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spp_desktop.hub import remembered, sending
from spp_desktop.hub.making import identity_of, may_make, schema_of
from spp_desktop.hub.problems import HubRefused
from spp_desktop.hub.reaching import address_of, reached, where
from spp_desktop.plan.words import counted
from spp_desktop.store import chain, clock, expunged, history, upgrades
from spp_desktop.store.changed import Moved, unheard
from spp_desktop.store.history import Revision

if TYPE_CHECKING:
    from spp_desktop.hub.reaching import HubConnection
    from spp_desktop.store.workspace import Workspace

BEFORE_PULL = "before taking in steps of the hub"
"""Why an earlier version is kept before a pull."""


@dataclass(frozen=True)
class HubStatus:
    """How a plan and its hub stand to one another.

    Attributes:
        place: where the hub is, in words.
        role: what this person is there: "planning officer", "staff officer", "reader".
        ahead: how many steps of this plan the hub does not have.
        behind: how many steps of the hub this plan does not have.
        last: who made the newest step of the hub, and when, in words.
        in_step: when the two were last in step, in words; "" if that is not known here.
    """

    place: str
    role: str
    ahead: int
    behind: int
    last: str
    in_step: str

    def sentence(self) -> str:
        """It in a sentence, with what to do."""
        ahead, behind = _steps_of(self.ahead, "this plan"), _steps_of(self.behind, self.place)
        if self.ahead and self.behind:
            return f"{behind} not here, and {ahead} not there: take in first, then send."
        if self.ahead:
            return f"{ahead} not in {self.place} yet: send."
        if self.behind:
            return f"{behind} not in this plan yet: take in."
        return f"This plan is in step with {self.place}."


def _steps_of(number: int, place: str) -> str:
    return f"{counted(number, 'step')} of {place} {'is' if number == 1 else 'are'}"


@dataclass(frozen=True)
class _Head:
    """The newest step of a hub."""

    n: int
    id: str
    hash: str


@dataclass(frozen=True)
class HubMeeting:
    """A plan and its hub, while the hub is reached.

    Attributes:
        connection: to the hub.
        address: of the hub.
        plan: the key of the plan.
        head: the newest step of the hub.
        common: the newest step that both have; the hub's own newest where it is the plan's too.
    """

    connection: "HubConnection"
    address: str
    plan: str
    head: _Head
    common: Revision

    @property
    def place(self) -> str:
        """Where the hub is, in words."""
        return where(self.address)


@contextmanager
def met(workspace: "Workspace", address: str) -> Iterator[HubMeeting]:
    """A plan and its hub within one transaction of the hub, once they are known to be of one plan.

    Raises:
        HubRefused: if the hub cannot be reached, or is not this plan's, or is of another form.
    """
    key, title = workspace.read_beside(identity_of)
    known = remembered.of(key)
    if not address and known is None:
        raise HubRefused(
            "no hub", f"No hub of “{title}” is known on this machine. Give its address. Nothing was changed."
        )
    address = address_of(address) if address else (known.address if known else "")
    with reached(address) as connection:
        connection.execute(f"SET search_path = {schema_of(key)}, pg_temp".encode())
        with connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            _demand_same(connection, key, title, address)
            if known is None or known.address != address:
                remembered.remember(key, address, workspace.path)
            row = connection.execute("SELECT n, id, hash FROM head").fetchone()
            assert row is not None  # a hub is made of a plan, which has a first step
            head = _Head(*row)
            common = workspace.read_beside(_common, connection, head)
            yield HubMeeting(connection, address, key, head, common)


def _demand_same(connection: "HubConnection", key: str, title: str, address: str) -> None:
    """See that a hub is of this plan, and of the form that this program knows."""
    may = "SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = %s"
    let_in = connection.execute(may, (schema_of(key),)).fetchone()
    if let_in is None:
        none = f"“{title}” has no hub yet where {where(address)} would be. Nothing was changed; "
        if may_make(connection):
            raise HubRefused("can be made", f"{none}you can make one: Make the hub in the window, or “spp hub init”.")
        raise HubRefused("no hub", f"{none}ask the database administrator to make it.")
    if not let_in[0]:
        raise HubRefused(
            "not allowed",
            f"You have no right to see “{title}” on {where(address)}. Your plan is as it was. Ask the planning "
            "officer to let you in.",
        )
    there = connection.execute("SELECT plan_id, form, title FROM hub").fetchone()
    if there is None or there[0] != key:
        raise HubRefused(
            "another plan", f"{where(address)} holds another plan, not “{title}”. Nothing was changed on either side."
        )
    if there[1] != upgrades.VERSION:
        newer = there[1] > upgrades.VERSION
        which, other = ("hub", "this program") if newer else ("program", "the hub")
        raise HubRefused(
            "another form",
            f"The {which} is of a newer form than {other} ({there[1]} there, {upgrades.VERSION} here). Nothing was "
            + ("changed; update this program." if newer else "changed; a planning officer makes the hub anew."),
        )


def _common(plan: sqlite3.Connection, connection: "HubConnection", head: _Head) -> Revision:
    """The newest step that a plan and its hub both have.

    Raises:
        HubRefused: if there is none.
    """
    step = history.revision_named(plan, head.id)
    if step is not None:
        if step.hash != head.hash:
            raise _sealed_anew(plan, step, head)
        return step
    newest = chain.newest(plan)
    # Both are lines: what is common is a beginning of either, so that it can be looked for by halves.
    low, high = 0, min(newest.n if newest else 0, head.n)
    while low < high:
        middle = (low + high + 1) // 2
        ours = history.revision_numbered(plan, middle)
        theirs = connection.execute("SELECT id FROM revision WHERE n = %s", (middle,)).fetchone()
        low, high = (middle, high) if ours and theirs and ours.id == theirs[0] else (low, middle - 1)
    step = history.revision_numbered(plan, low)
    theirs = connection.execute("SELECT hash FROM revision WHERE n = %s", (low,)).fetchone()
    if step is None or theirs is None:
        raise HubRefused(
            "another plan",
            "This plan and the hub have no step in common: they were begun apart. Nothing was changed on either side.",
        )
    if step.hash != theirs[0]:
        raise _sealed_anew(plan, step, _Head(low, step.id, theirs[0]))
    return step


def _sealed_anew(plan: sqlite3.Connection, step: Revision, head: _Head) -> HubRefused:
    """Why the same step has another seal there: a word was removed for good on one side."""
    here = expunged.had_seal(plan, step, head.hash)
    side, other = ("this plan", "the hub") if here else ("the hub", "this plan")
    return HubRefused(
        "altered",
        f"A word was removed for good from {side}, and {other} still holds it. Nothing was exchanged, and nothing is "
        "lost. " + ("A planning officer makes the hub anew." if here else "Take the plan from the hub anew."),
    )


_ROLE = "SELECT CASE WHEN is_officer() THEN 'planning officer' WHEN is_staff() THEN 'staff officer' ELSE 'reader' END"


def status(workspace: "Workspace", address: str = "") -> HubStatus:
    """How a plan and its hub stand to one another; nothing is changed.

    Raises:
        HubRefused: if the hub cannot be reached or asked.
    """
    with met(workspace, address) as meeting:
        newest = workspace.read_beside(chain.newest)
        ahead = (newest.n if newest else 0) - meeting.common.n
        role = meeting.connection.execute(_ROLE).fetchone()
        last = meeting.connection.execute("SELECT author, at FROM revision WHERE n = %s", (meeting.head.n,)).fetchone()
        author, at = last or ("", "")
        if not ahead and meeting.head.n == meeting.common.n:
            remembered.remember(meeting.plan, meeting.address, workspace.path, meeting.head.n)
        hub = remembered.of(meeting.plan)
        known = hub.last_in_step(workspace.path) if hub is not None else None
        return HubStatus(
            meeting.place,
            role[0] if role else "reader",
            ahead,
            meeting.head.n - meeting.common.n,
            f"{author}, {clock.time_in_words(at)}",
            clock.time_in_words(known.at) if known else "",
        )


@contextmanager
def _as_one_offered() -> Iterator[None]:
    """A context in which a refusal of somebody's steps says what can be done with them."""
    try:
        yield
    except HubRefused as refusal:
        if refusal.kind != "not allowed" or refusal.__cause__ is None:
            raise
        raise HubRefused(
            refusal.kind,
            f"{refusal} What you may not send can be undone here; “spp hub push --as-one” then sends what your steps "
            "come to.",
        ) from refusal


def push(workspace: "Workspace", address: str = "", moved: Moved = unheard) -> str:
    """Send the steps of a plan that its hub does not have, in one transaction, and give a sentence that says so.

    What arrived before a line was cut is not sent again.

    Raises:
        HubRefused: if the hub has newer steps, does not let this person change what they change, or cannot be
            reached. The hub and the plan are as they were then.
    """
    with _as_one_offered(), met(workspace, address) as meeting:
        if meeting.head.n > meeting.common.n:
            newer = meeting.head.n - meeting.common.n
            raise HubRefused(
                "newer steps",
                f"{counted(newer, 'step')} of {meeting.place} {'is' if newer == 1 else 'are'} newer than this plan. "
                "Nothing was sent, and nothing is lost: take in first, then send.",
            )
        number = workspace.read_beside(_send, meeting, moved)
    remembered.remember(meeting.plan, meeting.address, workspace.path, meeting.common.n + number)
    if not number:
        return f"There is nothing to send: {meeting.place} has every step of this plan."
    sent = f"{counted(number, 'step')} {'was' if number == 1 else 'were'} sent."
    return f"{sent} This plan is in step with {meeting.place}."


def _send(plan: sqlite3.Connection, meeting: HubMeeting, moved: Moved) -> int:
    """Send what the hub does not have, and give how many steps that is.

    What is read of the plan is let go of where the line is cut: while it is being read, nothing takes the plan's place.
    """
    revisions = history.revisions(plan, meeting.common.n)
    with closing(sending.files_of(plan, meeting.common.n)) as files:
        for content in files:
            meeting.connection.execute("SELECT keep_file(%s)", (content,))
    reading = closing(sending.sealed_steps(plan, meeting.common, revisions))
    with reading as steps, meeting.connection.pipeline(), meeting.connection.cursor() as cursor:
        for done, (step, along) in enumerate(steps):
            if done % sending.EACH == 0:
                moved("Sending steps", done, len(revisions))
            cursor.execute("SELECT take_step(%s, %s, %s)", step)
            for brought in along:
                cursor.execute("SELECT bring_along(%s, %s, %s)", brought)
    return len(revisions)
