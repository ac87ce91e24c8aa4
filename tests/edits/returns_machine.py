"""Returns as people really treat them: a machine of random deeds, and a model that says what each may do to the plan.

The model knows what was typed where, and which row it truly is about. After every step it proves: no accepted value
lost, no unaccepted value applied, no change to a row that is not in the file, nothing written by looking.
"""

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from spp_desktop.edits import deciding, issuing, outcomes, receiving, reviewing, taking
from spp_desktop.edits.differences import Difference
from spp_desktop.edits.return_rows import facts
from spp_desktop.plan.periods import quarter_end
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue import return_named
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Content, Return, Value
from spp_desktop.returns.intake import Received
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store import receipts
from spp_desktop.store.receipts import Verdict
from spp_desktop.store.workspace import Workspace
from tests.edits.returns_deeds import DEEDS, Draw, answers
from tests.edits.returns_desk import Handed, Kept, Keys
from tests.edits.returns_file import File, Said, laid_out
from tests.edits.returns_model import Entry, Issue, Place, Reader, State
from tests.edits.returns_plan import PLAN_DEEDS, POSTS
from tests.edits.returns_taken import Taken, check_taken_in, new_row


class Returns(RuleBasedStateMachine):
    """A plan, the returns sent out from it, and the files as they stand on people's desks."""

    plan: Path
    """The plan that each run begins with."""

    keys = Keys()

    def __init__(self) -> None:
        super().__init__()
        self.keys.begin(1_000)
        self.path = shutil.copyfile(self.plan, self.plan.with_name("worked on.plan"))
        self.workspace = Workspace.open(self.path)
        self.issues: dict[str, Issue] = {}
        self.files: list[File] = []
        self.desk: list[Handed] = []
        self.kept: dict[str, Kept] = {}
        self.steps: list[tuple[str, State, State]] = []
        self.undone: list[tuple[str, State, State]] = []

    def teardown(self) -> None:
        self.workspace.close()
        self.path.unlink()

    def state(self) -> State:
        tables = self.workspace.as_at(self.workspace.revision())
        assert tables is not None
        return State(tables)

    @property
    def standing(self) -> set[str]:
        return {"", *(revision for revision, _, _ in self.steps)}

    def _stepped(self, before: State) -> None:
        """Note that the plan may have made a step."""
        after = self.state()
        if after.tables != before.tables:
            self.steps.append((self.workspace.revision(), before, after))
            self.undone = []

    # Issuing, and the plan's own life

    @initialize(owner=st.sampled_from(POSTS), data=st.data())
    def begin(self, owner: str, data: st.DataObject) -> None:
        self._issue(STATUS_RETURN, owner, "Q2")
        self._scribble(data.draw, self.files[0])

    @rule(
        name=st.sampled_from(["status", "status", "status", "delivery-plan"]),
        owner=st.sampled_from([*POSTS, ""]),
        period=st.sampled_from(["Q2", "Q2", "Q3"]),
    )
    def issue(self, name: str, owner: str, period: str) -> None:
        definition = return_named(name)
        assert definition is not None
        self._issue(definition, owner, period if definition.id == STATUS_RETURN.id else "")

    def _issue(self, definition: Return, owner: str, period: str) -> None:
        before = self.state()
        content = issuing.prepare(self.workspace, definition, owner, year=2008, period=period)
        self._send(definition, content)
        assert self.state().tables == before.tables
        ends = quarter_end(2008, int(period[1])).isoformat() if period else ""
        issue = Issue(content.identity.export, definition, content.plan, owner, ends, before)
        for listing, lines in zip(definition.listings, content.tables, strict=True):
            assert {line.key for line in lines} == issue.listed(listing.source)
            for line in lines:
                for column in listing.columns_for(content.plan.years):
                    if not column.computed:
                        held = issue.value(before, (listing.source, line.key, column.field))
                        assert line.values[column.field] == held, (line, column)
        self.issues[issue.id] = issue
        self.files.append(laid_out(definition, content))

    def _send(self, definition: Return, content: Content) -> None:
        sent = self.plan.with_name("sent.xlsx")
        sent.touch()
        issuing.record(self.workspace, content, sent)

    @rule(data=st.data())
    def plan_goes_on(self, data: st.DataObject) -> None:
        """The officer works on the plan itself."""
        for _ in range(data.draw(st.integers(1, 4))):
            before = self.state()
            with suppress(RuleBroken):
                data.draw(st.sampled_from(PLAN_DEEDS))(self.workspace, data.draw, before)
            self._stepped(before)

    # What people do to the files

    @rule(data=st.data())
    def fill_in(self, data: st.DataObject) -> None:
        """A file is filled in, for the first time or to correct what was handed in already."""
        self._scribble(data.draw, data.draw(st.sampled_from(self.files)))

    def _scribble(self, draw: Draw, file: File) -> None:
        for _ in range(draw(st.integers(1, 5))):
            deed = draw(st.sampled_from(DEEDS))
            deed(draw, file, draw(st.sampled_from(file.tables)))

    # Receiving

    @rule(data=st.data())
    def receive(self, data: st.DataObject) -> None:
        """Some files come back, each for itself checked, then seen together."""
        if not data.draw(st.booleans()) and len(self.files) > 1:
            chosen = data.draw(st.lists(st.sampled_from(range(len(self.files))), min_size=2, max_size=3, unique=True))
        else:
            chosen = [data.draw(st.sampled_from(range(len(self.files))))]
        self._receive([self.files[n] for n in chosen])

    def _receive(self, files: list[File]) -> None:
        bytes_before = self.path.read_bytes()
        handed = [one for one in map(self._hand_in, files) if one is not None]
        seen = reviewing.together([one.review for one in handed])
        assert self.path.read_bytes() == bytes_before, "a file was only looked at, and the plan's file changed"
        for one, review in zip(handed, seen, strict=True):
            one.review = review
        self.desk = handed

    def _hand_in(self, file: File) -> Handed | None:
        received = self._came_in(file)
        try:
            review = receiving.held_against(self.workspace, received)
        except ReturnRefused:
            assert file.identity is None, "a return that says what it is was refused"
            return None
        issue, now = self.issues[file.export], self.state()
        reader = Reader(file.copy(), issue, now, self.standing, received.file_hash)
        if review.identity.export != file.export:
            assert file.identity is None, "a return was taken for another"
            assert not reader.any_sure(), "keys were there, and the return was taken for another"
            assert not deciding.accepted(review), "an answer to another return is taken in unasked"
            return None
        handed = Handed(file.copy(), issue, review, now, {}, {})
        if self._closed(handed.mark):
            assert not review.differences
            handed.closed = True
            return handed
        self._remember(handed)
        back = self.kept[handed.mark].kept_back if handed.mark in self.kept else set()
        reader.check(review, set(handed.decided) | back, handed.expected, self._added(handed.mark))
        return handed

    def _came_in(self, file: File) -> Received:
        return file.received()

    def _closed(self, mark: str) -> bool:
        """Whether everything has been done with a file: it was taken in, and that stands; or a later one came."""
        one = self.kept.get(mark)
        if one is None or one.state == "open":
            return False
        return one.state == "superseded" or set(one.revisions) <= self.standing

    def _added(self, mark: str) -> set[str]:
        """The rows that this very file proposed, and that the plan was given."""
        those = self.kept[mark].added if mark in self.kept else []
        return {subject for subject, revision in those if revision in self.standing}

    def _remember(self, handed: Handed) -> None:
        """See that what was decided earlier about this very file is known again, unless the plan changed just there."""
        known = self.kept[handed.mark].decided if handed.mark in self.kept else {}
        asked = {one.subject: one for one in handed.review.differences}
        for subject, (said, typed, then) in known.items():
            one = asked.get(subject)
            place = (one.source.name, one.key, one.field) if one else ("", "", "")
            same = handed.issue.value(then, place) == handed.issue.value(handed.then, place)
            if same or said == "reject" or one is None or not one.field or one.gone:
                handed.decided[subject] = said, typed
        held = {subject: one.verdict for subject, one in handed.review.decisions.items()}
        wanted = {subject: said for subject, (said, _) in handed.decided.items()}
        assert held == wanted, "what was decided earlier is known otherwise"

    def _keep(self, handed: Handed) -> Kept:
        """The model's own record of a file, made when the first decision about it is."""
        if handed.mark not in self.kept:
            for mark, earlier in self.kept.items():
                if earlier.export == handed.issue.id and earlier.state == "open" and handed.issue.owner:
                    (receipt,) = self.workspace.read_beside(receipts.by_hash, mark)
                    assert receipt.state in ("open", "superseded")
                    earlier.state = receipt.state
            self.kept[handed.mark] = Kept(handed.issue.id)
        return self.kept[handed.mark]

    # Deciding

    @precondition(lambda self: any(one.review.differences for one in self.desk))
    @rule(data=st.data())
    def decide(self, data: st.DataObject) -> None:
        handed = data.draw(st.sampled_from([one for one in self.desk if one.review.differences]))
        revision, tables = self.workspace.revision(), self.state().tables
        for _ in range(data.draw(st.integers(1, 6))):
            one = data.draw(st.sampled_from(handed.review.differences))
            if one.decidable:
                self._decide(data.draw, handed, one)
        assert (self.workspace.revision(), self.state().tables) == (revision, tables)

    def _decide(self, draw: Draw, handed: Handed, one: Difference) -> None:
        verdicts: list[Verdict | None] = ["accept", "accept", "accept", "reject", None]
        said = draw(st.sampled_from(verdicts))
        if said == "accept" and not self._truly(handed, one):
            said = "reject"
        typed = self._typed(draw, handed, one) if said == "accept" and draw(st.integers(0, 3)) == 0 else None
        text = str(typed.cell.value) if typed and typed.cell else ""
        refused = ""
        try:
            handed.review = deciding.decided(self.workspace, handed.review, [one], said, value=text)
        except RuleBroken as problem:
            refused = str(problem)
        if refused:
            assert refused.endswith((".", "?")), "what is wrong is said in a sentence"
            assert said == "accept"
            assert self._not_to_be_had(handed, one, typed), f"{refused} {one}"
            return
        if said == "accept":
            assert typed is None or one.kind == "new row" or not self._not_to_be_had(handed, one, typed), (
                f"{typed} for {one}"
            )
        decided = self._keep(handed).decided
        for book in (handed.decided, decided):
            book.pop(one.subject, None)
        if said is not None:
            handed.decided[one.subject] = said, typed
            decided[one.subject] = said, typed, self.state()

    def _not_to_be_had(self, handed: Handed, one: Difference, typed: Said | None) -> bool:
        """Whether something cannot be accepted: it is no value, its row is not known or not there any more."""
        if one.kind in ("new row", "match"):
            return one.kind == "new row"
        unknown = one.waits and one.row_subject not in handed.decided
        gone = one.key not in handed.then.keys(one.source.name)
        belongs = (one.source.name, one.field) == ("milestones", "ref")
        return unknown or gone or belongs or (typed.meaning != "value" if typed else not one.usable)

    def _truly(self, handed: Handed, one: Difference) -> bool:
        """Whether a careful person would see that the row is what the program takes it for."""
        if one.kind == "match":
            return handed.file.row_at(one.place).truth == one.key
        if one.kind == "new row":
            return not handed.file.row_at(one.place).truth
        return not one.waits or handed.file.row_at(one.place).truth == one.key

    def _typed(self, draw: Draw, handed: Handed, one: Difference) -> Said | None:
        """What the person who decides types in the place of an answer."""
        if one.kind == "new row" or not one.field:
            return None
        column = handed.issue.column(one.source.name, one.field)
        return draw(answers(column, self.workspace.read(facts, handed.issue.definition), as_text=True))

    # Applying

    @rule(data=st.data())
    def apply(self, data: st.DataObject) -> None:
        """What is on the desk is taken in, or what comes in just now if nothing is."""
        if not self.desk:
            self.receive(data)
        before, revision = self.state(), self.workspace.revision()
        taken = [one for handed in self.desk for one in self._accepted(handed)]
        reviews = [handed.review for handed in self.desk]
        beside = self._beside()
        told, refused = None, ""
        try:
            told = taking.apply(self.workspace, reviews)
        except RuleBroken as problem:
            refused = str(problem)
        if told is None:
            assert refused.endswith("."), "what is wrong is said in a sentence"
            assert (self.workspace.revision(), self._beside()) == (revision, beside)
            assert self.state().tables == before.tables
            assert self._may_refuse(taken, before), f"refused without need: {refused}"
            self.desk = []
            return
        after = self.state()
        back = self._clashing(taken)
        assert len(told.kept_back) == len(back), "not just the answers that clash were kept back"
        assert {one.subject for one in told.kept_back} == {one.subject for one in back}
        taken = [one for one in taken if not any(one is other for other in back)]
        check_taken_in(before, after, taken)
        assert not self._must_refuse(taken, before), "a plan that moved on was taken in"
        self._stepped(before)
        assert (told.accepted, self.workspace.revision() != revision) == (len(taken), after.tables != before.tables)
        self._note(taken, back, told.left, self.workspace.revision() if after.tables != before.tables else "")
        fresh, files = all(one.then.tables == before.tables for one in self.desk), [one.file for one in self.desk]
        self.desk = []
        if fresh and data.draw(st.booleans()):
            self._again(files)

    def _accepted(self, handed: Handed) -> list[Taken]:
        """What is to be taken in of a file."""
        those = [one for one in handed.review.differences if one.kind != "match" and handed.verdict(one) == "accept"]
        assert [one.subject for one in those] == [one.subject for one in deciding.accepted(handed.review)]
        return [self._taken(handed, one) for one in those]

    def _taken(self, handed: Handed, one: Difference) -> Taken:
        place: Place = (one.source.name, one.key, one.field)
        typed = handed.decided.get(one.subject, (None, None))[1]
        if one.kind == "new row":
            return Taken(
                handed.issue, place, None, None, one.subject, row=new_row(handed.reader, one), mark=handed.mark
            )
        value: Value = typed.value if typed else handed.reader.value(one)
        was = handed.issue.value(handed.then, place)
        return Taken(handed.issue, place, value, was, one.subject, one.returned_text, mark=handed.mark)

    def _must_refuse(self, taken: list[Taken], now: State) -> bool:
        """Whether all of it has to be refused: the plan has moved on."""
        moved = any(one.row is None and one.issue.value(now, one.place) != one.was for one in taken)
        gone = any(one.row is None and one.place[1] not in now.keys(one.place[0]) for one in taken)
        return moved or gone

    def _clashing(self, taken: list[Taken]) -> list[Taken]:
        """The different answers for one cell: those that differ from the first, and the first."""
        first: dict[object, Taken] = {}
        cells = [one for one in taken if one.row is None]
        clash = [(first.setdefault(one.cell, one), one) for one in cells]
        out = [id(one) for pair in clash for one in pair if pair[0].value != pair[1].value]
        return [one for one in taken if id(one) in out]

    def _may_refuse(self, taken: list[Taken], now: State) -> bool:
        """Whether there is a reason to refuse: references may be in use, what a row belongs to may be gone."""
        renumbered = any(one.place[2] == "ref" for one in taken)
        homeless = any(one.row is not None and not one.row.fits(now) for one in taken)
        return renumbered or homeless or self._must_refuse(taken, now)

    def _note(self, taken: list[Taken], back: list[Taken], left: int, revision: str) -> None:
        """Write down what has become of the files, and see that the plan says the same."""
        for handed in self.desk:
            if handed.closed:
                continue
            kept = self._keep(handed)
            mine = [one for one in taken if one.mark == handed.mark]
            kept.revisions = [one for one in kept.revisions if one in self.standing] + [revision] * bool(mine)
            self._enter(handed, mine, revision)
            kept.added += [(one.subject, revision) for one in mine if one.row is not None]
            for one in handed.review.differences:
                said, place = handed.verdict(one), (one.source.name, one.key, one.field)
                if said is not None and one.kind != "match":
                    handed.issue.turned_down.pop((place, handed.mark), None)
                if said == "reject" and one.field:
                    handed.issue.turned_down[place, handed.mark] = one.returned_text
            mine_back = {one.subject for one in back if one.mark == handed.mark}
            asked = {one.subject for one in deciding.undecided(handed.review)}
            kept.kept_back = (kept.kept_back & asked) | mine_back
            for book in (kept.decided, handed.decided):
                for subject in mine_back:
                    book.pop(subject, None)
            kept.state = "open" if asked or mine_back else "applied"
            of_file = self.workspace.read_beside(receipts.by_hash, handed.mark)
            assert [receipt.state for receipt in of_file] == [kept.state]
        assert left == len(back) + sum(len(deciding.undecided(handed.review)) for handed in self.desk)

    def _enter(self, handed: Handed, mine: list[Taken], revision: str) -> None:
        """Enter in the book of an issue what the answers of one file came to."""
        done = {(one.source.name, one.key, one.field) for one in handed.review.differences if handed.verdict(one)}
        handed.issue.taken = [
            one
            for one in handed.issue.taken
            if one.mark != handed.mark or (one.place not in done and one.revision in self.standing)
        ]
        order = list(self.kept).index(handed.mark)
        handed.issue.taken += [
            Entry(one.place, one.value, one.said, revision, handed.mark, order) for one in mine if one.row is None
        ]

    def _beside(self) -> Any:
        return self.workspace.read_beside(receipts.every)

    def _became(self) -> list[Any]:
        """What the plan's receipts say has become of each thing in each file."""
        return [
            (one.id, {(o.subject, o.verdict, o.taken, o.revision) for o in outcomes.read(one.outcome)})
            for one in self._beside()
        ]

    def _again(self, files: list[File]) -> None:
        """The same files come in once more: that changes nothing."""
        tables = self.state().tables
        self._receive(files)
        left = [one for handed in self.desk for one in deciding.accepted(handed.review)]
        left = [one for one in left if one.field != "status"]  # it may have waited for its reason
        assert not left, f"taken in twice: {left}"
        beside = self._became()
        taking.apply(self.workspace, [handed.review for handed in self.desk])
        assert self.state().tables == tables
        assert self._became() == beside
        self.desk = []

    # Undoing

    @precondition(lambda self: self.steps)
    @rule()
    def undo(self) -> None:
        _, before, _ = self.steps[-1]
        assert self.workspace.undo() is not None
        assert self.state().tables == before.tables
        self.undone.append(self.steps.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        assert self.workspace.redo() is not None
        assert self.state().tables == self.undone[-1][2].tables
        self.steps.append(self.undone.pop())
