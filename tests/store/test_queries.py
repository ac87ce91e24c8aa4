"""What the named reads give of a plan in which everything occurs once; the first look and the dump say the same."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, select

from spp_desktop.edits import links, registers, rows
from spp_desktop.plan.accepted import AcceptedFinding
from spp_desktop.plan.attachments import Attachment
from spp_desktop.plan.declared_returns import AskedIndicator, DeclaredReturn
from spp_desktop.plan.delivery import Activity, ActivityOwner, ActivityUpdate, Milestone, Status
from spp_desktop.plan.disclosures import Disclosure, SmallNumbers, SmallNumbersException
from spp_desktop.plan.editions import (
    Edition,
    ExplainedChange,
    FileOfEdition,
    PlannedRevision,
    PlanVersion,
    StateOfPlan,
)
from spp_desktop.plan.forms import FormMapping
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.identity import Section
from spp_desktop.plan.judging import Annotation, JudgementRule, Override, PeerForce, PeerRate, Rebase
from spp_desktop.plan.kept_documents import KeptDocument
from spp_desktop.plan.kinds import Day, Link, Number, Year
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.links import RowLink
from spp_desktop.plan.monitoring import ActivityReport, DateMove, ReportingPeriod
from spp_desktop.plan.performance import Indicator, IndicatorGroup, Target, TargetVersion
from spp_desktop.plan.posts import Body, Post, PostHolder
from spp_desktop.plan.priorities import Commitment, Note, NoteUse, Priority, PriorityAlias, Theme
from spp_desktop.plan.register import Register, in_year
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.results import (
    Area,
    AreaPopulation,
    DefinitionVersion,
    Restatement,
    Result,
    ResultMapping,
)
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.roles import PostInRole
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.submissions import Submission
from spp_desktop.plan.turning import ClosedYear, EarlierOwner, FromTo
from spp_desktop.store import (
    dependents,
    dump,
    glimpse,
    history,
    in_roles,
    measured,
    past,
    queries,
    recording,
    registered,
    threads,
)
from spp_desktop.store.glimpse import first_look
from spp_desktop.store.plain import ActivityRow
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql


def _furnish_turned_year(session: Session, key: dict[str, str]) -> None:
    """What a year leaves behind when it is turned, and an edition with what belongs to it."""
    add = partial(rows.add, session)
    add(EarlierOwner, row_id=key["1.01"], post_id=key["chief"], until="30/06/2008", author="A. Person")
    add(FromTo, row_table="activity", row_id=key["1.01"], year=2008, fate="kept")
    add(ClosedYear, year=2008, state="reopened", reason="A late figure", state_on="30/06/2008", state_by="A. Person")
    state = session.exec(select(StateOfPlan.id).where(StateOfPlan.title == "Draft")).one()
    version = add(PlanVersion, number=1, state_id=state, dated="31/03/2008", signed_by="A. Person", revision="r" * 36)
    edition = {
        "number": 1,
        "title": "First",
        "first_year": 2008,
        "years": 3,
        "revision": "r" * 36,
    }
    edition_key = add(Edition, version_id=version, issued_on="31/03/2008", issued_by="A. Person", **edition)
    add(FileOfEdition, edition_id=edition_key, file_name="plan.pdf", file_hash="0" * 64)
    revision = add(PlannedRevision, title="Burglary", announced_on="01/04/2008")
    explained = {"row_table": "activity", "row_id": key["1.01"], "column_name": "text", "step": "s" * 36}
    add(ExplainedChange, reason="A misprint.", planned_id=revision, **explained)


def furnish(session: Session) -> dict[str, str]:
    """Everything that a plan can hold, once or twice, and the keys of it."""
    key = _furnish_plan(session)
    _furnish_turned_year(session, key)
    return key


def _furnish_plan(session: Session) -> dict[str, str]:
    """All of it but for what a year leaves behind."""
    add = partial(rows.add, session)
    key: dict[str, str] = {}
    key["body"] = add(Body, title="The force", kind="police force")
    key["chief"] = add(Post, title="Chief", body_id=key["body"], position=2.0)
    key["deputy"] = add(Post, title="Deputy", position=1.0)
    add(PostHolder, post_id=key["chief"], name="A. Person", held_from="1 April 2008")
    key["section"] = add(Section, number="1", title="Foreword", body="First.\n\nSecond.")
    key["second"] = add(Priority, title="Second", position=2.0)
    key["first"] = add(Priority, title="First", narrative="Why", position=1.0)
    add(PriorityAlias, priority_id=key["first"], title="The first", printed_in="section 6")
    key["theme"] = add(Theme, priority_id=key["first"], title="People", position=2.0)
    key["above"] = add(Theme, priority_id=key["first"], title="Before", position=1.0)
    key["under"] = add(Theme, priority_id=key["first"], parent_id=key["theme"], title="Resources")
    key["will"] = add(Commitment, theme_id=key["theme"], text="We will")
    add(Commitment, theme_id=key["under"], text="We will too")
    status = {row.title: row.id for row in session.connection().exec_driver_sql("SELECT title, id FROM status")}
    for ref, year, priority, n in (
        ("1.02", 2008, "first", 2.0),
        ("1.01", 2008, "first", 1.0),
        ("2.01", 2009, "second", 1.0),
    ):
        key[ref] = add(Activity, ref=ref, year=year, priority_id=key[priority], text=f"Do {ref}", position=n)
    rows.change(
        session, Activity, key["1.01"], status_id=status["At risk"], due="30/09/2008", percent=30, reason="Late"
    )
    rows.change(session, Activity, key["1.02"], status_id=status["Complete"], due="30/09/2008")
    add(ActivityOwner, activity_id=key["1.01"], post_id=key["deputy"], role="joint", position=1.0)
    add(ActivityOwner, activity_id=key["1.01"], post_id=key["chief"], role="lead", position=2.0)
    add(Milestone, activity_id=key["1.01"], title="Plan", due="01/06/2008", done_on="03/06/2008", position=1.0)
    key["step"] = add(
        Milestone, activity_id=key["1.01"], title="Do", due="01/08/2008", forecast="01/10/2008", position=2.0
    )
    add(Milestone, activity_id=key["1.01"], title="Tell", due="01/11/2008", position=3.0)
    add(Milestone, activity_id=key["2.01"], title="Some day")
    report = {"activity_id": key["1.01"], "post_id": key["chief"], "status_id": status["At risk"]}
    add(ActivityUpdate, reported_on="01/07/2008", done="Planned", next="Do", **report)
    add(ActivityUpdate, reported_on="01/09/2008", done="Begun", **report)
    quarter = add(ReportingPeriod, title="Q1 2008-09", starts="01/04/2008", ends="30/06/2008", state="open")
    key["report"] = add(ActivityReport, activity_id=key["1.01"], period_id=quarter, done="Planned", next="Do")
    add(DateMove, row_id=key["1.01"], was="31/07/2008", now="30/09/2008", moved_on="01/07/2008", moved_by="A. Person")
    add(RowLink, from_id=key["1.01"], to_id=key["2.01"], kind="same as")
    add(RowLink, from_id=key["1.02"], to_id=key["1.01"], kind="depends on", note="once begun")
    frame = add(Framework, title="PSA")
    item = add(FrameworkItem, framework_id=frame, code="NI 15", title="Serious violence")
    group = add(IndicatorGroup, title="Surveys", position=2.0)
    key["group"] = add(IndicatorGroup, title="Reductions", position=1.0)
    below = add(IndicatorGroup, title="BME", parent_id=group)
    key["survey"] = add(
        Indicator,
        ref="S1",
        group_id=below,
        title="Satisfied",
        polarity="higher",
        position=1.0,
        population="BME community",
    )
    key["violence"] = add(
        Indicator, ref="R1", group_id=key["group"], title="Violence", polarity="lower", local_priority=True,
        framework_item_id=item, position=2.0,
    )  # fmt: skip
    aims: list[tuple[int | None, str, str, int | None]] = [
        (2009, "level", "90", 90),
        (None, "change over plan", "10%", 10),
        (2008, "benchmark", "B", None),
    ]
    for aimed_at, kind, stated, value in aims:
        add(Target, indicator_id=key["violence"], year=aimed_at, kind=kind, stated=stated, value=value)
    add(Result, indicator_id=key["violence"], period_from="01/05/2008", period_to="31/05/2008", value=8)
    add(
        Result,
        indicator_id=key["violence"],
        period_from="01/04/2008",
        period_to="30/04/2008",
        value=9.5,
        state="revised",
    )
    furnish_results(session, key)
    key["note"] = add(Note, text="As counted by us")
    add(NoteUse, note_id=key["note"], number=3, printed_in="table 1", indicator_id=key["violence"])
    add(NoteUse, note_id=key["note"], number=1, printed_in="table 2", indicator_id=key["violence"])
    add(NoteUse, note_id=key["note"], printed_in="page 5", priority_id=key["first"])
    return key


def furnish_results(session: Session, key: dict[str, str]) -> None:
    """All that is known of results besides those of the force, and how they are judged."""
    add = partial(rows.add, session)
    key["east"] = add(Area, title="East", code="E", position=2.0)
    key["west"] = add(Area, title="West", position=1.0)
    add(AreaPopulation, area_id=key["east"], year=2008, number=120_000)
    add(AreaPopulation, year=2008, number=2_600_000, source="Estimate of 2007")
    first = session.connection().exec_driver_sql("SELECT id FROM judgement_rule ORDER BY position").scalars().first()
    rows.change(session, Indicator, key["survey"], rule_id=first, measure="survey", numerator="satisfied", fix_after=24)
    about = {"indicator_id": key["violence"]}
    may = {**about, "period_from": "01/05/2008", "period_to": "31/05/2008"}
    for area in ("east", "west"):
        add(Result, area_id=key[area], numerator=3, denominator=40, state="provisional", **may)
    add(Result, population="white", state="not available", **may)
    add(
        TargetVersion,
        year=2009,
        kind="level",
        stated="95",
        value=95,
        until="01/07/2008",
        reason="The grant was cut",
        author="A. Person",
        **about,
    )
    add(Restatement, before="9", after="9.5", made_on="01/07/2008", author="A. Person", reason="Recounted", **may)
    add(DefinitionVersion, starts_on="01/04/2008", definition="As the rules say", reason="New rules", **about)
    add(
        Override,
        area_id=key["east"],
        period_to="31/05/2008",
        colour="red",
        reason="Known",
        author="A",
        made_on="01/07/2008",
        **about,
    )
    add(Rebase, starts_on="01/05/2008", reason="A new unit", author="A", **about)
    for day in ("02/05/2008", "01/05/2008"):
        add(Annotation, on_day=day, text="A march", author="A", area_id=key["east"], **about)
    force = add(PeerForce, year=2008, force="Another force", source="HMIC")
    add(PeerRate, peer_id=force, year=2008, value=7, **about)
    add(PeerRate, year=2008, value=8, **about)
    add(ResultMapping, title="Monthly extract", columns="{}")
    add(FormMapping, title="Annual return", form="annual.xlsx", content='name = "Annual return"')
    declared = add(DeclaredReturn, title="Burglaries of OCUs", lists="result", goes_to="areas")
    add(AskedIndicator, return_id=declared, indicator_id=key["survey"])
    add(
        AcceptedFinding, finding="a rule:1", rule="a rule", sentence="No post owns it.", stamp="0" * 64,
        reason="Agreed", author="A", accepted_on=date(2008, 9, 1),
    )  # fmt: skip
    mark = session.connection().exec_driver_sql("SELECT id FROM marking ORDER BY position").scalars().first()
    rows.change(session, Section, key["section"], marking_id=mark)
    said = {"decided_by": "A", "decided_on": date(2008, 9, 1)}
    add(Disclosure, item_table="section", item_key=key["section"], reason="Not yet agreed", **said)
    add(Disclosure, item_table="section", column_name="section.title", released=True, revision="0", **said)
    small = add(SmallNumbers, item_table="indicator", item_key=key["survey"], persons=True, method="round", **said)
    add(SmallNumbersException, rule_id=small, cell="East, 2008", reason="Published before", **said)
    add(KeptDocument, title="Ours", document="board", parts="overview\nslipped")
    add(Submission, return_id="monthly-results", title="Monthly results", year=2008, period="M01", prepared_by="A")
    for register in REGISTERS:
        furnish_register(session, register)
    role = session.connection().execute(select(SQLModel.metadata.tables["role"].c.id)).scalars().first()
    for row in (key["1.01"], key["violence"]):
        add(PostInRole, row_id=row, role_id=role, post_id=key["deputy"])
        add(Attachment, row_id=row, title="Terms.docx", place="Terms.docx")


def furnish_register(session: Session, register: Register) -> None:
    """A row of a register that has none yet, with an entry in its log and a link, as far as it has these."""
    connection = session.connection()
    if connection.execute(select(SQLModel.metadata.tables[register.name].c.id)).first():
        return
    required = [name for name, field in register.model.model_fields.items() if field.is_required()]
    typed = {name: _fitting(session, register, name) for name in required}
    if register.yearly is not None:
        typed[in_year(register.yearly.names[0], 2008)] = 1.0
    row = registers.add(session, register.model, typed)
    if register.log:
        registers.report(session, register, row, "Looked at", date(2008, 9, 1))
    for table in register.links[:1]:
        other = list(registered.titles(connection, kinds_of_row()[table]))[-1]
        links.join(session, register.linked_as, row, other)


def _fitting(session: Session, register: Register, name: str) -> object:
    """Something that a column may hold."""
    kind = kind_of(register.model, name)
    if isinstance(kind, Link):
        return next(iter(registered.titles(session.connection(), kinds_of_row()[kind.table])))
    return {Year: 2008, Day: date(2008, 9, 30)}.get(type(kind), 2008 if isinstance(kind, Number) else "As it may be")


Furnished = tuple[Workspace, dict[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A full plan, made once, and the keys of its rows."""
    path = tmp_path_factory.mktemp("full") / "plan.plan"
    with Workspace.create(path, "A full plan", 2008) as workspace:
        return path, workspace.edit("furnish", furnish, as_kind="built")


