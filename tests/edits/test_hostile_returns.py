"""Every way in which a return comes back wrong gives what it should: nothing lost, nothing guessed, nothing silent.

What is wanted of the numbered ones is what the manifest of the corpus asks, in the words of this program.
"""

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from spp_desktop.edits import deciding, delivery, receiving, rows, taking
from spp_desktop.edits.differences import Difference
from spp_desktop.edits.reviewing import Review
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Priority
from spp_desktop.returns.scan import PasswordNeeded, ReturnRefused
from spp_desktop.store import receipts
from spp_desktop.store.workspace import Workspace
from tests.edits import hostile_returns as made
from tests.edits.filling import activity, found, sent
from tests.edits.hostile_returns import FORMULA_LIKE, PASSWORD, REFS, Spoil

TITLES = (
    *("Reduce domestic burglary by 4%", "Deliver neighbourhood policing in all wards"),
    *("Increase detections for serious acquisitive crime", "Implement MoPI action plan"),
    *(
        "Improve call handling (90% of 999 calls in 10 seconds)",
        "Reduce assault with injury",
        "Road casualty reduction",
    ),
    *("Airport operation review", "Covert source handling refresh", "Attendance management"),
    *("Estate rationalisation", "Citizen focus survey"),
)
OWNER = "Supt A Jones"
DUE = date(2009, 3, 31), date(2008, 12, 31)


@dataclass(frozen=True)
class Wanted:
    """What a spoilt return is to give.

    Attributes:
        changes: the changes that ask nothing: reference, field, what comes back.
        asks: how many of each other kind, of what a person is asked or told.
        said: pieces of what is said of the file, one notice each.
        remarks: pieces of what is said of the differences, each somewhere.
        left_empty: how many cells were emptied.
    """

    changes: tuple[tuple[str, str, object], ...] = ()
    asks: Mapping[str, int] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    left_empty: int = 0


LATE = ((made.FIRST, "status", "Late"),)

COPIED = "By the words of its rows, each of which is to be confirmed, it is the 2008-2009 Q2 status return of"
NO_STEPS = "The table “Milestones” is not in the file; nothing of it was returned."

