"""Three copies of a plan and its hub at random: what people do in them, and what may come of it.

Each copy is worked in, merged with the others through the verbs that a window uses, and kept in step with the hub over
a line that is cut. Returns go out from one copy and come back to another. At the end all meet.
"""

import itertools
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from spp_desktop.edits import deciding, issuing, receiving, taking
from spp_desktop.edits.merging import applying, reviewing
from spp_desktop.edits.merging import deciding as merge_deciding
from spp_desktop.hub import exchanging, making, pulling
from spp_desktop.hub.problems import HubRefused
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store import chain, checking_chain, exports, past
from spp_desktop.store.merging.items import MergeChoice, MergeDecision, MergeItem
from spp_desktop.store.workspace import Workspace
from tests.edits.returns_file import File, Said, laid_out, text_cell
from tests.hub.copies_model import Met, Model, Values, rows_of
from tests.hub.copies_worked_in import HUB, NAMES, SOME_COPY, SOME_ROW, WorkedIn
from tests.store.merging import copies

POSTS = ("Post 1", "Post 2", "Post 3")
CHANGES = ("change", "conflict")
ANSWERS = ("percent", "reason", "done", "next")
Choices = list[MergeChoice | None]
CHOICES = st.lists(st.sampled_from(["ours", "theirs", None]), min_size=4)
LOST = 17
"""The place in the line's statements that stands for the answer to all of them."""


@dataclass
class Sent:
    """A return that went out: the file, from which step, what the plan said then; whether an answer was taken in."""

    file: File
    revision: str
    values: Values
    answered: bool = False


