"""What belongs into which cell of a form, as a text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.returns.cell_places import block_of
from spp_desktop.returns.forms.form import FormBook
from spp_desktop.returns.forms.mapping import CellMapping, MappedCell, MappingUnread, from_text
from spp_desktop.returns.forms.opening import open_form
from spp_desktop.returns.forms.placing import Placing
from tests.returns.forms import made

pytestmark = pytest.mark.usefixtures("read_here")

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).map(lambda text: " ".join(text.split()))
LABEL = TEXT.filter(bool)
CELLS = st.builds(
    MappedCell, TEXT, LABEL, st.lists(LABEL, max_size=3).map(tuple), st.lists(LABEL, max_size=2).map(tuple), TEXT,
    st.sampled_from([block_of("B7"), block_of("AA3:AA9")]), TEXT, st.integers(1, 4), st.integers(1, 4),
    st.sampled_from(["", "sex"]),
)  # fmt: skip


@given(st.builds(CellMapping, TEXT, TEXT, st.lists(CELLS, max_size=4).map(tuple), st.sampled_from([None, 2008]), TEXT))
def test_a_mapping_is_read_as_it_was_written(mapping: CellMapping) -> None:
    full = CellMapping(
        mapping.title, mapping.form, mapping.cells, mapping.year, mapping.note, {"sex": {"Male": 'M"\\'}}
    )
    again = from_text(full.as_text())
    by_sheet = [
        cell for title in dict.fromkeys(c.sheet for c in full.cells) for cell in full.cells if cell.sheet == title
    ]
    assert again == CellMapping(full.title, full.form, tuple(by_sheet), full.year, full.note, full.lists)


HEAD = '[[sheets]]\ntitle = "A"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name = ", "not written as TOML"),
        ('nme = "x"', "“nme”"),
        (f'{HEAD}cells = [{{ row = "a" }}]', "does not say what it holds"),
        (f'{HEAD}cells = [{{ holds = "plan: title" }}]', "where it is"),
        (f'{HEAD}cells = [{{ at = "7B", holds = "x" }}]', "“7B”, which is no address"),
        (f'{HEAD}cells = [{{ at = "B7:C8", holds = "x" }}]', "several columns"),
        (f'{HEAD}cells = [{{ at = "B7", holds = "x", right = 0 }}]', "how many cells away"),
        (f'{HEAD}cells = [{{ at = "B7", holds = "x", list = "no" }}]', "the list “no”"),
        (f'{HEAD}cells = [{{ at = "B7", holds = "x", clm = "no" }}]', "“clm”"),
        (f'{HEAD}cells = [{{ row = 7, holds = "x" }}]', "label in quotation marks"),
        (f'{HEAD}cells = [{{ row = "a", holds = 7 }}]', "“holds” of cell 1"),
        (f"{HEAD}cells = [7]", "curly"),
        ("sheets = 7", "[[sheets]]"),
        ('lists = "x"', "[lists.NAME]"),
        ("[lists.sex]\nMale = 1", "not written in quotation marks"),
        ('year = "soon"', "“soon” is none"),
        (f"name = '{'x' * 4_000_001}'", "longer"),
    ],
)
def test_what_is_no_mapping_says_why(text: str, why: str) -> None:
    with pytest.raises(MappingUnread, match=why.replace("[", r"\[").replace("]", r"\]")):
        from_text(text)


def test_another_year_moves_all_years_on() -> None:
    cell = MappedCell(
        "A", "indicator PI1: result 2008-2009", ("Year to 31 March 2009",), ("2008/09", "Apr 2008"), "2007-2008"
    )
    (moved,) = CellMapping("t", "f", (cell, MappedCell("A", "text: 2008")), 2008).of_year(2010).cells[:1]
    assert moved.holds == "indicator PI1: result 2010-2011"
    assert (*moved.row, *moved.column, moved.under) == ("Year to 31 March 2011", "2010/11", "Apr 2010", "2009-2010")
    assert CellMapping("t", "f", (MappedCell("A", "text: 2008"),), 2008).of_year(2010).cells[0].holds == "text: 2008"
    assert CellMapping("t", "f", (cell,), 1998).of_year(1999).cells[0].column[0] == "2009/10"
    assert CellMapping("t", "f", (cell,)).of_year(2010).cells == (cell,)


def test_lists_say_what_a_form_calls_things() -> None:
    mapping = CellMapping("t", lists={"sex": {"Male": "M"}})
    assert (mapping.form_calls("sex", "male"), mapping.plan_calls("sex", "m")) == ("M", "Male")
    assert (mapping.form_calls("sex", "Other"), mapping.plan_calls("no", "m")) == ("Other", "m")


def placed(form: FormBook, *cells: MappedCell) -> dict[str, str]:
    """Where cells are, by what they hold; why not, where they are not."""
    placing = Placing(form, CellMapping("t", "f", cells))
    return {each.cell.holds: each.block.address for each in placing.placed if each.block is not None} | {
        each.cell.holds: each.why for each in placing.unplaced
    }


def test_cells_are_found_by_their_labels(tmp_path: Path) -> None:
    form = open_form(made.written(made.two_row_headings(), tmp_path))
    seen = placed(
        form,
        MappedCell("Crime", "a", ("burglary",), ("Recorded", "2008/2009")),
        MappedCell("Crime", "b", ("Acquisitive", "Robbery"), ("Detected", "2007-08")),
        MappedCell("Crimes", "c", ("Violence with injuries",), ("Detected", "2008-09")),
        MappedCell("Crime", "d", ("Total",), ("Recorded", "2008-09")),
        MappedCell("Crime", "e", ("Arson",), ("Recorded", "2008-09")),
        MappedCell("Crime", "f", ("Burglary",), ("2008-09",)),
        MappedCell("Crime", "g", (), (), at=block_of("F6")),
        MappedCell("Staff", "h", ("Officers",), ("Strength",)),
        MappedCell("Crime", "i", (), ("Recorded", "2007-08"), below=2),
        MappedCell("Crime", "j", name="Nothing"),
    )
    assert {name: seen[name] for name in "abcgi"} == {"a": "D5", "b": "E6", "c": "F7", "g": "F6", "i": "C6"}
    assert "formula" in seen["d"]
    assert "No cell of “Crime” has “Arson” at its left" in seen["e"]
    assert "2 cells of “Crime” have “Burglary” at its left and “2008-09” above it, such as D5, F5" in seen["f"]
    assert "no sheet like “Staff”" in seen["h"]
    assert "named “Nothing”" in seen["j"]


def test_names_tables_and_single_cells(tmp_path: Path) -> None:
    form = open_form(made.written(made.defined_names(), tmp_path))
    seen = placed(
        form,
        MappedCell("", "a", name="force_code"),
        MappedCell("Cover", "b", ("Strength",)),
        MappedCell("Cover", "c", ("Strength",), name="Gone"),
    )
    assert seen == {"a": "B1", "b": "B2", "c": "B2"}
    table = open_form(made.written(made.table_with_totals(), tmp_path))
    seen = placed(
        table,
        MappedCell("Gains", "a", (), ("Planned",), at=block_of("B4:B6")),
        MappedCell("Gains", "b", at=block_of("B3")),
    )
    assert (seen["a"], "heading of a table" in seen["b"]) == ("B4:B6", True)


def test_rows_that_are_called_alike_are_told_apart_by_their_part_or_their_order(tmp_path: Path) -> None:
    book, sheet = made._sheet("S")
    sheet["B1"] = "2008-09"
    for row, label in enumerate(("Burglary", "Recorded", "Detected", "Robbery", "Recorded", "Detected"), 2):
        sheet[f"A{row}"] = label
    path = tmp_path / "form.xlsx"
    path.write_bytes(made.saved(book))
    form = open_form(path)
    cell = MappedCell("S", "a", ("Recorded",), ("2008-09",), "Robbery")
    assert placed(form, cell) == {"a": "B6"}
    plain = MappedCell("S", "a", ("Recorded",), ("2008-09",))
    assert placed(form, plain, MappedCell("S", "b", plain.row, plain.column, at=block_of("B6")))["b"] == "B6"
    assert "Say which is meant" in placed(form, plain)["a"]
    assert placed(form, MappedCell("S", "a", plain.row, plain.column, at=block_of("B6"))) == {"a": "B6"}
