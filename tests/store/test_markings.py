"""Which marking rows bear, the highest of what is inside something, and what is too high for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from spp_desktop.edits import registers, rows
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.priorities import Commitment, Note, NoteUse, Priority, Theme
from spp_desktop.plan.rows import Row
from spp_desktop.store import markings, queries
from spp_desktop.store.markings import MarkingTooLow, PlanMarkings, TooHigh
from spp_desktop.store.workspace import Workspace

TITLES = ("NOT PROTECTIVELY MARKED", "PROTECT", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET")


def furnish(session: Session) -> dict[str, str]:
    """A priority with a theme within a theme, a sentence there, and activities that stand at each of these."""
    key = {"priority": rows.add(session, Priority, title="Safer"), "other": rows.add(session, Priority, title="Other")}
    key["theme"] = rows.add(session, Theme, priority_id=key["priority"], title="Homes")
    key["below"] = rows.add(session, Theme, priority_id=key["priority"], parent_id=key["theme"], title="Doors")
    key["will"] = rows.add(session, Commitment, theme_id=key["below"], text="We will")
    places: dict[str, dict[str, str]] = {
        "1.01": {},
        "1.02": {"theme_id": key["theme"]},
        "1.03": {"commitment_id": key["will"]},
    }
    for ref, place in places.items():
        key[ref] = rows.add(session, Activity, year=2008, ref=ref, priority_id=key["priority"], text="Do", **place)
    key["2.01"] = rows.add(session, Activity, year=2008, ref="2.01", priority_id=key["other"], text="Do")
    key["step"] = rows.add(session, Milestone, activity_id=key["1.03"], title="Begin")
    key["note"] = rows.add(session, Note, text="As counted")
    key["mark"] = rows.add(session, NoteUse, note_id=key["note"], priority_id=key["other"])
    return key


def mark(session: Session, model: type[Row], key: str, title: str) -> None:
    listed = {row.title: row.id for row in queries.register(session.connection(), Marking)}
    rows.change(session, model, key, marking_id=listed[title])


@pytest.fixture
def empty(plan_path: Path) -> Iterator[Workspace]:
    with Workspace.create(plan_path, "A plan", 2008) as made:
        yield made


@pytest.fixture
def key(empty: Workspace) -> dict[str, str]:
    return empty.edit("furnish", furnish)


def test_a_row_bears_its_own_or_what_stands_above_it_or_the_plan(empty: Workspace, key: dict[str, str]) -> None:
    assert empty.read(markings.markings) == PlanMarkings(TITLES)
    empty.edit("mark", mark, Theme, key["theme"], "RESTRICTED")
    empty.edit("mark", mark, Activity, key["1.03"], "PROTECT")  # lower than what it stands under: that counts
    empty.edit("mark", mark, Note, key["note"], "SECRET")
    borne = empty.read(markings.markings)
    assert {name: borne.of(row) for name, row in key.items()} == {
        "priority": "", "other": "", "theme": "RESTRICTED", "below": "RESTRICTED", "will": "RESTRICTED", "1.01": "",
        "1.02": "RESTRICTED", "1.03": "RESTRICTED", "step": "RESTRICTED", "2.01": "",
        "note": "SECRET", "mark": "SECRET",
    }  # fmt: skip
    assert (borne.highest([]), borne.highest([key["step"], key["2.01"]]), borne.highest()) == (
        "",
        "RESTRICTED",
        "SECRET",
    )
    empty.edit("mark", registers.set_plan, marking="CONFIDENTIAL")
    borne = empty.read(markings.markings)
    assert [borne.of(key[name]) for name in ("1.01", "1.02", "note")] == ["CONFIDENTIAL", "RESTRICTED", "SECRET"]
    assert [borne.highest(keys) for keys in ([], [key["1.02"]], [key["mark"]])] == [
        "CONFIDENTIAL", "CONFIDENTIAL", "SECRET",
    ]  # fmt: skip


def test_what_is_higher_is_refused_by_name(empty: Workspace, key: dict[str, str]) -> None:
    empty.edit("mark", registers.set_plan, marking="NOT PROTECTIVELY MARKED")
    empty.edit("mark", mark, Theme, key["theme"], "RESTRICTED")
    everything = [key[name] for name in ("1.01", "1.02", "1.03", "2.01")]
    borne = empty.read(markings.markings)
    assert borne.higher_than("RESTRICTED", everything) == ()
    high = (TooHigh(key["1.02"], "RESTRICTED"), TooHigh(key["1.03"], "RESTRICTED"))
    assert borne.higher_than("PROTECT", everything) == high
    assert len(borne.higher_than("", everything)) == 4
    empty.read(markings.demand_no_higher, "RESTRICTED", everything)
    with pytest.raises(MarkingTooLow) as refused:
        empty.read(markings.demand_no_higher, "PROTECT", everything)
    assert (refused.value.level, refused.value.rows) == ("PROTECT", high)
    assert "2 rows inside are marked higher: activity “1.02” (RESTRICTED) and activity “1.03” (RESTRICTED)" in str(
        refused.value
    )
    words = empty.read(markings.named, [*high, TooHigh("gone", "")], most=1)
    assert words == ["activity “1.02” (RESTRICTED)", "2 others"]
    assert empty.read(markings.named, [TooHigh("gone", "")]) == ["a row that is gone (not marked)"]


def test_a_marking_that_is_on_no_list_counts_as_higher_than_all() -> None:
    borne = PlanMarkings(TITLES, "MOST SECRET", {"row": 5})
    assert borne.highest(["row"]) == "MOST SECRET"
    assert borne.higher_than("TOP SECRET", ["row", "other"]) == (TooHigh("other", "MOST SECRET"),)


@settings(max_examples=40)
@given(
    st.sampled_from(["", *TITLES]),
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 5)),
    st.lists(st.sampled_from("abcdef")),
    st.sampled_from(TITLES),
)
def test_nothing_inside_is_higher_than_the_whole(own: str, ranks: dict[str, int], keys: list[str], level: str) -> None:
    borne = PlanMarkings(TITLES, own, ranks)
    whole = borne.highest(keys)
    assert borne.higher_than(whole, keys) == ()
    assert whole in {own, *map(borne.of, keys)}
    left = [key for key in keys if key not in {each.key for each in borne.higher_than(level, keys)}]
    assert borne.higher_than(level, left) == ()
