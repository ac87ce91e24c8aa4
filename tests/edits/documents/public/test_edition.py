"""A public edition is made of what was released, refused with the list of what stands against it, and made whole."""

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from spp_desktop.edits import disclosures, registers, rows
from spp_desktop.edits.documents.public import edition
from spp_desktop.edits.documents.public.edition import EditionAsk
from spp_desktop.edits.documents.public.refusals import ChangedSinceReleased
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.disclosures import SmallNumbers, SmallNumbersException
from spp_desktop.plan.identity import Section
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.priorities import Note, NoteUse, Priority
from spp_desktop.plan.releasable import PublicItem
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.aside import NotWritten
from spp_desktop.returns.publication.publication import LICENCES
from spp_desktop.store import exports, queries
from spp_desktop.store.markings import MarkingTooLow
from spp_desktop.store.workspace import Workspace
from tests.edits.documents.public.conftest import ASKED, BY, release_all

pytestmark = pytest.mark.usefixtures("quick")


def made(workspace: Workspace, folder: Path, asked: EditionAsk = ASKED) -> dict[str, str]:
    """The files of an edition by the ends of their names, as text."""
    files = edition.write(workspace, folder, asked).files
    return {path.name.rpartition(" - ")[2]: path.read_text(encoding="utf-8") for path in files}


def page(files: dict[str, str]) -> str:
    """The document of an edition."""
    return next(text for name, text in files.items() if name.startswith("public edition"))


def table(files: dict[str, str], name: str) -> list[dict[str, str]]:
    """The rows of a table of an edition."""
    return list(csv.DictReader(files[f"{name}.csv"].splitlines()))


def activity(workspace: Workspace, ref: str) -> str:
    """The key of an activity."""
    return next(row.key for row in workspace.read(queries.activities) if row.ref == ref)


def mark(workspace: Workspace, key: str, title: str) -> None:
    """Mark an activity."""
    marking = next(row.id for row in workspace.read(queries.register, Marking) if row.title == title)
    workspace.edit("mark", rows.change, Activity, key, marking_id=marking)


def test_nothing_is_made_of_what_nobody_released(workspace: Workspace, plan_path: Path) -> None:
    folder = plan_path.parent / "edition"
    with pytest.raises(RuleBroken, match="Nothing of the plan was released"):
        edition.write(workspace, folder, ASKED)
    item = PublicItem("activity", activity(workspace, "1.01"))
    workspace.edit("release", disclosures.release, [item], BY)
    with pytest.raises(RuleBroken, match="“Activities: activity”"):
        edition.write(workspace, folder, ASKED)
    assert not folder.exists()


def test_what_was_released_is_in_it_and_the_record_says_so(released: Workspace, plan_path: Path) -> None:
    files = made(released, plan_path.parent / "edition")
    assert [row["activity"] for row in table(files, "delivery_plan")] == [f"Do what {ref} says" for ref in REFS]
    assert "Do what 1.02 says" in page(files)
    assert "2008-2009, Serious harm" in page(files)
    assert "Most serious violence" in page(files)
    index = files["index.html"]
    for said in (
        "The planning office",
        LICENCES[0].sentence,
        "public edition",
        "Nothing was withheld",
        "30 Nov 2026",
        "Results: a table",
    ):
        assert said in index
    metadata = json.loads(files["csv-metadata.json"])
    assert "dc:identifier" not in metadata  # the head of the plan's history is nobody else's
    written = {export.file_name for export in released.read_beside(exports.published)}
    assert "index.html" in written
    assert len(written) == len(files)


REFS = ("1.01", "1.02", "2.01")


def test_a_row_or_column_that_is_withheld_is_not_in_it_and_its_reason_is(released: Workspace, plan_path: Path) -> None:
    key, reason = activity(released, "1.02"), "It would warn offenders."
    released.edit("withhold", disclosures.withhold, [PublicItem("activity", key)], reason, BY, paragraph=7)
    dates = PublicItem.of_column("milestone.due")
    on, again = date(2026, 11, 2), date(2027, 3, 31)
    released.edit("withhold", disclosures.withhold, [dates], "Not agreed yet.", BY, on=on, look_again=again)
    files = made(released, plan_path.parent / "edition")
    assert [row["reference"] for row in table(files, "delivery_plan")] == ["1.01", "2.01"]
    assert [row["milestone"] for row in table(files, "milestones")] == ["First step of 1.01", "First step of 2.01"]
    assert "due" not in table(files, "milestones")[0]
    assert "1.02" not in page(files)
    for said in ("1 activity", reason, BY, "paragraph 7", "Milestones: due", "Not agreed yet.", "31 March 2027"):
        assert said in files["index.html"]
        assert said in page(files)


