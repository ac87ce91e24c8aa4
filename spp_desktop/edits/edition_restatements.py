"""What an edition holds and is another now: restatements of figures and texts, with who made them, why, who approved.

They are not kept: the history gives what each edition holds (``store.since_editions``). Kept is why one was made, in
the account that is left of a changed figure, target or date, or as a person explains it here; and which revisions
were announced ahead.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlmodel import Session, select

from spp_desktop.edits import rows
from spp_desktop.edits.restated_words import RestatedInWords, RestatedWords
from spp_desktop.plan.editions import ExplainedChange, PlannedRevision
from spp_desktop.plan.held_by_editions import GONE, HELD
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import change_accounts, clock, editions, history, measured, queries, since_editions
from spp_desktop.store.change_accounts import Account, ChangeAccounts
from spp_desktop.store.editions import EditionRow
from spp_desktop.store.history import Revision
from spp_desktop.store.overview.reader import PlanReader
from spp_desktop.store.since_editions import ChangedCell

RestatedPlace = tuple[str, str, str, str]
"""What an explanation is of: the table and the key of a row, a column, and the id of the step that changed it."""


@dataclass(frozen=True)
class EditionRestatement:
    """A figure or text that editions hold and that is another now.

    Attributes:
        editions: the numbers of the editions that hold it as it was, in their order.
        table, key, column: the cell; the column is "" where a whole row came or went, and of what is told together,
            such as the owners of an activity, the name of the table that keeps them.
        row: what the row is called: "activity 3.04".
        what: the figure or text of it: "due".
        old: what those editions hold, as people write it; "" for nothing.
        new: what stands there now; "" for nothing.
        step: the step of the history that made it what it is.
        account: why, who approved it, and the revision announced ahead that it is, as far as that is known.
        marking: the key of the protective marking that the row bears, or bore when it was there; ``None`` for none.
    """

    editions: tuple[int, ...]
    table: str
    key: str
    column: str
    row: str
    what: str
    old: str
    new: str
    step: Revision
    account: Account
    marking: str | None = None

    @property
    def when(self) -> str:
        """When it was changed, in the person's own time."""
        return clock.local_time(self.step.at)

    @property
    def is_gone(self) -> bool:
        """Whether the whole row is there no more."""
        return self.column == GONE and not self.new

    @property
    def planned(self) -> bool:
        """Whether it was announced ahead."""
        return bool(self.account.planned)

    @property
    def place(self) -> RestatedPlace:
        """The cell, and the id of the step that changed it: what an explanation is of."""
        return self.table, self.key, self.column, self.step.id


@dataclass(frozen=True)
class EditionRestatements:
    """What has changed of what editions hold, and of which editions that cannot be said, in sentences."""

    restated: tuple[EditionRestatement, ...]
    unknown: tuple[str, ...] = ()


def restatements(plan: PlanReader, number: int | None = None) -> EditionRestatements:
    """What has changed of what an edition holds, by its number, or of what all of them hold; the oldest first.

    A change that several editions are affected by is listed once, for all of them that hold the same.
    """
    known = [row for row in plan.read(editions.editions) if number in (None, row.number)]
    cells = plan.read_beside(since_editions.changed_since, known)
    told = _Telling(plan).of(cells) if cells else ()
    return EditionRestatements(tuple(told), tuple(plan.read_beside(_unknown, known)))


def since_last(plan: PlanReader) -> tuple[EditionRow | None, EditionRestatements]:
    """The edition that was issued last, and what has changed of it; ``None`` and nothing before the first."""
    last = plan.read(editions.last_edition)
    return last, EditionRestatements(()) if last is None else restatements(plan, last.number)


@dataclass(frozen=True)
class AnnouncedRevision:
    """A revision of what was published that is announced and still to come.

    Attributes:
        title: what is revised.
        announced_on: when it was announced.
        expected: by when it is expected; ``None`` where no day is said.
        why: why.
        about: what the rows are called that it is of.
    """

    title: str
    announced_on: date
    expected: date | None
    why: str
    about: tuple[str, ...]


def announced(plan: PlanReader, today: date) -> list[AnnouncedRevision]:
    """The revisions that are announced and, on a day, still to come; the first expected first, without a day last."""
    linked = plan.read_beside(change_accounts.linked_rows)
    known = [
        AnnouncedRevision(row.title, row.announced_on, row.expected, row.why, linked.get(row.id, ()))
        for row in plan.read(queries.register, PlannedRevision)
        if row.expected is None or row.expected >= today
    ]
    return sorted(known, key=lambda each: (each.expected is None, each.expected or each.announced_on, each.title))


def _unknown(plan: Any, known: Sequence[EditionRow]) -> list[str]:
    return [
        f"What edition {row.number} holds stands as of a step that is not in this plan's history."
        for row in known
        if history.revision_named(plan, row.revision) is None
    ]


