"""Returns that a person declares: of results of indicators by area, and of a register; known wherever a return is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from spp_desktop.edits import (
    chasing,
    declaring,
    issuing,
    known_returns,
    outcomes,
    receiving,
    registers,
    restated,
    results,
    returns_calendar,
    reviewing,
    rows,
    submissions,
    taking,
)
from spp_desktop.edits.declaring import Declaration
from spp_desktop.edits.submissions import About
from spp_desktop.plan.declared_returns import RESULTS
from spp_desktop.plan.performance import Indicator, IndicatorGroup
from spp_desktop.plan.periods import month_end
from spp_desktop.plan.posts import Post
from spp_desktop.plan.registers import REGISTERS, register_of
from spp_desktop.plan.results import Area
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.definition import Return
from spp_desktop.store import checking, dump, measured, queries, receipts
from spp_desktop.store.workspace import Workspace
from tests.depth import by_night
from tests.edits.filling import Filled

pytestmark = pytest.mark.usefixtures("read_here")
OCUS = [f"OCU {n:02}" for n in range(1, 22)]
BURGLARY = Declaration("Burglaries of OCUs", RESULTS, goes_to="areas", due=(5, "working days"))
LOOKED_OVER = Declaration(
    "Risks to be looked over", "risk", ("ref", "text", "likelihood_id", "owner_id"), ("likelihood_id",),
    goes_to="owners", often="quarterly", due=(14, "days"),
)  # fmt: skip


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    """A plan of 21 areas on 20 October 2008, with burglaries of the force in August and two risks."""
    workspace.edit("set the day", registers.set_plan, as_at=date(2008, 10, 20))
    workspace.edit("set up", _set_up)
    return workspace


def _set_up(session: Session) -> None:
    group = rows.add(session, IndicatorGroup, title="Crime", position=1.0)
    for place, title in enumerate(OCUS):
        rows.add(session, Area, title=title, position=float(place))
    for ref in ("B1", "B2"):
        given = {"title": f"Burglary {ref}", "unit": "crimes", "measure": "count", "polarity": "lower"}
        key = rows.add(session, Indicator, ref=ref, group_id=group, **given)
        august = {"period_from": date(2008, 8, 1), "period_to": month_end(date(2008, 8, 1)), "state": "final"}
        results.enter(session, [{"indicator_id": key, "value": 2100.0, **august}])
    crime = queries.register(session.connection(), Post)[0].id
    rows.add(session, register_of("risk").model, ref="X1", text="Kits come late", owner_id=crime, position=1.0)
    rows.add(session, register_of("risk").model, ref="X2", text="Nobody's", position=2.0)


def declare(plan: Workspace, declaration: Declaration) -> Return:
    """Declare a return, and give it as it is known then."""
    if declaration.lists == RESULTS and not declaration.indicators:
        declaration = replace(declaration, indicators=(key_of(plan, "B1"),))
    plan.edit("declare a return", declaring.declare, declaration)
    return plan.read(known_returns.declared)[-1]


def key_of(plan: Workspace, ref: str) -> str:
    return next(row.key for row in plan.read(queries.indicators) if row.ref == ref)


@by_night  # by day the journey of the same return does it in the window
def test_burglaries_are_sent_to_21_ocus_and_come_back(plan: Workspace, tmp_path: Path) -> None:
    definition = declare(plan, BURGLARY)
    assert (definition.title, definition.by_area, definition.frequencies) == ("Burglaries of OCUs", True, ("monthly",))
    assert plan.read(known_returns.named, definition.id) == definition
    by_area = plan.read(known_returns.named, definition.for_areas().id)
    assert by_area is not None
    assert plan.read(issuing.recipients, by_area, 2008, "M06") == OCUS
    reviews = []
    for number, ocu in enumerate(OCUS):
        path = tmp_path / f"{ocu}.xlsx"
        content = issuing.issue(plan, by_area, path, owner=ocu, year=2008, period="M06", due=date(2008, 10, 7))
        assert [row.values["ref"] for row in content.tables[0]] == [f"B1 {ocu}"]
        with Filled(path, definition=by_area) as book:
            book.put_at(book.rows()[0], value=90.0 + number)
        reviews.append(receiving.review(plan, path))
    together = reviewing.together(reviews)
    assert [each.kind for review in together for each in review.differences] == ["change"] * 21
    assert taking.apply(plan, together).accepted == 21
    september = [row for row in plan.read(measured.results, key_of(plan, "B1")) if row.period_to == date(2008, 9, 30)]
    assert sum(row.value or 0 for row in september) == sum(90 + n for n in range(21))
    issues = chasing.sent(plan, date(2008, 10, 20))
    assert {(issue.title, issue.state) for issue in issues} == {("Burglaries of OCUs by area", "answered")}
    (receipt, *_) = plan.read_beside(receipts.every)
    assert "Return: Burglaries of OCUs by area September 2008" in outcomes.text_of(plan, receipt)
    plan.close()
    assert checking.check_file(plan.path).ok


def test_a_register_is_sent_to_its_owners_with_the_columns_that_were_chosen(plan: Workspace, tmp_path: Path) -> None:
    definition = declare(plan, LOOKED_OVER)
    (listing,) = definition.listings
    assert [column.title for column in listing.columns] == [
        "Reference",
        "What may happen",
        "Inherent likelihood",
        "Owner",
    ]
    assert [column.field for column in listing.columns if column.editable] == ["likelihood_id"]
    assert plan.read(issuing.recipients, definition, 2008, "Q2") == ["ACC Crime"]
    path = tmp_path / "risks.xlsx"
    content = issuing.issue(plan, definition, path, owner="ACC Crime", year=2008, period="Q2")
    assert [row.values["ref"] for row in content.tables[0]] == ["X1"]
    likely = content.plan.lists[listing.columns[2].choices][-1]
    with Filled(path, definition=definition) as book:
        book.put_at(book.rows()[0], likelihood_id=likely)
    review = receiving.review(plan, path)
    assert [(each.kind, each.returned) for each in review.differences] == [("change", likely)]
    assert taking.apply(plan, [review]).accepted == 1


def test_it_is_in_the_calendar_and_what_was_sent_stays_as_it_was_declared(plan: Workspace) -> None:
    definition = declare(plan, BURGLARY)
    found = {each.when: each for each in returns_calendar.rounds(plan) if each.about.return_id == definition.id}
    assert len(found) == 36
    assert found["September 2008"].due == date(2008, 10, 7)
    about = About(definition.id, definition.title, "monthly", 2008, "M05")
    plan.edit("send", submissions.send, about, date(2008, 9, 5), "A. Clerk", submissions.file_sent(plan, about))
    key, declaration = next(iter(plan.read(declaring.declarations).items()))
    assert declaration == replace(BURGLARY, indicators=(key_of(plan, "B1"),))
    plan.edit("declare otherwise", declaring.redeclare, key, replace(LOOKED_OVER, title="Other"))
    (renamed,) = plan.read(known_returns.declared)
    assert (renamed.id, renamed.title, renamed.span) == (definition.id, "Other", "quarter")
    assert restated.restatements(plan).restated == ()
    period = {"period_from": date(2008, 8, 1), "period_to": date(2008, 8, 31)}
    changed = {"indicator_id": key_of(plan, "B1"), "value": 2000.0, **period}
    plan.edit("recount", results.enter, [changed], "Recounted")
    (figure, _) = restated.restatements(plan).restated
    assert (figure.differing.was, figure.differing.now, figure.submissions) == ("2,100", "2,000", (1,))
    plan.edit("remove", declaring.remove, key)
    assert plan.read(known_returns.declared) == ()
    assert len(restated.restatements(plan).restated) == 2
    plan.undo()
    assert [each.id for each in plan.read(known_returns.declared)] == [definition.id]


def test_an_indicator_that_goes_is_asked_for_no_more(plan: Workspace) -> None:
    declare(plan, replace(BURGLARY, indicators=(key_of(plan, "B2"), key_of(plan, "B1"))))
    (declared,) = plan.read(dump.content)["declared_returns"]
    assert declared["indicators_asked_for"] == ["B2 Burglary B2", "B1 Burglary B1"]
    plan.edit("remove", rows.remove, Indicator, key_of(plan, "B2"), "Counted no more")
    (definition,) = plan.read(known_returns.declared)
    assert definition.listings[0].indicators == (key_of(plan, "B1"),)
    key, declaration = next(iter(plan.read(declaring.declarations).items()))
    both = replace(declaration, indicators=(key_of(plan, "R1"), key_of(plan, "B1")))
    plan.edit("ask for another", declaring.redeclare, key, both)
    assert plan.read(declaring.declarations)[key] == both


@pytest.mark.parametrize(
    ("declaration", "sentence"),
    [
        (Declaration("Monthly results", "risk", ("ref",)), "There is a return called “Monthly results” already"),
        (Declaration("Nothing", RESULTS), "Choose the indicators whose results are asked for"),
        (Declaration("Nothing", "planets", ("ref",)), "Choose what the return lists"),
        (Declaration("Nothing", "risk"), "Choose the columns that the return has"),
        (Declaration("Wrong", "risk", ("colour",)), "have no column “colour”"),
        (Declaration("Wrong", "risk", ("ref",), ("text",)), "must be one of those that the return has"),
        (Declaration("Wrong", "body", ("title",), goes_to="owners"), "Nobody owns a row of bodies"),
        (Declaration("Wrong", "risk", ("ref",), goes_to="areas"), "only results go to areas"),
        (Declaration("Wrong", "risk", ("ref",), years=(2010, 2008)), "it ends before it begins"),
        (Declaration(" ", "risk", ("ref",)), "may not be empty"),
    ],
)
def test_what_cannot_be_a_return_is_refused(plan: Workspace, declaration: Declaration, sentence: str) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        plan.edit("declare a return", declaring.declare, declaration)
    assert plan.read(declaring.declarations) == {}


def test_a_column_that_is_worked_out_cannot_be_filled_in(plan: Workspace) -> None:
    worked = register_of("risk").computed[0].name
    with pytest.raises(RuleBroken, match="is worked out by the program"):
        plan.edit(
            "declare a return", declaring.declare, replace(LOOKED_OVER, columns=("ref", worked), answered=(worked,))
        )


def test_every_register_can_be_declared_and_sent(plan: Workspace, tmp_path: Path) -> None:
    for place, register in enumerate(REGISTERS):
        columns = tuple(declaring.offered(register))
        definition = declare(plan, Declaration(f"Return {place}", register.name, columns))
        content = issuing.prepare(plan, definition, year=2008, period="M06")
        assert len(content.tables) == len(definition.listings), register.name
