"""A moment of a plan's history, as a person names it: a day, a day with a time, a step, or a file that left the plan.

What was done at a moment is in it: a day counts to its end, a minute to the end of that minute. Moments are named by
the person's own clock, and steps have kept theirs in UTC (``store.clock``).
"""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.days import read_day, short_day
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.words import listed
from spp_desktop.returns.chain_head import ChainHead
from spp_desktop.store import chain, clock, database, expunged, history
from spp_desktop.store.history import Revision
from spp_desktop.store.merging import record
from spp_desktop.store.problems import NoSuchMoment

NOW = "now"
"""What the plan as it is now is called where a moment is named."""
SHORTEST_ID = 8
"""The fewest letters by which the id of a step may begin that is not written out."""
HOW = (
    f"Write a day (2009-03-31, to its end), a day with a time (2009-03-31 14:05), the id of a step, edition 2 or "
    f"version 3 of the plan, or “{NOW}”; spp history --json lists the ids."
)

NUMBERED: Mapping[str, str] = {
    "edition": "SELECT number, title, issued_on, revision, 'issued by ' || issued_by FROM edition",
    "version": (
        "SELECT number, title, dated, revision, 'signed by ' || signed_by FROM plan_version "
        "JOIN plan_state ON plan_state.id = plan_version.state_id"
    ),
}
"""What numbered states of a plan are called, with what reads number, name, day, step and by whom it was signed."""

_NUMBER = re.compile(rf"({'|'.join(NUMBERED)}) *(\d{{1,9}})", re.IGNORECASE)
_TIMED = re.compile(
    r"(?P<day>.+?)(?:[Tt]| +)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?P<exact>\.\d{1,6})?)?"
    r"(?P<zone> ?(?:[Zz]|[+-]\d\d:\d\d))?"
)
_LIKE_A_DAY = re.compile(r"\d{1,4}-\d{1,2}-\d{1,4}")
_ID = re.compile(rf"[0-9a-f][0-9a-f-]{{{SHORTEST_ID - 1},35}}", re.IGNORECASE)


@dataclass(frozen=True)
class Moment:
    """A moment of a plan's history.

    Attributes:
        last: the last revision that is in it, of whatever kind.
        day: the day that it is of, by which late and early are judged then.
        words: what it is called: "30 Sep 2026", "30 Sep 2026 14:05", "30 Sep 2026 14:05, step 12".
        file_words: the same as a part of the name of a file: "2026-09-30", "2026-09-30 14.05".
    """

    last: Revision
    day: date
    words: str
    file_words: str

    @property
    def seen(self) -> str:
        """How a plan is seen at this moment: "as at 30 Sep 2026", "as edition 2 (First edition, 14 Mar 2008)"."""
        return f"as {self.words}" if _NUMBER.match(self.words) else f"as at {self.words}"


def read_moment(plan: sqlite3.Connection, text: str) -> Moment:
    """The moment that a text names.

    Args:
        plan: A connection to the plan.
        text: A day, which counts to its end; a day with a time, which counts to the end of the minute or second that
            it names; the id of a step or how it begins, from ``SHORTEST_ID`` letters on; an edition or a version by
            its number: "edition 2"; or ``NOW``.

    Raises:
        NoSuchMoment: if it names none, one before the plan began, or one that is still to come.
    """
    bare = text.strip()
    if bare.casefold() == NOW:
        return now(plan)
    if (numbered := _NUMBER.fullmatch(bare)) is not None:
        return _numbered(plan, numbered[1].lower(), int(numbered[2]))
    timed = _TIMED.fullmatch(bare)
    if timed is not None:
        return _at_time(plan, bare, timed)
    if (step := _step(plan, bare)) is not None:
        return of_step(step)
    day = read_day(bare)
    if isinstance(day, Doubt):
        names_a_step = _ID.fullmatch(bare) and not _LIKE_A_DAY.fullmatch(bare)
        raise NoSuchMoment(
            f"This plan's history has no step {quoted(bare)}. {HOW}" if names_a_step else f"{day.sentence} {HOW}"
        )
    return of_day(plan, day)


def now(plan: sqlite3.Connection) -> Moment:
    """This moment: the plan as it is now."""
    last = chain.newest(plan)
    if last is None:
        raise NoSuchMoment("This plan has no history yet.")
    at = clock.local_now()
    return Moment(last, at.date(), clock.local_time(at), clock.file_time(at))


def of_day(plan: sqlite3.Connection, day: date) -> Moment:
    """The end of a day, by the person's clock; of today, this moment.

    Raises:
        NoSuchMoment: as ``read_moment``.
    """
    if day > clock.local_now().date():
        raise NoSuchMoment(_still_to_come(short_day(day)))
    ends = clock.begin_of_day(day + timedelta(days=1))
    return Moment(_last_before(plan, ends, short_day(day)), day, short_day(day), day.isoformat())


def of_step(step: Revision) -> Moment:
    """The moment at which a step had just been made."""
    at = clock.moment(step.at) or clock.local_now()
    words = f"{clock.local_time(at)}, step {step.n}"
    return Moment(step, at.date(), words, f"{clock.file_time(at)} step {step.n}")