class _Telling:
    """Puts what is another now into words, with what is said of it."""

    def __init__(self, plan: PlanReader) -> None:
        scales = plan.read(measured.scales)
        shares = plan.read(measured.percentages)
        self._words: RestatedWords = plan.read_beside(RestatedWords, shares, scales)
        self._accounts = plan.read_beside(ChangeAccounts)
        self._plan = plan

    def of(self, cells: Iterable[ChangedCell]) -> list[EditionRestatement]:
        """Restatements of cells, in the order in which they were last changed."""
        joined = [cell for cell in cells if HELD[cell.table].joined]
        told = [self._told(cell) for cell in cells if not HELD[cell.table].joined]
        return sorted([*told, *self._joined(joined)], key=lambda each: (each.step.n, each.row, each.editions))

    def _told(self, cell: ChangedCell) -> EditionRestatement:
        return self._restatement(cell, cell.editions, (cell.table, cell.key, cell.column), self._words.of(cell))

    def _restatement(
        self, cell: ChangedCell, numbers: tuple[int, ...], place: tuple[str, str, str], told: RestatedInWords
    ) -> EditionRestatement:
        step = cast("Revision", self._plan.read_beside(history.revision_numbered, cell.revision))
        day = clock.local_day(step.at) if clock.moment(step.at) else date.max
        account = self._accounts.of(cell, place[1], place[2], step, day)
        marking = (cell.now or cell.before or {}).get("marking_id")
        return EditionRestatement(numbers, *place, told.row, told.what, told.old, told.new, step, account, marking)

    def _joined(self, cells: Collection[ChangedCell]) -> Iterator[EditionRestatement]:
        """What is told together: all owners of an activity that came and went, as one change of each edition."""
        lists: dict[tuple[str, str, str], dict[int, list[tuple[ChangedCell, RestatedInWords]]]] = {}
        for cell in cells:
            table, outer, told = self._words.joined(cell)
            place = table, outer, cell.table
            for number in cell.editions:
                lists.setdefault(place, defaultdict(list))[number].append((cell, told))
        for place, by_edition in lists.items():
            alike: dict[tuple[str, str], list[int]] = {}
            changes: dict[tuple[str, str], list[tuple[ChangedCell, RestatedInWords]]] = {}
            for number, parts in sorted(by_edition.items()):
                sides = _apart((told.old for _, told in parts), (told.new for _, told in parts))
                if any(sides):
                    alike.setdefault(sides, []).append(number)
                    changes[sides] = parts
            for (old, new), numbers in alike.items():
                latest, told = max(changes[old, new], key=lambda part: part[0].revision)
                yield self._restatement(latest, tuple(numbers), place, RestatedInWords(told.row, told.what, old, new))


def _apart(before: Iterable[str], after: Iterable[str]) -> tuple[str, str]:
    """Two lists in words, without what is in both."""
    old, new = Counter(filter(None, before)), Counter(filter(None, after))
    return "; ".join(sorted((old - new).elements())), "; ".join(sorted((new - old).elements()))


@dataclass(frozen=True)
class WhyRestated:
    """What is said of a restatement.

    Attributes:
        reason: why it was made.
        approved_by: who approved it; "" where nobody had to.
        approved_on: when; ``None`` where that is not said.
        planned_id: the key of the revision, announced ahead, that it is; ``None`` for none.
    """

    reason: str
    approved_by: str = ""
    approved_on: date | None = None
    planned_id: str | None = None


def explain(session: Session, places: Iterable[RestatedPlace], explanation: WhyRestated) -> None:
    """Say why what editions hold is another now, and who approved it; what was said of it before is said anew.

    A later change of the same cell is another restatement and asks anew.

    Raises:
        RuleBroken: if no reason is given, it is approved on a day by nobody, or the step of one is not in the history.
    """
    if not explanation.reason.strip():
        raise RuleBroken("reason", "Say why it was changed: it is printed in the next edition.")
    if explanation.approved_on is not None and not explanation.approved_by.strip():
        raise RuleBroken("approved_by", "Say who approved it on that day.")
    raw = cast("Any", session.connection().connection.driver_connection)
    values = {
        "reason": explanation.reason.strip(), "approved_by": explanation.approved_by.strip(),
        "approved_on": explanation.approved_on, "planned_id": explanation.planned_id,
    }  # fmt: skip
    for table, key, column, step in places:
        if history.revision_named(raw, step) is None:
            raise RuleBroken("step", "The step that made the change is not in this plan's history.")
        query = select(ExplainedChange.id).where(
            ExplainedChange.row_id == key, ExplainedChange.column_name == column, ExplainedChange.step == step
        )
        known = session.exec(query).first()
        if known is None:
            rows.add(session, ExplainedChange, row_table=table, row_id=key, column_name=column, step=step, **values)
        else:
            rows.change(session, ExplainedChange, known, **values)


def explain_each(session: Session, explanations: Mapping[RestatedPlace, WhyRestated]) -> None:
    """Say of several restatements why each was made, and who approved it; see ``explain``."""
    for place, explanation in explanations.items():
        explain(session, [place], explanation)
