"""A plan's table taken in as one step: what is new is added, what differs is changed where that is wanted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import true
from sqlmodel import Session

from spp_desktop.edits import delivery, performance, priorities, rows
from spp_desktop.edits.plan_in.kept_columns import keep_columns
from spp_desktop.edits.plan_in.proposal import HOME_COLUMNS, PlanProposal
from spp_desktop.edits.plan_in.proposed_rows import ProposedRow
from spp_desktop.edits.plan_in.questions import NEW
from spp_desktop.edits.plan_in.standing import newest_step
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.rows import Row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import listed
from spp_desktop.returns.plan_tables.columns import PlanColumns
from spp_desktop.returns.plan_tables.entries import PlanEntry
from spp_desktop.store import queries

_ORDER: tuple[type[Row], ...] = (Priority, Theme, Commitment, Activity, Milestone, Indicator)


class NamedPlanColumns(NamedTuple):
    """What the columns of a table hold, with the name under which that is kept for the next one."""

    title: str
    columns: PlanColumns


def counted(proposal: PlanProposal, *fates: str) -> str:
    """What has one of these fates, in words: "3 priorities, 40 activities and 12 posts"."""
    several = {model: sum(row.model is model and row.fate in fates for row in proposal.rows) for model in _ORDER}
    words = [model.word.counted(count) for model, count in several.items() if count]
    if "new" in fates and proposal.posts:
        words.append(Post.word.counted(len(proposal.posts)))
    return listed(words) if words else ""


def label(proposal: PlanProposal, *, update: bool = False) -> str:
    """What the step is called: "import 40 activities from plan.docx"."""
    what = counted(proposal, "new", *(("differs",) if update else ())) or "a plan's columns"
    return f"import {what} from {proposal.name}"


def take(
    session: Session,
    proposal: PlanProposal,
    *,
    update: bool = False,
    reason: str = "",
    columns: NamedPlanColumns | None = None,
) -> None:
    """Put into the plan what was proposed.

    Args:
        session: The session of the revision.
        proposal: What would come in.
        update: Whether rows that are there already and differ are changed.
        reason: Why they are, of which the table says it for none; without one, what asks for a reason stays as it is.
        columns: What the columns hold, to be kept under a name.

    Raises:
        RuleBroken: if the plan has changed since it was looked at, a question is open, or a value breaks a rule.
    """
    if newest_step(session.connection()) != proposal.revision:
        raise RuleBroken("", "The plan has changed since the table was looked at. Look again at what would come in.")
    if proposal.undecided:
        question = proposal.undecided[0]
        raise RuleBroken("", f"{question.place}: {question.sentence} Say what is meant.")
    if columns is not None:
        keep_columns(session, columns.title, columns.columns)
    taking = _Taking(session, proposal.with_reason(reason), reason)
    taking.add_levels()
    taking.add_activities()
    taking.add_the_rest()
    if update:
        taking.change()


class _Taking:
    """Puts rows into the plan."""

    def __init__(self, session: Session, proposal: PlanProposal, reason: str) -> None:
        self._session, self._proposal = session, proposal
        self._keys: dict[PlanEntry, str] = {row.entry: row.key for row in proposal.rows if row.key}
        self._models = {row.entry: row.model for row in proposal.rows}
        self._reason = reason.strip() or f"Imported from {proposal.name}."
        self._groups: dict[str, str] = {
            fold(row.title): row.id for row in reversed(queries.register(session.connection(), IndicatorGroup))
        }
        self._posts = {fold(name): rows.add_placed(session, Post, true(), None, title=name) for name in proposal.posts}

    def _new(self, *models: type[Row]) -> list[ProposedRow]:
        return [row for row in self._proposal.rows if row.fate == "new" and row.model in models]

    def add_levels(self) -> None:
        """Add what stands at the levels, from the top."""
        for row in self._new(Priority, Theme, Commitment):
            above = "" if row.entry.above is None else self._keys[row.entry.above]
            words = str(next(iter(row.values.values())))
            if row.model is Priority:
                key = priorities.add_priority(self._session, words)
            elif row.model is Commitment:
                key = priorities.add_commitment(self._session, above, words)
            else:
                assert row.entry.above is not None
                parent = above if self._models[row.entry.above] is Theme else None
                key = priorities.add_theme(self._session, self._top(row.entry), words, parent_id=parent)
            self._keys[row.entry] = key

    def _top(self, entry: PlanEntry) -> str:
        """The key of the priority that an entry stands under."""
        while entry.above is not None:
            entry = entry.above
        return self._keys[entry]

    def add_activities(self) -> None:
        """Add activities: those with a reference first, so that the next free ones are free."""
        new = self._new(Activity)
        for row in sorted(new, key=lambda row: "ref" not in row.values):
            values = {name: value for name, value in row.values.items() if name not in ("text", "ref", "owners")}
            self._keys[row.entry] = delivery.add_activity(
                self._session,
                self._proposal.year,
                self._top(row.entry),
                row.values["text"],
                ref=row.values.get("ref"),
                after=None if "ref" in row.values else self._before(row),
                owners=self._owners(row.values.get("owners", ())),
                **values,
                **self._home(row.entry),
            )

    def _before(self, row: ProposedRow) -> str | None:
        """The activity that stands before this one in the table, under the same priority."""
        above = self._proposal.rows[: self._proposal.rows.index(row)]
        top = self._top(row.entry)
        return next((
            self._keys[other.entry]
            for other in reversed(above)
            if other.model is Activity and other.entry in self._keys and self._top(other.entry) == top
        ), None)  # fmt: skip

    def _home(self, entry: PlanEntry) -> dict[str, str]:
        """The column that says at which lower level an activity stands."""
        assert entry.above is not None
        column = HOME_COLUMNS.get(self._models[entry.above])
        return {column: self._keys[entry.above]} if column else {}

    def _owners(self, posts: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._posts[fold(post.removeprefix(NEW))] if post.startswith(NEW) else post for post in posts)

    def add_the_rest(self) -> None:
        """Add milestones and indicators."""
        for row in self._new(Milestone):
            assert row.entry.above is not None
            values = dict(row.values)
            delivery.add_milestone(self._session, self._keys[row.entry.above], values.pop("title"), **values)
        for row in self._new(Indicator):
            values = {name: value for name, value in row.values.items() if ":" not in name}
            group = self._group(str(values.pop("group")))
            key = performance.add_indicator(self._session, group, values.pop("title"), **values)
            self._set_targets(key, row.values)

    def _group(self, title: str) -> str:
        if fold(title) not in self._groups:
            self._groups[fold(title)] = performance.add_group(self._session, title)
        return self._groups[fold(title)]

    def _set_targets(self, key: str, values: Mapping[str, Any]) -> None:
        if cells := [(key, name, value) for name, value in values.items() if ":" in name]:
            performance.set_cells(self._session, cells, self._reason)

    def change(self) -> None:
        """Change what is there already and differs."""
        cells: dict[type[Row], list[tuple[str, str, Any]]] = defaultdict(list)
        for row in self._proposal.rows:
            if row.fate != "differs":
                continue
            changes = dict(row.changes)
            if "owners" in changes:
                changes["owners"] = self._owners(changes["owners"])
            if homes := changes.keys() & set(HOME_COLUMNS.values()):  # an activity stands at one level alone
                changes |= dict.fromkeys(set(HOME_COLUMNS.values()) - homes)
            cells[row.model] += [(row.key, name, value) for name, value in changes.items()]
        delivery.set_cells(self._session, cells[Activity], reason=self._reason)
        delivery.set_milestones(self._session, cells[Milestone], reason=self._reason)
        if cells[Indicator]:
            performance.set_cells(self._session, cells[Indicator], self._reason)