@pytest.fixture
def furnished(made: tuple[Path, dict[str, str]], plan_path: Path) -> Iterator[Furnished]:
    """A copy of it, open for writing."""
    path, keys = made
    with Workspace.open(shutil.copyfile(path, plan_path)) as workspace:
        yield workspace, keys


def test_activities(furnished: Furnished) -> None:
    workspace, key = furnished
    found = workspace.read(queries.activities)
    assert [row.ref for row in found] == ["1.01", "1.02", "2.01"]
    risk = next(row.key for row in workspace.read(queries.statuses) if row.title == "At risk")
    assert found[0] == ActivityRow(
        key=key["1.01"], year=2008, ref="1.01", text="Do 1.01", priority_key=key["first"], priority="First",
        owners=("Chief", "Deputy"), owner_keys=(key["chief"], key["deputy"]), status_key=risk, status="At risk",
        finished=False, percent=30, start=None, due=date(2008, 9, 30), forecast=None, reason="Late", milestones=3,
        milestones_done=1, next_milestone=date(2008, 10, 1), updated=date(2008, 9, 1), linked=("1.02", "2.01"),
        roles={in_role(workspace.read(in_roles.roles)[0].key): (key["deputy"],)}, home_key=key["first"],
        home="First", attached=("Terms.docx",),
    )  # fmt: skip
    assert (found[2].owners, found[2].status, found[2].milestones, found[2].next_milestone) == ((), "", 1, None)
    assert workspace.read(queries.activities, 2009) == found[2:]
    for row in found:
        assert workspace.read(queries.activities, key=row.key) == [row]
    assert workspace.read(queries.activities, key="none") == []


