"""The status return as whoever fills it in meets it: what is open, what is asked, what it says and how it prints."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.edits import issuing, receiving
from spp_desktop.edits.return_rows import with_lists
from spp_desktop.plan.kinds import Text, Whole
from spp_desktop.returns import looks, workbook
from spp_desktop.returns.answers import find_tables, read_rows
from spp_desktop.returns.catalogue import RETURNS, every_return
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Content, Return, ReturnColumn, ReturnRow, Value
from spp_desktop.returns.instructions import FILL_IN, steps
from spp_desktop.returns.intake import take
from spp_desktop.returns.looks import lines_of
from spp_desktop.returns.page import main as write_pages
from spp_desktop.returns.page import page
from spp_desktop.returns.placement import HEADER_ROW, HELP, META
from spp_desktop.returns.preview import Heading, preview
from spp_desktop.store import exports
from spp_desktop.store.workspace import Workspace
from tests.conftest import sample
from tests.returns.built import built

pytestmark = pytest.mark.usefixtures("read_here")

DUE = date(2008, 10, 14)
PAGES = Path(__file__).parents[2] / "docs" / "returns"
SMALL_SCREEN = 1310
"""Pixels that a screen of 1366 leaves to the cells, beside the row numbers and the scroll bar."""


@pytest.fixture
def at_work(worked: Path) -> Iterator[Workspace]:
    with Workspace.open(worked) as opened:
        yield opened


@pytest.fixture(scope="module")
def content(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What the status return of ACC Crime holds, with the lists of all returns."""
    with Workspace.open(sample(samples, "worked", tmp_path_factory.mktemp("content"))) as opened:
        prepared = issuing.prepare(opened, STATUS_RETURN, "ACC Crime", year=2008, period="Q2", due=DUE)
        return replace(prepared, plan=opened.read(with_lists, prepared.plan, *every_return()))


@pytest.fixture(scope="module")
def written(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That return as a workbook."""
    path = tmp_path_factory.mktemp("written") / "status.xlsx"
    workbook.write(STATUS_RETURN, content, path)
    return path


@pytest.fixture
def path(written: Path, tmp_path: Path) -> Path:
    """That workbook, as a file of this test's own."""
    return Path(shutil.copy(written, tmp_path))


@pytest.fixture
def book(path: Path) -> Workbook:
    return load_workbook(path)


def _places(sheet: Worksheet) -> dict[str, str]:
    """The letters of a table's columns by their headings."""
    return {str(cell.value): str(cell.column_letter) for cell in sheet[HEADER_ROW][1:] if cell.value}


def _texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_it_opens_on_the_first_table_at_the_first_cell_to_fill_in(book: Workbook) -> None:
    assert book.sheetnames == [HELP, "Activities", "Milestones", META]
    assert book.active is book["Activities"]
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] in ([], ["Activities"])
    for title in ("Activities", "Milestones"):
        sheet = book[title]
        chosen = sheet.sheet_view.selection[-1]
        is_open = [cell.coordinate for cell in sheet[7] if not cell.protection.locked]
        assert chosen.activeCell == chosen.sqref == is_open[0]


@pytest.mark.parametrize("definition", RETURNS, ids=lambda one: one.id)
def test_every_table_fits_a_small_screen(definition: Return, content: Content, tmp_path: Path) -> None:
    blank = replace(content, tables=tuple(() for _ in definition.listings), blank=1)
    for sheet in built(definition, blank).worksheets[:-1]:
        shown = [dimension for dimension in sheet.column_dimensions.values() if not dimension.hidden]
        assert len(shown) > 1
        assert sum(int(dimension.width * 7) for dimension in shown) <= SMALL_SCREEN


def test_reference_and_activity_stay_when_the_rest_scrolls(book: Workbook) -> None:
    assert [book[title].freeze_panes for title in ("Activities", "Milestones")] == ["D7", "D7"]
    assert [book["Activities"][f"{letter}6"].value for letter in "BC"] == ["Ref", "Activity"]
    frozen = sum(float(book["Activities"].row_dimensions[row].height or 0) for row in range(1, 7))
    assert frozen <= 110


def test_by_when_it_is_wanted_stays_when_the_rest_scrolls(book: Workbook) -> None:
    for title in ("Activities", "Milestones"):
        sheet = book[title]
        by = "Please return by 14/10/2008"
        assert str(sheet["B2"].value).startswith(f"{by} · {title} · Status return · 2008-2009 Q2 · ACC Crime")
        assert len(by) < sum(sheet.column_dimensions[letter].width for letter in "BC")


