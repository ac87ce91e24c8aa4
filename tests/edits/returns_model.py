"""What a return may do to a plan, said anew and simply: three states of each cell, held against one another."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from spp_desktop.edits import deciding
from spp_desktop.edits.differences import Difference
from spp_desktop.edits.reviewing import Review
from spp_desktop.returns.definition import PlanFacts, Return, ReturnColumn, Value
from spp_desktop.returns.values import shown
from spp_desktop.store.history import StoredRow
from tests.edits.returns_file import KEY, File, Meaning, Row, Said, Table, alike
from tests.edits.returns_unlikely import TOGETHER, may_be_asked

Tables = Mapping[str, Mapping[str, StoredRow]]
Place = tuple[str, str, str]
"""A cell of the plan: "activities" or "milestones", the row's key, the column's field."""

REPORTED = ("done", "next")
STATUSES_OF_REPORTS = ("status", *REPORTED)
Standing = Literal["must", "may", "never"]
"""Whether what was typed is to be taken in without anybody's decision."""


class Report(NamedTuple):
    """Which update of an activity: on which day, by which post."""

    activity: str
    on: str
    post: str


class State:
    """The plan as its tables hold it at one moment, by the names that returns use."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        posts = {key: row["title"] for key, row in tables["post"].items()}
        statuses = {key: row["title"] for key, row in tables["status"].items()}
        priorities = {key: row["title"] for key, row in tables["priority"].items()}
        ordered = sorted(tables["priority"].values(), key=lambda row: (row["position"], row["id"]))
        self.places = {row["title"]: f"P{n}" for n, row in enumerate(ordered, 1)}
        self.needs_reason = {row["title"] for row in tables["status"].values() if row["needs_reason"]}
        self.finished = {row["title"] for row in tables["status"].values() if row["finished"]}
        owners: dict[str, list[tuple[bool, float, str]]] = {key: [] for key in tables["activity"]}
        for row in tables["activity_owner"].values():
            owners[row["activity_id"]].append((row["role"] != "lead", row["position"], posts[row["post_id"]]))
        self.cells: dict[Place, Value] = {}
        for key, row in tables["activity"].items():
            said = {name: row[name] for name in ("ref", "text", "percent", "reason")}
            said |= {name: _day(row[name]) for name in ("start", "due", "forecast")}
            said["status"], said["priority"] = statuses.get(row["status_id"]), priorities[row["priority_id"]]
            said["stands_under"] = self.places[str(said["priority"])]  # the plan has no themes
            said["owners"] = tuple(title for _, _, title in sorted(owners[key]))
            self._put("activities", key, said)
        for key, row in tables["milestone"].items():
            said = {name: _day(row[name]) for name in ("due", "forecast", "done_on")}
            said |= {"status": statuses.get(row["status_id"]), "percent": row["percent"]}
            said |= {
                "owner": posts.get(row["owner_id"]),
                "title": row["title"],
                "ref": tables["activity"][row["activity_id"]]["ref"],
            }
            self._put("milestones", key, said)
        self.reports = {
            Report(row["activity_id"], row["reported_on"], posts.get(row["post_id"], "")): {
                "status": statuses.get(row["status_id"]),
                "done": row["done"] or None,
                "next": row["next"] or None,
            }
            for row in tables["activity_update"].values()
        }

    def _put(self, source: str, key: str, said: Mapping[str, Any]) -> None:
        self.cells |= {(source, key, name): None if value in ("", ()) else value for name, value in said.items()}

    def keys(self, source: str) -> set[str]:
        return {key for kind, key, _ in self.cells if kind == source}

    def lead(self, source: str, key: str) -> str:
        activity = self.tables["milestone"][key]["activity_id"] if source == "milestones" else key
        owners = self.cells["activities", activity, "owners"]
        return owners[0] if isinstance(owners, tuple) else ""


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


class Entry(NamedTuple):
    """What an answer came to: what was put into a cell, what the answer read, in which step, from which file.

    ``order`` counts the files of an issue as they were first decided about.
    """

    place: Place
    value: Value
    said: str
    revision: str
    mark: str
    order: int


@dataclass
class Issue:
    """One issue of a return: what the plan said then, and what earlier answers to it came to."""

    id: str
    definition: Return
    plan: PlanFacts
    owner: str
    ends: str
    then: State
    taken: list["Entry"] = field(default_factory=list)
    turned_down: dict[tuple[Place, str], str] = field(default_factory=dict)

    def listed(self, source: str) -> set[str]:
        return {key for key in self.then.keys(source) if self._lists(source, key)}

    def _lists(self, source: str, key: str) -> bool:
        activity = self.then.tables["milestone"][key]["activity_id"] if source == "milestones" else key
        owners = self.then.cells["activities", activity, "owners"] or ()
        year = self.then.tables["activity"][activity]["year"]
        return year == 2008 and (not self.owner or (isinstance(owners, tuple) and self.owner in owners))

    def report(self, key: str) -> Report:
        return Report(key, self.ends, self.owner or self.then.lead("activities", key))

    def report_of_new(self, key: str) -> Report:
        return Report(key, self.ends, self.owner)

    def value(self, state: State, place: Place) -> Value:
        """What the plan holds in a cell of this issue: what was reported is held by period and post."""
        _, key, name = place
        if name in REPORTED:
            return state.reports.get(self.report(key), {}).get(name)
        return state.cells.get(place)

    def column(self, source: str, name: str) -> ReturnColumn:
        listing = next(one for one in self.definition.listings if one.source == source)
        return next(one for one in listing.columns_for(self.plan.years) if one.field == name)

    def base(self, place: Place, standing: set[str]) -> Value:
        """What an answer is held against: what went out, or what the latest answer put there that still stands."""
        latest = self._latest(place, standing)
        return latest.value if latest else self.value(self.then, place)

    def _latest(self, place: Place, standing: set[str]) -> Entry | None:
        """What the answer of the latest file came to there, if that still stands."""
        found = [one for one in self.taken if one.place == place and one.revision in standing]
        return max(found, key=lambda one: one.order, default=None)

    def answered(self, place: Place, said: str, standing: set[str]) -> bool:
        """Whether the latest answer that was taken in there read the same, whatever was put there in its place."""
        latest = self._latest(place, standing)
        return latest is not None and latest.said == said


@dataclass(frozen=True)
class Expected:
    """What is to be made of one cell of the plan that a file answers."""

    standing: Standing
    shown: bool
    values: tuple[Value, ...] = ()


NOTHING = Expected("never", shown=False)


@dataclass(frozen=True)
class Reader:
    """Reads one file as the person meant it, against the plan at one moment. ``standing`` are revisions not undone."""

    file: File
    issue: Issue
    now: State
    standing: set[str]
    mark: str

    def rows(self, source: str, key: str) -> list[Row]:
        """The rows of the file that truly are about a row of the plan."""
        table = self.file.table(source)
        return [row for row in table.rows if row.truth == key and not table.empty(row)]

    def meant(self, table: Table, row: Row, column: ReturnColumn) -> Said:
        """What stands in a cell, and what it means; an untouched one means what went out."""
        if column.field not in table.columns:
            return Said(None, "blank")
        issued = self.issue.value(self.issue.then, (table.source, row.truth, column.field)) if row.truth else None
        said = row.said.get(column.field)
        if said is None:
            return Said(row.cells.get(column.field), "blank" if issued is None else "value", issued)
        settled: Meaning = "value" if said.meaning == "doubtful" and alike(column, said.value, issued) else said.meaning
        return Said(said.cell, settled, said.value)

    def words_kept(self, table: Table, row: Row) -> bool:
        """Whether a row still stands there under the reference and words it went out with."""
        for name in table.words:
            issued = self.issue.value(self.issue.then, (table.source, row.truth, name))
            if name not in table.columns or name not in row.cells or str(row.cells[name].value) != issued:
                return False
        return True

    def sure(self, table: Table, row: Row) -> Standing:
        """Whether a row's key is to be believed: it is its own, and its words are as they went out."""
        if KEY not in table.columns or row.key() != row.truth:
            return "never"
        return "must" if self.words_kept(table, row) else "may"

    def expected(self, source: str, key: str, column: ReturnColumn, *, confirmed: bool = False) -> Expected:
        """What is to be made of a cell; ``confirmed`` where a person has said that its rows are what they are."""
        table, place = self.file.table(source), (source, key, column.field)
        given = [(row, self.meant(table, row, column)) for row in self.rows(source, key)]
        given = [(row, said) for row, said in given if said.meaning != "blank"]
        if not given:
            return NOTHING
        sure = {self.sure(table, row) for row, _ in given}
        trusted = [said for row, said in given if confirmed or self.sure(table, row) != "never"]
        values = {said.value if said.meaning != "unclear" else said for _, said in given}
        if len(values) > 1:
            # Rows that are not known for sure may not have been counted as this row's answers.
            some = tuple(said.value for said in trusted if said.meaning == "value")
            return Expected("may" if some and sure != {"must"} else "never", sure == {"must"}, some)
        said = next((one for _, one in given if one.meaning == "value"), given[0][1])
        if said.meaning != "value":
            answered = any(one.place == place for one in self.issue.taken)
            return Expected("never", shown=not answered)
        one = self._clean(place, column, said.value)
        if all(column.field not in row.said for row, _ in given):
            # An untouched cell is asked about only where a corrected version takes an answer back with it.
            return replace(one, standing="never", shown=False)
        whole = sure == {"must"} and all(said.meaning == "value" for _, said in given)
        if confirmed or one.standing == "never" or whole:
            return one
        return Expected("may" if trusted else "never", one.shown, one.values)

    def _clean(self, place: Place, column: ReturnColumn, value: Value) -> Expected:
        """Whether an answer changes what nobody else has changed, and asks nothing of anybody."""
        source, key, _ = place
        base, held = self.issue.base(place, self.standing), self.issue.value(self.now, place)
        if alike(column, value, base) or alike(column, value, held):
            return NOTHING
        if self.issue.answered(place, shown(column, value), self.standing):
            return NOTHING
        lead = self.issue.then.lead(source, key)
        asks = (
            key not in self.now.keys(source)
            or not alike(column, held, base)
            or not column.editable
            or bool(self.issue.owner and lead not in ("", self.issue.owner) and not column.own)
            or alike(column, value, self.issue.value(self.issue.then, place))
            or any(
                (one, said) == (place, shown(column, value)) and mark != self.mark
                for (one, mark), said in self.issue.turned_down.items()
            )
        )
        if asks:
            return Expected("never", shown=True, values=(value,))
        standing = self._reasoned(place, column, value)
        if standing == "must" and self._unlikely(place, value):
            standing = "may"
        return Expected(standing, shown=True, values=(value,))

    def _unlikely(self, place: Place, value: Value) -> bool:
        """Whether an answer may say, with what else comes back or the plan holds, what can hardly be meant."""
        source, key, name = place
        if source != "activities" or name not in TOGETHER:
            return False
        table = self.file.table(source)
        known: dict[str, set[Value]] = {each: {self.now.cells.get((source, key, each))} for each in TOGETHER}
        for column in table.listing.columns:
            if column.field in TOGETHER:
                known[column.field] |= {self.meant(table, row, column).value for row in self.rows(source, key)}
        return may_be_asked(name, known | {name: {value}}, self.now.finished, self.now.needs_reason)

    def _reasoned(self, place: Place, column: ReturnColumn, value: Value) -> Standing:
        """Whether a status that asks for a reason comes with one."""
        source, key, _ = place
        listing = self.file.table(source).listing
        if column.reason_for in [one.field for one in listing.columns] and value is None:
            asked = next(one for one in listing.columns if one.field == column.reason_for)
            table, held = self.file.table(source), self.issue.value(self.now, (source, key, asked.field))
            stand = [held, *(self.meant(table, row, asked).value for row in self.rows(source, key))]
            return "may" if self.now.needs_reason & set(stand) else "must"
        why = next((one for one in listing.columns if one.reason_for == column.field), None)
        if why is None or value not in self.now.needs_reason:
            return "must"
        where = source, key, why.field
        held, table = self.issue.value(self.now, where), self.file.table(source)
        said = [self.meant(table, row, why) for row in self.rows(source, key)]
        if any(one.meaning == "blank" for one in said):
            return "may" if held or len(said) > 1 else "never"
        said = [one for one in said if not (one.meaning == "value" and alike(why, one.value, held))]
        if not said:
            return "must" if held else "never"
        if len(said) == 1 and said[0].meaning == "value":
            found = self._clean(where, why, said[0].value)
            if found.standing == "must":
                return "must" if said[0].value else "never"
        return "may" if held or any(one.meaning == "value" for one in said) else "never"

    def value(self, one: Difference) -> Value:
        """The one answer that a file gives to a cell."""
        table = self.file.table(one.source.name)
        column = self.issue.column(one.source.name, one.field)
        rows = sorted(self.rows(one.source.name, one.key), key=lambda row: row is not self.at(one))
        given = [self.meant(table, row, column) for row in rows]
        return next(said.value for said in given if said.meaning != "blank")

    def any_sure(self) -> bool:
        """Whether any row stands there whole, with its key."""
        return any(
            row.truth and not table.empty(row) and self.sure(table, row) == "must"
            for table in self.file.tables
            for row in table.rows
        )

    def check(self, review: Review, decided: set[str], expected: dict[str, Expected], added: set[str]) -> None:
        """See that a review shows what it must, and would take in unasked only what it may."""
        found = {(one.source.name, one.key, one.field): one for one in review.differences if one.field}
        assert len(found) == sum(bool(one.field) for one in review.differences), "two differences for one cell"
        unasked = {one.subject for one in deciding.accepted(review)} - decided
        asked = [(one, self.at(one).truth) for one in review.differences if one.kind in ("new row", "match")]
        wrong = {one.key for one, truth in asked if one.key != truth}
        strange = {truth for one, truth in asked if one.key != truth}
        for table in self.file.tables:
            for key in self.issue.listed(table.source):
                for column in table.listing.columns_for(self.issue.plan.years):
                    if column.computed or column.field not in table.columns:
                        continue
                    one = found.pop((table.source, key, column.field), None)
                    if key in wrong:
                        assert one is None or one.subject not in unasked or one.waits
                        continue
                    wanted = self.expected(table.source, key, column)
                    _check_cell(one, wanted, unasked, decided)
                    assert one or not wanted.shown or key in strange, f"an answer is not shown: {key} {wanted}"
                    if one is not None:
                        confirmed = self.expected(table.source, key, column, confirmed=one.waits)
                        expected[one.subject] = confirmed
                        if one.waits and one.kind == "change":
                            assert confirmed.standing != "never", f"{one} is said to be a plain change"
        found = {place: one for place, one in found.items() if "by its place." not in one.remark or not one.asks}
        assert not found, f"rows that did not go out, or columns that are not there: {found}"
        self._check_rows(review, added)

    def at(self, one: Difference) -> Row:
        return self.file.row_at(one.place)

    def _check_rows(self, review: Review, added: set[str]) -> None:
        """Rows that did not come back are told, rows that were added are shown, and nothing else is a row."""
        told = {(one.source.name, one.key) for one in review.differences if one.kind == "not returned"}
        strange = [self.at(one) for one in review.differences if one.kind in ("new row", "match")]
        strange += [self.file.row_at(subject.split("|")[1]) for subject in added]
        for table in self.file.tables:
            for key in self.issue.listed(table.source) & self.now.keys(table.source):
                matched = [one for one in review.differences if one.kind == "match" and one.key == key]
                if not self.rows(table.source, key) and not matched:
                    assert (table.source, key) in told, (
                        f"{key} is missing, and is not told: {table.rows} {review.notices}"
                    )
                if any(self.sure(table, row) == "must" for row in self.rows(table.source, key)):
                    assert (table.source, key) not in told, "a row that came back is told to be missing"
            for row in table.rows:
                if not row.truth and not table.empty(row):
                    assert any(row is one for one in strange), f"a row that was added is not shown: {row}"


def _check_cell(one: Difference | None, wanted: Expected, unasked: set[str], decided: set[str]) -> None:
    """See that a cell is taken in unasked if it must be, and is not if it may not be."""
    taken = one is not None and one.subject in unasked and not one.waits
    said = f"{wanted} but {one}"
    if wanted.standing == "must":
        assert one is not None, said
        assert taken or one.subject in decided, said
    if wanted.standing == "never":
        assert not taken, said
    if taken:
        assert one is not None
        assert one.returned in wanted.values, said
