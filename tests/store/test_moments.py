"""What names a moment of a plan's history, and which step is the last that is in it."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from spp_desktop.edits import registers
from spp_desktop.plan.editions import Edition
from spp_desktop.returns.chain_head import ChainHead, head_in
from spp_desktop.store import chain, clock, history, moments, moments_offered
from spp_desktop.store.problems import NoSuchMoment
from spp_desktop.store.workspace import Workspace

DAYS = {
    "2008-09-29T22:30:00+00:00": "the evening before, in London",
    "2008-09-30T14:05:30.250000+00:00": "five past three in London",
    "2008-09-30T23:30:00+00:00": "half past midnight, in London",
}
"""When steps are made, and what they are called."""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A plan begun on 1 September 2008, with a step of each day, in a place whose summer is an hour ahead of UTC."""
    if not hasattr(time, "tzset"):
        pytest.skip("This system has one place alone")
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    monkeypatch.setattr(clock, "now", lambda: "2008-09-01T09:00:00+00:00")
    with Workspace.create(tmp_path / "told.plan", "Told", 2008) as workspace:
        for at, label in DAYS.items():
            monkeypatch.setattr(clock, "now", lambda at=at: at)
            workspace.edit(label, registers.set_plan, force=label)
        yield workspace
    monkeypatch.undo()
    time.tzset()


def test_editions_and_versions_are_moments(workspace: Workspace) -> None:
    before = workspace.revision()
    workspace.edit("retitle", registers.set_plan, title="Other")
    with pytest.raises(NoSuchMoment, match=r"no edition 2\. It has no edition yet"):
        last_at(workspace, "edition 2")
    workspace.edit(
        "issue", registers.add, Edition, number=2, title="Second", issued_on=date(2009, 3, 14), issued_by="Amy",
        first_year=2009, years=3, revision=before,
    )  # fmt: skip
    moment = workspace.read_beside(moments.read_moment, "Edition 2")
    assert (moment.last.id, moment.words) == (before, "edition 2 (Second, issued by Amy, 14 Mar 2009)")
    offered = [each.what for each in workspace.read_beside(moments_offered.offered)]
    assert "edition 2: Second" in offered
    with pytest.raises(NoSuchMoment, match=r"no edition 1\. It has edition 2"):
        last_at(workspace, "edition 1")
    with pytest.raises(NoSuchMoment, match="It has no version yet"):
        last_at(workspace, "version 1")


def last_at(workspace: Workspace, text: str) -> str:
    return workspace.read_beside(moments.read_moment, text).last.label


EVENING, AFTERNOON, MIDNIGHT = DAYS.values()


@pytest.mark.parametrize(
    ("text", "label", "words", "file_words"),
    [
        ("2008-09-29", EVENING, "29 Sep 2008", "2008-09-29"),
        ("29/9/2008 23:29", "begin the plan", "29 Sep 2008 23:29", "2008-09-29 23.29"),
        ("29 Sept 2008 23:30", EVENING, "29 Sep 2008 23:30", "2008-09-29 23.30"),
        ("30/09/2008", AFTERNOON, "30 Sep 2008", "2008-09-30"),
        ("2008-09-30 15:05", AFTERNOON, "30 Sep 2008 15:05", "2008-09-30 15.05"),
        ("2008-09-30T15:05:30", AFTERNOON, "30 Sep 2008 15:05:30", "2008-09-30 15.05.30"),
        ("2008-09-30 15:05:29", EVENING, "30 Sep 2008 15:05:29", "2008-09-30 15.05.29"),
        ("2008-09-30T14:05:30.250000+00:00", AFTERNOON, "30 Sep 2008 15:05:30", "2008-09-30 15.05.30"),
        ("2008-09-30T14:05:30.249999Z", EVENING, "30 Sep 2008 15:05:30", "2008-09-30 15.05.30"),
        ("1 October 2008", MIDNIGHT, "1 Oct 2008", "2008-10-01"),
    ],
)
def test_a_day_and_a_time_count_to_their_end_on_the_clock_here(
    told: Workspace, text: str, label: str, words: str, file_words: str
) -> None:
    moment = told.read_beside(moments.read_moment, text)
    assert (moment.last.label, moment.words, moment.file_words) == (label, words, file_words)


def test_a_step_is_named_by_its_id_or_how_it_begins(told: Workspace) -> None:
    step = told.history()[1]
    for text in (step.id, step.id[:8], step.id.upper()[:13]):
        moment = told.read_beside(moments.read_moment, f" {text} ")
        assert (moment.last, moment.day.isoformat()) == (step, "2008-09-30")
        assert moment.words == f"30 Sep 2008 15:05, step {step.n}"


def test_now_is_a_moment_too(workspace: Workspace) -> None:
    moment = workspace.read_beside(moments.read_moment, "NOW")
    assert moment.last == workspace.read_beside(chain.newest)
    assert moment.day == clock.local_now().date()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2008-08-31", "begins on 1 Sep 2008 10:00 local time: there is nothing of it on 31 Aug 2008."),
        ("2100-01-01", "1 Jan 2100 is still to come."),
        ("2100-01-01 10:00", "1 Jan 2100 10:00 is still to come."),
        ("2008-09-30 24:30", "no time of a day"),
        ("sometime 10:00", "is not a date"),
        ("sometime", "the id of a step"),
        ("2009-02-30", "“2009-02-30” is not a day of the calendar"),
        ("0123abcd-0000", "This plan's history has no step “0123abcd-0000”."),
        ("31/09/2008", "is not a day of the calendar"),
    ],
)
def test_what_is_no_moment_is_told_in_a_sentence(told: Workspace, text: str, says: str) -> None:
    with pytest.raises(NoSuchMoment) as caught:
        told.read_beside(moments.read_moment, text)
    assert says in str(caught.value)


def test_a_clock_that_went_wrong_leaves_no_step_out(told: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in ("2099-01-01T00:00:00+00:00", "2008-10-02T09:00:00+00:00"):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        told.edit(f"retitle {at}", registers.set_plan, title=at)
    assert last_at(told, "2008-10-01") == MIDNIGHT
    assert last_at(told, "2008-10-02") == "retitle 2008-10-02T09:00:00+00:00"


def test_a_file_that_left_the_plan_names_the_moment_at_which_it_left(workspace: Workspace) -> None:
    head = head_in(workspace.head())
    assert head is not None
    newest = workspace.read_beside(history.latest)
    workspace.edit("retitle", registers.set_plan, title="Other")
    assert workspace.read_beside(moments.of_head, head, "a.xlsx").last == newest
    for other, says in (
        (ChainHead("0" * 36, head.n, head.hash), "a.xlsx is of another plan."),
        (ChainHead(head.plan, head.n, "0" * 64), "no longer the one it had then"),
        (ChainHead(head.plan, 999, head.hash), "no longer the one it had then"),
    ):
        with pytest.raises(NoSuchMoment, match=says):
            workspace.read_beside(moments.of_head, other, "a.xlsx")
