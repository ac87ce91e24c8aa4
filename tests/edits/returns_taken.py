"""What is accepted of returns, and what has become of the plan then: exactly that, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from spp_desktop.edits.differences import Difference
from spp_desktop.returns.definition import Value
from tests.edits.returns_model import REPORTED, STATUSES_OF_REPORTS, Issue, Place, Reader, State


@dataclass(frozen=True)
class NewRow:
    """A row that a file proposes, with what was written in it."""

    source: str
    issue: Issue
    offered: Mapping[str, Value]
    values: Mapping[str, Value]

    def fits(self, now: State) -> bool:
        """Whether what it belongs to is there."""
        if self.source == "milestones":
            return self.offered.get("activity_id") in now.keys("activities")
        return True

    def stands(self, after: State, key: str, words: str) -> bool:
        """Whether a row of the plan says all that was written in this one, and where it belongs."""
        said = after.reports.get(self.issue.report_of_new(key), {})
        told = {name: value for name, value in self.values.items() if name != "ref" and value is not None}
        held = {
            name: said.get(name) if name in REPORTED else after.cells.get((self.source, key, name)) for name in told
        }
        return held == told and after.cells[self.source, key, words] == self.offered[words]


@dataclass(frozen=True)
class Taken:
    """One thing that was accepted: the cell, what is to stand there, what stood there when it was looked at."""

    issue: Issue
    place: Place
    value: Value
    was: Value
    subject: str
    said: str = ""
    row: NewRow | None = None
    mark: str = ""

    @property
    def cell(self) -> tuple[object, str]:
        """The cell of the plan, also of what is kept by period and post."""
        source, key, name = self.place
        return (self.issue.report(key), name) if name in REPORTED else ((source, key), name)


OTHERS = {"activity", "activity_owner", "activity_update", "date_move", "milestone"}


def check_taken_in(before: State, after: State, taken: list[Taken]) -> None:
    """See that exactly what was accepted has changed."""
    for name in before.tables.keys() - OTHERS:
        assert after.tables[name] == before.tables[name], f"{name} changed"
    cells, reports = dict(before.cells), {report: dict(said) for report, said in before.reports.items()}
    for one in taken:
        source, key, name = one.place
        if one.row is not None:
            continue
        if name not in REPORTED:
            cells[one.place] = one.value
            if name == "ref":
                steps = [step for step, row in before.tables["milestone"].items() if row["activity_id"] == key]
                cells |= {("milestones", step, "ref"): one.value for step in steps}
        if one.issue.ends and source == "activities" and name in STATUSES_OF_REPORTS:
            report = one.issue.report(key)
            reports.setdefault(report, {"status": None, "done": None, "next": None})
            if name in REPORTED:
                reports[report][name] = one.value
    homes = {one.place[1]: one.value for one in taken if one.row is None and one.place[2] == "stands_under"}
    titles = {place: title for title, place in before.places.items()}
    for key in {one.place[1] for one in taken if one.row is None and one.place[0] == "activities"}:
        if homes.get(key):  # a home brings its priority along, and a priority is a home
            cells["activities", key, "priority"] = titles[str(homes[key])]
        cells["activities", key, "stands_under"] = before.places[str(cells["activities", key, "priority"])]
    for one in taken:
        if one.issue.ends and one.row is None and one.place[2] in STATUSES_OF_REPORTS:
            reports[one.issue.report(one.place[1])]["status"] = cells["activities", one.place[1], "status"]
    added = {table: set(after.tables[table]) - set(before.tables[table]) for table in ("activity", "milestone")}
    fresh = added["activity"] | added["milestone"]
    held = {place: value for place, value in after.cells.items() if place[1] not in fresh}
    assert not {
        place: (held.get(place), cells.get(place))
        for place in held.keys() | cells.keys()
        if held.get(place) != cells.get(place)
    }, "held, and what was to be"
    assert {one: said for one, said in after.reports.items() if one.activity not in fresh} == reports
    assert len(after.tables["activity_update"]) == len(after.reports), "an update is there twice"
    _check_untouched(before, after, taken)
    _check_new(after, added, [one.row for one in taken if one.row is not None])


def _check_untouched(before: State, after: State, taken: list[Taken]) -> None:
    """No row is gone, and no column that returns do not speak of has changed."""
    moved = {one.place[1] for one in taken if one.place[2] in ("priority", "stands_under")}
    owned = {one.place[1] for one in taken if one.place[2] == "owners"}
    for table, names in (("activity", ("year", "position")), ("milestone", ("activity_id", "position"))):
        for key, row in before.tables[table].items():
            assert key in after.tables[table], f"a {table} was removed"
            assert key in moved or all(after.tables[table][key][name] == row[name] for name in names)
    for key, row in before.tables["activity_owner"].items():
        assert row["activity_id"] in owned or after.tables["activity_owner"].get(key) == row
    assert before.tables["activity_update"].keys() <= after.tables["activity_update"].keys()


def _check_new(after: State, added: Mapping[str, set[str]], wanted: list[NewRow]) -> None:
    """The rows that were added are those accepted, and say what was written in them."""
    for source, table, words in (("activities", "activity", "text"), ("milestones", "milestone", "title")):
        those = [one for one in wanted if one.source == source]
        assert len(added[table]) == len(those)
        left = set(added[table])
        for one in those:
            fitting = [key for key in left if one.stands(after, key, words)]
            assert fitting, f"a new row does not say what was written in it: {one}"
            left.remove(fitting[0])


def new_row(reader: Reader, one: Difference) -> NewRow:
    """The row that a file proposes."""
    table, row = reader.file.table(one.source.name), reader.at(one)
    columns = [column for column in table.listing.columns_for(reader.issue.plan.years) if not column.computed]
    said = {column.field: reader.meant(table, row, column) for column in columns}
    values = {name: one.value for name, one in said.items() if one.meaning == "value"}
    return NewRow(one.source.name, reader.issue, dict(one.row), values)
