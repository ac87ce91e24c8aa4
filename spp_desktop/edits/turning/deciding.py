"""What a person decides of rows of the year that is left: kept as it is decided, taken back, and held to its rules."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from sqlmodel import Session, col, select

from spp_desktop.edits import rows, targets
from spp_desktop.edits.turning import dates, proposals
from spp_desktop.edits.turning.fates import ASKS_WHY, GOES_ON, gone_within, open_fates
from spp_desktop.edits.turning.proposals import ACTIVITY, INDICATOR, RowProposal
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.identity import Plan, years_of
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.turning import FromTo, WhatBecomes
from spp_desktop.plan.words import counted, listed
from spp_desktop.store import link_faults, queries
from spp_desktop.store.locks import author
from spp_desktop.store.naming import row_of
from spp_desktop.store.turned import FATES, FromToRow

AS_PROPOSED: Final = "as proposed"
"""Said of a due date that is to stay the one that is proposed, or that was decided before."""

_SEVERAL = 2


def decide(
    session: Session,
    keys: Sequence[str],
    fate: WhatBecomes | None = None,
    *,
    reason: str | None = None,
    texts: Sequence[str] | None = None,
    refs: Sequence[str] | None = None,
    due: date | str | None = AS_PROPOSED,
    into: str | None = None,
    target: str | None = None,
    year: int | None = None,
) -> list[str]:
    """Decide what becomes of rows when the year ends, or the plan is replaced; give the keys of the entries.

    What is not given stays as it was decided, or is as it is proposed.

    Args:
        session: The session of the revision.
        keys: The rows: activities of the year that is left, indicators, or any other rows that can be linked.
        fate: What becomes of them; ``None`` leaves that.
        reason: Why.
        texts: What it becomes, where its words change: one for a row that is changed, several for one that is split.
        refs: The references of those.
        due: The due date of what follows; ``None`` for none.
        into: The row that they are merged with, or, where the plan is replaced, the one that took the place of a row
            that is changed.
        target: Of indicators, the next year's target as a person types it; "" for the one that is stated.
        year: The year that the rows are left in, by its first calendar year; the plan's first where it is not given.

    Raises:
        RuleBroken: if a decision breaks a rule, saying which row and what to do; nothing is then kept.
    """
    if texts is not None and len(texts) > 0 and len(set(keys)) > 1:
        raise RuleBroken("texts", "New words are of one row. Say them row by row.")
    desk = _Desk.laid(session, year)
    cells_given = {"reason": reason, "texts": texts, "refs": refs, "into_id": into, "target": target}
    given: dict[str, Any] = {name: value for name, value in cells_given.items() if value is not None}
    if due != AS_PROPOSED:
        given["due"] = due
    kept = []
    for key in dict.fromkeys(keys):
        row = desk.row(key)
        cells = desk.cells(row, fate or desk.fate(key), given)
        desk.demand(row, cells)
        kept.append(desk.keep(row, cells))
    return kept


def withdraw(session: Session, keys: Collection[str], year: int | None = None) -> None:
    """Take back what was decided of rows: what is proposed stands again.

    Args:
        session: The session of the revision.
        keys: The rows; of those of which nothing is decided nothing is taken back.
        year: As for ``decide``.

    Raises:
        RuleBroken: if others are merged with a row that would not go on then.
    """
    desk = _Desk.laid(session, year)
    for key in dict.fromkeys(keys):
        fate = desk.open.get(key)
        if fate is not None:
            desk.demand_goes_on(desk.row(key), desk.proposed(key))
            rows.remove(session, FromTo, fate.key)
            del desk.open[key]


@dataclass
class _Desk:
    """What decisions of a year rest on: the plan, and what is decided already."""

    session: Session
    year: int
    open: dict[str, FromToRow]
    gone: Mapping[str, FromToRow]

    @classmethod
    def laid(cls, session: Session, year: int | None) -> "_Desk":
        """It, for a year of the plan.

        Raises:
            RuleBroken: if that is no year of the plan, or has been rolled over.
        """
        plan = session.exec(select(Plan)).one()
        year = plan.first_year if year is None else year
        if year < plan.first_year:
            raise RuleBroken("year", already(year))
        if year not in years_of(plan):
            raise RuleBroken("year", f"{year_name(year)} is no year of the plan, so nothing of it is left or carried.")
        connection = session.connection()
        return cls(session, year, open_fates(connection, year), gone_within(connection, year))

    def row(self, key: str) -> RowProposal:
        """A row as far as its decision rests on it.

        Raises:
            RuleBroken: if it is gone, is of another year, has left the plan, or is of a kind that nothing becomes of.
        """
        table = link_faults.tables_of(self._raw, [key]).get(key, "")
        if table in {"", "milestone"}:
            raise RuleBroken("row_id", "This row is no longer in the plan, or goes with the activity that it is of.")
        called = link_faults.row_called(self._raw, table, key)
        if key in self.gone and key not in self.open:
            told = FATES[self.gone[key].fate].told
            raise RuleBroken("row_id", f"The {called} has left the plan within {year_name(self.year)}: it {told}.")
        cells = row_of(self._raw, table, key) or {}
        own = cells.get("year") if table == ACTIVITY else self.year
        if own != self.year:
            raise RuleBroken("row_id", f"The {called} is not of {year_name(self.year)}, the year that is left.")
        title = " ".join(str(cells[name]) for name in kinds_of_row()[table].called_by if cells.get(name))
        return RowProposal(table, key, called, title, "", self.year, "kept", "")

    def proposed(self, key: str) -> WhatBecomes:
        """What is proposed for a row, whatever is decided."""
        activity = self.session.get(Activity, key)
        if activity is None:
            return "kept"
        statuses = {row.key: row for row in queries.statuses(self.session.connection())}
        return proposals.fate_by_status(statuses.get(activity.status_id or ""))

    def fate(self, key: str) -> WhatBecomes:
        """What becomes of a row: as it is decided, or else as it is proposed."""
        return self.open[key].fate if key in self.open else self.proposed(key)

    def cells(self, row: RowProposal, fate: WhatBecomes, given: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of an entry: what is given, and what was decided before or is proposed where that is not."""
        was = self.open.get(row.key)
        before = (
            {"reason": "", "texts": (), "refs": (), "into_id": None, "target": "", "due": self._proposed_due(row)}
            if was is None
            else {"reason": was.reason, "texts": was.texts, "refs": was.refs, "into_id": was.into and was.into.key}
            | {"target": was.target, "due": was.due}
        )
        cells: dict[str, Any] = {**before, **given, "fate": fate}
        cells["reason"] = str(cells["reason"]).strip() or self._own_reason(row, fate)
        if fate not in {"changed", "split"}:
            cells["texts"] = ()
        if fate not in {"merged", "changed"}:
            cells["into_id"] = None
        if fate not in GOES_ON and fate != "split":
            cells["refs"] = ()
        for name in ("texts", "refs"):
            cells[name] = _lines("\n".join(cells[name]))
        return cells

    def _proposed_due(self, row: RowProposal) -> date | None:
        if row.table != ACTIVITY:
            return None
        activity = rows.get(self.session, Activity, row.key)
        return dates.carried(activity.due, activity.forecast, activity.year)[0]

    def _own_reason(self, row: RowProposal, fate: WhatBecomes) -> str:
        """The reason that an activity gives itself, for what is proposed for it."""
        if row.table != ACTIVITY or fate != self.proposed(row.key):
            return ""
        return rows.get(self.session, Activity, row.key).reason.strip()

    def demand(self, row: RowProposal, cells: Mapping[str, Any]) -> None:
        """See that a decision keeps the rules.

        Raises:
            RuleBroken: if it does not; names the column, and says which row and what to do.
        """
        fate, texts, the = cells["fate"], cells["texts"], row.ref
        if fate in ASKS_WHY and not cells["reason"]:
            raise RuleBroken("reason", f"Say why the {the} {FATES[fate].told}: that is only done for a reason.")
        if fate == "split" and len(texts) < _SEVERAL:
            raise RuleBroken("texts", f"Write what the {the} is split into, one a line: at least two.")
        if fate == "split" and row.table not in {ACTIVITY, INDICATOR}:
            raise RuleBroken(
                "fate", f"The {the} is not split by the turn of the year: add what comes of it to the plan, and say so "
                "in the from-to table.",
            )  # fmt: skip
        if fate == "changed" and len(texts) > 1:
            raise RuleBroken("texts", f"The {the} is changed into one. Where it becomes several, it is split.")
        if fate == "changed" and row.table == ACTIVITY and not texts and cells["into_id"] is None:
            raise RuleBroken("texts", f"Write what the {the} becomes; where its words stay, it is carried forward.")
        most = max(len(texts), 1)
        if len(cells["refs"]) > most:
            raise RuleBroken("refs", f"More references are given than the {the} becomes rows, which is {most}.")
        if cells["target"] and row.table != INDICATOR:
            raise RuleBroken("target", f"The {the} has no target: only an indicator has.")
        if cells["target"]:
            self._demand_target(row.key, cells["target"])
        if row.table == ACTIVITY and cells["refs"]:
            demand_free(self.session, self.year + 1, cells["refs"])
        self.demand_goes_on(row, fate)
        if fate == "merged" or cells["into_id"] is not None:
            self._demand_whole(row, cells["into_id"])

    def _demand_target(self, key: str, target: str) -> None:
        """See that a text is a target of the year that follows."""
        try:
            targets.read_target(self.session, rows.get(self.session, Indicator, key), self.year + 1, target, None)
        except RuleBroken as unclear:
            raise RuleBroken("target", str(unclear)) from None

    def demand_goes_on(self, row: RowProposal, fate: WhatBecomes) -> None:
        """See that a row that others are merged with goes on.

        Raises:
            RuleBroken: if it would not.
        """
        if fate in GOES_ON:
            return
        merged = [other.row_key for other in self.open.values() if _merged_with(other, row.key)]
        if merged:
            names = listed(sorted(link_faults.row_called(self._raw, row.table, key) for key in merged))
            raise RuleBroken(
                "fate", f"The {row.ref} must go on, since {counted(len(merged), 'row')} {_are(merged)} merged with it: "
                f"the {names}. Decide of {'that' if len(merged) == 1 else 'those'} first.",
            )  # fmt: skip

    def _demand_whole(self, row: RowProposal, into: str | None) -> None:
        """See that what a row is merged with is another of its kind and year, and goes on itself."""
        if into is None:
            raise RuleBroken("into_id", f"Say what the {row.ref} is merged with.")
        if into == row.key:
            raise RuleBroken("into_id", f"The {row.ref} cannot be merged with itself.")
        why = why_not_into(self.session, row.table, self.year, into)
        if why:
            raise RuleBroken("into_id", f"The {row.ref} cannot be merged so: {why}")
        if self.fate(into) not in GOES_ON or into in self.gone:
            other, told = link_faults.row_called(self._raw, row.table, into), FATES[self.fate(into)].told
            raise RuleBroken(
                "into_id", f"The {row.ref} cannot be merged with the {other}, which does not go on: it {told}."
            )

    def keep(self, row: RowProposal, cells: Mapping[str, Any]) -> str:
        """Keep a decision, and give the key of its entry."""
        before = self.open.get(row.key)
        columns = {
            **cells,
            "texts": "\n".join(cells["texts"]),
            "refs": "\n".join(cells["refs"]),
            "decided_by": author(),
            "decided_on": self.session.exec(select(Plan)).one().today(),
        }
        if before is None:
            same = {"row_table": row.table, "row_id": row.key, "title": row.title[:_LONGEST], "year": self.year}
            key = rows.add(self.session, FromTo, **same, **columns)
        else:
            key = before.key
            rows.change(self.session, FromTo, key, **columns)
        self.open = open_fates(self.session.connection(), self.year)
        return key

    @property
    def _raw(self) -> sqlite3.Connection:
        return raw(self.session)


