"""The checks of a plan: what they find in the samples, each by a plan that breaks it, and again after a change."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, col, select

from spp_desktop.edits import accepting, delivery, disclosures, links, registers, reporting_periods, reports, rows
from spp_desktop.plan.consultation import ConsultationFinding
from spp_desktop.plan.delivery import Activity, ActivityOwner, ActivityUpdate, Milestone
from spp_desktop.plan.editions import PlanVersion, StateOfPlan
from spp_desktop.plan.frameworks import Framework, FrameworkItem
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.performance import Indicator, Target
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Note, NoteUse, Priority, PriorityAlias
from spp_desktop.plan.registers import register_of
from spp_desktop.plan.releasable import PublicItem
from spp_desktop.plan.results import Area, DefinitionVersion, Result
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import queries
from spp_desktop.store.checks import every
from spp_desktop.store.checks.every import RULES, CheckedFinding, PlanChecks
from spp_desktop.store.checks.facts import CheckedPlan
from spp_desktop.store.checks.public import ANY_CELL
from spp_desktop.store.checks.rule import PlanFinding
from spp_desktop.store.checks.whole import ALIKE
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql

Deed = Callable[[Session], object]


def found(workspace: Workspace, rule: str) -> list[PlanFinding]:
    own = next(one for one in RULES if one.name == rule)
    return workspace.read(lambda connection: [PlanFinding(own, *one) for one in own.find(CheckedPlan(connection))])


def key_of(workspace: Workspace, ref: str) -> str:
    keys = {row.ref: row.key for row in workspace.read(queries.activities)}
    keys |= {row.ref: row.key for row in workspace.read(queries.indicators)}
    return keys[ref]


def counted(workspace: Workspace) -> Counter[str]:
    return Counter(one.finding.rule.name for one in workspace.read(every.check))


# Each finding on the published plan was looked at by itself. True as it stands: the five targets over the plan that
# their own years do not come to; the two pairs of activities that say nearly the same (the third, which says just the
# same, is linked as such); the seven priorities, each printed in several ways; what the document prints nowhere: dates,
# reports, links, baselines, results, and who answers for an indicator. Of what a plan is to contain, its
# text answers three items, and names appendices that it does not hold. It names who was consulted and what they said,
# and no priority that rests on it. ACC Citizen Focus does own 39 of 111 activities. None was found to be false.
PUBLISHED = {
    "target over plan against its years": 5, "activity without date": 111, "activity without update": 111,
    "activity without link": 111, "indicator without baseline": 21, "indicator without result": 22,
    "indicator without owner": 22, "indicator for nothing": 22, "priority without indicator": 7,
    "commitment nobody serves": 116, "required content unanswered": 11, "priority spelled in several ways": 7,
    "activities alike": 2, "owner overloaded": 1, "priority without consultation": 7,
    "consultation changed nothing": 1,
}  # fmt: skip


def test_what_is_found_in_the_published_plan(published: Path) -> None:
    with Workspace.open(published, read_only=True) as workspace:
        assert counted(workspace) == PUBLISHED
        against = [one.refs for one in found(workspace, "target over plan against its years")]
        assert against == ["PI01", "PI02", "PI03", "PI19", "PI20"]
        alike = [(one.refs, one.sentence) for one in found(workspace, "activities alike")]
        near = "have 92% of their words in common, under several priorities."
        assert alike == [("2.09, 3.09", f"2.09 and 3.09 {near}"), ("3.02, 4.04", f"3.02 and 4.04 {near}")]
        assert found(workspace, "owner overloaded")[0].sentence == (
            "“ACC Citizen Focus” owns 39 activities of 2008-2009, 1.7 times the mean of the 5 posts that own any."
        )


def test_activities_that_say_exactly_the_same_are_found_until_they_are_linked(published: Path) -> None:
    with Workspace.open(published) as workspace:
        workspace.edit("unlink", sql, "DELETE FROM link WHERE kind = 'same as'")
        sentences = [one.sentence for one in found(workspace, "activities alike")]
        assert "3.08 and 6.01 say the same, under several priorities." in sentences
        assert len(sentences) == 3
        workspace.edit("link", links.join, "same as", key_of(workspace, "3.08"), key_of(workspace, "6.01"))
        assert len(found(workspace, "activities alike")) == 2


def test_no_two_findings_are_known_by_the_same_key(worked: Path) -> None:
    with Workspace.open(worked, read_only=True) as workspace:
        keys = Counter(one.finding.key for one in workspace.read(every.check))
    assert len(keys) > 150
    assert set(keys.values()) == {1}


def test_every_rule_is_known_by_a_name_of_its_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    tables = set(SQLModel.metadata.tables)
    assert all(rule.reads <= tables | {ALIKE, ANY_CELL} for rule in RULES)


def activity(workspace: Workspace, ref: str = "1.01", **cells: object) -> Deed:
    return lambda session: rows.change(session, Activity, key_of(workspace, ref), **cells)


def status(workspace: Workspace, title: str) -> str:
    return next(row.key for row in workspace.read(queries.statuses) if row.title == title)


def report(workspace: Workspace, day: date, done: str = "Something", ref: str = "1.01") -> Deed:
    of = key_of(workspace, ref)
    return lambda session: rows.add(session, ActivityUpdate, activity_id=of, reported_on=day, done=done)


def one_milestone(workspace: Workspace, **cells: object) -> Deed:
    row = next(iter(workspace.read(queries.milestones, None, key_of(workspace, "1.01"))))
    return lambda session: rows.change(session, Milestone, row.key, **cells)


def targets(workspace: Workspace, kind: str, *stated: float, over: float | None = None) -> Deed:
    indicator = key_of(workspace, "R1")

    def deed(session: Session) -> None:
        session.connection().exec_driver_sql("DELETE FROM target")
        years = dict(enumerate(stated, 2008)) | ({None: over} if over is not None else {})
        for year, value in years.items():
            of = "change over plan" if year is None and kind.startswith("change") else kind
            rows.add(session, Target, indicator_id=indicator, year=year, kind=of, stated=f"{value:g}%", value=value)

    return deed


def result(workspace: Workspace, first: date, last: date, value: float) -> Deed:
    of = key_of(workspace, "R1")
    return lambda session: rows.add(session, Result, indicator_id=of, period_from=first, period_to=last, value=value)


def moves(workspace: Workspace, days: Sequence[date]) -> Deed:
    of = key_of(workspace, "1.01")

    def deed(session: Session) -> None:
        for day in days:
            delivery.set_cells(session, [(of, "due", day)], reason="The hall was let")

    return deed


def several(*deeds: Deed) -> Deed:
    def deed(session: Session) -> None:
        for one in deeds:
            one(session)

    return deed


def framework(session: Session) -> None:
    key = registers.add(session, Framework, title="What a plan is to contain", answered=True)
    registers.add(session, FrameworkItem, framework_id=key, code="PP1", title="Objectives")


def consultation(session: Session, answer: str = "open") -> None:
    registers.add(session, ConsultationFinding, text="Fewer burglaries", answer=answer)


def issued(session: Session) -> None:
    state = session.exec(select(StateOfPlan.id).where(col(StateOfPlan.issues))).first()
    cells = {"number": 1, "state_id": state, "dated": date(2008, 3, 1), "signed_by": "A", "revision": "0" * 36}
    rows.add(session, PlanVersion, **cells)


def note(session: Session, number: int | None = 3) -> None:
    key = rows.add(session, Note, text="Defined as murder.")
    if number is not None:
        of = session.connection().exec_driver_sql("SELECT id FROM priority ORDER BY position LIMIT 1").scalar_one()
        rows.add(session, NoteUse, note_id=key, priority_id=of, number=number)


def marking(workspace: Workspace, title: str) -> str:
    return next(str(row.id) for row in workspace.read(queries.register, Marking) if row.title == title)


W = Workspace
"""What a deed is made for."""
BREAKS: dict[str, tuple[Callable[[W], Deed], str]] = {
    "activity without owner": (lambda w: partial(sql, statement="DELETE FROM activity_owner"), "No post owns it."),
    "joint owners without lead": (
        lambda w: several(
            lambda session: rows.add(
                session, ActivityOwner, activity_id=key_of(w, "1.01"), role="joint",
                post_id=rows.add(session, Post, title="ACC Third"),
            ),
            partial(sql, statement="UPDATE activity_owner SET role = 'joint'"),
        ),
        "2 posts own it, and none of them leads.",
    ),
    "activity without date": (lambda w: activity(w, due=None), "It has no due date."),
    "activity without update": (activity, "Nothing was ever reported of it."),
    "status not updated": (
        lambda w: several(
            report(w, date(2008, 5, 2)), partial(sql, statement="UPDATE plan SET as_at = '2008-10-20'")
        ),
        "The last report is of 2 May 2008: none in the period from 1 July 2008 to 30 September 2008.",
    ),
    "percent against status": (
        lambda w: activity(w, status_id=status(w, "Complete"), percent=40), "“Complete” does not go with 40%."
    ),
    "start after due": (
        lambda w: activity(w, start=date(2008, 9, 1), due=date(2008, 8, 1)),
        "The start, 1 September 2008, is after the due date, 1 August 2008.",
    ),
    "late forecast with good status": (
        lambda w: activity(w, status_id=status(w, "On track"), due=date(2008, 8, 1), forecast=date(2008, 8, 2)),
        "“On track” stands beside a forecast of 2 August 2008, which is after the due date, 1 August 2008.",
    ),
    "day far from the plan": (
        lambda w: activity(w, due=date(2108, 8, 1)), "01/08/2108 is far from the years of the plan."
    ),
    "status without reason": (
        lambda w: activity(w, status_id=status(w, "At risk")), "“At risk” asks for a reason, and none is given."
    ),
    "complete without day": (
        lambda w: activity(w, status_id=status(w, "Complete"), percent=100),
        "“Complete”, and neither a report nor a milestone says since when.",
    ),
    "text copied from last report": (
        lambda w: several(report(w, date(2008, 5, 2), "All  well"), report(w, date(2008, 8, 2), "all well")),
        "What was reported on 2 August 2008 is word for word what was reported on 2 May 2008.",
    ),
    "status other than proposed": (
        lambda w: activity(w, status_id=status(w, "On track"), due=date(2008, 8, 1), forecast=date(2008, 8, 2)),
        "“On track” is not what the plan's rule proposes, and no reason is given. Off track: ",
    ),
    "slipped often": (
        lambda w: moves(w, (date(2008, 8, 1), date(2008, 9, 1), date(2008, 10, 1), date(2008, 11, 1))),
        "The activity: It has slipped 3 times, by 92 days: first agreed for 1 August 2008, expected on 1 November "
        "2008.",
    ),
    "move without approval": (
        lambda w: several(
            moves(w, (date(2008, 8, 1), date(2008, 9, 1), date(2008, 10, 1))),
            partial(sql, statement="UPDATE delivery_rule SET moves_approved = 1"),
        ),
        "Nobody has approved that dates of the activity moved again on",
    ),
    "mark in an activity": (
        lambda w: activity(w, text="Reduce serious harm⁹"),
        "A mark of a note (⁹) stands in its text, and no note is printed at an activity.",
    ),
    "milestone outside its activity": (
        lambda w: activity(w, due=date(2008, 6, 1)),
        "Milestone “First step of 1.01”: it is due on 1 July 2008, after its activity, 1 June 2008.",
    ),
    "milestone without date": (
        lambda w: one_milestone(w, due=None), "Milestone “First step of 1.01”: it has no due date."
    ),
    "milestone complete without day": (
        lambda w: one_milestone(w, status_id=status(w, "Complete"), percent=100),
        "Milestone “First step of 1.01”: “Complete”, and no day says when it was done.",
    ),
    "milestone hardly meant": (
        lambda w: one_milestone(w, status_id=status(w, "On track"), percent=100),
        "Milestone “First step of 1.01”: “On track” does not go with 100%: it says that work goes on.",
    ),
    "target over plan against its years": (
        lambda w: targets(w, "change on previous year", 4, 4, 4, over=10),
        "The plan's 10% is easier than its own years: 4%, 4% and 4% compound to 11.53%, and add up to 12%. 10% needs "
        "3.45% a year. With every year before on its target, the last needs 2.34%.",
    ),
    "levels not in order": (
        lambda w: targets(w, "level", 30, 35),
        "35% for 2009-2010 is easier than 30% for 2008-2009, though lower is better.",
    ),
    "indicator without baseline": (
        activity, "There is no result of 2007-2008, which it is counted from."
    ),
    "indicator without result": (activity, "The plan has begun, and there is no result of any of its years."),
    "indicator without owner": (activity, "No post answers for it in any role."),
    "break between baseline and target": (
        lambda w: lambda session: rows.add(
            session, DefinitionVersion, indicator_id=key_of(w, "R1"), starts_on=date(2008, 4, 1), reason="New rules"
        ),
        "It is counted otherwise from 1 April 2008, between the target of 2008-2009 and the year that this is counted "
        "from.",
    ),
    "priority without activity": (
        lambda w: lambda session: rows.add(session, Priority, title="Nothing yet", position=9.0),
        "No activity of any year stands under this priority.",
    ),
    "priority spelled in several ways": (
        lambda w: lambda session: rows.add(
            session, PriorityAlias, title="SERIOUS HARM", printed_in="contents",
            priority_id=w.read(queries.priority_tree)[0].key,
        ),
        "It is called “Serious harm” and printed as “SERIOUS HARM” (contents).",
    ),
    "priorities of one title": (
        lambda w: lambda session: rows.add(session, Priority, title="SERIOUS  harm", position=9.0),
        "2 priorities have the same title.",
    ),
    "required content unanswered": (
        lambda w: framework,
        "“Objectives” is not answered. Nothing in the plan is linked to it, and no page is said to answer it. Link "
        "what answers it, or name its page (Priorities > What the law asks). Its words are unverified: from memory. "
        "Read the source first.",
    ),
    "plan without consultation": (
        activity, "The plan has no consultation: enter who was asked, whose views those are, and what they said."
    ),
    "priority without consultation": (
        lambda w: consultation,
        "No finding of a consultation is linked to this priority, to anything below it, or to an indicator of it. Link "
        "what it rests on (Ctrl+J).",
    ),
    "consultation unanswered": (
        lambda w: several(consultation, issued),
        "The plan is issued, and “Fewer burglaries” has no answer. Say what was changed for it, or why nothing was "
        "(Priorities > You said, we did).",
    ),
    "consultation changed nothing": (
        lambda w: partial(consultation, answer="changed in part"),
        "“Fewer burglaries” is said to have changed the plan, and nothing is linked to it. Link what was changed "
        "(Ctrl+J).",
    ),
    "note without mark": (
        lambda w: partial(note, number=None), "The note “Defined as murder.” is printed nowhere."
    ),
    "mark without note": (
        lambda w: lambda session: rows.change(
            session, Indicator, key_of(w, "R1"), title="Most serious violence¹²"
        ),
        "1 mark (12) in its text, and no such note here.",
    ),
    "note kept twice": (lambda w: several(note, note), "“Defined as murder.” is kept as 2 notes."),
    "mark for several notes": (lambda w: several(note, note), "The mark 3 stands for 2 different notes."),
    "activities alike": (
        lambda w: several(activity(w, text="Build trust"), activity(w, "2.01", text="BUILD trust.")),
        "1.01 and 2.01 say the same, under several priorities.",
    ),
    "owner without activities": (
        lambda w: lambda session: rows.add(session, Post, title="ACC Nobody"),
        "“ACC Nobody” owns no activity, and nothing else of the plan names it.",
    ),
    "figure as in the period before": (
        lambda w: several(
            result(w, date(2008, 4, 1), date(2008, 4, 30), 120), result(w, date(2008, 5, 1), date(2008, 5, 31), 120)
        ),
        "The figure of May 2008 is that of the period before, to the last digit.",
    ),
    "areas with one code": (
        lambda w: lambda session: [
            rows.add(session, Area, title=title, code=code, position=place)
            for place, title, code in ((1.0, "North", "E1"), (2.0, "South", "E2"), (3.0, "Old north", "e1 "))
        ],
        "“North” and “Old north” have the code E1.",
    ),
    "marked higher than the plan": (
        lambda w: several(partial(registers.set_plan, marking="PROTECT"), activity(w, marking_id=marking(w, "SECRET"))),
        "It is marked SECRET, and the plan only PROTECT: what it is in bears SECRET.",
    ),
    "released and changed since": (
        lambda w: several(
            partial(
                disclosures.release, items=[PublicItem("activity", key_of(w, "1.01"))], by="A", on=date(2008, 9, 1)
            ),
            activity(w, text="Build trust", percent=5, due=date(2009, 1, 1)),
        ),
        "It was released on 1 September 2008 by A and has changed since: activity 1.01, activity: “Do what 1.01 says” "
        "became “Build trust”; activity 1.01, % complete: “” became “5%”, and 1 more change.",
    ),
    "withheld and due": (
        lambda w: partial(
            disclosures.withhold, items=[PublicItem.of_column("activity.percent")], reason="Not agreed", by="A",
            on=date(2008, 9, 1), look_again=date(2008, 10, 1),
        ),
        "“Activities: % complete” is withheld by A on 1 September 2008 (Not agreed), to be looked at again on "
        "1 October 2008.",
    ),
    "register row without owner": (
        lambda w: lambda session: registers.add(
            session, register_of("inspection_finding").model, ref="F1", text="Record it"
        ),
        "No post answers for recommendation “F1 Record it”.",
    ),
    "rule of a row broken": (
        lambda w: partial(
            sql,
            statement="INSERT INTO result (id, indicator_id, population, period_from, period_to, value, state, "
            f"design_effect) VALUES ('{'0' * 36}', (SELECT id FROM indicator), '', '2008-05-01', '2008-04-01', 1, "
            "'final', 1)",
        ),
        "In the result “2008-05-01” of indicator “R1” the period ends before it begins.",
    ),
}  # fmt: skip
ELSEWHERE = {
    "activity without link", "indicator for nothing", "priority without indicator", "commitment nobody serves",
    "owner overloaded", "issued after its year began", "changed since it was issued",
}  # fmt: skip
"""Rules that are tried by the samples, or by a test of their own."""


def test_every_rule_is_tried() -> None:
    assert BREAKS.keys() | ELSEWHERE == {rule.name for rule in RULES}


@pytest.mark.parametrize("rule", BREAKS)
def test_a_plan_that_breaks_a_rule(workspace: Workspace, rule: str) -> None:
    make, sentence = BREAKS[rule]
    deed = make(workspace)
    workspace.edit("break it", deed)
    told = [one.sentence for one in found(workspace, rule)]
    assert sentence in (told if sentence.endswith(".") else [one[: len(sentence)] for one in told])  # a day is today's


def test_what_is_said_for_a_period_is_what_is_looked_at(workspace: Workspace) -> None:
    def make(session: Session) -> list[str]:
        registers.set_plan(session, as_at=date(2008, 10, 20))
        quarters = reporting_periods.make_periods(session)[:2]
        for quarter in quarters:
            reporting_periods.open_period(session, quarter)
        reports.set_texts(session, quarters[0], [(key, "done", "Begun") for key in keys])
        reports.set_texts(session, quarters[1], [(keys[1], "done", "begun"), (keys[2], "done", "More")])
        return quarters

    keys = [row.key for row in workspace.read(queries.activities)]
    _, second = workspace.edit("two quarters", make)
    assert [one.refs for one in found(workspace, "activity without update")] == []
    assert [one.sentence for one in found(workspace, "status not updated")] == [
        "Nothing was said of it for 2008-09 Q2."
    ]
    copied = "What is said for 2008-09 Q2 is word for word what was said for 2008-09 Q1."
    assert [(one.refs, one.sentence) for one in found(workspace, "text copied from last report")] == [("1.02", copied)]
    workspace.edit("carry", reports.carry_forward, second, keys)
    assert [one.refs for one in found(workspace, "text copied from last report")] == ["1.01", "1.02"]
    assert found(workspace, "status not updated") == []


@pytest.mark.parametrize(
    "what",
    [
        lambda w: activity(w, due=date(2008, 6, 1)),
        lambda w: activity(w, text="Do what 2.01 says"),
        lambda w: activity(w, "2.01", priority_id=w.read(queries.priority_tree)[0].key),
        lambda w: report(w, date(2008, 5, 2)),
        lambda w: moves(w, (date(2008, 8, 1), date(2008, 9, 1), date(2008, 10, 1), date(2008, 11, 1))),
        lambda w: one_milestone(w, due=None),
        lambda w: lambda session: delivery.remove_milestone(
            session, next(iter(w.read(queries.milestones, None, key_of(w, "1.01")))).key
        ),
        lambda w: partial(sql, statement="DELETE FROM activity_owner WHERE role = 'lead'"),
        lambda w: lambda session: links.join(
            session, "measures", key_of(w, "R1"), w.read(queries.priority_tree)[0].key
        ),
        lambda w: targets(w, "level", 30, 35, over=35),
        lambda w: result(w, date(2007, 4, 1), date(2008, 3, 31), 100),
        lambda w: lambda session: delivery.remove_activities(session, [key_of(w, "1.02")]),
        lambda w: several(note, note),
        lambda w: framework,
        lambda w: several(consultation, issued),
        lambda w: activity(w, marking_id=marking(w, "SECRET")),
    ],
)  # fmt: skip
def test_after_a_change_and_its_undo_it_finds_what_a_whole_look_finds(
    workspace: Workspace, what: Callable[[Workspace], Deed]
) -> None:
    checks = PlanChecks()
    workspace.read(checks.run)
    heard: list[bool] = []
    workspace.listen(lambda changed: heard.append(workspace.read(checks.again, changed.rows)))
    deed = what(workspace)
    workspace.edit("change", deed)
    assert told(checks) == whole(workspace)
    workspace.undo()
    assert told(checks) == whole(workspace)


def told(checks: PlanChecks) -> list[tuple[str, str, tuple[str, ...]]]:
    return sorted(
        (one.rule.name, one.sentence, tuple(sorted(row.key for row in one.rows))) for one in checks.findings()
    )


def whole(workspace: Workspace) -> list[tuple[str, str, tuple[str, ...]]]:
    checks = PlanChecks()
    workspace.read(checks.run)
    return told(checks)


def test_too_much_at_once_is_left_to_a_whole_look(workspace: Workspace) -> None:
    checks = PlanChecks()
    many = {"activity": frozenset(str(n) for n in range(every.MOST_AGAIN + 1))}
    assert not workspace.read(checks.again, {"activity": frozenset({"1"})})
    workspace.read(checks.run)
    assert not workspace.read(checks.again, many)
    assert not workspace.read(checks.again, {})
    assert not workspace.read(checks.again, {"plan": frozenset({"1"})})


def test_it_can_be_stopped(workspace: Workspace) -> None:
    checks, said = PlanChecks(), []

    def stop(title: str, done: int, total: int) -> None:
        said.append((title, done, total))
        raise InterruptedError

    with pytest.raises(InterruptedError):
        workspace.read(checks.run, stop)
    assert said == [(RULES[0].title, 0, len(RULES))]
    assert checks.findings() == []


def one_of(workspace: Workspace, rule: str) -> CheckedFinding:
    return next(one for one in workspace.read(every.check) if one.finding.rule.name == rule)


def test_a_finding_stays_accepted_until_its_rows_change(workspace: Workspace) -> None:
    rule = "activity without date"
    finding = one_of(workspace, rule).finding
    with pytest.raises(RuleBroken, match="may not be empty"):
        workspace.edit("accept", accepting.accept, [finding], " ")
    workspace.edit("accept", accepting.accept, [finding], "It goes on for ever")
    accepted = one_of(workspace, rule).accepted
    assert accepted is not None
    assert (accepted.reason, accepted.on) == ("It goes on for ever", date.today())
    workspace.edit("change another", activity(workspace, "1.02", percent=5))
    assert one_of(workspace, rule).accepted == accepted
    workspace.edit("change it", activity(workspace, finding.refs, percent=5))
    lapsed = one_of(workspace, rule)
    assert (lapsed.accepted, lapsed.lapsed) == (None, accepted)
    workspace.undo()
    assert one_of(workspace, rule).accepted == accepted
    workspace.edit("again", accepting.accept, [finding], "Agreed")
    again = one_of(workspace, rule).accepted
    assert again is not None
    assert again.reason == "Agreed"
    workspace.edit("take back", accepting.take_back, [finding.key])
    assert one_of(workspace, rule).accepted is None
    with pytest.raises(RuleBroken, match="nothing to take back"):
        workspace.edit("take back", accepting.take_back, [finding.key])


def test_beside_the_window_the_same_is_found(worked: Path) -> None:
    beside = every.run_beside(worked)
    with Workspace.open(worked, read_only=True) as workspace:
        assert told(beside) == whole(workspace)
        names = workspace.read(every.called, beside.findings())
        assert names[key_of(workspace, "PI01")] == "Reduce serious violence"
