"""The part of documents that lists what the last edition holds and is another now, and what is announced ahead."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from spp_desktop.documents.blocks import DocumentHeading, DocumentTable, Paragraph
from spp_desktop.documents.inline import plain_words
from spp_desktop.edits import delivery, editions, links, rows
from spp_desktop.edits.documents.making import made
from spp_desktop.edits.documents.plan.declared import PLAN
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.edits.editions import NewEdition
from spp_desktop.edits.restated_words import differing_parts
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.editions import Edition, PlannedRevision
from spp_desktop.plan.markings import Marking
from spp_desktop.store import clock, queries
from spp_desktop.store import editions as known_editions
from spp_desktop.store.workspace import Workspace

DAY = date(2008, 3, 31)


def printed(plan: Workspace) -> list[str]:
    """The part, a text for each block and each row of a table."""
    document = made(plan, PLAN, DocumentAsk(DAY, parts=("restatements",))).document
    told: list[str] = []
    for block in document.blocks:
        if isinstance(block, DocumentHeading | Paragraph):
            told.append(plain_words(block.text))
        elif isinstance(block, DocumentTable):
            told += [" | ".join(map(plain_words, row)) for group in block.groups for row in group.rows]
    return told


def test_nothing_is_printed_before_the_first_edition(workspace: Workspace) -> None:
    assert printed(workspace) == []


def test_what_changed_is_printed_with_its_mark_and_what_was_marked_and_is_gone_is_not(workspace: Workspace) -> None:
    first, second, third = (row.key for row in workspace.read(queries.activities))
    marking = workspace.read(queries.register, Marking)[-1].id
    workspace.edit("mark", rows.change, Activity, third, marking_id=marking)
    workspace.edit("issue", editions.issue, NewEdition(DAY, "Authority"))
    assert printed(workspace) == [
        "Restatements since edition 1",
        "Edition 1 was issued on 31 March 2008. Nothing that it holds has changed since.",
    ]
    today = clock.local_now().date()

    def announce(session: Session) -> None:
        key = rows.add(
            session, PlannedRevision, title="New words", announced_on=today, expected=today + timedelta(9), why="Law",
        )  # fmt: skip
        links.join(session, "concerns", key, first)

    workspace.edit("announce", announce)
    workspace.edit("reword", delivery.set_cells, [(first, "text", "Other words"), (second, "text", "Another")])
    workspace.edit("drop", delivery.remove_activities, [third])
    told = printed(workspace)
    assert told[1].startswith("Edition 1 was issued on 31 March 2008. What is listed here is another now. Marked r:")
    assert told[2:5] == [
        "Activity 1.01: activity | Do what 1.01 says | Other words | as announced: New words |  | r, planned",
        "Activity 1.02: activity | Do what 1.02 says | Another | not given |  | r",
        "activity | not printed: it was marked | gone |  |  | r",
    ]
    assert told[5] == "Revisions announced ahead"
    assert told[6].startswith("New words | activity 1.01 | ")
    assert told[6].endswith(" | Law")
    assert "2.01" not in "".join(told)


def test_an_edition_whose_step_is_lost_is_said_to_be_unknown(workspace: Workspace) -> None:
    workspace.edit("issue", editions.issue, NewEdition(DAY, "Authority"))
    (edition,) = workspace.read(known_editions.editions)
    workspace.edit("lose it", rows.change, Edition, edition.key, revision="0" * 36)
    assert "not in this plan's history" in printed(workspace)[-1]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("short", "other", ("short", "other")),
        ("", "x" * 30, ("", "x" * 19 + "…")),
        ("a " * 60 + "old end", "a " * 60 + "new end", None),
    ],
)
def test_long_texts_are_told_where_they_differ(old: str, new: str, told: tuple[str, str] | None) -> None:
    parts = differing_parts(old, new, 20 if told else 90)
    assert parts == told or (told is None and all(part.startswith("…a a") for part in parts))
    assert all(len(part) <= 90 for part in parts)
    if told is None:
        assert [part[-7:] for part in parts] == ["old end", "new end"]
