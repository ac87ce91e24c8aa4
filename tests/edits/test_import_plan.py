"""``spp import-plan``: what would come in of somebody's plan is said, and comes in with --apply alone."""

import csv
import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from spp_desktop.cli import ASK, DONE, REFUSED
from spp_desktop.edits import delivery
from spp_desktop.edits.importing_results import keep_mapping, mappings
from spp_desktop.edits.plan_in.kept_columns import keep_columns, kept_columns
from spp_desktop.edits.priorities import add_priority
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.column_mapping import ColumnMapping
from spp_desktop.returns.plan_tables.columns import PlanColumns
from spp_desktop.store import monitored, queries
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp
from tests.existing_plans import HEADINGS, PRIORITIES, forty_rows
from tests.word_document import cell, document, paragraph, row, table

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def plan(workspace: Workspace, plan_path: Path) -> Path:
    workspace.close()
    return plan_path


def checksum(plan: Path) -> str:
    return hashlib.sha256(plan.read_bytes()).hexdigest()


def workbook(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    assert book.active is not None
    for line in rows:
        book.active.append(list(line))
    book.save(path)
    return path


def word_plan(folder: Path) -> Path:
    """Forty rows in a Word table, with a heading over all columns for each priority."""
    rows = [row([cell(line[0], '<w:gridSpan w:val="8"/>')]) if len(line) == 1 else row(line) for line in forty_rows()]
    return document(folder / "plan.docx", paragraph("Delivery plan 2008/09"), table([row(HEADINGS), *rows]))


def test_forty_rows_of_a_word_table_come_in(plan: Path, tmp_path: Path) -> None:
    before = checksum(plan)
    told = spp("import-plan", plan, word_plan(tmp_path))
    assert told.status == DONE, told.out + told.err
    assert "40 activities" in told.out
    assert checksum(plan) == before

    done = spp("import-plan", plan, word_plan(tmp_path), "--apply")
    assert done.status == DONE, done.out + done.err
    with Workspace.open(plan, read_only=True) as workspace:
        activities = {row.ref: row for row in workspace.read(queries.activities, 2008)}
        steps: dict[str, list[tuple[str, date | None]]] = {}
        for step in workspace.read(queries.milestones, 2008):
            steps.setdefault(step.activity_key, []).append((step.title, step.due))
    assert len(activities) == 43
    assert [activities[f"{n}.51"].priority for n in (1, 2, 3, 4)] == list(PRIORITIES)
    first, third = activities["1.51"], activities["1.53"]
    assert first.owners == ("ACC Crime", "ACC Ops", "DCI")
    assert (first.due, first.status, first.percent, first.start) == (date(2009, 3, 31), "On track", 0, date(2008, 4, 1))
    assert third.due == date(2009, 3, 31)
    assert activities["1.52"].status == "At risk"
    assert steps[first.key] == [("Draft agreed", date(2008, 6, 30)), ("Published", date(2009, 1, 31))]


def test_what_came_in_is_there_already_the_second_time(plan: Path, tmp_path: Path) -> None:
    assert spp("import-plan", plan, word_plan(tmp_path), "--apply").status == DONE
    before = checksum(plan)
    again = spp("import-plan", plan, word_plan(tmp_path), "--apply", "--json")
    assert again.status == DONE, again.out
    assert again.data["counts"] == {"new": 0, "same": again.data["counts"]["same"], "differs": 0, "left": 0}
    assert again.data["outcome"] == "All of it is there already. Nothing was changed."
    assert checksum(plan) == before


def test_levels_in_columns_of_their_own_come_in_with_their_activities(plan: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "plan.xlsx", [
        ["Our plan"], [],
        ["Outcome", "Objective", "Promise", "Ref", "Activity", "Responsible officer", "Deadline"],
        ["Safe homes", "Fewer burglaries", "We will call", "7.01", "Call on victims", "DCI", date(2009, 1, 5)],
        [None, None, None, "7.02", "Mark property", "DCI and ACC Crime", date(2009, 2, 5)],
        [None, "Fewer fires", None, "7.03", "Fit alarms", "Fire, Police", "Ongoing"],
        ["Serious harm", None, None, "7.04", "Work on harm", "ACC Crime", "31/03/2009"],
    ])  # fmt: skip
    told = spp("import-plan", plan, file, "--json", "--apply")
    assert told.status == DONE, told.out + told.err
    with Workspace.open(plan, read_only=True) as workspace:
        tree = {node.text: node for node in workspace.read(queries.priority_tree)}
        activities = {row.ref: row for row in workspace.read(queries.register, Activity)}
    homes = tree["Safe homes"]
    assert [node.text for node in homes.children] == ["Fewer burglaries", "Fewer fires"]
    assert [node.text for node in homes.children[0].children] == ["We will call"]
    assert activities["7.01"].commitment_id == homes.children[0].children[0].key
    assert activities["7.03"].theme_id == homes.children[1].key
    assert activities["7.03"].due is None
    assert activities["7.04"].priority_id == tree["Serious harm"].key
    assert [question["text"] for question in told.data["questions"] if question["kind"] == "day"] == ["Ongoing"]


def test_what_is_in_doubt_is_asked_and_nothing_is_done_before(plan: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([
            ["Priority", "Ref", "Action", "Owner", "Due"],
            ["Serious harm", "8.01", "First", "ACC Crme", "31/03/2009"],
            ["Serious harm", "8.01", "Second", "ACC Crime", "13/31/2009"],
            ["", "8.03", "", "", ""],
            ["* Subject to funding", "", "", "", ""],
        ])  # fmt: skip
    before = checksum(plan)
    told = spp("import-plan", plan, file, "--apply", "--json")
    assert told.status == ASK
    assert checksum(plan) == before
    open_ = {(question["kind"], question["place"]) for question in told.data["questions"] if question["answer"] is None}
    assert open_ == {("owner", "D2"), ("reference", "B3"), ("day", "E3")}
    assert told.data["left"][:2] == [
        "B4: the reference 8.03 has no words beside it.",
        "A5: “* Subject to funding” stands below the table, and no row under it.",
    ]

    done = spp(
        "import-plan",
        plan,
        file,
        "--apply",
        "--means",
        "ACC Crme=ACC Crime",
        "--means",
        "13/31/2009=none",
        "--renumber",
    )
    assert done.status == ASK, done.out
    with Workspace.open(plan, read_only=True) as workspace:
        activities = {row.text: row for row in workspace.read(queries.activities, 2008)}
    assert activities["First"].owners == ("ACC Crime",)
    assert activities["Second"].ref == "1.03"


def test_indicators_come_in_with_targets_of_their_years(plan: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "measures.xlsx", [
        ["KPI ref", "Indicator", "Group", "Unit", "2008/09", "2009/10", "2030/31"],
        ["K1", "Reduce house burglary", "Crime", "recorded crimes", "-4%", "-3%", ""],
        ["K2", "Satisfaction of victims", "Confidence", "%", "80%", "82%", "90%"],
    ])  # fmt: skip
    told = spp("import-plan", plan, file, "--json", "--apply")
    assert told.status == ASK, told.out + told.err
    assert told.data["left"] == ["G3: 2030-2031 is no year of the plan, so “90%” is left out."]
    with Workspace.open(plan, read_only=True) as workspace:
        indicators = {row.ref: row for row in workspace.read(queries.indicators)}
        stated = {(row.indicator_key, row.year): row.stated for row in workspace.read(queries.targets)}
    assert indicators["K1"].polarity == "lower"
    assert indicators["K2"].polarity == "higher"
    assert stated[indicators["K1"].key, 2008] == "-4%"
    assert stated[indicators["K2"].key, 2009] == "82%"


def test_a_file_without_a_plan_is_refused_in_a_sentence(plan: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "other.xlsx", [["a", "b"], ["c", "d"]])
    told = spp("import-plan", plan, file)
    assert told.status == REFUSED
    assert "Choose the column that holds the activities" in told.err


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"{\\rtf1 }", "is a text document (.rtf). Open it in Word, save it as Word Document (.docx)"),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "WordDocument".encode("utf-16-le"),
            "is a Word document (.doc). Open it in Word, save it as Word Document (.docx)",
        ),
        (b"A letter", "is neither a workbook nor a Word document"),
    ],
)
def test_a_document_that_is_not_read_says_what_word_can_do(
    content: bytes, advice: str, plan: Path, tmp_path: Path
) -> None:
    (tmp_path / "last year.docx").write_bytes(content)
    told = spp("import-plan", plan, tmp_path / "last year.docx")
    assert told.status == REFUSED
    assert told.err.startswith(f"last year.docx {advice}")


