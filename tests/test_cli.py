"""The command line as a person or a script uses it: real files, exit statuses, what is printed."""

import json
import shutil
from base64 import b64encode
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from PySide6.QtWidgets import QApplication

from spp_desktop.cli import ASK, DONE, REFUSED
from spp_desktop.edits import delivery, registers
from spp_desktop.plan.posts import Post
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.roles import NamedRole
from spp_desktop.returns.catalogue import RETURNS
from spp_desktop.returns.placement import FIRST_ROW, HEADER_ROW
from spp_desktop.store import queries
from spp_desktop.store.plain import OWNERS
from spp_desktop.store.workspace import Workspace
from tests.command_line import spp
from tests.returns.mail.mails import ADDRESS, SENT, SIAN, eml, msg

pytestmark = pytest.mark.usefixtures("read_here")

CRIME, SECURITY = "ACC Crime", "ACC Security"
PASSWORD = "Password1"


def dumped(plan: Path) -> dict[str, list[dict[str, object]]]:
    result = spp("dump", plan)
    assert result.status == DONE, result.err
    content: dict[str, list[dict[str, object]]] = json.loads(result.out)
    return content


def status_of(plan: Path, ref: str) -> object:
    return next(row["status"] for row in dumped(plan)["activities"] if row["ref"] == ref)


def fill(book: Path, *cells: tuple[str, str, object], sheet: int = 1) -> None:
    """Put values into cells, each named by its row's reference and its column's heading."""
    opened = openpyxl.load_workbook(book)
    table: Any = opened.worksheets[sheet]
    places = {cell.value: cell.column for cell in table[HEADER_ROW]}
    lines = {table.cell(row, places["Ref"]).value: row for row in range(FIRST_ROW, table.max_row + 1)}
    for ref, title, value in cells:
        table.cell(lines[ref], places[title]).value = value
    opened.save(book)


def drop(book: Path, ref: str) -> None:
    """Take a row out of a workbook."""
    opened = openpyxl.load_workbook(book)
    table: Any = opened.worksheets[1]
    (line,) = [cell.row for column in table.iter_cols(max_col=3) for cell in column if cell.value == ref]
    table.delete_rows(line)
    opened.save(book)