class Copies(WorkedIn):
    """The copies and the hub, which meet."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Sent] = []

    # Copies merged

    @rule(ours=SOME_COPY, theirs=SOME_COPY, choices=CHOICES)
    def merge(self, ours: str, theirs: str, choices: Choices) -> None:
        if ours != theirs:
            self.merged(ours, theirs, itertools.cycle(choices).__next__)

    def merged(self, ours: str, theirs: str, pick: Callable[[], MergeChoice | None], *, once: bool = False) -> None:
        """Merge a copy into another as it is in its file, and see what became of every cell of both."""
        plan, last = self.at(ours), self.plans[ours].revision()
        before, there = self.values(ours), self.values(theirs)
        file = Path(self.folder.name) / f"{theirs} sent.plan"
        shutil.copyfile(self.plans[theirs].path, file)
        with reviewing.opened(plan, file) as copy:
            review = reviewing.held_against(plan, copy)
            for item in review.undecided:
                review = merge_deciding.decided(plan, review, [item], pick())
            left = bool(review.undecided)
            taken = applying.apply(plan, review)
            assert bool(taken.left) == left
            after = self.values(ours)
            model, other = self.models[ours], self.models[theirs]
            self._demand_kept(Met(before, there, after, model.seen(), other.seen(), review.merge.asked))
            if plan.revision() != last and left:  # what is clear is taken in like any edit
                model.note(after, self.tokens)
            elif plan.revision() != last:
                self._knows_since(model, plan.revision(), other, after, review.merge.asked)
            if not (left or once):
                self._demand_nothing_twice(plan, copy)

    def _demand_kept(self, met: Met) -> None:
        """See what became of every cell of two that met."""
        self.let_go |= met.demand_kept()
        self.written |= met.now.items() - met.mine.items() - met.other.items()  # a reference that was offered

    def _knows_since(self, model: Model, step: str, other: Model, after: Values, asked: tuple[MergeItem, ...]) -> None:
        """Have a copy know what another had seen, as long as the step stands that merged the two."""
        rows_asked = {(part.table, part.key) for item in asked for part in (item, *item.along)}
        rows_asked |= {(item.table, str(item.rival["id"])) for item in asked if item.rival}
        decided = {(place, value) for place, value in after.items() if place[:2] in rows_asked}
        model.merged[step] = other.seen() | decided
        model.rows = rows_of(after)

    @staticmethod
    def _demand_nothing_twice(plan: Workspace, copy: reviewing.OtherCopy) -> None:
        """See that a copy that was merged has nothing more to say."""
        again = reviewing.held_against(plan, copy)
        assert not again.merge.clean
        assert not again.merge.asked
        assert not again.merge.says_something
        last = plan.revision()
        applying.apply(plan, again)
        assert plan.revision() == last

    # Returns

    @rule(name=SOME_COPY, owner=st.sampled_from(POSTS))
    def issue(self, name: str, owner: str) -> None:
        plan = self.at(name)
        content = issuing.prepare(plan, STATUS_RETURN, owner, year=2008, period="Q2")
        path = Path(self.folder.name) / "sent.xlsx"
        path.touch()
        issuing.record(plan, content, path)
        self.sent.append(Sent(laid_out(STATUS_RETURN, content), content.identity.revision, self.values(name)))

    @precondition(lambda self: any(sent.file.tables[0].rows for sent in self.sent))
    @rule(
        name=SOME_COPY,
        which=SOME_ROW,
        answers=st.lists(st.tuples(SOME_ROW, st.sampled_from(ANSWERS)), min_size=1, max_size=3),
        verdicts=st.lists(st.sampled_from(["accept", "accept", "reject", None]), min_size=3),
    )
    def receive(self, name: str, which: int, answers: list[tuple[int, str]], verdicts: list[Any]) -> None:
        """A return that went out from any copy is filled in and comes back to one."""
        full = [sent for sent in self.sent if sent.file.tables[0].rows]
        sent = full[which % len(full)]
        file = sent.file.copy()
        answered = {(self._answer(file, row, column), column) for row, column in answers}
        review = self._matched(name, sent, file)
        if review is None or (review.receipt is not None and review.receipt.state != "open"):
            return
        before = self.values(name)
        with self.deed(name) as plan:
            for difference, verdict in zip(review.differences, itertools.cycle(verdicts), strict=False):
                known = (difference.key, difference.field) in answered
                assert known or sent.answered or difference.kind not in CHANGES, "nobody answered that"
                with suppress(RuleBroken):
                    review = deciding.decided(plan, review, [difference], verdict)
            taken = taking.apply(plan, [review])
            rows_answered = {key for key, _ in answered}
            after = self.values(name)
            for place, value in () if sent.answered else after.items() - before.items():
                key = place[1] if place[0] == "activity" else after.get((*place[:2], "activity_id"))
                assert key in rows_answered, f"nobody answered {value} at {place}"
            sent.answered = sent.answered or bool(taken.accepted)

    def _answer(self, file: File, row: int, column: str) -> str:
        """Answer in a cell of a return; the key of its row."""
        lines, token = file.tables[0].rows, next(self.tokens)
        line = lines[row % len(lines)]
        line.put(column, Said(text_cell(f"{token % 101}%" if column == "percent" else f"v{token}"), "value"))
        return line.truth

    def _matched(self, name: str, sent: Sent, file: File) -> Any:
        """A return held against a copy: known wherever the step is from which it went out, with what it said then."""
        plan = self.at(name)
        try:
            review = receiving.held_against(plan, file.received())
        except ReturnRefused:
            assert plan.read_beside(past.since, sent.revision) is None, "a return was not known again"
            return None
        for difference in review.differences:
            place = "activity", difference.key, difference.field
            if place in sent.values and difference.kind in CHANGES and not sent.answered:
                assert difference.issued == (sent.values[place] or None), "it was another when it went out"
        return review

    # The hub

    @contextmanager
    def reached(self, cut: int) -> Iterator[None]:
        """The hub over a line that is cut at a statement, or whose last answer is lost; with 0 it holds."""
        self.line.left, self.line.answer_lost = (0, True) if cut == LOST else (cut, False)
        try:
            yield
        except HubRefused as refused:
            if refused.kind not in ("newer steps", "conflict", "cut off" if cut else ""):
                raise
        finally:
            self.line.left, self.line.answer_lost = 0, False

    @property
    def address(self) -> str:
        assert self.server is not None
        return self.server.address(self.database)

    def head(self) -> tuple[str, int]:
        """The newest step of the hub, and how many it has."""
        assert self.server is not None
        schema = making.schema_of(self.keys["plan"])
        query = f"SELECT id, (SELECT count(*) FROM {schema}.revision) FROM {schema}.head"
        return self.server.run(query, database=self.database)[0]

    has_hub = precondition(lambda self: self.server is not None)
    cuts = st.integers(-12, LOST).map(lambda cut: max(cut, 0))

    @has_hub
    @rule(name=SOME_COPY, cut=cuts)
    def push(self, name: str, cut: int) -> None:
        before, newest = self.head(), self.at(name).read_beside(chain.newest)
        assert newest is not None
        with self.reached(cut):
            exchanging.push(self.plans[name], self.address)
        head = self.head()
        assert head in (before, (newest.id, newest.n)), "a push came in half"
        if head[0] == newest.id:
            self.hub, self.models[HUB] = self.values(name), self.models[name].copy()

    @has_hub
    @rule(name=SOME_COPY, cut=cuts, choices=CHOICES)
    def pull(self, name: str, cut: int, choices: Choices) -> None:
        plan, before = self.at(name), self.values(name)
        last, head = plan.read_beside(chain.newest), self.head()
        with self.reached(cut):
            self._pulled(name, before, itertools.cycle(choices).__next__)
        assert self.head() == head, "a pull changed the hub"
        if plan.read_beside(chain.newest) == last:
            assert self.values(name) == before

    def _pulled(self, name: str, before: Values, pick: Callable[[], MergeChoice | None]) -> None:
        plan, model = self.plans[name], self.models[name]
        reviewed = pulling.review(plan, self.address)
        asked = reviewed.merge.asked if reviewed.merge is not None else ()
        picked = {item.subject: pick() for item in asked}
        pulling.take(plan, reviewed, {key: MergeDecision(choice) for key, choice in picked.items() if choice})
        after = self.values(name)
        if reviewed.merge is None and not reviewed.made.revisions:
            assert after == before
            return
        self.models[name] = self.models[HUB].copy()
        if reviewed.merge is None:
            assert after == self.hub, "what was pulled is not what the hub has"
            return
        self._demand_kept(Met(self.hub, before, after, self.models[HUB].seen(), model.seen(), asked))
        merges = (step for step in plan.history() if step.kind == "merged")
        newest = next(merges, None)
        if newest is not None and newest.n > reviewed.made.revisions[-1].n:
            self._knows_since(self.models[name], newest.id, model, after, asked)
        again = pulling.review(plan, self.address)
        assert again.merge is None
        assert not again.made.revisions

    # All meet

    def meet(self) -> None:
        """Have all meet until nobody has anything new, and see that they hold the same, and that nothing is lost."""
        issued = [sent for sent in self.sent if any(self._has_record(name, sent) for name in NAMES)]
        for _ in range(5):
            before = [self.plans[name].revision() for name in NAMES]
            for name in NAMES if self.server is not None else ():
                self.pull(name, 0, ["theirs"])
                self.push(name, 0)
            for ours, theirs in itertools.permutations(NAMES, 2):
                self.merged(ours, theirs, lambda: "theirs", once=True)
            if before == [self.plans[name].revision() for name in NAMES]:
                break
        first, *others = (copies.content(self.plans[name]) for name in NAMES)
        for other in others:
            assert other == first
        if self.server is not None:
            self._demand_hub_holds(first)
        lost = self.written - self.let_go - set(self.values("A").items())
        assert not lost, f"lost by nobody's doing: {lost}"
        for sent, name in zip(issued, itertools.cycle(NAMES), strict=False):
            review = self._matched(name, sent, sent.file.copy())
            assert review is not None, "a return is not known where its copy was merged"
            assert sent.answered or not [each for each in review.differences if each.kind in CHANGES]
            assert self._has_record(name, sent), "its record stayed behind"

    def _has_record(self, name: str, sent: Sent) -> bool:
        """Whether a copy knows that a return went out; one that was begun anew from an earlier version may not."""
        return self.plans[name].read_beside(exports.find, sent.file.export) is not None

    def _demand_hub_holds(self, content: dict[str, dict[str, dict[str, Any]]]) -> None:
        """See that the hub's own tables hold what the copies hold."""
        with psycopg.connect(self.address) as connection:
            connection.execute(f"SET search_path = {making.schema_of(self.keys['plan'])}".encode())
            for table, columns, there in making.rows_there(connection):
                wanted = [tuple(row[column] for column in columns) for row in content.get(table, {}).values()]
                assert sorted(map(repr, there)) == sorted(map(repr, wanted)), table

    def teardown(self) -> None:
        try:
            if self.plans and sys.exc_info()[0] is None:
                self.meet()
                for plan in self.plans.values():
                    assert list(plan.read_beside(checking_chain.broken_chain)) == []
        finally:
            for plan in self.plans.values():
                plan.close()
            self.folder.cleanup()
            if self.server is not None:
                self.server.run(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
