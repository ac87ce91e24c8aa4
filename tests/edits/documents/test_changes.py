"""What changed between two states of a plan, as documents: who did it, what is marked, what is left out of both."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session

from spp_desktop.documents.blocks import DocumentTable, Paragraph
from spp_desktop.documents.excerpt import LEFT_OUT
from spp_desktop.documents.inline import ChangedWords, after_changes, before_changes, plain_words
from spp_desktop.documents.numbering import NumberedDocument, lines_of
from spp_desktop.edits import delivery, registers, rows
from spp_desktop.edits.documents.changes import declared
from spp_desktop.edits.documents.every import document_named
from spp_desktop.edits.documents.making import made
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.plan.editions import Edition
from spp_desktop.plan.identity import Section
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.performance import Indicator, IndicatorGroup, Target
from spp_desktop.plan.priorities import Priority
from spp_desktop.store import clock, locks, queries
from spp_desktop.store.markings import MarkingTooLow
from spp_desktop.store.problems import NoSuchMoment
from spp_desktop.store.workspace import Workspace

BODY = (
    "We ask local people.\n\nOfficers patrol each street by day.\n\nWe publish what we find.\n\nThat is all there is."
)


class Told:
    """A plan, and the steps at which its first state and its last one stand."""

    def __init__(self, plan: Workspace, first: str) -> None:
        self.plan, self.first = plan, first

    def document(self, name: str = "changes", **asked: object) -> NumberedDocument:
        kind = document_named(name)
        assert kind is not None
        ask = DocumentAsk(date(2008, 12, 1), since=str(asked.pop("since", self.first)), **asked)  # type: ignore[arg-type]
        return made(self.plan, kind, ask)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """A plan that Amy wrote, and Ben changed."""
    with Workspace.create(tmp_path / "told.plan", "Told", 2008) as plan:

        def write(session: Session) -> tuple[str, str, str, str]:
            section = rows.add(session, Section, title="Aims", number="1", body=BODY)
            priority = rows.add(session, Priority, title="Safer streets")
            activity = delivery.add_activity(session, 2008, priority, "Ask the council about street lights")
            delivery.add_activity(session, 2008, priority, "Train officers")
            group = rows.add(session, IndicatorGroup, title="Trust")
            indicator = rows.add(session, Indicator, title="Confidence", group_id=group, ref="PI01", polarity="higher")
            return (
                section,
                activity,
                rows.add(
                    session,
                    Target,
                    indicator_id=indicator,
                    year=2008,
                    kind="change on previous year",
                    stated="4%",
                    value=4.0,
                ),
                priority,
            )

        with monkeypatch.context() as then:
            then.setattr(clock, "now", lambda: "2008-09-20T12:00:00+00:00")
            then.setattr(locks, "author", lambda: "amy")
            section, activity, target, priority = plan.edit("write", write)
            first = plan.revision()
            then.setattr(locks, "author", lambda: "ben")
            body = BODY.replace("by day", "by day and by night")
            plan.edit("reword", registers.change, Section, section, body=body)
            plan.edit("retarget", registers.change, Target, target, stated="6%", value=6.0)
            then.setattr(clock, "now", lambda: "2008-11-03T12:00:00+00:00")
            then.setattr(locks, "author", lambda: "cat")
            plan.edit("retitle", registers.change, Section, section, title="Our aims")
            plan.edit("remove", delivery.remove_activities, [activity])
            plan.edit("add", delivery.add_activity, 2008, priority, "Open a counter")
        yield Told(plan, first)


def changes(document: NumberedDocument) -> dict[str, tuple[str, str, str]]:
    """What was put in and taken out, with who did it and on which day."""
    parts = (part for text in lines_of(document.document) for part in text if isinstance(part, ChangedWords))
    return {plain_words(part.parts): (part.change.kind, part.change.author, part.change.at[:10]) for part in parts}


def test_each_change_is_marked_with_who_made_it(told: Told) -> None:
    assert changes(told.document()) | changes(told.document("marked-up")) == {
        " and by night": ("inserted", "ben", "2008-09-20"),
        "Aims": ("deleted", "cat", "2008-11-03"),
        "Our aims": ("inserted", "cat", "2008-11-03"),
        "4%": ("deleted", "ben", "2008-09-20"),
        "6%": ("inserted", "ben", "2008-09-20"),
        "1.01": ("deleted", "cat", "2008-11-03"),
        "Ask the council about street lights": ("deleted", "cat", "2008-11-03"),
        "1.03": ("inserted", "cat", "2008-11-03"),
        "Open a counter": ("inserted", "cat", "2008-11-03"),
    }


def test_the_plan_marked_up_holds_both_states(told: Told) -> None:
    words = [plain_words(after_changes(text)) for text in lines_of(told.document("marked-up").document)]
    now = [plain_words(text) for text in lines_of(told.document("plan", since="").document)]
    assert list(filter(None, words[1:])) == list(filter(None, now))
    before = [plain_words(before_changes(text)) for text in lines_of(told.document("marked-up").document)]
    nothing_since = told.document("marked-up", since=told.first, until=told.first).document
    assert list(filter(None, before)) == [plain_words(text) for text in lines_of(nothing_since) if text]


def test_states_are_named_with_who_changed_them_last(told: Told) -> None:
    document = told.document().document
    (first, since), (last, until) = document.facts[:2]
    assert (first, last) == ("From", "To")
    assert "last changed by amy, 20 Sep 2008" in since
    assert until.startswith("now; last changed by cat, 3 Nov 2008")
    edition = {"number": 1, "title": "First", "issued_on": date(2008, 10, 1), "issued_by": "Amy", "years": 3}
    told.plan.edit("issue", rows.add, Edition, **edition, first_year=2008, revision=told.first)  # type: ignore[arg-type]
    assert told.document(since="").document.facts[0][1].startswith("edition 1 (First, issued by Amy, 1 Oct 2008); last")
    with pytest.raises(NoSuchMoment, match="no edition 2"):
        told.document(since="edition 2")


def test_the_list_tells_of_each_cell_and_the_text_leaves_out_what_stayed(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = told.document().blocks
    cells = next(block for block in blocks if isinstance(block, DocumentTable) and block.key == "cells")
    listed = {plain_words(group.title): tuple(map(plain_words, group.rows[0])) for group in cells.groups}
    assert listed["Changed: target “6%” of PI01"] == ("target", "4%", "6%", "ben, 20 Sep 2008")
    assert listed["Gone: activity 1.01"][-1] == "cat, 3 Nov 2008"
    texts = [plain_words(block.text) for block in blocks if isinstance(block, Paragraph)]
    assert "1 row of the next table without a change is left out." in texts
    assert "That is all there is." not in texts
    assert LEFT_OUT not in texts
    monkeypatch.setattr(declared, "MOST_LISTED", 2)
    assert any(
        "The first 2 cells are listed." in plain_words(block.text)
        for block in told.document().blocks
        if isinstance(block, Paragraph)
    )


def test_where_nothing_differs_it_says_so_and_a_copy_is_a_state_too(told: Told, tmp_path: Path) -> None:
    assert [plain_words(text) for text in lines_of(told.document(since="now").document)][1:] == [declared.NOTHING]
    told.plan.save_copy(tmp_path / "copy.plan")
    told.plan.edit("say", registers.set_plan, force="Wessex")
    document = told.document(since=str(tmp_path / "copy.plan"), until="now").document
    assert document.facts[0][1].startswith("copy.plan; last changed by cat")
    back = changes(told.document(since="now", until=told.first))
    assert back["Our aims"] == ("deleted", "amy", "2008-09-20")


def test_what_is_left_out_is_left_out_of_both_states(told: Told) -> None:
    secret = next(row.id for row in told.plan.read(queries.register, Marking) if row.title == "SECRET")
    (section,) = told.plan.read(queries.register, Section)
    told.plan.edit("mark", rows.change, Section, section.id, marking_id=secret)
    assert told.document().document.furniture.marking == "SECRET"
    with pytest.raises(MarkingTooLow, match="Our aims"):
        told.document(at_most="PROTECT")
    rest = told.document(at_most="PROTECT", leave_out=True).document
    assert rest.furniture.marking == ""
    assert not [text for text in map(plain_words, lines_of(rest)) if "aims" in text.lower() or "night" in text]
    marked = told.plan.revision()
    told.plan.edit("unmark", rows.change, Section, section.id, marking_id=None)
    assert told.document(since=marked).document.furniture.marking == "SECRET"
