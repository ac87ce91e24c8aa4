"""What is published says what the plan says, in each form, whatever stands in it; and keeps the rules all the same."""

import csv
import json
import warnings
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from spp_desktop.returns.aside import NotWritten
from spp_desktop.returns.carried_head import carried
from spp_desktop.returns.chain_head import ChainHead
from spp_desktop.returns.intake import take
from spp_desktop.returns.publication import machine_readable, seen_ods, writing
from spp_desktop.returns.publication.accessible_text import as_spoken
from spp_desktop.returns.publication.publication import (
    LICENCES,
    Publication,
    PublishedColumn,
    PublishedTable,
    PublishedValue,
    licence_named,
)
from spp_desktop.returns.publication.sheets import CONTENTS, COVER, NOTES, sheet_name, sheets_of, table_name
from tests.depth import depth
from tests.returns.publication.made import ACTIVITIES, MILESTONES, PUBLICATION

TEXTS = st.text(st.characters(codec=None), max_size=30) | st.sampled_from(
    [
        "=1+1",
        "Robbery*",
        "a†‡",
        "x¹²",
        "5 * 3",
        "12 km²",
        "[note 3]",
        "(note 2)",
        "[x]",
        "a\n• b",
        "☎\ufe0f",
        "\u202e",
        "[]",
    ]
)
COLUMNS = (
    PublishedColumn("reference", "Reference"),
    PublishedColumn("words", "Words", wide=True),
    PublishedColumn("figure", "Figure", "number", "£"),
    PublishedColumn("day", "Day", "date"),
)
ROWS = st.lists(
    st.tuples(
        st.uuids().map(str),
        st.none() | TEXTS,
        st.none() | st.floats(-1e12, 1e12),
        st.none() | st.dates(date(1850, 1, 1)),
    ),
    min_size=1,
    max_size=4,
)


def publication(rows: list[tuple[PublishedValue, ...]], words: str, notes: tuple[str, ...]) -> Publication:
    """A publication with one table, called by these words."""
    table = PublishedTable(
        "some_table", f"T {words}", f"S {words}", words, COLUMNS, rows, ("reference",), notes={(0, 1): notes}
    )
    said_of_all = {"title": f"P {words}", "contact": words, "source": words, "illustrative": words, "marking": words}
    return replace(PUBLICATION, tables=(table,), **said_of_all)  # type: ignore[arg-type]