def test_what_is_late(furnished: Furnished) -> None:
    workspace, _ = furnished
    open_, done, undated = workspace.read(queries.activities)
    assert [open_.late(day) for day in (date(2008, 9, 30), date(2008, 10, 1))] == [False, True]
    assert not done.late(date(2009, 1, 1))
    assert not undated.late(date(2009, 1, 1))


def test_milestones_updates_and_links(furnished: Furnished) -> None:
    workspace, key = furnished
    assert [row.title for row in workspace.read(queries.milestones)] == ["Plan", "Do", "Tell", "Some day"]
    assert [row.title for row in workspace.read(queries.milestones, year=2009)] == ["Some day"]
    step = workspace.read(queries.milestones, activity=key["1.01"])[1]
    assert (step.key, step.due, step.forecast, step.done_on) == (key["step"], date(2008, 8, 1), date(2008, 10, 1), None)
    reports = workspace.read(queries.updates)
    assert [(row.reported_on, row.post, row.status, row.done, row.next) for row in reports] == [
        (date(2008, 9, 1), "Chief", "At risk", "Begun", ""),
        (date(2008, 7, 1), "Chief", "At risk", "Planned", "Do"),
    ]
    assert workspace.read(queries.updates, key["2.01"]) == []
    linked = [(link.words, link.row.ref, link.note) for link in workspace.read(threads.links_of, key["1.01"])]
    assert linked == [("serves", "P1", ""), ("is needed for", "1.02", "once begun"), ("same as", "2.01", "")]
    assert [link.row.ref for link in workspace.read(threads.links_of, key["2.01"])] == ["P2", "1.01"]