def test_one_step_is_undone_as_one(plan: Path, tmp_path: Path) -> None:
    with Workspace.open(plan, read_only=True) as workspace:
        before = workspace.read(queries.counts)
    assert spp("import-plan", plan, word_plan(tmp_path), "--apply").status == DONE
    with Workspace.open(plan) as workspace:
        assert "40 activities" in str(workspace.undo_label)
        workspace.undo()
        assert workspace.read(queries.counts) == before


def test_columns_of_a_plan_and_of_results_never_replace_each_other(workspace: Workspace) -> None:
    results = ColumnMapping(())
    of_plan = PlanColumns()
    workspace.edit("keep", keep_mapping, "Monthly", results)
    with pytest.raises(RuleBroken, match="kept as “Monthly” already"):
        workspace.edit("keep", keep_columns, "Monthly", of_plan)
    workspace.edit("keep", keep_columns, "Last year", of_plan)
    with pytest.raises(RuleBroken, match="kept as “Last year” already"):
        workspace.edit("keep", keep_mapping, "Last year", results)
    workspace.edit("keep", keep_columns, "Last year", of_plan)
    assert (list(workspace.read(mappings)), list(workspace.read(kept_columns))) == (["Monthly"], ["Last year"])


@pytest.mark.parametrize("kind", ["delivery-plan", "performance-plan"])
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_what_was_exported_changes_nothing(kind: str, form: str, plan: Path, tmp_path: Path) -> None:
    file = tmp_path / f"{kind}.{form}"
    assert spp("export", plan, kind, file).status == DONE
    before = checksum(plan)
    told = spp("import-plan", plan, file, "--apply", "--update", "--json")
    assert told.status == DONE, told.out + told.err
    counts = told.data["counts"]
    assert counts["same"] >= 1
    assert counts == {"new": 0, "same": counts["same"], "differs": 0, "left": 0}
    assert checksum(plan) == before