_LONGEST = 2100
"""Characters of what a row was called, at most."""


def why_not_into(session: Session, table: str, year: int, into: str) -> str:
    """Why rows of a kind and year cannot be merged with a row, in a sentence; "" if they can."""
    if link_faults.tables_of(raw(session), [into]).get(into) != table:
        return "what it is to be merged with is no longer in the plan, or of another kind."
    if table == ACTIVITY and rows.get(session, Activity, into).year != year:
        return f"what it is to be merged with is not of {year_name(year)}."
    return ""


def demand_free(session: Session, year: int, refs: Collection[str]) -> None:
    """See that no activity of a year has any of these references.

    Raises:
        RuleBroken: naming the first that one has.
    """
    query = select(Activity.ref).where(Activity.year == year, col(Activity.ref).in_(refs)).order_by(Activity.ref)
    ref = session.exec(query).first()
    if ref is not None:
        raise RuleBroken("refs", f"{year_name(year)} already has an activity {ref}. Choose another reference.")


def raw(session: Session) -> sqlite3.Connection:
    """The session's own connection, with all that was set written through it."""
    session.flush()
    return cast("sqlite3.Connection", session.connection().connection.driver_connection)


def already(year: int) -> str:
    """Why a year is not rolled over once more."""
    return f"{year_name(year)} has been rolled over already: what became of its rows stands. Undo that step first."


def _are(several: Collection[str]) -> str:
    return "is" if len(several) == 1 else "are"


def _merged_with(fate: FromToRow, key: str) -> bool:
    """Whether a row is to be joined with that of a key."""
    return fate.fate == "merged" and fate.into is not None and fate.into.key == key


def _lines(text: str) -> tuple[str, ...]:
    """The lines of a cell that holds one thing a line, those that are empty left out."""
    return tuple(line for part in text.splitlines() if (line := " ".join(part.split())))