def test_indicators_targets_and_results(furnished: Furnished) -> None:
    workspace, key = furnished
    violence, survey = workspace.read(queries.indicators)
    assert (violence.ref, violence.group, violence.subgroup, violence.notes) == (
        "R1", "Reductions", "", (1, 3),
    )  # fmt: skip
    assert violence.local_priority is True
    assert {year: target.stated for year, target in violence.targets.items()} == {2008: "B", 2009: "90", None: "10%"}
    assert list(violence.targets) == [2008, 2009, None]
    assert (survey.group, survey.subgroup, survey.targets, survey.notes) == ("Surveys", "BME", {}, ())
    assert workspace.read(queries.indicators, key["violence"]) == [violence]
    assert [row.value for row in workspace.read(queries.targets, key["violence"])] == [None, 90.0, 10.0]
    assert workspace.read(queries.targets, key["survey"]) == []
    assert [(row.period_from, row.value, row.state) for row in workspace.read(measured.results, area=measured.FORCE)][
        :2
    ] == [
        (date(2008, 4, 1), 9.5, "revised"),
        (date(2008, 5, 1), 8.0, "final"),
    ]
    assert len(workspace.read(measured.results, key["violence"])) == 5
    assert [row.numerator for row in workspace.read(measured.results, key["violence"], key["east"])] == [3]
    assert workspace.read(measured.results, key["survey"]) == []


