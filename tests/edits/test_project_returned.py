"""The delivery plan as a project's file: out, changed as MS Project changes it, and back in the usual review."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.edits import deciding, delivery, issuing, links, receiving, registers, taking
from spp_desktop.edits.reviewing import Review
from spp_desktop.plan.links import DEPENDS
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Priority
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns import mspdi, mspdi_file
from spp_desktop.returns import mspdi_fields as fields
from spp_desktop.returns.aside import NotWritten
from spp_desktop.returns.catalogue.project import PROJECT
from spp_desktop.returns.definition import Content
from spp_desktop.returns.limits import LIMITS, FileLimits
from spp_desktop.returns.records import Unreadable
from spp_desktop.returns.scan import ReturnRefused, scan_xml
from spp_desktop.returns.words import clean
from spp_desktop.store import exports, monitored, queries
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import activity, found, milestone, of, only, set_cells, set_status
from tests.edits.project_file import SPACE, ProjectFile

FIRST, STEP = "Do what 1.01 says", "First step of 1.01"
CRIME, SECURITY = "ACC Crime", "ACC Security"


@pytest.fixture
def project(workspace: Workspace, tmp_path: Path) -> Path:
    """The project of the small plan, of which 1.01 has all that an activity can have."""
    set_cells(workspace, start=date(2008, 4, 14), due=date(2009, 3, 31), percent=55, reason="Staff are short.")
    set_status(workspace, "At risk")
    return sent(workspace, tmp_path / "plan.xml")


def sent(workspace: Workspace, path: Path, owner: str = "") -> Path:
    issuing.issue(workspace, PROJECT, path, owner=owner, year=2008)
    return path


def review(workspace: Workspace, path: Path) -> Review:
    return receiving.review(workspace, path)


def told(path: Path, name: str, *tags: str) -> list[str | None]:
    """Texts of a task."""
    task = ProjectFile(path).task(name)
    return [task.findtext(f"{SPACE}{tag}") for tag in tags]


# Going out


def test_what_a_task_shows(workspace: Workspace, project: Path) -> None:
    assert told(project, "Serious harm", "OutlineLevel", "Summary", "Milestone") == ["1", "1", "0"]
    shown = told(project, FIRST, "OutlineLevel", "Start", "Finish", "Deadline", "PercentComplete", "Notes", "Duration")
    assert shown == [
        "2",
        "2008-04-14T08:00:00",
        "2009-03-31T17:00:00",
        "2009-03-31T17:00:00",
        "55",
        "Staff are short.",
        f"PT{352 * 8}H0M0S",
    ]
    assert told(project, FIRST, "GUID") == [activity(workspace).key.upper()]
    assert told(project, STEP, "OutlineLevel", "Start", "Finish", "Duration", "Milestone", "PercentComplete") == [
        "2",
        "2008-07-01T08:00:00",
        "2008-07-01T08:00:00",
        "PT0H0M0S",
        "1",
        "0",
    ]
    names = [task.findtext(f"{SPACE}Name") for task in ProjectFile(project).tasks()]
    assert names == [
        "Serious harm",
        FIRST,
        STEP,
        "Do what 1.02 says",
        "First step of 1.02",
        "Local policing",
        "Do what 2.01 says",
        "First step of 2.01",
    ]


def test_the_finish_is_the_day_now_expected_and_a_milestone_stands_where_it_was_done(
    workspace: Workspace, tmp_path: Path
) -> None:
    set_cells(workspace, due=date(2009, 1, 31), forecast=date(2009, 2, 28))
    key = milestone(workspace).key
    workspace.edit("x", delivery.set_milestone, key, forecast=date(2008, 8, 1), done_on=date(2008, 7, 20))
    path = sent(workspace, tmp_path / "plan.xml")
    assert told(path, FIRST, "Finish", "Deadline") == ["2009-02-28T17:00:00", "2009-01-31T17:00:00"]
    assert told(path, STEP, "Finish", "Deadline", "ActualFinish", "PercentComplete") == [
        "2008-07-20T08:00:00",
        "2008-07-01T17:00:00",
        "2008-07-20T08:00:00",
        "100",
    ]
    assert review(workspace, path).differences == ()


ORDER = (  # noqa: SIM905 - as the schema lists them
    "UID GUID ID Name Active Manual Type IsNull WBS OutlineNumber OutlineLevel Priority Start Finish Duration "
    "DurationFormat Work EffortDriven Estimated Milestone Summary PercentComplete PercentWorkComplete ActualStart "
    "ActualFinish ActualDuration ActualWork RemainingDuration RemainingWork ConstraintType CalendarUID ConstraintDate "
    "Deadline IgnoreResourceCalendar Notes PredecessorLink ExtendedAttribute"
).split()
"""The elements of a task in the order of Microsoft's schema."""