def test_every_colour_is_opaque(path: Path) -> None:
    colours = re.findall(r'<(?!rgbColor)\w+ rgb="([0-9A-F]+)"', zipfile.ZipFile(path).read("xl/styles.xml").decode())
    assert len(set(colours)) > 8
    assert {colour[:2] for colour in colours if len(colour) == 8} == {"FF"}
    assert {len(colour) for colour in colours} == {8}


def test_a_mark_of_a_milestone_is_seen_in_every_row_of_its_activity(content: Content) -> None:
    marked = [replace(line, values={**line.values, "due_now": "Overdue"}) for line in content.tables[1]]
    sheet = built(STATUS_RETURN, replace(content, tables=(content.tables[0], tuple(marked))))["Milestones"]
    places = _places(sheet)
    activities, marks = ([sheet[f"{places[title]}{row}"] for row in range(7, 20)] for title in ("Activity", "Due now"))
    assert len({cell.font.color.rgb for cell in activities}) == 2
    assert {cell.font.color.rgb for cell in marks} == {looks.INK}


def test_the_word_for_clearing_may_be_chosen_where_a_cell_may_be_empty(content: Content) -> None:
    sheet = built(STATUS_RETURN, content)["Activities"]
    rules = {rule.errorTitle: rule for rule in sheet.data_validations.dataValidation}
    assert rules["% complete"].formula1.startswith('OR(TRIM(H7)="[clear]",OR(RIGHT(H7,2)="%%",AND(ISNUMBER(H7),')
    assert rules["Forecast date"].formula1.startswith('OR(TRIM(I7)="[clear]",AND(ISNUMBER(I7),I7>=38808,')
    lists = [
        (rule.formula1, rule.errorStyle)
        for listing in ("Performance plan",)
        for rule in built(*_performance_plan(content))[listing].data_validations.dataValidation
        if rule.type == "list"
    ]
    assert ('"Yes,No,[clear]"', None) in lists
    (required,) = [where for where, style in lists if style == "stop"]
    assert required.endswith("$3")


def _performance_plan(content: Content) -> tuple[Return, Content]:
    """The performance plan with an empty row, of the same plan."""
    row = ReturnRow("1", {"ref": "PI01", "title": "Crime", "polarity": "lower"})
    identity = replace(content.identity, return_id=PERFORMANCE_PLAN.id, period="")
    return PERFORMANCE_PLAN, replace(content, identity=identity, tables=((row,), ()))


def test_open_cells_are_unlocked_boxed_and_named_above(book: Workbook, content: Content) -> None:
    for listing, lines in zip(STATUS_RETURN.listings, content.tables, strict=True):
        sheet = book[listing.title]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        places = _places(sheet)
        for column in listing.columns:
            above = sheet[f"{places[column.title]}5"].value
            assert above == (FILL_IN if column.editable else None)
            for row in range(7, 7 + len(lines)):
                cell = sheet[f"{places[column.title]}{row}"]
                boxed = {cell.border.left.style, cell.border.right.style, cell.border.bottom.style} == {"thin"}
                assert (cell.protection.locked, boxed) == (not column.editable, column.editable)
                assert (cell.fill.fill_type == "solid") is not column.editable


def test_rows_grow_with_what_is_typed_into_them(path: Path) -> None:
    rows = re.findall(r'<row r="(\d+)"([^>]*)>', zipfile.ZipFile(path).read("xl/worksheets/sheet2.xml").decode())
    table = [said for number, said in rows if int(number) > 6]
    assert len(table) == 22
    assert all(" ht=" in said and "customHeight" not in said for said in table)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("a word or two", 1),
        ("one\n\ntwo", 3),
        ("some words that go on for a bit", 2),
        ("SOME WORDS THAT GO ON", 2),
        ("x" * 60, 3),
        ("then " + "x" * 24, 3),
    ],
)
def test_a_row_is_as_high_as_what_stands_in_it(text: str, lines: int) -> None:
    assert lines_of(text, 20) == lines