def test_headings_of_the_performance_plan(furnished: Furnished) -> None:
    workspace, key = furnished
    found = workspace.read(queries.indicator_groups)
    assert [title for _, title in found] == ["Reductions", "Surveys", "Surveys · BME"]
    assert found[0][0] == key["group"]


def test_the_day_a_plan_stands_at(furnished: Furnished) -> None:
    workspace, _ = furnished
    before = date.today()
    assert before <= workspace.read(queries.plan).today() <= date.today()
    workspace.edit("say the day", registers.set_plan, as_at=date(2009, 5, 1))
    assert workspace.read(queries.plan).today() == date(2009, 5, 1)
    look = first_look(workspace.path, None)
    assert look is not None
    assert look[:2] == (2009, date(2009, 5, 1))


def test_the_tree(furnished: Furnished) -> None:
    workspace, key = furnished
    first, second = workspace.read(queries.priority_tree)
    assert (first.kind, first.text, first.narrative, first.parent_key) == ("priority", "First", "Why", None)
    assert [node.text for node in first.children] == ["Before", "People"]
    will, under = first.children[1].children
    assert (will.kind, will.text, will.parent_key) == ("commitment", "We will", key["theme"])
    assert (under.kind, under.text, under.parent_key) == ("theme", "Resources", key["theme"])
    assert [node.text for node in under.children] == ["We will too"]
    assert second.children == ()