def test_it_is_refused_for_a_marking_and_made_without_what_bears_it(released: Workspace, plan_path: Path) -> None:
    folder = plan_path.parent / "edition"
    mark(released, activity(released, "1.02"), "RESTRICTED")
    with pytest.raises(MarkingTooLow, match=r"1\.02.*RESTRICTED"):
        edition.write(released, folder, replace(ASKED, as_changed=True))
    assert not folder.exists()
    files = made(released, folder, replace(ASKED, as_changed=True, leave_out=True))
    assert [row["reference"] for row in table(files, "delivery_plan")] == ["1.01", "2.01"]
    assert "bear a higher protective marking" in files["index.html"]
    high = made(released, plan_path.parent / "restricted", replace(ASKED, as_changed=True, marking="RESTRICTED"))
    assert len(table(high, "delivery_plan")) == 3
    assert any("[RESTRICTED]" in name for name in high)
    assert "RESTRICTED" in high["index.html"]


def test_it_is_refused_where_the_plan_is_marked_higher_or_has_no_such_marking(
    released: Workspace, plan_path: Path
) -> None:
    with pytest.raises(RuleBroken, match="no marking “PUBLIC”"):
        edition.write(released, plan_path.parent / "edition", replace(ASKED, marking="PUBLIC"))
    released.edit("mark the plan", registers.set_plan, marking="SECRET")
    with pytest.raises(RuleBroken, match="The plan itself is marked SECRET"):
        edition.write(released, plan_path.parent / "edition", ASKED)


def test_what_changed_since_it_was_released_is_looked_at_first(released: Workspace, plan_path: Path) -> None:
    key, folder = activity(released, "1.01"), plan_path.parent / "edition"
    released.edit("reword", rows.change, Activity, key, text="Do it for Operation Elm")
    with pytest.raises(ChangedSinceReleased, match=r"1\.01.*released on"):
        edition.write(released, folder, ASKED)
    files = made(released, folder, replace(ASKED, as_changed=True))
    assert "Operation Elm" in page(files)
    released.edit("release anew", disclosures.release, [PublicItem("activity", key)], BY)
    assert made(released, folder, replace(ASKED, overwrite=True))


def test_what_stands_under_something_withheld_is_told_to_who_makes_it(released: Workspace, plan_path: Path) -> None:
    priority = released.read(queries.register, Priority)[0].id
    released.edit("withhold", disclosures.withhold, [PublicItem("priority", priority)], "Not yet.", BY)
    done = edition.write(released, plan_path.parent / "edition", ASKED)
    assert "2 activities released, not in it: what they stand under was not released." in done.notices


