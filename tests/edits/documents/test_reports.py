"""The reports of a plan: exceptions first, posts and not names, the words for what there is not."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import Session, select

from spp_desktop.documents.blocks import Bullets, DocumentFigure, DocumentHeading, DocumentTable, Paragraph
from spp_desktop.documents.inline import plain_words
from spp_desktop.documents.numbering import NumberedDocument, lines_of
from spp_desktop.documents.pdf.printing import rendered
from spp_desktop.edits import delivery, judging, links, results, rows
from spp_desktop.edits.documents import choices
from spp_desktop.edits.documents.every import DOCUMENTS, document_named
from spp_desktop.edits.documents.making import lacking, made
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.plan.appendices.beside import PlanDecision
from spp_desktop.plan.identity import Plan
from spp_desktop.plan.monitoring import DeliveryRule
from spp_desktop.plan.posts import Post, PostHolder
from spp_desktop.plan.priorities import Theme
from spp_desktop.plan.registers import register_of
from spp_desktop.store import monitored, queries
from spp_desktop.store.workspace import Workspace

PRINTED = date(2008, 11, 5)
TODAY = date(2008, 8, 15)


@pytest.fixture
def at_work(worked: Path) -> Iterator[Workspace]:
    with Workspace.open(worked) as opened:
        yield opened


@pytest.fixture
def plan(workspace: Workspace) -> Workspace:
    workspace.edit("read it as at a day", _as_at)
    return workspace


def _as_at(session: Session) -> None:
    rows.change(session, Plan, session.exec(select(Plan)).one().id, as_at=TODAY)


def report(workspace: Workspace, name: str, **asked: Any) -> NumberedDocument:
    kind = document_named(name)
    assert kind is not None
    return made(workspace, kind, DocumentAsk(PRINTED, **asked))


def headings(document: NumberedDocument) -> list[str]:
    return [plain_words(block.text) for block in document.blocks if isinstance(block, DocumentHeading)]


def words(document: NumberedDocument) -> str:
    return "\n".join(plain_words(each) for each in lines_of(document.document))


def table(document: NumberedDocument, caption: str) -> list[list[str]]:
    """The rows of the first table, by itself or behind a figure, whose caption begins so."""
    tables = [block for block in document.blocks if isinstance(block, DocumentTable)]
    tables += [block.numbers for block in document.blocks if isinstance(block, DocumentFigure) and block.numbers]
    found = next(each for each in tables if plain_words(each.caption).startswith(caption))
    return [[plain_words(cell) for cell in row] for row in found.rows]


def measure(workspace: Workspace, *values: float | None, first: date = date(2007, 4, 1), **more: Any) -> str:
    """Months of results of the one indicator, of which those of ``None`` are not available; gives its key."""
    (indicator,) = workspace.read(queries.indicators)
    entries = []
    for at, value in enumerate(values):
        year, month = divmod(first.month - 1 + at, 12)
        begins = date(first.year + year, month + 1, 1)
        ends = date(begins.year + begins.month // 12, begins.month % 12 + 1, 1).toordinal() - 1
        own = {"value": value, **more} if value is not None else {"state": "not available"}
        entries.append(
            {"indicator_id": indicator.key, "period_from": begins, "period_to": date.fromordinal(ends), **own}
        )
    workspace.edit("measure", results.enter, entries)
    return indicator.key


def test_the_board_sees_exceptions_first_each_with_its_sentence_and_both_statuses(at_work: Workspace) -> None:
    document = report(at_work, "board")
    titles = headings(document)
    assert titles[0] == "Summary"
    assert titles.index("PI06 Detections of burglary (home)") < titles.index("PI01 Reduce serious violence")
    text = words(document)
    assert "2 of 22 indicators are red and 14 of 111 activities are off track." in text
    assert "Red: 11.5% April to September 2008 (provisional) against a trajectory of 13%" in text
    assert "Year-end forecast: Would miss it: 11.2% to 11.6% by 31 March 2009, by three methods." in text
    assert "Counted: 994 of 8,661 (sanction detections of recorded crimes)" in text
    assert document.document.facts[-2:] == (("Data to", "30 Sep 2008"), ("Printed", "5 Nov 2008"))
    charts = [block for block in document.blocks if isinstance(block, DocumentFigure)]
    assert len(charts) == 1 + 22
    assert all(chart.numbers for chart in charts)


def test_what_moved_has_all_its_dates_how_often_why_and_who_approved(at_work: Workspace) -> None:
    rows_moved = table(report(at_work, "board"), "Dates moved to a later day, 1 Jul 2008 to 31 Oct 2008")
    knives = next(row for row in rows_moved if row[0] == "1.05")
    assert knives[2:] == [
        *("30 Sep 2008", "30 Sep 2008", "2 Jan 2009, moved twice", "94"),
        "National guidance, without which this cannot be finished, is late.",
        "No approval on record",
    ]
    assert len(rows_moved) == 14


def test_a_choice_of_parts_leads_only_to_what_is_in_it(at_work: Workspace) -> None:
    document = report(at_work, "board", parts=("decisions", "missed"))
    assert headings(document) == ["What the board is asked", "Milestones scheduled and not met"]
    assert "14 dates moved to a later day." in words(document)
    assert "were due and not met (Table 2)." in words(document)


def test_what_a_report_lacks_is_listed_before_it_is_printed(at_work: Workspace) -> None:
    kind = document_named("board")
    assert kind is not None
    told = lacking(at_work, kind, DocumentAsk(PRINTED))
    assert "PI06 Detections of burglary (home): red. No next step is given." in told


def test_a_period_that_is_closed_is_told_as_it_was_reported(at_work: Workspace) -> None:
    first = at_work.read(choices.periods)[-1]
    document = report(at_work, "board", period=first.key)
    assert ("Activities as they stood on", "30 Jun 2008") in document.document.facts
    stood = monitored.reports_by_activity
    off = [row for row in at_work.read(stood, first.key).values() if row.status_key]
    assert f"of {len(off)} activities" in words(document)


@pytest.mark.parametrize("name", [kind.name for kind in DOCUMENTS])
def test_a_plan_with_hardly_anything_makes_every_document(workspace: Workspace, name: str) -> None:
    workspace.edit("empty it", _emptied)
    document = report(workspace, name)
    assert document.document.title
    assert not [block for block in document.blocks if isinstance(block, DocumentTable) and not block.rows]


def _emptied(session: Session) -> None:
    for table_name in (
        "milestone",
        "activity_owner",
        "target",
        "activity",
        "indicator",
        "commitment",
        "theme",
        "priority",
    ):
        session.connection().exec_driver_sql(f"DELETE FROM {table_name}")
    session.connection().exec_driver_sql("DELETE FROM post")


def test_people_are_named_only_where_that_is_asked(plan: Workspace) -> None:
    indicator = measure(plan, *[100.0] * 12, *[130.0] * 4)
    post = next(row.id for row in plan.read(queries.register, Post) if row.title == "ACC Crime")
    plan.edit("hold it", rows.add, PostHolder, post_id=post, name="Jane Smith", held_from=date(2007, 1, 1))
    plan.edit("colour", judging.set_override, indicator, None, date(2008, 6, 30), "green", "It was agreed")
    step = plan.read(queries.milestones)[0]
    plan.edit("move", delivery.set_milestones, [(step.key, "due", date(2008, 9, 1))])
    plan.edit("sign", _signed)
    for with_names, named, unnamed in (
        (False, "by override of ACC Crime", "Smith"),
        (True, "by override of Jane Smith", "an officer"),
    ):
        text = words(report(plan, "board", with_names=with_names))
        assert named in text
        assert unnamed not in text
        assert ("Bob Jones, 1 Aug 2008" if with_names else "an officer, 1 Aug 2008") in text
        title = report(plan, "portfolio", owner=post, with_names=with_names).document.title
        assert title == ("Portfolio: ACC Crime (Jane Smith)" if with_names else "Portfolio: ACC Crime")
    assert "the colour was given by a person" in words(report(plan, "board"))


def _signed(session: Session) -> None:
    """By one who holds a post, and by one who does not."""
    sql = session.connection().exec_driver_sql
    sql("UPDATE override SET author = 'Jane Smith'")
    sql("UPDATE date_move SET approved_by = 'Bob Jones', approved_on = '2008-08-01', moved_on = '2008-08-01'")


def test_decisions_ask_approve_and_note(plan: Workspace) -> None:
    plan.edit("ask", rows.add, PlanDecision, ref="X1", text="Whether the target stays", reason="It is far off")
    plan.edit("took", rows.add, PlanDecision, ref="X2", text="Settled", decided_on=date(2008, 6, 4))
    rule = plan.read(queries.register, DeliveryRule)[0].id
    plan.edit("rule", rows.change, DeliveryRule, rule, moves_approved=True)
    activity, step = plan.read(queries.activities)[0], plan.read(queries.milestones)[0]
    plan.edit("due", delivery.set_cells, [(activity.key, "due", date(2008, 7, 1))])
    for day in (date(2008, 9, 1), date(2008, 10, 1)):
        plan.edit("move", delivery.set_cells, [(activity.key, "due", day)], reason="The builder went away")
        plan.edit("move", delivery.set_milestones, [(step.key, "forecast", day)], reason="Also")
    deferred = next(row for row in plan.read(queries.statuses) if row.title == "Deferred")
    other = plan.read(queries.activities)[1]
    plan.edit(
        "put off", delivery.set_cells, [(other.key, "status_id", deferred.key), (other.key, "reason", "No money")]
    )
    text = words(report(plan, "board"))
    assert "To decide: X1 Whether the target stays. It is far off." in text
    assert "To approve: that these move a second time: 1.01 and 1.01 “First step of 1.01”." in text
    assert "of the activities 1 is deferred" in text
    assert "No money" in text
    assert "not stated" in table(report(plan, "board"), "Decisions taken")[0]


def test_a_next_step_of_an_indicator_is_that_of_what_serves_what_it_measures(plan: Workspace) -> None:
    indicator = measure(plan, *[100.0] * 12, *[130.0] * 4)
    assert "Next step: No next step is given" in words(report(plan, "indicator"))
    activity = plan.read(queries.activities)[0]
    theme = next(row for row in plan.read(queries.register, Theme) if row.priority_id == activity.priority_key)
    plan.edit("measures", links.join, "measures", indicator, theme.id)
    plan.edit("home", delivery.set_cells, [(activity.key, "theme_id", theme.id)])
    document = report(plan, "indicator", indicators=(indicator,))
    assert document.document.title == "R1 Most serious violence"
    assert "Next step: Activity 1.01: First step of 1.01, which was due on 1 Jul 2008" in words(document)


def test_the_words_for_a_missing_figure_are_the_same_everywhere(plan: Workspace) -> None:
    measure(plan, 3.0, None, first=date(2008, 4, 1))
    for name in ("board", "indicator"):
        assert "not available" in words(report(plan, name))
    assert "withheld" in words(report(plan, "board", parts=("key",)))


def test_a_portfolio_holds_one_posts_rows_alone(at_work: Workspace) -> None:
    post = next(row.key for row in at_work.read(choices.OFFERED["owner"]) if row.title == "ACC Crime")
    document = report(at_work, "portfolio", owner=post)
    assert document.document.title == "Portfolio: ACC Crime"
    told = {row[0] for row in table(document, "Activities of 2008-2009")}
    owned = {row.ref for row in at_work.read(queries.activities) if "ACC Crime" in row.owners}
    assert told == owned
    assert "Risks" in headings(document)
    assert "Sergeants" not in words(document)


def test_a_priority_holds_what_serves_measures_and_threatens_it(plan: Workspace) -> None:
    first = plan.read(queries.priority_tree)[0]
    indicator = measure(plan, *[100.0] * 12, *[130.0] * 4)
    plan.edit("measures", links.join, "measures", indicator, first.key)
    risk = plan.edit("risk", rows.add, register_of("risk").model, ref="R9", text="Flood")
    plan.edit("threatens", links.join, "threatens", risk, first.key)
    text = words(report(plan, "priority", priority=first.key))
    for told in ("We will attend to serious harm", "Do what 1.02 says", "R1 Most serious violence", "Flood"):
        assert told in text
    assert "Do what 2.01 says" not in text
    other = words(report(plan, "priority", priority=plan.read(queries.priority_tree)[1].key))
    assert "Flood" not in other


def test_the_overview_is_one_page_and_says_what_it_leaves_out(at_work: Workspace, plan: Workspace) -> None:
    for workspace in (at_work, plan):
        assert len(PdfReader(BytesIO(rendered(report(workspace, "overview")))).pages) == 1
    left_out = [block for block in report(at_work, "overview").blocks if isinstance(block, Paragraph)][-1]
    assert plain_words(left_out.text).startswith("Left out, so that this stays one page: ")
    assert "Overdue: Activities 5; Milestones 25" in words(report(at_work, "overview", parts=("overdue",)))
    assert [block for block in report(at_work, "overview", parts=("overdue",)).blocks if isinstance(block, Bullets)]


def test_a_report_of_a_quarter_is_of_that_quarter(at_work: Workspace) -> None:
    with pytest.raises(KeyError):
        report(at_work, "board", period="none")
    assert report(at_work, "board").document.title == "Board report: 2008-09 Q2"


def test_figures_that_changed_after_they_were_final_are_listed(plan: Workspace) -> None:
    indicator = measure(plan, 100.0, 110.0, first=date(2008, 4, 1))
    entry = {"indicator_id": indicator, "period_from": date(2008, 4, 1), "period_to": date(2008, 4, 30), "value": 99.0}
    plan.edit("again", results.enter, [entry], "Counted twice")
    plan.edit("then", _made_in_the_quarter)
    (line,) = table(report(plan, "board"), "Figures changed, 1 Apr 2008 to 15 Aug 2008")
    assert line[:5] == ["R1 Most serious violence", "April 2008", "100", "99", "Counted twice"]


def _made_in_the_quarter(session: Session) -> None:
    session.connection().exec_driver_sql("UPDATE restatement SET made_on = '2008-06-05'")


def test_an_indicator_has_its_definition_and_its_history_beside_what_it_is_made_of(at_work: Workspace) -> None:
    keys = {row.ref: row.key for row in at_work.read(queries.indicators)}
    assert "Definition from 1 Apr 2008: Grievous bodily harm as clarified" in words(
        report(at_work, "indicator", indicators=(keys["PI01"],))
    )
    history = table(report(at_work, "indicator", indicators=(keys["PI06"],)), "History of PI06")
    assert history[5] == ["September", "11.7%", "12.4%", "11.5% p", "173 of 1,501", "13.0%"]
    for name in ("indicator", "portfolio", "priority"):
        kind = document_named(name)
        assert kind is not None
        told = lacking(at_work, kind, DocumentAsk(PRINTED))
        assert any("PI06" in sentence for sentence in told) == (name == "indicator")


def test_an_indicator_without_results_shows_its_targets(plan: Workspace) -> None:
    document = report(plan, "indicator")
    (figure,) = (block for block in document.blocks if isinstance(block, DocumentFigure))
    assert "2008-2009 4%" in figure.alternative
    assert table(document, "Targets of R1")[0][:2] == ["2008-2009", "4%"]
    assert "There are no results to draw." in words(document)