def test_notes(furnished: Furnished) -> None:
    workspace, key = furnished
    noted = workspace.read(queries.notes_at, "indicator_id", key["violence"])
    assert [(row.key, row.number, row.text, row.printed_in) for row in noted] == [
        (key["note"], 1, "As counted by us", "table 2"),
        (key["note"], 3, "As counted by us", "table 1"),
    ]
    assert [row.number for row in workspace.read(queries.notes_at, "priority_id", key["first"])] == [None]
    assert workspace.read(queries.notes_at, "theme_id", key["theme"]) == []


def test_what_hangs_on_a_row(furnished: Furnished) -> None:
    workspace, key = furnished
    before = workspace.read(queries.counts)
    hanging = workspace.read(dependents.hangs_on, Priority, key["first"])
    # Each row once, however many ways lead to it: a theme under a theme, a link between two activities.
    assert hanging == {
        "priority_alias": 1, "theme": 3, "activity": 2, "note_use": 1, "commitment": 2,
        "activity_owner": 2, "milestone": 3, "activity_update": 2, "link": 2, "attachment": 1, "post_in_role": 1,
        "activity_report": 1, "date_move": 1, "earlier_owner": 1,
    }  # fmt: skip
    assert workspace.read(dependents.hangs_on, Post, key["chief"]) == {"post_holder": 1}
    assert workspace.read(dependents.hangs_on, Commitment, key["will"]) == {}
    assert workspace.read(dependents.hangs_on, Area, key["east"]) == {
        "area_population": 1,
        "result": 1,
        "override": 1,
        "annotation": 2,
    }
    assert workspace.read(dependents.hangs_on, IndicatorGroup, key["group"]) == {
        "indicator": 1, "target": 3, "result": 5, "note_use": 2, "target_version": 1,
        "definition_version": 1, "override": 1, "rebase": 1, "annotation": 2, "peer_rate": 2,
        "attachment": 1, "post_in_role": 1,
    }  # fmt: skip
    workspace.edit("remove", rows.remove, Priority, key["first"])
    after = workspace.read(queries.counts)
    assert {name: before[name] - after[name] for name in before if before[name] != after[name]} == {
        "priority": 1, "priority_alias": 1, "theme": 3, "commitment": 2, "note_use": 1, "activity": 2, "milestone": 3,
        "activity_update": 2, "link": 2, "attachment": 1, "post_in_role": 1,
        "activity_report": 1, "date_move": 1, "earlier_owner": 1,
    }  # fmt: skip


def test_what_names_a_row_and_stays_without_it(furnished: Furnished) -> None:
    workspace, key = furnished
    own, other = workspace.read(queries.register, JudgementRule)
    assert workspace.read(dependents.refers_to, JudgementRule, own.id) == {"indicator": 1}
    assert workspace.read(dependents.refers_to, JudgementRule, other.id) == {}
    assert workspace.read(dependents.refers_to, Area, key["east"]) == {}


def test_registers(furnished: Furnished) -> None:
    workspace, _ = furnished
    assert [row.title for row in workspace.read(queries.register, Post)] == ["Deputy", "Chief"]
    for register in REGISTERS:
        read = workspace.read(registered.register_rows, register)
        assert (
            {row.key for row in read} == {row.id for row in workspace.read(queries.register, register.model)} != set()
        )
    status = workspace.read(queries.statuses)[2]
    assert (status.title, status.needs_reason, status.finished, status.shape) == ("At risk", True, False, "triangle")
    plan = workspace.read(queries.plan)
    assert (plan.title, plan.first_year, plan.years) == ("A full plan", 2008, 3)