def test_an_edition_is_whole_or_not_there(
    released: Workspace, plan_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = plan_path.parent / "edition"
    before = edition.write(released, folder, ASKED).files
    with pytest.raises(NotWritten, match="holds something"):
        edition.write(released, folder, ASKED)

    def stop(title: str, _place: int, _count: int) -> None:
        if title == "Workbooks and data":
            raise KeyboardInterrupt

    again = replace(ASKED, overwrite=True, day=ASKED.day + timedelta(days=1))
    with pytest.raises(KeyboardInterrupt):
        edition.write(released, folder, again, stop)
    assert all(path.exists() for path in before)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", _no_room)
        with pytest.raises(NotWritten, match="No space left"):
            edition.write(released, folder, again)
    assert all(path.exists() for path in before)
    edition.write(released, folder, again)
    assert [path.name for path in before if path.exists()] == ["index.html"]
    assert {path.name for path in plan_path.parent.iterdir() if path.name.startswith(".edition")} == set()


@pytest.mark.parametrize("strange", ["somebody's own.docx", "index.html"])
def test_a_folder_that_holds_what_the_plan_did_not_publish_is_never_replaced(
    released: Workspace, plan_path: Path, strange: str
) -> None:
    folder = plan_path.parent / "edition"
    edition.write(released, folder, ASKED)
    (folder / strange).write_text("mine", encoding="utf-8")
    with pytest.raises(NotWritten, match=f"holds {strange}, which is no file of an earlier edition"):
        edition.write(released, folder, replace(ASKED, overwrite=True))
    assert (folder / strange).read_text(encoding="utf-8") == "mine"


def _no_room(_path: Path, _target: Path) -> Path:
    raise OSError(28, "No space left on device")


def test_a_file_in_the_place_of_the_folder_is_not_replaced(released: Workspace, plan_path: Path) -> None:
    with pytest.raises(NotWritten, match="is there already"):
        edition.write(released, plan_path, replace(ASKED, overwrite=True))
    with pytest.raises(NotWritten, match="could not be written"):
        edition.write(released, plan_path / "in a file", ASKED)


def test_a_mark_of_a_note_that_is_withheld_is_taken_out(released: Workspace, plan_path: Path) -> None:
    def write(session: Session) -> None:
        section = rows.add(session, Section, number="1", title="Aims", body="All [note 1] or some [note 2].")
        for number, text in ((1, "Said openly"), (2, "Not said")):
            note = rows.add(session, Note, text=text)
            rows.add(session, NoteUse, note_id=note, number=number, section_id=section)

    released.edit("write", write)
    released.edit("release all", release_all)
    note = next(row.id for row in released.read(queries.register, Note) if row.text == "Not said")
    released.edit("withhold", disclosures.withhold, [PublicItem("note", note)], "Not yet.", BY)
    text = page(made(released, plan_path.parent / "edition"))
    assert "Said openly" in text
    assert "or some." in text


# Small numbers


def test_small_numbers_are_hidden_with_what_would_give_them_back(released: Workspace, plan_path: Path) -> None:
    files = made(released, plan_path.parent / "edition")
    results = {(row["area"], row["period_from"], row["period_to"]): row for row in table(files, "results")}
    north = [row for (area, _, to), row in results.items() if area == "North"]
    assert {row["result"] for row in north if row["period_from"] == row["period_to"][:8] + "01"} == {"[c]"}
    for month in ("04", "05", "06"):
        hidden = [row for (_, first, to), row in results.items() if first[5:7] == to[5:7] == month]
        assert sum(row["result"] == "[c]" for row in hidden) >= 2
        assert all((row["result"] == "[c]") == (row["state"] == "Suppressed") for row in hidden)
    assert next(each for each in _columns(files) if each["name"] == "result")["null"] == ["", "[c]"]
    assert "under 5 are shown as [c]" in files["index.html"]


def _columns(files: dict[str, str]) -> list[dict[str, object]]:
    metadata = json.loads(files["csv-metadata.json"])
    return next(each["tableSchema"]["columns"] for each in metadata["tables"] if each["url"] == "results.csv")


def test_an_exception_is_shown_with_who_and_why(released: Workspace, plan_path: Path) -> None:
    rule = released.read(queries.register, SmallNumbers)[0].id
    own = {"rule_id": rule, "reason": "Known from the courts.", "decided_by": "The Board"}

    def except_all(session: Session) -> None:
        for cell in ("April 2008, North", "May 2008, North", "June 2008, North", "June 2008, Nowhere"):
            rows.add(session, SmallNumbersException, **own, cell=cell, decided_on=date(2026, 11, 2))

    released.edit("exceptions", except_all)
    files = made(released, plan_path.parent / "edition")
    assert {row["result"] for row in table(files, "results") if row["area"] == "North"} == {"3", "9"}
    again = edition.write(released, plan_path.parent / "another", ASKED)
    assert "June 2008, Nowhere" in again.notices[0]
    for said in ("April 2008, North", "Known from the courts.", "The Board"):
        assert said in files["index.html"]


def test_numbers_can_be_rounded_instead(released: Workspace, plan_path: Path) -> None:
    rule = released.read(queries.register, SmallNumbers)[0].id
    released.edit("round", rows.change, SmallNumbers, rule, method="round", base=10)
    files = made(released, plan_path.parent / "edition")
    assert {int(row["result"]) % 10 for row in table(files, "results")} == {0}
    assert "rounded to multiples of 10" in files["index.html"]


def test_who_makes_it_hears_which_indicators_nobody_has_looked_at(released: Workspace, plan_path: Path) -> None:
    rule = released.read(queries.register, SmallNumbers)[0].id
    released.edit("no rule", rows.remove, SmallNumbers, rule)
    done = edition.write(released, plan_path.parent / "edition", ASKED)
    assert any(
        sentence.startswith("Nobody has said whether these indicators count persons: R1") for sentence in done.notices
    )