def of_head(plan: sqlite3.Connection, head: ChainHead, name: str) -> Moment:
    """The moment at which a file left the plan that carries this head of its sealed chain.

    Args:
        plan: A connection to the plan.
        head: The head.
        name: The name of the file.

    Raises:
        NoSuchMoment: if the file left another plan, or the plan's history is another since.
    """
    if plan.execute('SELECT 1 FROM "plan" WHERE id = ?', (head.plan,)).fetchone() is None:
        raise NoSuchMoment(f"{name} is of another plan.")
    step = history.revision_numbered(plan, head.n)
    brought = next((each for each in record.brought(plan) if each.step.hash == head.hash), None)
    if brought is not None:
        step = history.revision_numbered(plan, brought.merge)
        assert step is not None  # a merge stands in the line of the plan
        return of_step(step)
    if step is None or not expunged.had_seal(plan, step, head.hash):
        raise NoSuchMoment(
            f"{name} left this plan at step {head.n}, and the plan's history is no longer the one it had then. "
            "spp check-file --against says more."
        )
    return of_step(step)


def of_file(plan: sqlite3.Connection, path: Path) -> Moment:
    """The moment at which a file left the plan: a return, a saved table, a picture.

    Raises:
        NoSuchMoment: if it does not say when, or is of another plan.
    """
    from spp_desktop.returns.carried_head import NotHeld, carried  # late: it brings what reads files of every form

    try:
        heads = carried(path).heads
    except NotHeld as problem:
        raise NoSuchMoment(str(problem)) from None
    if not heads:
        if path.suffix.casefold() == database.ENDING:
            raise NoSuchMoment(
                f"{path.name} is no plan, although it is called so: it does not begin as one does. {HOW}"
            )
        raise NoSuchMoment(f"{path.name} does not say at which step it left the plan. {HOW}")
    own = history.plan_key(plan)
    return of_head(plan, next((head for head in heads if own == head.plan), heads[0]), path.name)


def _numbered(plan: sqlite3.Connection, kind: str, number: int) -> Moment:
    """The moment as of which an edition or a version of the plan stands."""
    row = plan.execute(f"{NUMBERED[kind]} WHERE number = ?", (number,)).fetchone()
    if row is None:
        known = [str(each) for (each, *_) in plan.execute(f"{NUMBERED[kind]} ORDER BY number")]
        there = f"It has {kind} {listed(known)}." if known else f"It has no {kind} yet."
        raise NoSuchMoment(f"This plan has no {kind} {number}. {there}")
    _, title, day, revision, signed = row
    step = history.revision_named(plan, revision)
    if step is None:
        raise NoSuchMoment(f"The step as of which {kind} {number} stands is no longer in the plan's history.")
    words = f"{kind} {number} ({title}, {signed}, {short_day(date.fromisoformat(day))})"
    return Moment(step, date.fromisoformat(day), words, f"{kind} {number}")


def _step(plan: sqlite3.Connection, text: str) -> Revision | None:
    """The step whose id a text is, or the only one whose id begins so; ``None`` if there is none."""
    exact = history.revision_named(plan, text)
    if exact is not None or not _ID.fullmatch(text):
        return exact
    alike = plan.execute("SELECT id FROM revision WHERE id LIKE ? || '%' LIMIT 2", (text.lower(),)).fetchall()
    return history.revision_named(plan, alike[0][0]) if len(alike) == 1 else None


def _at_time(plan: sqlite3.Connection, text: str, timed: re.Match[str]) -> Moment:
    """The end of what a day with a time names: a minute, a second, or one moment of it."""
    day = read_day(timed["day"])
    if isinstance(day, Doubt):
        raise NoSuchMoment(f"{day.sentence} {HOW}")
    second = timed["second"] or "00"
    iso = f"{day.isoformat()}T{timed['hour']:0>2}:{timed['minute']}:{second}{timed['exact'] or ''}"
    begins = clock.moment(f"{iso}{(timed['zone'] or '').strip().upper()}")
    if begins is None:
        raise NoSuchMoment(f"{quoted(text)} is no time of a day. {HOW}")
    words = clock.local_time(begins, seconds=bool(timed["second"]))
    if begins > clock.local_now():
        raise NoSuchMoment(_still_to_come(words))
    lasts = timedelta(microseconds=1) if timed["exact"] else timedelta(seconds=1 if timed["second"] else 60)
    last = _last_before(plan, begins + lasts, words)
    return Moment(last, begins.date(), words, clock.file_time(begins, seconds=bool(timed["second"])))


def _still_to_come(words: str) -> str:
    return f"{words} is still to come."


def _last_before(plan: sqlite3.Connection, ends: datetime, words: str) -> Revision:
    """The last revision of the history that had been made by then: clocks that went wrong before it leave none out.

    Raises:
        NoSuchMoment: if there is none; ``words`` say of when.
    """
    at = ""
    for n, at in plan.execute("SELECT n, at FROM revision ORDER BY n DESC"):
        made = clock.moment(str(at))
        last = history.revision_numbered(plan, n) if made is not None and made < ends else None
        if last is not None:
            return last
    raise NoSuchMoment(
        f"The history of this plan begins on {clock.time_in_words(str(at))}: there is nothing of it on {words}."
        if at
        else "This plan has no history yet."
    )