def test_what_differs_is_changed_with_update_alone(plan: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "plan.xlsx", [
        ["Priority", "Ref", "Activity", "Owner", "Due", "Key milestones"],
        ["Serious harm", "1.01", "Do what 1.01 says", "ACC Security", "Q3 2008-09", "First step of 1.01 by Q2 2008-09"],
    ])  # fmt: skip
    before = checksum(plan)
    told = spp("import-plan", plan, file, "--apply", "--json")
    assert told.data["counts"]["differs"] == 2
    assert checksum(plan) == before
    done = spp("import-plan", plan, file, "--apply", "--update")
    assert done.status == DONE, done.out + done.err
    assert "1 activity and 1 milestone" in done.out
    with Workspace.open(plan, read_only=True) as workspace:
        (activity,) = (row for row in workspace.read(queries.activities, 2008) if row.ref == "1.01")
        step = next(row for row in workspace.read(queries.register, Milestone) if row.title == "First step of 1.01")
    assert (activity.due, activity.owners) == (date(2008, 12, 31), ("ACC Security",))
    assert (step.due, step.due_within) == (date(2008, 9, 30), "quarter")
    again = spp("import-plan", plan, file, "--apply", "--update", "--json")
    assert again.data["counts"] == {"new": 0, "same": 3, "differs": 0, "left": 0}