@settings(max_examples=depth(5, 200), deadline=None)
@given(rows=ROWS, words=TEXTS, notes=st.lists(TEXTS, max_size=2).map(tuple))
def test_whatever_a_plan_says_every_rule_is_kept(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[PublishedValue, ...]], words: str, notes: tuple[str, ...]
) -> None:
    done = writing.write(publication(rows, words, notes), tmp_path_factory.mktemp("any"), ("xlsx", "ods"))
    assert [(name, answer.rule.number, answer.where) for name, answer in done.failures()] == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything in it."""
    made = tmp_path_factory.mktemp("published")
    writing.write(PUBLICATION, made, ("xlsx", "ods", "csv"), HEAD.text())
    return made


HEAD = ChainHead("6858bf9e-6bd2-422a-ab82-cd74bd9cceae", 7, "ab" * 32)
DATA_FOLDER = "A plan - data 2008-11-03"


def test_the_files_are_called_by_the_plan_and_the_day(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        DATA_FOLDER,
        "A plan - tables 2008-11-03 - accessibility check.txt",
        "A plan - tables 2008-11-03.ods",
        "A plan - tables 2008-11-03.xlsx",
    ]
    assert set(writing.paths(PUBLICATION, folder, ("xlsx", "ods", "csv"))) == {
        path for path in folder.rglob("*") if path.is_file()
    }
    report = (folder / "A plan - tables 2008-11-03 - accessibility check.txt").read_text(encoding="utf-8")
    assert report.count("31 of 31 rules passed, 0 failed, 2 for a person to check.") == 2


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_other_readers_find_the_same(folder: Path, form: str, read_here: None) -> None:
    """The reader of files that come in, which knows nothing of what was written."""
    found = take(folder / f"A plan - tables 2008-11-03.{form}")
    assert [sheet.title for sheet in found.sheets] == [COVER, CONTENTS, NOTES, "Delivery plan", "Milestones"]
    rows = found.sheets[3].rows
    assert [cell.value for cell in rows[9].values()] == [
        "Reference", "Activity", "Owners", "Complete (%)", "Due", "Budget (£)", "Joint",
    ]  # fmt: skip
    assert [cell.value for cell in rows[10].values()] == [
        "1.01", "=Reduce burglary and\nrobbery [note 1]", "ACC Crime; ACC Security", 40, "31 March 2009", 1234.5, "Yes",
    ]  # fmt: skip
    assert [cell.value for cell in rows[11].values()] == [
        "1.02", "Patrol 24/7 (rightwards arrow) always (x)", "[x]", "[x]", "1 January 1899", 2000, "No",
    ]  # fmt: skip
    above = [rows[row][1].value for row in range(1, 9)]
    assert above[0] == "Annual delivery plan: A plan, A force"
    assert "Shorthand: [x] = not available: the plan does not say." in above
    assert "Illustrative: all is made up." in above, "it is said where the data are"
    notes = found.sheets[2].rows
    assert [notes[row][2].value for row in (4, 5, 6)] == [
        "The plan has an asterisk behind these words.",
        "Agreed with partners.",
        "Agreed again.",
    ]
    assert carried(folder / f"A plan - tables 2008-11-03.{form}").heads == (HEAD,)


def test_tables_sheets_and_the_document_have_real_names(folder: Path) -> None:
    book = load_workbook(folder / "A plan - tables 2008-11-03.xlsx")
    assert [list(sheet.tables) for sheet in book.worksheets] == [
        [], ["Table_of_contents"], ["Notes_to_the_tables"], ["Delivery_plan"], ["Milestones_table"],
    ]  # fmt: skip
    own = book.properties
    assert (own.title, own.language, own.creator) == ("A plan, A force: tables", "en-GB", "A force")
    assert book["Contents"]["A8"].hyperlink.location == "'Delivery plan'!A1"
    ods = seen_ods.seen(folder / "A plan - tables 2008-11-03.ods")
    assert [[table.name for table in sheet.tables] for sheet in ods.sheets] == [list(s.tables) for s in book.worksheets]
    assert ods.sheets[1].cells[8, 1].link == "'Delivery plan'.A1"


def test_the_cover_says_what_it_is_when_and_on_what_terms() -> None:
    lines = [line.text for line in sheets_of(PUBLICATION)[0].lines]
    assert lines[1] == (
        "The tables of the A plan of A force, for 2008-2011. The plan is shown as it stood on 31 October 2008."
    )
    assert {"Published on 3 November 2008.", "Planning, 0121 000 0000", LICENCES[0].url} <= set(lines)
    bare = replace(
        PUBLICATION, licence=licence_named("none"), contact="", force="", illustrative="Made up.", marking="SECRET"
    )
    lines = [line.text for line in sheets_of(bare)[0].lines]
    assert {"No licence is given for the use of this information.", "No contact is named."} <= set(lines)
    assert "Protective marking: SECRET" in lines
    assert "This table is illustrative." in [line.text for line in sheets_of(bare)[-1].lines]


def test_without_notes_the_sheet_of_notes_says_so(tmp_path: Path) -> None:
    plain = replace(PUBLICATION, tables=(MILESTONES,))
    done = writing.write(plain, tmp_path, ("ods",))
    assert done.failures() == []
    assert "There are no notes to the tables of this workbook." in [line.text for line in sheets_of(plain)[2].lines]


# Values and metadata


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / DATA_FOLDER / name).read_text(encoding="utf-8")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_values_are_plain_and_blanks_are_blank(folder: Path) -> None:
    first, second, third = rows_of(folder, "delivery_plan.csv")
    assert first == {
        "reference": "1.01", "activity": "=Reduce burglary* and\nrobbery", "owners": "ACC Crime; ACC Security",
        "complete": "40", "due": "2009-03-31", "budget": "1234.5", "joint": "true", "never": "", "illustrative": "true",
    }  # fmt: skip
    assert (second["owners"], second["complete"], second["due"]) == ("", "", "1899-01-01")
    assert (third["due"], third["budget"]) == ("", ""), "no shorthand"
    assert "[" not in (folder / DATA_FOLDER / "milestones.csv").read_text(encoding="utf-8")


def test_what_is_not_made_up_does_not_say_so(tmp_path: Path) -> None:
    writing.write(replace(PUBLICATION, illustrative=""), tmp_path, ("csv",))
    assert "illustrative" not in rows_of(tmp_path, "milestones.csv")[0]


def told(folder: Path) -> dict[str, Any]:
    said_of_it: dict[str, Any] = json.loads(
        (folder / DATA_FOLDER / machine_readable.METADATA).read_text(encoding="utf-8")
    )
    return said_of_it


def test_the_metadata_say_what_is_in_the_files(folder: Path) -> None:
    whole = told(folder)
    assert whole["dc:issued"] == {"@value": "2008-11-03", "@type": "xsd:date"}
    assert whole["dc:license"] == {"@id": LICENCES[0].url}
    assert whole["dc:description"].startswith("Illustrative: all is made up.")
    assert whole["dc:identifier"] == HEAD.text()
    plan, milestones = whole["tables"]
    assert plan["dc:title"] == ACTIVITIES.title
    assert {column["name"]: column["datatype"] for column in plan["tableSchema"]["columns"]} == {
        "reference": "string", "activity": "string", "owners": "string", "complete": "integer", "due": "date",
        "budget": "number", "joint": "boolean", "never": "string", "illustrative": "boolean",
    }  # fmt: skip
    assert plan["tableSchema"]["primaryKey"] == ["reference"]
    (link,) = milestones["tableSchema"]["foreignKeys"]
    assert link["reference"] == {"resource": "delivery_plan.csv", "columnReference": ["reference"]}


def is_valid(folder: Path) -> bool:
    csvw = pytest.importorskip("csvw", reason="the validator of CSVW is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # it collects them, and judges by them
        found = csvw.CSVW(str(folder / DATA_FOLDER / machine_readable.METADATA), validate=True)
        try:
            return bool(found.is_valid)
        except ValueError:  # so it says that values do not fit
            return False


def test_an_independent_validator_passes_the_set(folder: Path) -> None:
    assert is_valid(folder)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("delivery_plan.csv", "2009-03-31", "[x]"),
        ("delivery_plan.csv", ",40,", ",forty,"),
        ("delivery_plan.csv", "1.03,", "1.01,"),
        ("milestones.csv", "1.02,", "9.99,"),
        (machine_readable.METADATA, '"datatype": "date"', '"datatype": "day"'),
    ],
)
def test_the_validator_is_no_rubber_stamp(folder: Path, tmp_path: Path, file: str, old: str, new: str) -> None:
    writing.write(PUBLICATION, tmp_path, ("csv",))
    path = tmp_path / DATA_FOLDER / file
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())
    assert not is_valid(tmp_path)


@settings(max_examples=depth(5, 200), deadline=None)
@given(rows=ROWS, words=TEXTS)
def test_whatever_a_plan_says_the_values_come_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[PublishedValue, ...]], words: str
) -> None:
    own = publication(rows, words, ())
    made = tmp_path_factory.mktemp("any")
    writing.write(own, made, ("csv",))
    path = made / writing.data_folder(own) / "some_table.csv"
    read = list(csv.DictReader(StringIO(path.read_bytes().decode(), newline="")))
    for row, found in zip(rows, read, strict=True):
        assert found["figure"] == ("" if row[2] is None else found["figure"])
        assert row[2] is None or float(found["figure"]) == row[2]
        assert found["day"] == ("" if row[3] is None else row[3].isoformat())  # type: ignore[union-attr]


# Texts and names


@pytest.mark.parametrize(
    ("text", "read", "notes"),
    [
        ("Burglary*", "Burglary", ("The plan has an asterisk behind these words.",)),
        ("Burglary†* and so on", "Burglary and so on", ("The plan has a dagger and an asterisk behind these words.",)),
        ("TUPE¹", "TUPE", ("The plan has a raised 1 behind these words.",)),
        ("Burglary *", "Burglary", ("The plan has an asterisk behind these words.",)),
        ("5 * 3", "5 (asterisk) 3", ()),
        ("12 km² of land", "12 km squared of land", ()),
        ("• first\n• second", "- first\n- second", ()),
        ("see [note 3], [p]", "see note 3, (p)", ()),
        ("a\u00ad\u200bb\u00a0c ☎\ufe0f", "ab c (black telephone)", ()),
        ("£5 & 4% \u2013 “so”", "£5 & 4% \u2013 “so”", ()),
    ],
)
def test_a_text_as_it_is_read_aloud(text: str, read: str, notes: tuple[str, ...]) -> None:
    assert as_spoken(text) == (read, notes)


def test_names_of_sheets_and_tables() -> None:
    assert sheet_name("Risks: [all] of / them?") == "Risks all of them"
    assert sheet_name("History") == "Sheet History"
    assert len(sheet_name("A very long name of a register that nobody can read")) <= 31
    assert [table_name(name) for name in ("delivery_plan", "risk", "2008", "a b")] == [
        "Delivery_plan", "Risk_table", "Of_2008_table", "A_b",
    ]  # fmt: skip


def test_nothing_to_publish_is_refused_and_no_folder_made(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="none of the tables that are chosen holds anything"):
        writing.write(replace(PUBLICATION, tables=()), tmp_path / "new", ("ods",))
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotWritten, match="cannot be made"):
        writing.write(PUBLICATION, tmp_path / "file" / "in", ("csv",))


class Stopped(Exception):
    """Raised by whoever watches."""


def test_stopped_between_rows_nothing_half_is_left(tmp_path: Path) -> None:
    told_of: list[tuple[str, int, int]] = []

    def progress(step: str, done: int, rows: int) -> None:
        told_of.append((step, done, rows))
        if len(told_of) == 3:
            raise Stopped

    with pytest.raises(Stopped):
        writing.write(PUBLICATION, tmp_path, ("ods",), progress=progress)
    assert list(tmp_path.iterdir()) == []
    assert told_of[2] == ("Writing .ods", 3, 11)


def test_what_would_not_read_the_same_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tmp_path / "A plan - tables 2008-11-03.ods"
    before.write_text("before", encoding="utf-8")
    monkeypatch.setitem(
        writing.READERS, "ods", lambda path: replace(book := seen_ods.seen(path), sheets=book.sheets[::-1])
    )
    with pytest.raises(NotWritten, match="would not read the same again"):
        writing.write(PUBLICATION, tmp_path, ("ods",))
    assert before.read_text(encoding="utf-8") == "before"
