"""What would come in from a plan's table: what is new, what is already there, what differs, and what is asked.

Nothing is changed by it. What is already there is known by its reference, else by the same words under the same parent.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from spp_desktop.edits.plan_in.asked_why import AsksWhy, asking_why
from spp_desktop.edits.plan_in.cell_values import PlanCellReader
from spp_desktop.edits.plan_in.measured import indicator_values, targets_of
from spp_desktop.edits.plan_in.proposed_rows import EntryFate, ProposedRow
from spp_desktop.edits.plan_in.questions import NEW, NOTHING, PlanAsking, PlanQuestion, QuestionKind
from spp_desktop.edits.plan_in.standing import PlanStanding, standing
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.kinds.day_or_period import LastDay
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.performance import Indicator
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.rows import Row, check, title_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import spoken
from spp_desktop.returns.plan_tables.columns import levels
from spp_desktop.returns.plan_tables.entries import PlanEntry, PlanSayings

HOME_COLUMNS: Mapping[type[Row], str] = {Theme: "theme_id", Commitment: "commitment_id"}
"""The column of an activity that says at which lower level it stands, by the kind of row of that level."""


@dataclass(frozen=True)
class PlanProposal:
    """All that would come in.

    Attributes:
        name: The file's name.
        year: The year of the activities, by its first calendar year.
        rows: All that the table says, in its order.
        questions: What a person is asked, with the answers so far.
        left: Sentences on what is left out, each with its cell.
        posts: The names of posts that would be added.
        revision: The step of the plan's history that it was held against.
        asks_why: What would change only for a reason, which the table does not give.
    """

    name: str
    year: int
    rows: tuple[ProposedRow, ...]
    questions: tuple[PlanQuestion, ...]
    left: tuple[str, ...]
    posts: tuple[str, ...]
    revision: str
    asks_why: tuple[AsksWhy, ...] = ()

    def with_reason(self, reason: str) -> "PlanProposal":
        """What would come in of what is there and differs where this is the reason; without one, what asks stays."""
        if reason.strip() or not self.asks_why:
            return self
        staying = {(id(each.row), each.name) for each in self.asks_why}
        kept = tuple(_without(row, {name for name in row.changes if (id(row), name) in staying}) for row in self.rows)
        left = (*self.left, *(each.sentence for each in self.asks_why))
        return replace(self, rows=kept, left=left, asks_why=())

    def count(self, *fates: EntryFate) -> int:
        """How many rows have one of these fates."""
        return sum(row.fate in fates for row in self.rows)

    @property
    def has_activities(self) -> bool:
        """Whether activities, which are of the year, are among what would come in."""
        return any(row.model is Activity and row.fate in {"new", "differs"} for row in self.rows)

    @property
    def undecided(self) -> list[PlanQuestion]:
        """The questions that a person must still answer."""
        return [question for question in self.questions if question.answer is None]


def propose(  # noqa: PLR0917 - the table, the year it is for, and what was answered
    connection: Connection,
    name: str,
    told: PlanSayings,
    year: int,
    answers: Mapping[str, str] | None = None,
    usual: Mapping[QuestionKind, str] | None = None,
) -> PlanProposal:
    """Hold what a table says against the plan.

    Args:
        connection: The plan.
        name: The file's name.
        told: What the table says.
        year: The year of its activities, by its first calendar year.
        answers: What was answered, by the keys of questions.
        usual: What is answered to all questions of a kind.
    """
    asking = PlanAsking(answers or {}, usual or {})
    proposer = _Proposer(standing(connection, year), asking)
    rows = [proposer.row(entry) for entry in told.entries]
    left = [*told.left, *proposer.left, *(f"{row.entry.place}: {row.why}" for row in rows if row.fate == "left")]
    posts = tuple(proposer.cells.new_posts.values())
    newest = proposer.plan.revision
    asked, why = tuple(asking.questions.values()), asking_why(connection, rows)
    return PlanProposal(name, year, tuple(rows), asked, tuple(left), posts, newest, why)


def _without(row: ProposedRow, names: Collection[str]) -> ProposedRow:
    """A row that leaves some of its columns as they are."""
    if not names:
        return row
    changes = {name: value for name, value in row.changes.items() if name not in names}
    stays = replace(row, changes=changes, why=_differing(row.model, changes) if changes else "")
    stays.fate = "differs" if changes else "same"
    return stays


def _differing(model: type[Row], names: Iterable[str]) -> str:
    """In what a row differs, in words."""
    return f"differs in {', '.join(dict.fromkeys(_title(model, name) for name in names))}"


def level_model(depth: int) -> type[Row]:
    """The kind of row that stands at a level, 0 at the top."""
    if depth == 0:
        return Priority
    return Commitment if spoken().sentence is not None and depth == len(levels()) - 1 else Theme


class _Proposer:
    """Holds one entry after another against the plan."""

    def __init__(self, plan: PlanStanding, asking: PlanAsking) -> None:
        self.plan, self._asking = plan, asking
        self.cells = PlanCellReader(plan, asking)
        self.left: list[str] = []
        self._rows: dict[PlanEntry, ProposedRow] = {}
        self._refs: dict[str, PlanEntry] = {}
        self._indicators: dict[str, PlanEntry] = {}

    def row(self, entry: PlanEntry) -> ProposedRow:
        """What becomes of an entry; what hangs on something that is left out is left out with it."""
        ways: Mapping[str, Callable[[PlanEntry], ProposedRow]] = {
            "level": self._level, "activity": self._activity,
            "milestone": self._milestone, "indicator": self._indicator,
        }  # fmt: skip
        above = None if entry.above is None else self._rows[entry.above]
        if above is not None and above.fate == "left" and entry.kind != "indicator":
            row = ProposedRow(entry, "left", above.model, why="what it stands under is left out.")
        else:
            row = ways[entry.kind](entry)
        self._rows[entry] = row
        return row

    def _key(self, entry: PlanEntry | None) -> str:
        return "" if entry is None else self._rows[entry].key

    # Levels

    def _level(self, entry: PlanEntry) -> ProposedRow:
        model = level_model(entry.depth)
        column = "text" if model is Commitment else "title"
        above = self._key(entry.above)
        if entry.depth and entry.above is None:
            why = f"this {levels()[entry.depth].singular} has no {levels()[0].singular} above it."
            return ProposedRow(entry, "left", model, why=why)
        if not entry.depth or above:
            known = (self.plan.levels.get((above, fold(words)), "") for words in (entry.whole, entry.words))
            if key := next(filter(None, known), ""):
                return ProposedRow(entry, "same", model, key)
        return self._checked(ProposedRow(entry, "new", model, values={column: entry.words}))

    def _checked(self, row: ProposedRow) -> ProposedRow:
        """The row, left out where a value breaks a rule of the plan."""
        try:
            check(row.model, {name: value for name, value in row.values.items() if name in row.model.model_fields})
        except RuleBroken as broken:
            row.fate, row.why = "left", str(broken)
        return row

    # Activities

    def _activity(self, entry: PlanEntry) -> ProposedRow:
        home = self._home(entry)
        if home is None:
            top = levels()[0]
            why = f"no {top.singular} stands above it. Choose under which {top.singular} the rows stand."
            return ProposedRow(entry, "left", Activity, why=why)
        columns = self.cells.of_activity(entry.cells)
        ref = self._reference(entry)
        if ref is None:
            return ProposedRow(entry, "left", Activity, why=f"the reference {entry.ref} stands twice in the table.")
        values = {"text": entry.words, **({"ref": ref} if ref else {}), **columns}
        by_text = self.plan.by_text.get((home["priority_id"], fold(entry.words)), "")
        key = self.plan.by_ref.get(fold(ref), "") if ref else by_text
        if not key:
            return self._checked(ProposedRow(entry, "new", Activity, values=values))
        before = self.plan.activities[key]._asdict() | {"owners": self.plan.owners.get(key, ())}
        values |= {name: value for name, value in home.items() if value}
        return self._compared(ProposedRow(entry, "same", Activity, key, values), before)

    def _home(self, entry: PlanEntry) -> dict[str, str] | None:
        """The columns that say where an activity stands, as far as that is in the plan; ``None`` for nowhere."""
        if entry.above is None:
            return None
        key, column = self._key(entry.above), HOME_COLUMNS.get(self._rows[entry.above].model)
        return {"priority_id": self.plan.priority_of.get(key, ""), **({column: key} if column and key else {})}

    def _reference(self, entry: PlanEntry) -> str | None:
        """The reference of an activity; "" for the next free one, ``None`` if it is left out because it is doubled."""
        first = self._refs.setdefault(fold(entry.ref), entry) if entry.ref else entry
        if first is entry:
            return entry.ref
        place, earlier = (each.cells["ref"].place if "ref" in each.cells else each.place for each in (entry, first))
        answer = self._asking.ask(PlanQuestion(
            f"reference {place}", "reference", entry.ref, place,
            f"The reference {entry.ref} stands in {earlier} too, with other words.",
            ((NEW, "Give it the next free reference"), (NOTHING, "(left out)")), None,
        ))  # fmt: skip
        return "" if answer == NEW else None

    def _compared(self, row: ProposedRow, standing_cells: Mapping[str, Any]) -> ProposedRow:
        """The row, which is there already, with what differs from it."""
        for name, value in row.values.items():
            before = standing_cells.get(name)
            alike = fold(value) == fold(str(before or "")) if isinstance(value, str) else value == before
            if not alike:
                row.changes[name] = value
        if row.changes:
            row.fate = "differs"
            row.why = _differing(row.model, row.changes)
        return self._checked(row)

    def _milestone(self, entry: PlanEntry) -> ProposedRow:
        values = {"title": entry.words, **self.cells.of_milestone(entry.cells)}
        before = self.plan.milestones.get((self._key(entry.above), fold(entry.words)))
        if before is None:
            return self._checked(ProposedRow(entry, "new", Milestone, values=values))
        standing_cells = before._asdict() | {"due": LastDay.of(before.due, before.due_within)}
        return self._compared(ProposedRow(entry, "same", Milestone, before.id, values), standing_cells)

    # Indicators

    def _indicator(self, entry: PlanEntry) -> ProposedRow:
        name = entry.ref or entry.words
        key = self.plan.indicator_by.get(fold(name), "")
        if self._indicators.setdefault(fold(name), entry) is not entry:
            return ProposedRow(entry, "left", Indicator, key, why=f"the indicator {name} stands twice in the table.")
        before = self.plan.indicators[key] if key else None
        values = indicator_values(entry, before, self._asking)
        targets, unread = targets_of(entry, values, before, self.plan.years)
        self.left += unread
        if before is None:
            row = self._checked(ProposedRow(entry, "new", Indicator, values=values))
            row.values |= targets
            return row
        stated = {name: self.plan.targets.get((key, _year_of(name)), "") for name in targets}
        group = self.plan.groups.get(fold(str(values.pop("group", ""))))
        grouped = {"group_id": group} if group and "group" in entry.cells else {}
        row = ProposedRow(entry, "same", Indicator, key, values | targets | grouped)
        return self._compared(row, before._asdict() | stated)


def _year_of(name: str) -> int | None:
    named = name.partition(":")[2]
    return int(named) if named.isdigit() else None


def _title(model: type[Row], name: str) -> str:
    """What a column is called in a sentence."""
    return title_of(model, name) if name in model.model_fields else name.partition(":")[0]