@given(st.text(st.sampled_from("aB \n"), max_size=300), st.integers(5, 60))
def test_no_line_is_longer_than_its_column(text: str, width: int) -> None:
    assert lines_of(text, width) >= sum(max(1, len(part.strip()) // (width * 1.15)) for part in text.split("\n"))


def test_a_reference_is_not_marked_as_a_number_kept_as_text(path: Path) -> None:
    for number, cells in ((2, "B6:L28"), (3, "B6:L60")):
        sheet = zipfile.ZipFile(path).read(f"xl/worksheets/sheet{number}.xml").decode()
        kept = f'<ignoredErrors><ignoredError sqref="{cells}" numberStoredAsText="1" /></ignoredErrors>'
        assert kept in sheet
        assert sheet.index("</headerFooter>") < sheet.index(kept)


def test_what_may_be_typed_is_said_in_words(book: Workbook, content: Content) -> None:
    sheet = book["Activities"]
    places = _places(sheet)
    rules = {str(rule.sqref).split(":")[0][0]: rule for rule in sheet.data_validations.dataValidation}
    filled_in = ("Status", "% complete", "Forecast date", "Reason", "What was done", "What is next")
    assert set(rules) == {places[title] for title in filled_in}
    status, percent = rules[places["Status"]], rules[places["% complete"]]
    forecast, reason = rules[places["Forecast date"]], rules[places["Reason"]]
    assert "Choose one of: Not started, On track" in status.error
    assert "0% to 100%" in percent.error
    assert "day/month/year" in forecast.error
    assert all("[clear]" in rule.error and rule.errorStyle == "warning" for rule in (status, percent, forecast))
    assert reason.prompt == "Needed for At risk, Off track, Deferred and Withdrawn."
    assert (reason.type, reason.formula1) == ("textLength", "2000")
    assert {rules[places[title]].formula1 for title in ("What was done", "What is next")} == {"4000"}
    said = [text for rule in rules.values() for text in (rule.prompt, rule.error) if text]
    assert max(map(len, said)) <= 255
    assert max(len(rule.prompt) for rule in rules.values() if rule.prompt) <= 80
    meta = book[META]
    letter = re.match(r"'_meta'!\$([A-Z])\$1:\$[A-Z]\$8$", str(status.formula1))
    assert letter
    listed = tuple(meta[f"{letter[1]}{row}"].value for row in range(1, 9))
    assert listed == (*content.plan.lists["statuses"], "[clear]")


def test_a_status_that_asks_for_a_reason_asks_for_it(book: Workbook, content: Content) -> None:
    sheet = book["Activities"]
    places = _places(sheet)
    (named,) = [name for name in book.defined_names.values() if not name.name.startswith("_")]
    held = tuple(book[META][f"C{row}"].value for row in range(1, 5))
    assert (named.attr_text, held) == ("'_meta'!$C$1:$C$4", content.plan.reasons["statuses"])
    found = {str(one.sqref): one.rules[0] for one in sheet.conditional_formatting}
    asks, gives = (f"{places[title]}7:{places[title]}28" for title in ("Status", "Reason"))
    assert set(found) == {asks, gives}
    formula = f'AND(COUNTIF({named.name},${places["Status"]}7)>0,TRIM(${places["Reason"]}7)="")'
    assert {tuple(rule.formula) for rule in found.values()} == {(formula,)}
    assert found[asks].dxf.numFmt.formatCode == '@": why?"'
    assert found[gives].dxf.fill.patternType == "lightUp"


def test_without_such_a_status_nothing_asks(content: Content) -> None:
    plain = replace(content, plan=replace(content.plan, reasons={}))
    book = built(STATUS_RETURN, plain)
    assert not list(book["Activities"].conditional_formatting)
    assert not any("reason" in said for _, said in steps(STATUS_RETURN, plain))


def test_the_first_sheet_says_what_to_do(book: Workbook, content: Content) -> None:
    said = _texts(book[HELP])
    numbered = [text for text in said if re.match(r"\d\. ", text)]
    assert [text[0] for text in numbered] == [str(number) for number in range(1, len(numbered) + 1)]
    assert 3 <= len(numbered) <= 6
    assert "Status return · 2008-2009 Q2 · ACC Crime · please return by 14/10/2008" in said
    assert content.plan.illustrative in said
    step = next(n for n, text in enumerate(said) if text.endswith(". Reply with this file"))
    assert said[step + 1].endswith(
        "reply to the mail that it came with, and attach it to the reply by 14 October 2008."
    )
    for status in content.plan.lists["statuses"]:
        meaning = content.plan.meanings[status] + " Needs a reason." * (status in content.plan.reasons["statuses"])
        assert said[said.index(status) + 1] == meaning
    assert len(said) < 75


def test_it_prints_across_a4_with_its_headings_and_what_is_made_up(book: Workbook, content: Content) -> None:
    for title in ("Activities", "Milestones"):
        sheet = book[title]
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$5:$6"
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.center.text == content.plan.illustrative
        assert sheet.oddFooter.left.text == title


def test_it_is_clear_who_leads_a_joint_row(book: Workbook, content: Content) -> None:
    sheet = book["Activities"]
    letter = _places(sheet)["Owners"]
    owners = {line.values["ref"]: line.values["owners"] for line in content.tables[0]}
    joint = {ref for ref, held in owners.items() if isinstance(held, tuple) and len(held) > 1}
    assert joint
    for row in range(7, 29):
        ref, cell = str(sheet[f"B{row}"].value), sheet[f"{letter}{row}"]
        assert cell.value == "; ".join(map(str, owners[ref] or ()))  # type: ignore[arg-type] # owners are texts
        assert ("first leads" in cell.number_format) == (ref in joint)
    assert any("the first leads" in said for _, said in steps(STATUS_RETURN, content))


def test_a_rule_parts_the_milestones_of_each_activity(book: Workbook, content: Content) -> None:
    sheet = book["Milestones"]
    refs = [line.values["ref"] for line in content.tables[1]]
    begins = [place == 0 or ref != refs[place - 1] for place, ref in enumerate(refs)]
    assert len(set(begins)) == 2
    for row, begin in enumerate(begins, 7):
        assert (sheet[f"B{row}"].border.top.style == "medium") is begin
        assert sheet[f"C{row}"].alignment.wrap_text is (begin or None)


def _alike(content: Content, text: str) -> Content:
    """The same content with a text in every cell that can hold one."""

    def said(column: ReturnColumn, value: Value) -> Value:
        return text if isinstance(column.kind, Text) else value

    tables = tuple(
        tuple(
            ReturnRow(line.key, {column.field: said(column, line.values[column.field]) for column in listing.columns})
            for line in lines[:2]
        )
        for listing, lines in zip(STATUS_RETURN.listings, content.tables, strict=True)
    )
    lists = {name: (text, *titles) for name, titles in content.plan.lists.items()}
    plan = replace(
        content.plan, title=text, marking=text, lists=lists, reasons={"statuses": (text,)}, meanings={text: text}
    )
    return replace(content, plan=plan, tables=tables)


@pytest.mark.parametrize(
    "text", ["=1+1", "@cmd", "+1", "-1", "\t=1", "\uff1d1+1", "=HYPERLINK(x)", "#REF!", "&A", '"&"']
)
def test_no_text_of_the_plan_becomes_a_formula(text: str, content: Content, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    alike = _alike(content, text)
    workbook.write(STATUS_RETURN, replace(alike, identity=replace(alike.identity, plan_title=text)), path)
    package = zipfile.ZipFile(path)
    for number in range(1, 5):
        assert b"<f>" not in package.read(f"xl/worksheets/sheet{number}.xml")
    book = load_workbook(path)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    held = [cell for cell in cells if str(cell.value) == text.strip()]
    assert len(held) > 10
    assert {cell.data_type for cell in held} == {"s"}
    if text[0] in "=+-@":
        assert all(cell.quotePrefix for cell in held)


def _one_more(definition: Return, column: ReturnColumn) -> Return:
    first, *others = definition.listings
    return replace(definition, listings=(replace(first, columns=(*first.columns, column)), *others))


def test_a_column_is_added_in_one_line(content: Content, tmp_path: Path) -> None:
    help_ = "Pounds spent in the quarter."
    wider = _one_more(STATUS_RETURN, ReturnColumn("spent", "Spent", Whole(), editable=True, help=help_))
    path = tmp_path / "wider.xlsx"
    workbook.write(wider, content, path)
    book = load_workbook(path)
    letter = _places(book["Activities"])["Spent"]
    assert help_ in _texts(book[HELP])
    assert not book["Activities"][f"{letter}7"].protection.locked
    assert "| Spent | the lead owner | a whole number | Pounds spent in the quarter. |" in page(wider)
    assert preview(wider, content)[0].headings[-1] == Heading("Spent", 12, is_open=True)
    book["Activities"][f"{letter}7"] = 1200
    book.save(path)
    table = next(one for one in find_tables(wider, content.plan, take(path)) if one.listing.title == "Activities")
    issued = {line.key: line for line in content.tables[0]}
    rows = read_rows(table, content.plan, content.identity.export, issued)
    assert [{field: answer.value for field, answer in row.answers.items()} for row in rows[:2]] == [{"spent": 1200}, {}]


def test_the_pages_are_those_of_the_definitions(tmp_path: Path) -> None:
    assert {path.name for path in PAGES.iterdir()} == {f"{definition.id}.md" for definition in every_return()}
    for definition in every_return():
        assert (PAGES / f"{definition.id}.md").read_text(encoding="utf-8") == page(definition)
    write_pages([str(tmp_path / "pages")])
    made = {path.name: path.read_bytes() for path in (tmp_path / "pages").iterdir()}
    assert made == {path.name: path.read_bytes() for path in PAGES.iterdir()}


def test_a_preview_says_what_the_workbook_says(book: Workbook, content: Content) -> None:
    for table, lines in zip(preview(STATUS_RETURN, content), content.tables, strict=True):
        sheet = book[table.title]
        assert [heading.title for heading in table.headings] == list(_places(sheet))
        assert [heading.is_open for heading in table.headings] == [bool(cell.value) for cell in sheet[5][1:]]
        refs = [str(sheet[f"B{row}"].value) for row in range(7, 7 + len(lines))]
        assert [row[0] for row in table.rows[: len(lines)]] == refs
        assert not any("".join(row) for row in table.rows[len(lines) :])
    assert preview(STATUS_RETURN, content)[0].rows[0][5:7] == ("On track", "55%")


def test_a_blank_form_comes_back_with_new_rows_only(at_work: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    content = issuing.blank(at_work, STATUS_RETURN, "ACC Crime", year=2008, period="Q2", due=DUE)
    workbook.write(STATUS_RETURN, content, path)
    issuing.record(at_work, content, path)
    assert at_work.read_beside(exports.every)[0].rows == 0
    assert receiving.review(at_work, path).differences == ()
    book = load_workbook(path)
    sheet = book["Activities"]
    assert "Activities · Status return (blank form) · 2008-2009 Q2 · ACC Crime" in str(sheet["B2"].value)
    places = _places(sheet)
    for title, place in places.items():
        is_open = [not sheet[f"{place}{row}"].protection.locked for row in range(7, 27)]
        assert is_open == [title != "Since last quarter"] * 20
        assert (sheet[f"{place}5"].value == FILL_IN) == (title != "Since last quarter")
    sheet[f"{places['Ref']}8"], sheet[f"{places['Activity']}8"] = "9.90", "Something new"
    sheet[f"{places['Status']}8"] = "On track"
    book["Milestones"]["B7"], book["Milestones"]["D7"] = "1.01", "Another step"
    book.save(path)
    review = receiving.review(at_work, path)
    assert review.identity.export == content.identity.export
    assert [(one.kind, one.ref, one.text) for one in review.differences] == [
        ("new row", "9.90", "Something new"),
        ("new row", "1.01", "Another step"),
    ]


def test_the_empty_rows_are_open_and_come_back_as_new(at_work: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "status.xlsx"
    issuing.issue(at_work, STATUS_RETURN, path, owner="ACC Crime", year=2008, period="Q2")
    book = load_workbook(path)
    sheet: Any = book["Milestones"]
    last = sheet.max_row
    assert all(sheet[f"B{row}"].value is None for row in range(last - 2, last + 1))
    assert not sheet[f"D{last}"].protection.locked
    sheet[f"B{last}"], sheet[f"D{last}"], sheet[f"E{last}"] = "1.01", "Tell everyone", date(2009, 2, 1)
    book.save(path)
    (found,) = receiving.review(at_work, path).differences
    assert (found.kind, found.source.name, found.usable) == ("new row", "milestones", True)


def test_progress_counts_over_all_tables_and_stops_in_any(content: Content, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    told: list[tuple[int, int]] = []
    workbook.write(STATUS_RETURN, content, tmp_path / "out.xlsx", lambda done, of: told.append((done, of)))
    assert told == [(done, content.rows) for done in range(1, content.rows + 1)]
    old = (tmp_path / "out.xlsx").read_bytes()

    def stop(done: int, _: int) -> None:
        if done > len(content.tables[0]):
            raise StoppedError

    with pytest.raises(StoppedError):
        workbook.write(STATUS_RETURN, content, tmp_path / "out.xlsx", stop)
    assert [path.read_bytes() for path in tmp_path.glob("*.xlsx")] == [old]