@pytest.fixture
def sent(published: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The plan, and the delivery plan that went out from it."""
    book = tmp_path / "delivery.xlsx"
    assert spp("export", published, "delivery-plan", book).status == DONE
    return published, book


@pytest.fixture
def quarterly(worked: Path, tmp_path: Path) -> tuple[Path, dict[str, Path]]:
    """The worked sample, and by post the status return of the quarter that it has to answer."""
    result = spp("export", worked, "status", tmp_path / "out", "--each-post")
    assert result.status == DONE, result.err
    books = {path.stem.partition(" - ")[2]: path for path in (tmp_path / "out").iterdir()}
    assert len(result.out.splitlines()) == len(books) == 5
    return worked, books


def test_a_return_of_each_post_names_the_activities_that_nobody_owns(worked: Path, tmp_path: Path) -> None:
    risk = "1 risk has no owner and goes to nobody: R8.\n"
    assert spp("export", worked, "status", tmp_path / "before", "--each-post").err == risk
    with Workspace.open(worked) as workspace:
        keys = {row.ref: row.key for row in workspace.read(queries.activities, 2008)}
        cells: list[tuple[str, str, Any]] = [(keys[ref], OWNERS, []) for ref in ("1.01", "2.01")]
        workspace.edit("take the owners away", delivery.set_cells, cells)
    result = spp("export", worked, "status", tmp_path / "after", "--each-post")
    assert result.err == f"2 activities have no owner and go to nobody: 1.01, 2.01.\n{risk}"


def test_a_return_goes_to_the_posts_in_a_role_and_they_are_chased(worked: Path, tmp_path: Path) -> None:
    with Workspace.open(worked) as workspace:
        role = workspace.edit("add", registers.add, NamedRole, title="Portfolio holder", chased=True)
        post = workspace.edit("add", registers.add, Post, title="Cllr Smith")
        keys = [row.key for row in workspace.read(queries.activities, 2008)[:10]]
        workspace.edit("set", delivery.set_cells, [(key, in_role(role), [post]) for key in keys])
    assert spp("export", worked, "status", tmp_path / "one.xlsx", "--role", "Portfolio holder").status == REFUSED
    result = spp("export", worked, "status", tmp_path / "role", "--each-post", "--role", "portfolio holder")
    assert result.status == DONE, result.err
    (book,) = (tmp_path / "role").iterdir()
    assert book.name.endswith("status return as portfolio holder - Cllr Smith.xlsx")
    assert "have no portfolio holder and go to nobody" in result.err
    assert "Status return as portfolio holder" in spp("sent", worked).out
    chased = spp("chase", worked, "--role", "Portfolio holder").out
    assert chased.count("To the office of") == 1
    assert "To the office of Cllr Smith" in chased


def test_two_samples_made_apart_dump_alike(published: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.plan"
    assert spp("new", other, "--sample", "published").status == DONE
    first, second = dumped(published), dumped(other)
    assert first == second
    assert len(first["priorities"]) == 7
    assert len(first["activities"]) == 111
    assert sum(len(str(activity["owners"]).split("ACC")) - 1 for activity in first["activities"]) == 117
    assert len(first["indicators"]) == 22


def test_out_and_back(sent: tuple[Path, Path]) -> None:
    plan, book = sent
    untouched = spp("import", plan, book)
    assert untouched.status == DONE
    assert "No changes" in untouched.out

    before = plan.read_bytes()
    fill(book, ("1.01", "Status", "On track"))
    seen = spp("import", plan, book)
    assert seen.status == DONE
    assert "[accepted] 1.01 Status: On track (was empty)." in seen.out
    assert "Nothing was changed. 1 can be taken in with --apply clean." in seen.out
    assert plan.read_bytes() == before
    taken = spp("import", plan, book, "--apply", "clean")
    assert taken.status == DONE, taken.out
    assert "Took in 1 change." in taken.out
    assert status_of(plan, "1.01") == "On track"
    assert spp("undo", plan).status == DONE
    assert status_of(plan, "1.01") is None
    assert spp("redo", plan).status == DONE
    assert status_of(plan, "1.01") == "On track"
    assert "import" in spp("history", plan).out


def test_the_same_file_again_changes_nothing_and_says_so(sent: tuple[Path, Path]) -> None:
    plan, book = sent
    fill(book, ("1.01", "Status", "On track"), ("1.02", "% complete", "soon"))
    assert spp("import", plan, book, "--apply", "clean").status == ASK
    before = plan.read_bytes()
    again = spp("import", plan, book, "--apply", "clean")
    assert again.status == ASK
    assert "Nothing was changed. 1 left for a person." in again.out
    assert plan.read_bytes() == before

    fill(book, ("1.02", "% complete", "50%"))
    assert spp("import", plan, book, "--apply", "clean").status == DONE
    before = plan.read_bytes()
    last = spp("import", plan, book, "--apply", "clean")
    assert last.status == DONE
    assert "taken in; there is nothing left to decide" in last.out
    assert "Nothing was changed." in last.out
    assert plan.read_bytes() == before


def test_one_target_that_cannot_be_read_is_asked_about_and_the_rest_is_taken_in(
    published: Path, tmp_path: Path
) -> None:
    book = tmp_path / "performance.xlsx"
    assert spp("export", published, "performance-plan", book).status == DONE
    fill(
        book,
        ("PI01", "2009-2010", "a lot less"),
        ("PI02", "2009-2010", "no more than 40,000"),
        ("PI04", "Unit", "rate"),
    )
    result = spp("import", published, book, "--apply", "clean")
    assert result.status == ASK
    assert "[question] PI01 2009-2010: a lot less (was 4%). “a lot less” is not a target." in result.out
    assert "Took in 2 changes. 1 left for a person." in result.out
    aims = {row["ref"]: row["targets"] for row in dumped(published)["indicators"]}
    assert "no more than 40,000" in str(aims["PI02"])
    assert "a lot less" not in str(aims["PI01"])


def test_a_conflict_needs_a_person(published: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    for book, status in ((first, "On track"), (second, "Complete")):
        assert spp("export", published, "delivery-plan", book).status == DONE
        fill(book, ("1.01", "Status", status))
    assert spp("import", published, first, "--apply", "clean").status == DONE
    asked = spp("import", published, second, "--apply", "clean")
    assert asked.status == ASK
    assert "[conflict] 1.01 Status: Complete (was empty); the plan now holds On track." in asked.out
    assert status_of(published, "1.01") == "On track"
    assert "open        second.xlsx" in spp("receipt", published).out
    fill(second, ("1.01", "Priority", "Local policing"), ("1.02", "% complete", "soon"))
    over = spp("import", published, second, "--apply", "all")
    assert over.status == ASK
    assert "Took in 1 change. 2 left for a person." in over.out
    assert status_of(published, "1.01") == "Complete"


def test_several_files_are_seen_together_and_told_as_json(
    quarterly: tuple[Path, dict[str, Path]], tmp_path: Path
) -> None:
    plan, books = quarterly
    fill(
        books[CRIME],
        ("1.01", "Status", "Complete"),
        ("1.01", "% complete", "100%"),
        ("1.02", "% complete", "Q3"),
    )
    drop(books[CRIME], "1.05")
    letter = tmp_path / "letter.xlsx"
    letter.write_text("Dear sir")
    copy = shutil.copyfile(books[CRIME], tmp_path / "copy.xlsx")
    before = plan.read_bytes()
    files = [books[CRIME], letter, books["ACC Operations"], copy]
    result = spp("import", plan, *files, "--json")
    assert result.status == REFUSED
    assert result.err.startswith("letter.xlsx")
    assert plan.read_bytes() == before
    data = result.data
    assert [item["file"] for item in data["files"]] == list(map(str, files))
    crime, refused, operations, same = data["files"]
    assert (data["accepted"], data["left"]) == (0, 2)
    assert (crime["return"], crime["post"], crime["period"], crime["sender"]) == (
        "status",
        CRIME,
        "2008-2009 Q2",
        CRIME,
    )
    assert crime["refused"] is None
    assert [(item["kind"], item["ref"], item["decision"]) for item in crime["differences"]] == [
        ("change", "1.01", "accept"),
        ("change", "1.01", "accept"),
        ("question", "1.02", None),
        ("not returned", "1.05", None),
    ]
    change = crime["differences"][0]
    assert set(change) == {
        "kind", "row_key", "ref", "text", "column", "issued", "returned", "now", "remark", "place", "decision"
    }  # fmt: skip
    assert (change["column"], change["returned"], change["issued"]) == ("Status", "Complete", change["now"])
    assert change["place"] == "Activities!G7"
    assert len(change["row_key"]) == 36
    assert refused["refused"].startswith("letter.xlsx")
    assert operations["differences"] == []
    assert same["notices"] == [f"The same file as {books[CRIME].name}, looked at once."]

    taken = spp("import", plan, *files, "--json", "--apply", "clean", "--sender", "A. Staff")
    assert taken.status == REFUSED
    after = taken.data
    assert (after["accepted"], after["left"]) == (2, 2)
    assert status_of(plan, "1.01") == "Complete"
    assert spp("history", plan).out.count("[import]") == 1
    states = {item["post"]: item["state"] for item in spp("sent", plan, "--json").data}
    assert states == {**dict.fromkeys(books, "late"), CRIME: "in review", "ACC Operations": "answered"}
    receipt = spp("receipt", plan, books[CRIME].name).out
    assert "Sent by: A. Staff" in receipt
    assert "returned “Complete”" in receipt


def test_who_was_sent_what_and_who_is_reminded(quarterly: tuple[Path, dict[str, Path]]) -> None:
    plan, books = quarterly
    fill(books[CRIME], ("1.01", "Status", "Complete"), ("1.01", "% complete", "100%"))
    drop(books[CRIME], "1.05")
    assert spp("import", plan, books[CRIME], "--apply", "clean").status == ASK
    output = spp("sent", plan).out
    assert output.count("late ") == 4
    assert "answered    Status return 2008-2009 Q2, ACC Crime" in output
    assert "due 14/10/2008" in output
    reminders = spp("chase", plan).out
    assert reminders.count("Subject: Reminder") == 4
    assert f"To: {CRIME}\nSubject: Status return 2008-2009 Q2: rows that were not returned" in reminders
    assert "  1.05  " in reminders
    assert spp("receipt", plan, "no such file").status == REFUSED


def test_a_plan_from_which_nothing_went_out(published: Path) -> None:
    assert "No return has been sent out" in spp("sent", published).out
    assert spp("sent", published, "--json").data == []
    assert "nobody to remind" in spp("chase", published).out
    assert "No file" in spp("receipt", published).out


def test_a_password_is_asked_for_and_opens(sent: tuple[Path, Path], tmp_path: Path) -> None:
    plan, book = sent
    fill(book, ("1.01", "Status", "On track"))
    locked = tmp_path / "locked.xlsx"
    with book.open("rb") as plain, locked.open("wb") as file:
        OOXMLFile(plain).encrypt(PASSWORD, file)
    asked = spp("import", plan, locked)
    assert asked.status == REFUSED
    assert "Give it with --password." in asked.err
    wrong = spp("import", plan, locked, "--password", "guess")
    assert wrong.status == REFUSED
    assert "Give another with --password." in wrong.err
    assert spp("import", plan, locked, "--password", PASSWORD, "--apply", "clean").status == DONE
    assert status_of(plan, "1.01") == "On track"


def test_mails_are_saved_as_drafts_with_their_workbooks(worked: Path, tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    result = spp("export", worked, "status", worked.parent / "returns", "--each-post", "--drafts", folder)
    assert result.status == DONE, result.err
    books, mails = list((worked.parent / "returns").iterdir()), list(folder.iterdir())
    assert len(books) == 5
    assert {book.stem for book in books} == {mail.stem for mail in mails}
    assert all(b64encode(book.read_bytes()[:45]) in (folder / f"{book.stem}.eml").read_bytes() for book in books)
    assert result.out.count("\nSaved ") == 5
    reminded = spp("chase", worked, "--drafts", folder / "again")
    assert reminded.out.count("Saved ") == 5
    assert "without its workbook" not in reminded.out
    books[0].unlink()
    assert spp("chase", worked, "--drafts", folder / "again").out.count("without its workbook") == 1


def test_mails_that_came_back_are_read_with_who_sent_them(sent: tuple[Path, Path], tmp_path: Path) -> None:
    plan, book = sent
    fill(book, ("1.01", "Status", "On track"))
    content = book.read_bytes()
    mail = eml(tmp_path / "Re.eml", ("crime.xlsx", content), ("logo.png", b"x"))
    again = msg(tmp_path / "Fw.msg", ("again.xlsx", content))
    looked = spp("import", plan, mail, again)
    assert looked.status == DONE, looked.err
    assert "crime.xlsx (in Re.eml): Annual delivery plan" in looked.out
    assert f"  The mail, as it says: from {SIAN} <{ADDRESS}>, sent 14 Oct 2008" in looked.out
    assert "Re.eml also encloses logo.png: left aside." in looked.out
    assert "again.xlsx (in Fw.msg): the same file as crime.xlsx (in Re.eml), looked at once." in looked.out
    first, second = spp("import", plan, mail, again, "--json").data["files"]
    assert (first["file"], first["enclosed"], first["sender"]) == (str(mail), "crime.xlsx", f"{SIAN} <{ADDRESS}>")
    assert first["mail"]["sent_at"] == SENT.isoformat()
    assert second["refused"] is None
    empty = eml(tmp_path / "empty.eml")
    refused = spp("import", plan, empty, mail, "--apply", "clean")
    assert refused.status == REFUSED
    assert "empty.eml is a mail with nothing attached." in refused.err
    assert status_of(plan, "1.01") == "On track"
    assert f"Mail, as it says: from {SIAN} <{ADDRESS}>, sent 14 Oct 2008" in spp("receipt", plan, "crime.xlsx").out
    named = spp("import", plan, mail, "--apply", "clean", "--sender", "Insp. Smith")
    assert named.status == DONE
    assert "Sent by: Insp. Smith" in spp("receipt", plan, "crime.xlsx").out


def test_what_a_return_is_about_is_what_is_usual_unless_said(worked: Path, tmp_path: Path) -> None:
    asked = (
        ((), ("2008-2009 Q2", "2008-10-14", "")),
        (("--quarter", "q1", "--due", "31/07/2008"), ("2008-2009 Q1", "2008-07-31", "")),
        (("--year", "2009-2010"), ("2009-2010 Q4", "2010-04-14", "")),
        (("--owner", "acc crime", "--mail"), ("2008-2009 Q2", "2008-10-14", CRIME)),
    )
    for words, (when, due, post) in asked:
        result = spp("export", worked, "status", tmp_path / "out.xlsx", *words)
        assert result.status == DONE, result.err
        known = spp("sent", worked, "--json").data
        assert (when, due, post) in [(issue["period"], issue["due"], issue["post"]) for issue in known]
        assert ("Subject: Status return" in result.out) == ("--mail" in words)
    results = (
        ((), ("September 2008", "2008-10-14")),
        (("--month", "2008-06"), ("June 2008", "2008-07-14")),
        (("--month", "march 2008", "--due", "2008-04-10"), ("March 2008", "2008-04-10")),
        (("--year", "2009-2010"), ("March 2010", "2010-04-14")),
    )
    for words, (when, due) in results:
        result = spp("export", worked, "monthly-results", tmp_path / "out.xlsx", *words, "--mail")
        assert result.status == DONE, result.err
        assert f"Subject: Monthly results {when}" in result.out
        known = spp("sent", worked, "--json").data
        assert (when, due) in [(issue["period"], issue["due"]) for issue in known]
    blank = spp("export", worked, "delivery-plan", tmp_path / "blank.xlsx", "--blank")
    assert blank.status == DONE
    assert "0 rows" in blank.out


@pytest.mark.parametrize(
    "words",
    [
        ("dump", "missing.plan"),
        ("export", "PLAN", "no-such-return", "out.xlsx"),
        ("export", "PLAN", "delivery-plan", "out.xlsx", "--year", "soon"),
        ("export", "PLAN", "delivery-plan", "out.xlsx", "--year", "2020-2021"),
        ("export", "PLAN", "delivery-plan", "out.xlsx", "--owner", "ACC Nobody"),
        ("export", "PLAN", "delivery-plan", "out.xlsx", "--quarter", "Q1"),
        ("export", "PLAN", "delivery-plan", "out.xlsx", "--due", "soon"),
        ("export", "PLAN", "status", "out.xlsx", "--quarter", "Q5"),
        ("export", "PLAN", "status", "out.xlsx", "--month", "2008-06"),
        ("export", "PLAN", "monthly-results", "out.xlsx", "--month", "2008-13"),
        ("export", "PLAN", "monthly-results", "out.xlsx", "--month", "June"),
        ("export", "PLAN", "monthly-results", "out.xlsx", "--quarter", "Q1"),
        ("export", "PLAN", "monthly-results", "out.xlsx", "--month", "2008-06", "--year", "2008-2009"),
        ("export", "PLAN", "monthly-results", "out.xlsx", "--owner", "ACC Crime"),
        ("export", "PLAN", "status", "out", "--each-post", "--owner", "ACC Crime"),
        ("export", "PLAN", "status", "out", "--each-post", "--role", "No such role"),
        ("export", "PLAN", "performance-plan", "out.xlsx", "--owner", "ACC Crime"),
        ("export", "PLAN", "performance-plan", "out.xlsx", "--year", "2008-2009"),
        ("export", "PLAN", "delivery-plan", "no folder/out.xlsx"),
        ("import", "PLAN", "missing.xlsx"),
        ("import", "PLAN", "LETTER"),
        ("import", "PLAN", "LETTER", "--apply", "clean"),
        ("import", "PLAN", "LETTER", "--sender", "A. Staff"),
        ("import", "PLAN", "LETTER", "--apply", "most"),
        ("receipt", "PLAN", "missing.xlsx"),
        ("returns", "no-such-return"),
        ("undo", "PLAN"),
        ("new", "PLAN"),
    ],
)
def test_refusals_are_one_sentence_and_change_nothing(
    words: tuple[str, ...], published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    letter = tmp_path / "letter.xlsx"
    letter.write_text("Dear sir")
    before = published.read_bytes()
    result = spp(*({"PLAN": published, "LETTER": letter}.get(word, word) for word in words))
    assert result.status == REFUSED
    assert result.err.strip()
    assert "Traceback" not in result.err
    assert published.read_bytes() == before
    assert not list(tmp_path.glob("out*"))


def test_returns_are_listed_and_told(tmp_path: Path) -> None:
    listed = spp("returns", "--json").data
    assert [definition["id"] for definition in listed] == [definition.id for definition in RETURNS]
    assert [line.split()[0] for line in spp("returns").out.splitlines()] == [definition.id for definition in RETURNS]
    output = spp("returns", "status").out
    assert output.startswith("# Status return\n")
    assert "What was done" in output
    assert spp("returns", "status", "--json").data["page"] == output


def test_check_backup_and_picture(qapp: QApplication, worked: Path, tmp_path: Path) -> None:
    assert spp("check-file", worked).status == DONE
    kept = spp("backup", worked)
    assert kept.status == DONE
    assert "earlier versions" in kept.out
    for tab in ("priorities", "delivery", "performance", "results", "charts", "areas", "returns"):
        picture = tmp_path / f"{tab}.png"
        assert spp("picture", worked, tab, picture).status == DONE
        assert picture.read_bytes().startswith(b"\x89PNG")
    wrong = spp("picture", worked, "risk", tmp_path / "risk.png")
    assert wrong.status == REFUSED
    assert "“risk” is no page" in wrong.err


def test_damage_is_told(worked: Path) -> None:
    content = worked.read_bytes()
    place = content.index(b"murder suppression")
    worked.write_bytes(content[:place] + b"MURDER" + content[place + 6 :])
    result = spp("check-file", worked)
    assert result.status == REFUSED
    assert "the history says" in result.out.lower()