WANTED: Mapping[Spoil, Wanted] = {
    made.p01_control_unchanged: Wanted(),
    made.p02_control_three_edits: Wanted(
        (("1.2", "status", "Complete"), ("1.2", "percent", 100), ("1.3", "done", "Wards A-C live; D in November."))
    ),
    made.p10_password_protected: Wanted(),
    made.p11_macros: Wanted(said=("The file holds macros. They were not run",)),
    made.p12_external_link_formula: Wanted(
        asks={"question": 1},
        said=("links to other files. They were not followed",),
        remarks=("the result of a formula",),
    ),
    made.p14_dimension_too_large: Wanted(),
    made.p15_strict_ooxml: Wanted(),
    made.p16_saved_as_ods: Wanted(),
    made.p17_saved_as_csv_uk: Wanted(
        (("1.2", "status", "Late"), ("1.2", "done", "\N{POUND SIGN} on budget")),
        {"match": 12},
        (COPIED, NO_STEPS),
        ("This row has no hidden key.",),
    ),
    made.p18_libreoffice_resaved: Wanted(),
    made.p19_sorted_whole_rows: Wanted((("2.5", "status", "Late"),)),
    made.p20_sorted_visible_columns_only: Wanted(asks={"match": 12}, remarks=("only some columns are sorted",)),
    made.p21_filtered_hidden_rows: Wanted((("1.4", "status", "Late"),), remarks=("It stands in a hidden row.",)),
    made.p22_rows_deleted: Wanted(asks={"not returned": 3}),
    made.p23_row_inserted: Wanted(asks={"new row": 1}, remarks=("left out: Due “end of June 2009”",)),
    made.p24_row_duplicated_different: Wanted(
        asks={"duplicate": 1}, remarks=("more than once with different answers",)
    ),
    made.p25_sheet_renamed_extra_first: Wanted(said=("The sheet “Notes” was not read.",)),
    made.p26_hidden_sheet_stripped: Wanted((("1.2", "status", "Late"),), said=("By the keys of its rows it is the",)),
    made.p27_dates_as_text: Wanted(
        (
            ("1.2", "forecast", date(2009, 3, 31)),
            ("1.3", "forecast", date(2009, 3, 31)),
            ("2.4", "forecast", date(2009, 3, 31)),
            ("3.2", "forecast", date(2009, 3, 31)),
            ("3.3", "forecast", date(2008, 6, 30)),
        ),
        {"question": 7},
        remarks=(
            "“03/04/2009” was read as 3 April 2009.",
            "“30/06” was read as 30 June 2008.",
            "“2009-02-30” is not a day of the calendar.",
            "“end of Q3” is not a date",
        ),
    ),
    made.p28_percent_forms: Wanted(
        (
            ("1.2", "percent", 4),
            ("1.3", "percent", 4),
            ("2.3", "percent", 50),
        ),
        {"question": 9},
        remarks=("4 was read as 4%.", "0.04 was read as 4%.", "1 may mean 1% or 100%", "“half” is not a percentage"),
    ),
    made.p29_numbers_as_text: Wanted(
        tuple((ref, "percent", 50) for ref in ("1.2", "1.3")),
        {"question": 9},
        remarks=("“1,0” is not a percentage", "0.5 was read as 50%."),
    ),
    made.p30_status_spelling_unicode: Wanted(
        tuple((ref, "status", "On track") for ref in ("1.3", "1.4", "2.1", "2.2", "2.4", "3.2")),
        {"question": 2},
        remarks=("Is On track meant?", "“On\N{HYPHEN}track” was read as On track."),
    ),
    made.p31_formula_like_text: Wanted(
        tuple((ref, "done", text.strip()) for ref, text in zip(REFS, FORMULA_LIKE, strict=True))
    ),
    made.p32_formulas_no_cached_values: Wanted(asks={"question": 4}, remarks=("a formula whose result is not in",)),
    made.p33_error_cells: Wanted(
        asks={"question": 4}, remarks=tuple(f"the error {error}." for error in ("#REF!", "#DIV/0!", "#N/A", "#NAME?"))
    ),
    made.p34_locked_cells_edited: Wanted(asks={"request": 3}, remarks=("This cell was not to be filled in.",)),
    made.header_pushed_down: Wanted(),
    made.columns_moved_and_inserted: Wanted(LATE, {"aside": 1}, remarks=("The column “Our notes” is none",)),
    made.sheets_added_and_reordered: Wanted(LATE, said=("“Activities Copy” was not read", "“Chart data” was not")),
    made.pasted_into_a_new_file: Wanted(LATE, {"match": 14}, (COPIED,)),
    made.keys_filled_down: Wanted(asks={"match": 11}),
    made.two_header_rows: Wanted(),
    made.merged_answers: Wanted(
        (("1.2", "done", "All three are on hold"),), {"question": 2}, remarks=("was merged with K7",)
    ),
    made.headings_with_odd_spaces: Wanted(),
    made.heading_retyped: Wanted(
        (("1.2", "percent", 90),),
        {"question": 1},
        ("The heading “RAG” was taken for “Status”.",),
        ("Its heading is “RAG”, and was taken for “Status” by its place.",),
    ),
    made.both_tables_on_one_sheet: Wanted((*LATE, ("1.2", "done_on", date(2008, 9, 1)))),
    made.calendar_of_1904: Wanted(
        (("1.2", "forecast", date(2009, 3, 31)), ("1.3", "forecast", date(2009, 3, 31))),
        remarks=("The number 38441 was read as 31 March 2009.",),
    ),
    made.many_empty_formatted_rows: Wanted(),
    made.one_cell_far_out: Wanted(asks={"aside": 1}, remarks=("Beside the table stands “x”",)),
    made.rich_text_and_comments: Wanted(
        (("1.2", "done", "Trained 40"),), {"aside": 1}, remarks=("A comment stands here: “Really?”",)
    ),
    made.wrong_kinds_of_value: Wanted(
        asks={"question": 6},
        remarks=("There is a time of day in it", "“True” is not one of", "the value FALSE, not a text"),
    ),
    made.a_total_and_a_remark_below: Wanted(asks={"new row": 2}),
    made.copied_as_a_template: Wanted(asks={"new row": 1}, remarks=("beside the hidden key of another row",)),
    made.all_answers_emptied: Wanted(left_empty=24),
    made.table_left_out: Wanted(asks={"aside": 1}, remarks=(NO_STEPS,)),
    made.words_retyped: Wanted(LATE, {"match": 1, "request": 1}),
    made.columns_hidden: Wanted(),
}