def test_elements_stand_in_the_order_that_ms_project_demands(workspace: Workspace, project: Path) -> None:
    opened = ProjectFile(project)
    for task in opened.tasks():
        tags = [child.tag.removeprefix(SPACE) for child in task]
        assert tags == sorted(tags, key=ORDER.index)
    tags = [child.tag.removeprefix(SPACE) for child in opened.root]
    assert tags[-5:] == ["ExtendedAttributes", "Calendars", "Tasks", "Resources", "Assignments"]
    ids = [task.findtext(f"{SPACE}ID") for task in opened.tasks()]
    assert ids == [str(n) for n in range(1, len(ids) + 1)]


def test_the_headings_that_the_reader_writes_are_those_of_the_return() -> None:
    told_by_return = [
        (listing.title, tuple(column.title for column in listing.columns if not column.optional))
        for listing in PROJECT.listings
    ]
    assert told_by_return == [
        (fields.ACTIVITIES_SHEET, fields.ACTIVITY_HEADINGS),
        (fields.MILESTONES_SHEET, fields.MILESTONE_HEADINGS),
    ]


def test_a_post_gets_its_own_and_a_file_has_the_right_ending(workspace: Workspace, tmp_path: Path) -> None:
    path = sent(workspace, tmp_path / "crime.xml", CRIME)
    names = [task.findtext(f"{SPACE}Name") for task in ProjectFile(path).tasks()]
    assert [name for name in names if name and name.startswith("Do ")] == [FIRST, "Do what 2.01 says"]
    content = issuing.prepare(workspace, PROJECT, CRIME, year=2008)
    assert issuing.file_name(PROJECT, content.identity, [CRIME]) == "2008-09 delivery plan as a project - ACC Crime.xml"
    with pytest.raises(NotWritten, match=r"a project's file ends with \.xml"):
        sent(workspace, tmp_path / "crime.xlsx", CRIME)
    with pytest.raises(NotWritten, match="a form without rows can only be a workbook"):
        mspdi_file.write(PROJECT, issuing.blank(workspace, PROJECT, year=2008), tmp_path / "blank.xml")
    assert [path.name for path in tmp_path.glob("*.x*")] == ["crime.xml"]
    mail = issuing.covering_mail(PROJECT, content, path)
    assert "open it in MS Project" in mail.body


