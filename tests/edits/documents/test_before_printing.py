"""What is said before a document is printed: targets without baseline, amount, unit or date, and marks of no note."""

from datetime import date
from functools import partial
from pathlib import Path

from spp_desktop.edits import performance, priorities, registers, results, rows
from spp_desktop.edits.documents.before_printing import before_printing, sentences
from spp_desktop.edits.documents.every import document_named
from spp_desktop.edits.documents.making import lacking
from spp_desktop.edits.documents.plan_read import DocumentAsk, DocumentPlan
from spp_desktop.plan.identity import Section
from spp_desktop.plan.performance import Target
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

ASK = DocumentAsk(date(2008, 10, 1))


def told(plan: Workspace, ask: DocumentAsk = ASK) -> list[str]:
    """What is said."""
    return [each.sentence for each in before_printing(DocumentPlan(plan, ask))]


def test_a_target_without_unit_or_baseline_is_named_until_it_has_them(workspace: Workspace) -> None:
    (row,) = workspace.read(queries.indicators)
    assert told(workspace) == [
        "R1 Most serious violence: it has no unit, so that its targets do not say of what.",
        "R1 Most serious violence: there is no baseline, as the plan has no result of 2007-2008.",
    ]
    workspace.edit("set a unit", performance.set_indicator, row.key, unit="crimes")
    year = {"period_from": date(2007, 4, 1), "period_to": date(2008, 3, 31)}
    workspace.edit("add a result", results.enter, [{"indicator_id": row.key, "value": 100, **year}])
    assert told(workspace) == []


def test_targets_without_amount_or_date_and_indicators_without_targets_are_named(workspace: Workspace) -> None:
    (row,) = workspace.read(queries.indicators)
    workspace.edit("set a unit", performance.set_indicator, row.key, unit="crimes")
    workspace.edit("state it", performance.set_target, row.key, 2008, "Benchmark & report", "benchmark")
    undated = partial(rows.add, indicator_id=row.key, kind="by a date", stated="in place soon")
    workspace.edit("state another", undated, Target)  # as an older program may have kept it
    workspace.edit("add one", performance.add_indicator, row.group_key, ref="R2", title="Fires", polarity="lower")
    assert told(workspace) == [
        "R1 Most serious violence: the target for 2008-2009, “Benchmark & report”, states no amount.",
        "R1 Most serious violence: the target over the plan, “in place soon”, states no date.",
        "R2 Fires: nothing is aimed at.",
    ]
    assert told(workspace, DocumentAsk(ASK.printed, indicators=("another",))) == []


def test_a_mark_that_leads_to_no_note_is_named_and_printed_as_it_is(workspace: Workspace) -> None:
    workspace.edit("add a section", registers.add, Section, number="1", title="Foreword", body="Here[note 4].")
    first, second = workspace.read(queries.priority_tree)
    theme = first.children[0]
    workspace.edit("write", priorities.set_theme, theme.key, narrative="There[note 4].")
    note = workspace.edit("add a note", priorities.add_note, "As counted in 2007.")
    workspace.edit("use it", priorities.use_note, note, number=4, theme_id=theme.key)
    assert not [text for text in told(workspace) if "note" in text]  # the plan has one note 4: meant everywhere
    other = workspace.edit("add a note", priorities.add_note, "As counted in 2006.")
    workspace.edit("use it", priorities.use_note, other, number=4, theme_id=second.children[0].key)
    said = "Section “Foreword”: [note 4] leads to no note, and is printed as it is."
    assert [text for text in told(workspace) if "note" in text] == [said]
    kind = document_named("plan")
    assert kind is not None
    assert said in lacking(workspace, kind, ASK)


def test_of_the_published_plan_each_target_lacks_its_baseline(published: Path) -> None:
    with Workspace.open(published) as plan:
        left_open = before_printing(DocumentPlan(plan, ASK))
    assert len(left_open) == 22
    assert sum("no baseline" in each.sentence for each in left_open) == 21
    no_baseline, no_amount = sentences(left_open)
    assert no_baseline.startswith("PI01, PI02,")
    assert no_baseline.endswith(" and PI22: there is no baseline, as the plan has no result of 2007-2008.")
    assert no_amount.startswith("PI14 Perception of anti-social behaviour: the target for 2008-2009")