def test_the_first_look_says_what_the_reads_say(furnished: Furnished) -> None:
    workspace, _ = furnished
    for year in (2008, 2009):
        look = first_look(workspace.path, year)
        assert look is not None
        assert look.year == year
        # Links and files are left out of a first look.
        assert look.rows == [row._replace(linked=(), attached=()) for row in workspace.read(queries.activities, year)]
        assert look.statuses == workspace.read(queries.statuses)
        assert look.roles == workspace.read(in_roles.roles)
    for unknown in (1999, None):
        other = first_look(workspace.path, unknown)
        assert other is not None
        assert 2008 <= other.year <= 2010


def test_no_first_look(tmp_path: Path, furnished: Furnished, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, _ = furnished
    assert first_look(tmp_path / "none.plan", None) is None
    assert not (tmp_path / "none.plan").exists()
    (tmp_path / "text.plan").write_bytes(b"Dear all")
    assert first_look(tmp_path / "text.plan", None) is None
    workspace.edit("spoil", sql, "UPDATE activity SET due='soon' WHERE ref='1.01'")
    assert first_look(workspace.path, 2008) is None
    workspace.undo()
    assert first_look(workspace.path, 2008) is not None
    monkeypatch.setattr(glimpse, "PATIENCE", 10)
    assert first_look(workspace.path, 2008) is None


def test_the_dump(furnished: Furnished) -> None:
    workspace, _ = furnished
    said = workspace.read(dump.content)
    assert json.loads(json.dumps(said)) == said
    first = said["priorities"][0]
    assert (first["title"], first["spellings"]) == ("First", [{"title": "The first", "printed_in": "section 6"}])
    assert [theme["title"] for theme in first["themes"]] == ["Before", "People"]
    assert first["themes"][1]["commitments"] == ["We will"]
    assert first["themes"][1]["themes"][0]["commitments"] == ["We will too"]
    activity = said["activities"][0]
    assert [row["ref"] for row in said["activities"]] == ["1.01", "1.02", "2.01"]
    assert {name: activity[name] for name in ("ref", "text", "priority", "year", "status", "owners", "due")} == {
        "ref": "1.01",
        "text": "Do 1.01",
        "priority": "First",
        "year": "2008-2009",
        "status": "At risk",
        "owners": [{"post": "Deputy", "role": "joint"}, {"post": "Chief", "role": "lead"}],
        "due": "2008-09-30",
    }
    first, second = "activity 1.01 Do 1.01 (2008-2009)", "activity 1.02 Do 1.02 (2008-2009)"
    assert said["links"][:2] == [
        {"kind": "same as", "from": first, "to": "activity 2.01 Do 2.01 (2009-2010)", "note": ""},
        {"kind": "depends on", "from": second, "to": first, "note": "once begun"},
    ]
    indicator = said["indicators"][0]
    assert (indicator["ref"], indicator["group"], indicator["local_priority"]) == ("R1", "Reductions", True)
    assert indicator["framework_item"] == "NI 15 Serious violence"
    assert [(t["year"], t["kind"], t["stated"]) for t in indicator["targets"]] == [
        (None, "change over plan", "10%"),
        ("2008-2009", "benchmark", "B"),
        ("2009-2010", "level", "90"),
    ]
    assert [(mark["number"], mark["priority"], mark["indicator"]) for mark in said["notes"][0]["marks"]] == [
        (None, "First", None),
        (1, None, "R1 Violence"),
        (3, None, "R1 Violence"),
    ]
    assert [(group["title"], [below["title"] for below in group["groups"]]) for group in said["groups"]] == [
        ("Reductions", []),
        ("Surveys", ["BME"]),
    ]
    assert_results_dumped(said)
    assert said["posts"][1] == {
        "title": "Chief",
        "body": "The force",
        "email": "",
        "holders": [{"name": "A. Person", "held_from": "2008-04-01", "held_to": None}],
    }


def assert_results_dumped(said: dump.Dump) -> None:
    violence, survey = said["indicators"]
    figures = [(r["area"], r["population"], r["period_from"], r["value"], r["numerator"]) for r in violence["results"]]
    assert figures == [
        (None, "", "2008-04-01", 9.5, None),
        (None, "", "2008-05-01", 8, None),
        (None, "white", "2008-05-01", None, None),
        ("West", "", "2008-05-01", None, 3),
        ("East", "", "2008-05-01", None, 3),
    ]
    assert violence["results"][2]["state"] == "not available"
    assert [(one["on_day"], one["area"]) for one in violence["annotations"]] == [
        ("2008-05-01", "East"), ("2008-05-02", "East"),
    ]  # fmt: skip
    assert violence["overrides"][0] == {
        "period_to": "2008-05-31", "colour": "red", "reason": "Known", "author": "A", "made_on": "2008-07-01",
        "area": "East",
    }  # fmt: skip
    assert [(one["value"], one["peer"]) for one in violence["peer_rates"]] == [
        (8, None),
        (7, "Another force (2008-2009)"),
    ]
    assert violence["rebases"][0]["reason"] == "A new unit"
    assert [(row["indicator"], row["before"]) for row in said["restatements"]] == [("R1 Violence", "9")]
    assert violence["definitions"][0]["breaks_series"] is True
    assert {name: survey[name] for name in ("measure", "numerator", "fix_after", "screened", "rule")} == {
        "measure": "survey", "numerator": "satisfied", "fix_after": 24, "screened": True, "rule": "5% tolerance",
    }  # fmt: skip
    assert violence["rule"] is None
    assert [area["title"] for area in said["areas"]] == ["West", "East"]
    assert [(one["number"], one["area"]) for one in said["populations"]] == [(2_600_000, None), (120_000, "East")]
    assert [rule["kind"] for rule in said["colour_rules"]] == ["tolerance in per cent", "last year"]
    assert [one["force"] for one in said["forces"]] == ["Another force"]
    assert said["result_mappings"] == [{"title": "Monthly extract", "columns": "{}"}]
    assert [(each["title"], each["form"]) for each in said["form_mappings"]] == [("Annual return", "annual.xlsx")]
    (declared,) = said["declared_returns"]
    assert (declared["title"], declared["indicators_asked_for"]) == ("Burglaries of OCUs", ["S1 Satisfied"])


def test_two_plans_of_the_same_content_dump_alike(furnished: Furnished, tmp_path: Path) -> None:
    workspace, _ = furnished
    with Workspace.create(tmp_path / "other.plan", "A full plan", 2008) as other:
        other.edit("furnish", furnish, as_kind="built")
        assert json.dumps(other.read(dump.content)) == json.dumps(workspace.read(dump.content))


def test_a_row_of_every_table_was_looked_at(furnished: Furnished) -> None:
    workspace, _ = furnished
    tables = workspace.read_beside(history.tables_now)
    assert [name for name, held in tables.items() if not held] == []
    assert set(tables) >= {str(model.__tablename__) for model in (Status, Section, Indicator)}


def test_the_plan_as_it_was_reads_like_the_plan_now(furnished: Furnished) -> None:
    workspace, key = furnished
    reads = (queries.activities, queries.indicators, queries.priority_tree, queries.statuses, queries.counts)
    was = [workspace.read(query) for query in reads]
    then, later = workspace.revision(), workspace.read(queries.activities, 2009)
    workspace.edit("remove", rows.remove, Priority, key["first"])
    workspace.edit("reword", sql, "UPDATE indicator SET title='Reworded'")
    tables = recording.recorded_tables()
    changed = workspace.read_beside(past.since, then)
    assert changed is not None
    assert [workspace.read_beside(past.read, changed, tables, query) for query in reads] == was
    assert workspace.read_beside(past.read, changed, tables, queries.activities, 2009) == later
    assert workspace.read_beside(past.since, "no such step") is None
    touched = workspace.read_beside(past.activities_of, changed)
    some = workspace.read_beside(past.read_of, changed, tables, touched, queries.activities)
    assert {row.key for row in some} == touched
    assert some