def test_what_depends_on_what_is_a_link_only_where_the_dates_wait_for_it(workspace: Workspace, tmp_path: Path) -> None:
    """A link makes MS Project move a task that begins before the other has ended; no date of the plan is to move."""
    set_cells(workspace, start=date(2008, 10, 1), due=date(2009, 3, 31))
    set_cells(workspace, "1.02", start=date(2008, 6, 1), due=date(2008, 10, 31))
    first, step = activity(workspace).key, milestone(workspace, "2.01").key  # the step is due on 1 July 2008
    for other in (step, activity(workspace, "1.02").key):
        workspace.edit("x", links.join, DEPENDS, first, other)
    path = sent(workspace, tmp_path / "plan.xml")
    file = ProjectFile(path)
    linked = [link.findtext(f"{SPACE}PredecessorUID") for link in file.task(FIRST).iter(f"{SPACE}PredecessorLink")]
    assert linked == [file.task("First step of 2.01").findtext(f"{SPACE}UID")]
    fields_of = {
        each.findtext(f"{SPACE}FieldID"): each.findtext(f"{SPACE}Value")
        for each in file.task(FIRST).iter(f"{SPACE}ExtendedAttribute")
    }
    words = fields_of[str(fields.DEPENDS.number)] or ""
    assert sorted(words.split("; ")) == ["1.02", "2.01 First step of 2.01"]
    tags = [child.tag.removeprefix(SPACE) for child in file.task(FIRST)]
    assert tags == sorted(tags, key=ORDER.index)
    back = review(workspace, path)
    assert (back.differences, back.notices) == ((), ())


DAYS = st.none() | st.dates(date(2008, 4, 1), date(2009, 3, 31))
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=700).filter(
    lambda text: bool("".join(text.split()).strip())
)


@pytest.fixture(scope="module")
def content(small_plan: Path) -> Content:
    """What the project of the small plan holds."""
    with Workspace.open(small_plan, read_only=True) as workspace:
        return issuing.prepare(workspace, PROJECT, year=2008)