def test_dates_that_moved_before_stay_unless_a_reason_is_given(plan: Path, tmp_path: Path) -> None:
    with Workspace.open(plan) as workspace:
        key = next(row.key for row in workspace.read(queries.activities, 2008) if row.ref == "1.01")
        step = next(row for row in workspace.read(queries.milestones, 2008) if row.activity_key == key)
        for day in (date(2008, 9, 30), date(2008, 10, 31)):
            workspace.edit("move", delivery.set_cells, [(key, "due", day)])
        workspace.edit("move", delivery.set_milestone, step.key, due=date(2008, 8, 1))
    day, steps = date(2008, 12, 31), "First step of 1.01 by Q3 2008-09"
    file = workbook(tmp_path / "plan.xlsx", [
        ["Priority", "Ref", "Activity", "Owner", "Due", "Key milestones"],
        ["Serious harm", "1.01", "Do what 1.01 says", "ACC Security", day, steps],
    ])  # fmt: skip
    before = checksum(plan)
    assert spp("import-plan", plan, file, "--reason", "Agreed").status == REFUSED
    for applied in ((), ("--apply",)):
        told = spp("import-plan", plan, file, "--update", "--json", *applied)
        assert (told.status, told.data["counts"]["differs"]) == (ASK, 1)
        assert told.data["left"] == [
            f"{each}, moves to 31 December 2008. Its dates have moved once before. It stays as it is unless a reason "
            "is given."
            for each in (
                "E2: The due date of “1.01”, 31 October 2008",
                "F2: The due date of “First step of 1.01”, 1 August 2008",
            )
        ]
        assert "--reason" in told.data["outcome"]
        assert (checksum(plan) == before) is not bool(applied)
    done = spp("import-plan", plan, file, "--update", "--apply", "--reason", "The board agreed")
    assert done.status == DONE, done.out
    with Workspace.open(plan, read_only=True) as workspace:
        (row,) = (row for row in workspace.read(queries.activities, 2008) if row.ref == "1.01")
        moved = workspace.read(monitored.moves)
    assert (row.owners, row.due) == (("ACC Security",), date(2008, 12, 31))
    assert [moved[each][-1].reason for each in (key, step.key)] == ["The board agreed"] * 2


ONE_QUARTER = [
    ["Priority", "Ref", "Activity", "Due", "Key milestones"],
    ["Serious harm", "9.01", "Ask about quarters", "Q1 2009", "Draft agreed by Q1 2009\nPublished, Q2 2009"],
]  # fmt: skip


def quarters(plan: Path) -> tuple[date | None, list[tuple[date | None, str | None]]]:
    """When the activity of ``ONE_QUARTER`` is due, and when its milestones are."""
    with Workspace.open(plan, read_only=True) as workspace:
        activity = next(row for row in workspace.read(queries.register, Activity) if row.ref == "9.01")
        steps = [row for row in workspace.read(queries.register, Milestone) if row.activity_id == activity.id]
        return activity.due, [(step.due, step.due_within) for step in steps]


def test_a_quarter_of_a_plan_of_calendar_years_begins_in_january(tmp_path: Path) -> None:
    plan = tmp_path / "calendar.plan"
    with Workspace.create(plan, "Calendar years", 2009, first_month=1) as workspace:
        workspace.edit("add", add_priority, "Serious harm")
    told = spp("import-plan", plan, workbook(tmp_path / "plan.xlsx", ONE_QUARTER), "--apply", "--json")
    assert told.status == DONE, told.out + told.err
    assert [question["sentence"] for question in told.data["questions"]] == [
        "“Q1 2009” is a period. Its last day, 31 March 2009, is proposed."
    ]
    ends = [(date(2009, 3, 31), "quarter"), (date(2009, 6, 30), "quarter")]
    assert quarters(plan) == (date(2009, 3, 31), ends)