REFUSED: Mapping[Spoil, str] = {
    made.p35_other_plan: "belongs to another plan “Their Plan”, so nothing was taken in.",
}

SUFFIXES: Mapping[Spoil, str] = {
    made.p11_macros: ".xlsm",
    made.p16_saved_as_ods: ".ods",
    made.p17_saved_as_csv_uk: ".csv",
}
BY_LIBREOFFICE = (made.p16_saved_as_ods, made.p18_libreoffice_resaved)


def _set_up(session: Session) -> None:
    """The plan of the corpus: twelve activities of one post, with the corpus's own list of statuses."""
    owner = rows.add(session, Post, title=OWNER)
    rows.add(session, Post, title="Supt B Smith", position=1.0)
    late = rows.add(session, Status, title="Late", position=9.0)
    assert late
    known = {status.title: status.id for status in session.exec(select(Status))}
    priorities = {n: rows.add(session, Priority, title=f"Priority {n}", position=float(n)) for n in range(1, 4)}
    for place, (ref, title) in enumerate(zip(REFS, TITLES, strict=True)):
        key = delivery.add_activity(
            session,
            2008,
            priorities[int(ref[0])],
            title,
            ref=ref,
            owners=[owner],
            due=DUE[place % 2],
            status_id=known[("On track", "At risk", "Not started")[place % 3]],
            percent=(10, 20, 30, 40, 50, 0)[place % 6],
        )
        if ref in {"1.2", "2.5"}:
            delivery.add_milestone(session, key, f"First step of {ref}", due=date(2008, 9, 30))


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plan, the return that went out from it, and one of another plan just like it."""
    folder = tmp_path_factory.mktemp("seeded")
    for name, title in (("plan", "Force Policing Plan"), ("other", "Another Force's Plan")):
        with Workspace.create(folder / f"{name}.plan", title, 2008) as workspace:
            workspace.edit("set up", _set_up, as_kind="built")
            sent(workspace, folder / f"{name}.xlsx", OWNER)
    return folder


@pytest.fixture
def plan(seeded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(seeded / "plan.plan", tmp_path / "plan.plan"))


def _spoilt(spoil: Spoil, seeded: Path, folder: Path) -> Path:
    if spoil in BY_LIBREOFFICE and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    target = folder / f"back{SUFFIXES.get(spoil, '.xlsx')}"
    made = seeded / f"{_name(spoil)}{target.suffix}"
    if not made.exists():
        spoil(seeded / "plan.xlsx", made)
    return Path(shutil.copyfile(made, target))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


CODE = re.compile(r"Traceback|Error\b|Exception|\bNone\b|\b(?:True|False)\b|[a-z]_[a-z]|::|[{}<>]|openpyxl|zipfile")
"""What no sentence that a person reads holds, outside of what was typed."""


def _said(one: Difference) -> str:
    """What is said of a difference, without what was typed."""
    return one.sentence.replace(f": {one.returned_text} (", ": (") if one.returned_text else one.sentence


def _in_words(sentence: str) -> None:
    unquoted = re.sub("“[^”]*”", "", sentence)
    assert not CODE.search(unquoted), sentence
    assert sentence.endswith((".", "?")), sentence


def _name(spoil: Any) -> str:
    return next(name for name, value in vars(made).items() if value is spoil)


def _review(spoil: Spoil, workspace: Workspace, seeded: Path, folder: Path) -> Review:
    password = PASSWORD if spoil is made.p10_password_protected else ""
    return receiving.review(workspace, _spoilt(spoil, seeded, folder), password)


def test_every_recipe_is_tried() -> None:
    recipes = {value for name, value in vars(made).items() if re.match(r"p[0-9]{2}_", name)}
    assert recipes <= WANTED.keys() | REFUSED.keys()


@pytest.mark.parametrize("spoil", WANTED, ids=_name)
def test_it_gives_what_it_should_and_changes_what_is_clean(
    spoil: Spoil, seeded: Path, plan: Path, tmp_path: Path
) -> None:
    wanted, held = WANTED[spoil], _hash(plan)
    with Workspace.open(plan) as workspace:
        review = _review(spoil, workspace, seeded, tmp_path)
        plain = tuple((one.ref, one.field, one.returned) for one in review.differences if one.kind == "change")
        assert plain == wanted.changes
        assert Counter(one.kind for one in review.differences if one.kind != "change") == wanted.asks
        assert len(review.left_empty) == wanted.left_empty
        assert len(review.notices) == len(wanted.said)
        for piece, notice in zip(wanted.said, review.notices, strict=True):
            assert piece in notice
        for piece in wanted.remarks:
            assert any(piece in one.remark for one in review.differences), piece
        for sentence in (*review.notices, review.summary, *map(_said, review.differences)):
            _in_words(sentence)
        assert _hash(plan) == held
        _taking_it_in_changes_what_is_clean_and_nothing_else(workspace, spoil, review, tmp_path)


def _taking_it_in_changes_what_is_clean_and_nothing_else(
    workspace: Workspace, spoil: Spoil, review: Review, folder: Path
) -> None:
    before = {ref: activity(workspace, ref) for ref in REFS}
    done = taking.apply(workspace, [review])
    (receipt,) = workspace.read_beside(receipts.every)
    clean = [] if "match" in WANTED[spoil].asks else WANTED[spoil].changes
    assert done.accepted == len(clean)
    assert (done.left == 0) == (receipt.state == "applied")
    told = sum(WANTED[spoil].asks.get(kind, 0) for kind in ("not returned", "aside"))
    assert done.left + done.accepted + told == len(review.differences)
    after = {ref: activity(workspace, ref) for ref in REFS}
    assert {ref for ref in REFS if after[ref] != before[ref]} == {ref for ref, field, _ in clean if field != "done_on"}
    if done.left:
        again = receiving.gone_on_with(workspace, receipt.id)
        assert len(again.differences) == len(review.differences) - done.accepted
    else:
        password = PASSWORD if spoil is made.p10_password_protected else ""
        assert receiving.review(workspace, folder / review.file, password).differences == ()


@pytest.mark.parametrize("spoil", REFUSED, ids=_name)
def test_it_is_refused_in_a_sentence(spoil: Spoil, seeded: Path, plan: Path, tmp_path: Path) -> None:
    held = _hash(plan)
    with Workspace.open(plan) as workspace, pytest.raises(ReturnRefused) as refused:
        _review(spoil, workspace, seeded, tmp_path)
    assert REFUSED[spoil] in str(refused.value)
    _in_words(str(refused.value))
    assert _hash(plan) == held


def test_the_password_is_asked_for(seeded: Path, plan: Path, tmp_path: Path) -> None:
    path, held = _spoilt(made.p10_password_protected, seeded, tmp_path), _hash(plan)
    with Workspace.open(plan) as workspace:
        for password, wrong in (("", False), ("Password2", True)):
            with pytest.raises(PasswordNeeded) as needed:
                receiving.review(workspace, path, password)
            assert needed.value.wrong == wrong
            _in_words(str(needed.value))
    assert _hash(plan) == held


def test_columns_sorted_apart_are_asked_about_row_by_row(seeded: Path, plan: Path, tmp_path: Path) -> None:
    with Workspace.open(plan) as workspace:
        review = _review(made.sorted_by_reference_and_words_only, workspace, seeded, tmp_path)
        assert Counter(one.kind for one in review.differences) == {
            "match": 12,
            "request": 12,
            "change": 18,
            "question": 2,
        }
        assert all(one.asks for one in review.differences)
        assert deciding.accepted(review) == []
        assert found(review)[0] == ("match", "3.3", "", None)