def written(content: Content, table: int, **values: Any) -> list[str | None]:
    """Write a file with other values in the first row of a table, and give what its task says for other programs.

    Writing reads the file again with all its fields, and refuses it if a cell would not say the same.
    """
    first, *others = content.tables[table]
    rows = (replace(first, values={**first.values, **values}), *others)
    tables = (rows, content.tables[1]) if table == 0 else (content.tables[0], rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xml"
        mspdi_file.write(PROJECT, replace(content, tables=tables), path)
        name = fields.name_of(clean(str(values["title" if table else "text"])))
        return told(path, name, "Milestone", "Deadline", "PercentComplete")


def deadline(day: date | None) -> str | None:
    return None if day is None else f"{day}T17:00:00"


@given(
    text=TEXTS,
    start=DAYS,
    due=DAYS,
    forecast=DAYS,
    percent=st.none() | st.integers(0, 100),
    reason=TEXTS,
    owners=st.lists(st.sampled_from([CRIME, SECURITY]), unique=True, min_size=1).map(tuple),
)
def test_whatever_an_activity_holds_comes_back_as_it_went_out(content: Content, **values: Any) -> None:
    told_there = ["0", deadline(values["due"]), str(values["percent"] or 0)]
    assert written(content, 0, **values) == told_there


@given(title=TEXTS.map(lambda text: text[:300]).filter(str.strip), due=DAYS, forecast=DAYS, done_on=DAYS)
def test_whatever_a_milestone_holds_comes_back_as_it_went_out(content: Content, **values: Any) -> None:
    told_there = ["1", deadline(values["due"]), "100" if values["done_on"] else "0"]
    assert written(content, 1, **values) == told_there


# Coming back


def test_what_was_changed_is_taken_in_as_one_step_and_undone_in_one(workspace: Workspace, project: Path) -> None:
    with ProjectFile(project) as tasks:
        tasks.set(FIRST, Start="2008-05-01T08:00:00", Finish="2009-03-20T17:00:00", PercentComplete="60")
        tasks.field(FIRST, fields.STATUS, "On track")
        tasks.set(STEP, PercentComplete="100", ActualFinish="2008-07-04T17:00:00", Finish="2008-07-04T17:00:00")
        tasks.set("Do what 1.02 says", Name="Do what it says")
    before, back = workspace.revision(), review(workspace, project)
    assert workspace.revision() == before
    assert found(back) == [
        ("change", "1.01", "status", "On track"),
        ("change", "1.01", "percent", 60),
        ("change", "1.01", "start", date(2008, 5, 1)),
        ("change", "1.01", "forecast", date(2009, 3, 20)),
        ("change", "1.02", "text", "Do what it says"),
        ("change", "1.01", "done_on", date(2008, 7, 4)),
    ]
    applied = taking.apply(workspace, [back])
    assert (applied.accepted, applied.left) == (6, 0)
    row = activity(workspace)
    assert (row.status, row.percent, row.start, row.due, row.forecast) == (
        "On track",
        60,
        date(2008, 5, 1),
        date(2009, 3, 31),
        date(2009, 3, 20),
    )
    assert milestone(workspace).done_on == date(2008, 7, 4)
    workspace.undo()
    assert (activity(workspace).status, milestone(workspace).done_on) == ("At risk", None)


def test_the_deadline_is_the_day_that_was_agreed(workspace: Workspace, project: Path) -> None:
    with ProjectFile(project) as tasks:
        tasks.set(FIRST, Deadline="2009-05-31T17:00:00", Finish="2009-05-31T17:00:00")
    assert found(review(workspace, project)) == [("change", "1.01", "due", date(2009, 5, 31))]
    with ProjectFile(project) as tasks:
        tasks.set(FIRST, Deadline=None, Finish="2009-06-30T17:00:00")  # a program that keeps no deadlines
    assert found(review(workspace, project)) == [("change", "1.01", "due", date(2009, 6, 30))]


def test_new_tasks_are_proposed_below_their_priority_and_new_milestones_behind_their_activity(
    workspace: Workspace, project: Path
) -> None:
    with ProjectFile(project) as tasks:
        tasks.add_behind(
            STEP, Name="Second step", Milestone="1", Start="2008-09-01T08:00:00", Finish="2008-09-01T08:00:00"
        )
        tasks.add_behind("Do what 2.01 says", Name="Do more", Start="2008-09-01T08:00:00", Finish="2008-12-01T17:00:00")
        tasks.assign("Do more", SECURITY, CRIME)
    new = {each.text: dict(each.row) for each in review(workspace, project).differences}
    assert new == {
        "Second step": {
            "ref": "1.01",
            "title": "Second step",
            "due": date(2008, 9, 1),
            "activity_id": activity(workspace).key,
        },
        "Do more": {
            "priority": "Local policing",
            "text": "Do more",
            "owners": (SECURITY, CRIME),
            "start": date(2008, 9, 1),
            "due": date(2008, 12, 1),
        },
    }
    back = review(workspace, project)
    taking.apply(workspace, [deciding.decided(workspace, back, back.differences, "accept")])
    assert [row.text for row in workspace.read(queries.activities)] == [
        FIRST,
        "Do what 1.02 says",
        "Do what 2.01 says",
        "Do more",
    ]
    steps = [row.title for row in workspace.read(queries.milestones) if row.activity_key == activity(workspace).key]
    assert steps == [STEP, "Second step"]


def test_tasks_that_are_gone_delete_nothing(workspace: Workspace, project: Path) -> None:
    with ProjectFile(project) as tasks:
        tasks.delete(FIRST)
        tasks.delete(STEP)
    back = review(workspace, project)
    assert [(each.kind, each.ref) for each in back.differences] == [("not returned", "1.01"), ("not returned", "1.01")]
    taking.apply(workspace, [back])
    assert activity(workspace).text == FIRST


def test_an_unknown_resource_is_asked_about_and_the_lead_stays_first(workspace: Workspace, project: Path) -> None:
    with ProjectFile(project) as tasks:
        tasks.assign(FIRST, "ACC Crimes")
        tasks.assign("Do what 1.02 says", CRIME, SECURITY)
    back = review(workspace, project)
    asked = of(back, "owners")
    assert (asked.kind, asked.usable) == ("question", True)
    assert "ACC Crime" in asked.remark
    assert of(back, "owners", "1.02").returned == (SECURITY, CRIME)  # who led goes on leading


def test_what_only_the_guid_says_is_known_by_it(workspace: Workspace, project: Path) -> None:
    """A program that keeps no fields of ours has names and GUIDs only: a row that was renamed is known all the same."""
    with ProjectFile(project) as tasks:
        tasks.without_fields()
        tasks.set(STEP, Name="The first step")
    back = review(workspace, project)
    (renamed,) = [each for each in back.differences if each.field == "title"]
    assert (renamed.kind, renamed.returned, renamed.issued) == ("change", "The first step", STEP)
    assert not [each for each in back.differences if each.kind in ("new row", "not returned")]


def test_a_copied_task_is_a_new_one(workspace: Workspace, project: Path) -> None:
    with ProjectFile(project) as tasks:
        copied = tasks.add_behind(STEP, Name="Do it again", Start="2008-05-01T08:00:00", Finish="2008-06-01T17:00:00")
        copied.extend(tasks.task(FIRST).findall(f"{SPACE}ExtendedAttribute"))
    new = only(review(workspace, project))
    assert (new.kind, dict(new.row)["text"], dict(new.row)["priority"]) == ("new row", "Do it again", "Serious harm")


def test_a_long_text_is_whole_again_and_what_lost_its_end_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    text = "Work with partners on what takes many words to say. " * 12
    set_cells(workspace, text=text.strip())
    path = sent(workspace, tmp_path / "plan.xml")
    (name,) = [
        t.findtext(f"{SPACE}Name") or ""
        for t in ProjectFile(path).tasks()
        if len(t.findtext(f"{SPACE}Name") or "") > 99
    ]
    assert (len(name), name[-1]) == (fields.LONGEST_NAME, "…")
    assert review(workspace, path).differences == ()
    with ProjectFile(path) as tasks:
        for part in fields.WHOLE:
            tasks.field(name, part, "")
    back = review(workspace, path)
    assert (back.differences, [each.field for each in back.left_empty]) == ((), ["text"])
    with ProjectFile(path) as tasks:
        tasks.set(name, Name="Work with partners")
    assert of(review(workspace, path), "text").returned == "Work with partners"


def test_posts_whose_names_no_resource_may_have_come_back(workspace: Workspace, tmp_path: Path) -> None:
    (row,) = [row for row in workspace.read(queries.register, Post) if row.title == CRIME]
    workspace.edit("x", registers.set_cells, Post, [(row.id, "title", "ACC (Crime), [North]")])
    path = sent(workspace, tmp_path / "plan.xml")
    names = [each.findtext(f"{SPACE}Name") for each in ProjectFile(path).root.iter(f"{SPACE}Resource")]
    assert names == ["ACC (Crime)  (North)".replace("  ", " "), SECURITY]
    assert review(workspace, path).differences == ()


def test_what_has_no_place_in_the_plan_is_told(workspace: Workspace, project: Path) -> None:
    with ProjectFile(project) as tasks:
        tasks.set("Serious harm", Name="Grave harm")
        link = ET.SubElement(tasks.task(STEP), f"{SPACE}PredecessorLink")
        ET.SubElement(link, f"{SPACE}PredecessorUID").text = "2"
        tasks.set("First step of 1.02", Notes="Waits for the budget.", Active="0")
    back = review(workspace, project)
    assert back.notices == (
        "The priority “Serious harm” has another name in the file. Priorities are renamed in the plan itself; this was "
        "left out.",
        "The file links tasks to one another otherwise than when it went out. What depends on what is said in the plan "
        "itself; this was left out.",
        "A task is inactive in the file: “First step of 1.02”. What is withdrawn or deferred is so by its "
        "status; this was left out.",
    )
    assert "Waits for the budget." in only(back).remark


def test_a_renamed_priority_and_post_are_no_differences(workspace: Workspace, project: Path) -> None:
    row = workspace.read(queries.register, Priority)[0]
    workspace.edit("x", registers.set_cells, Priority, [(row.id, "title", "Grave harm")])
    assert review(workspace, project).differences == ()


def test_a_file_that_lost_what_it_says_of_itself_is_known_by_its_keys(workspace: Workspace, project: Path) -> None:
    with ProjectFile(project) as tasks:
        for tag in ("Subject", "Category", "Title"):
            own = tasks.root.find(f"{SPACE}{tag}")
            assert own is not None
            tasks.root.remove(own)
        tasks.set(FIRST, PercentComplete="60")
    back = review(workspace, project)
    assert found(back) == [("change", "1.01", "percent", 60)]
    assert "By the keys of its rows it is the 2008-2009 delivery plan as a project" in back.notices[0]


@pytest.mark.parametrize(
    ("start", "finish", "duration", "day"),
    [
        ("2008-04-14T00:00:00", "2009-03-31T00:00:00", "PT2816H0M0S", date(2009, 3, 31)),  # days without their times
        ("2008-04-14T00:00:00", "2009-04-01T00:00:00", "PT2816H0M0S", date(2009, 3, 31)),  # ends as the next day begins
        ("2008-04-14T08:00:00", "2009-04-01T00:00:00", "PT2816H0M0S", date(2009, 3, 31)),
        ("2008-04-14T08:00:00", "2009-04-01T00:30:00", "PT2816H0M0S", date(2009, 4, 1)),
    ],
)
def test_a_midnight_ends_a_day_or_stands_for_one(  # noqa: PLR0917 - one line of a table
    workspace: Workspace, project: Path, start: str, finish: str, duration: str, day: date
) -> None:
    with ProjectFile(project) as tasks:
        tasks.set(FIRST, Start=start, Finish=finish, Duration=duration)
    expected = [] if day == date(2009, 3, 31) else [("change", "1.01", "forecast", day)]
    assert found(review(workspace, project)) == expected


def test_a_milestone_that_moves_again_waits_for_the_reason_which_the_review_takes(
    workspace: Workspace, tmp_path: Path
) -> None:
    key = milestone(workspace).key
    workspace.edit("move it", delivery.set_milestone, key, forecast=date(2008, 8, 1))
    path = sent(workspace, tmp_path / "plan.xml")
    with ProjectFile(path) as tasks:
        tasks.set(STEP, Start="2008-09-01T08:00:00", Finish="2008-09-01T08:00:00")
    back = review(workspace, path)
    why, day = back.differences
    assert [(each.field, each.kind, each.why) for each in back.differences] == [
        ("moved_why", "question", "asked"),
        ("forecast", "question", "waits"),
    ]
    assert "Its dates have moved once before. Say why" in day.remark
    with pytest.raises(RuleBroken, match="Say why: a second move asks for a reason"):
        deciding.decided(workspace, back, [day], "accept")
    back = deciding.decided(workspace, back, [why], "accept", value="The hall was let")
    back = deciding.decided(workspace, back, [day], "accept")
    assert taking.apply(workspace, [back]).kept_back == ()
    last = workspace.read(monitored.moves)[key][-1]
    assert (last.now, last.reason) == (date(2008, 9, 1), "The hall was let")


def test_cells_that_cannot_be_read_are_asked_about(workspace: Workspace, project: Path) -> None:
    with ProjectFile(project) as tasks:
        tasks.set(FIRST, Deadline="NA", PercentComplete="half")
    back = review(workspace, project)
    assert (of(back, "due").kind, of(back, "percent").kind) == ("question", "question")


# Files that are none


SPOILT = {
    "doctype": (b"<Project", b'<!DOCTYPE Project [<!ENTITY x "y">]><Project', "declares a document type, which no p"),
    "cut off": (b"</Tasks>", b"", "is damaged. Open"),
    "another encoding": (b"encoding='utf-8'", b"encoding='utf-16'", "in an encoding that MS Project does not use"),
    "another root": (b"http://schemas.microsoft.com/project", b"http://example.org/project", "is a web page or other"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_file_is_refused_in_a_sentence(workspace: Workspace, project: Path, how: str) -> None:
    before, after, sentence = SPOILT[how]
    content = project.read_bytes()
    assert before in content
    project.write_bytes(content.replace(before, after, 1))
    with pytest.raises(ReturnRefused, match=sentence) as refused:
        review(workspace, project)
    assert ("Open it in MS Project" in str(refused.value)) is (how != "another root")


def with_prefix(content: str) -> str:
    """The same XML with a prefix before each tag, as some libraries write it."""
    content = re.sub(r"<(/?)(?=[A-Z])", r"<\1p:", content)
    return content.replace(f'xmlns="{fields.NAMESPACE}"', f'xmlns:p="{fields.NAMESPACE}"')


def with_others(content: str) -> str:
    """The same with a style sheet named, and with tags of somebody else's, called as the file's own are."""
    head, _, body = content.partition("<Project")
    body = body.replace("<Task>", '<Task><x:Name xmlns:x="http://example.org/x">Not the name</x:Name>')
    return f'{head}<?xml-stylesheet href="project.css"?><!-- for <Project> -->\n<Project{body}'


@pytest.mark.parametrize("written", [with_prefix, with_others])
def test_a_file_is_read_however_its_tags_are_written(
    workspace: Workspace, project: Path, written: Callable[[str], str]
) -> None:
    with ProjectFile(project) as tasks:
        tasks.set(FIRST, PercentComplete="60")
    content = written(project.read_text("utf-8"))
    assert content != project.read_text("utf-8")
    project.write_text(content, "utf-8")
    back = review(workspace, project)
    assert found(back) == [("change", "1.01", "percent", 60)]
    assert back.notices == ()


def test_a_file_with_more_in_it_than_is_read_says_what_to_do(workspace: Workspace, project: Path) -> None:
    with ProjectFile(project) as tasks:
        tasks.set(FIRST, Notes="word " * 20_000)
    with pytest.raises(
        ReturnRefused, match=r"plan\.xml cannot be read as a project: it has more text in a field"
    ) as refused:
        review(workspace, project)
    assert str(refused.value).endswith("save it again as XML Format (.xml), and take in that file.")


def test_a_project_of_somebody_else_is_no_return_of_this_plan(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "other.xml"
    path.write_text(
        f'<Project xmlns="{fields.NAMESPACE}"><Tasks><Task><UID>1</UID><Name>Dig</Name></Task></Tasks></Project>'
    )
    with pytest.raises(ReturnRefused, match="is not a return made from this plan"):
        review(workspace, path)
    assert workspace.read_beside(exports.every) == []


def test_a_document_type_is_refused_wherever_it_is_met() -> None:
    content = b'<!DOCTYPE Project [<!ENTITY x "y">]><Project xmlns="http://schemas.microsoft.com/project">&x;</Project>'
    with pytest.raises(ReturnRefused, match="declares a document type"):
        scan_xml(BytesIO(content), "plan.xml")
    with pytest.raises(Unreadable, match="declares a document type"):
        list(mspdi.records(BytesIO(content), LIMITS))


def test_more_than_a_return_holds_is_refused(workspace: Workspace, project: Path) -> None:
    content = project.read_bytes()
    for limits, sentence in (
        (FileLimits(rows=7), "more tasks than a return has rows"),
        (FileLimits(all_text=2_000), "more text in all its tasks"),
        (FileLimits(depth=3), "its tags stand more than 3 deep"),
    ):
        with pytest.raises(Unreadable, match=sentence):
            list(mspdi.records(BytesIO(content), limits))
    with pytest.raises(ReturnRefused, match="tags stand more than 100 deep"):
        scan_xml(BytesIO(b"<Project>" + b"<a>" * 200), "plan.xml", FileLimits(depth=100))