def test_a_quarter_that_may_be_of_a_calendar_year_is_asked_about_once(plan: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "plan.xlsx", ONE_QUARTER)
    told = spp("import-plan", plan, file, "--apply", "--json")
    assert told.status == ASK
    assert [(each["text"], each["answer"], each["choices"][0]) for each in told.data["questions"]] == [
        ("Q1 2009", None, ["Q1 2009-10", "Q1 2009-10"]), ("Q2 2009", None, ["Q2 2009-10", "Q2 2009-10"]),
    ]  # fmt: skip
    done = spp("import-plan", plan, file, "--apply", "--means", "Q1 2009=Q4 2008-09", "--means", "Q2 2009=30/6/2009")
    assert done.status == DONE, done.out + done.err
    assert quarters(plan) == (date(2009, 3, 31), [(date(2009, 3, 31), "quarter"), (date(2009, 6, 30), None)])


def test_an_activity_moves_between_levels_with_update(plan: Path, tmp_path: Path) -> None:
    headings = ["Priority", "Theme", "Commitment", "Ref", "Activity"]
    theme, promise = "Serious harm: people", "We will attend to serious harm"
    for number, home in enumerate((["Serious harm", theme, promise], ["Serious harm", theme, ""])):
        file = workbook(tmp_path / f"{number}.xlsx", [headings, [*home, "1.01", "Do what 1.01 says"]])
        done = spp("import-plan", plan, file, "--apply", "--update", "--json")
        assert done.data["counts"]["differs"] == 1, done.out
        with Workspace.open(plan, read_only=True) as workspace:
            (row_,) = (each for each in workspace.read(queries.register, Activity) if each.ref == "1.01")
            assert (bool(row_.theme_id), bool(row_.commitment_id)) == ((False, True), (True, False))[number]


def test_an_indicator_without_a_reference_that_stands_twice_is_named(plan: Path, tmp_path: Path) -> None:
    lines = [["Indicator", "Better"], ["Burglary", "lower"], ["Burglary", "lower"]]
    told = spp("import-plan", plan, workbook(tmp_path / "measures.xlsx", lines), "--json")
    assert told.data["left"] == ["A3: the indicator Burglary stands twice in the table."]


def test_a_table_as_a_police_office_writes_it(plan: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "plan.xlsx", [
        ["What will we do?", "Who", "Start", "End", "Progress update", "Status (RAG)"],
        ["Draft it", "T/ACC Smith", "April 2009", "April 2009", "Met twice.", "A"],
        ["Print it", "ACC Crime and Head of Print", "", "End of Q4", "", "G"],
    ])  # fmt: skip
    told = spp("import-plan", plan, file, "--under", "Serious harm", "--json")
    assert told.status == ASK
    asked = {(question["kind"], question["text"]): question["answer"] for question in told.data["questions"]}
    assert asked == {
        ("owner", "T/ACC Smith"): "+", ("start", "April 2009"): "2009-04-01", ("day", "April 2009"): "2009-04-30",
        ("status", "A"): "At risk", ("owner", "ACC Crime and Head of Print"): None,
        ("day", "End of Q4"): "2010-03-31", ("status", "G"): "On track",
    }  # fmt: skip
    assert told.data["year"] == "2009-2010"
    means = ("--means", "ACC Crime and Head of Print=each")
    done = spp("import-plan", plan, file, "--under", "Serious harm", "--apply", *means)
    assert done.status == DONE, done.out
    with Workspace.open(plan, read_only=True) as workspace:
        first, second = workspace.read(queries.activities, 2009)
    assert (first.start, first.due, first.notes, first.owners) == (
        date(2009, 4, 1), date(2009, 4, 30), "Met twice.", ("T/ACC Smith",),
    )  # fmt: skip
    assert second.owners == ("ACC Crime", "Head of Print")


def test_where_no_column_is_known_it_says_which_there_are(plan: Path, tmp_path: Path) -> None:
    told = spp("import-plan", plan, workbook(tmp_path / "plan.xlsx", [["Thing", "Person"], ["x", "y"]]))
    assert told.status == REFUSED
    assert "The columns are: Thing, Person." in told.err
