"""How a drawing is laid on pages, how wide columns are and how texts are broken: by properties."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QPageSize
from PySide6.QtWidgets import QApplication

from spp_desktop.ui.pictures import lettering
from spp_desktop.ui.pictures.column_widths import ColumnNeed, fits, sets, shared
from spp_desktop.ui.pictures.drawing import Band, Canvas, Drawing, Flow, line_band, space
from spp_desktop.ui.pictures.ink import Ink
from spp_desktop.ui.pictures.pages import Pages, PageWords, broken, paper, pdf
from spp_desktop.ui.pictures.pdf_file import finished
from spp_desktop.ui.pictures.printed_table import PrintedCell, PrintedColumn, PrintedHead, PrintedTable
from tests import pdf_reader

HEIGHT = 100.0
LIGATURES = ("DejaVu Sans", "Carlito", "Calibri", "Segoe UI", "Noto Sans")
"""Fonts that draw "ffi" as one sign unless they are told not to."""


def bands(most: int = 60) -> st.SearchStrategy[tuple[Band, ...]]:
    each = st.builds(
        lambda height, stays: Band(float(height), lambda _painter, _box: None, stays), st.integers(1, 60), st.booleans()
    )
    return st.lists(each, max_size=most).map(tuple)


@given(bands(4), bands(2), bands())
def test_every_band_stands_on_a_page_once_and_in_its_order(
    lead: tuple[Band, ...], again: tuple[Band, ...], rest: tuple[Band, ...]
) -> None:
    pages = list(broken(Flow(lead, again, rest), HEIGHT))
    every = [band for page in pages for band in page.bands]
    kept = [band for band in every if not any(band is other for other in again)]
    assert [id(band) for band in kept] == [id(band) for band in (*lead, *rest)]


@given(bands(4), bands(2), bands())
def test_no_page_is_longer_than_its_paper_unless_one_band_is(
    lead: tuple[Band, ...], again: tuple[Band, ...], rest: tuple[Band, ...]
) -> None:
    fixed = sum(band.height for band in again)
    for page in broken(Flow(lead, again, rest), HEIGHT):
        own = [band for band in page.bands if not any(band is other for other in again)]
        high = sum(band.height for band in page.bands)
        assert high <= HEIGHT or len(own) == 1 or fixed + min(band.height for band in own) > HEIGHT or not own


@given(bands())
def test_headings_begin_every_page_and_what_belongs_together_stays_together(rest: tuple[Band, ...]) -> None:
    heading = Band(10.0, lambda _painter, _box: None)
    pages = list(broken(Flow((), (heading,), rest), HEIGHT))
    if rest:
        assert all(page.bands[0] is heading for page in pages)
    for before, after in pairwise(pages):
        last, first = before.bands[-1], after.bands[1]
        if last.stays:  # it was parted only because the whole of it is longer than a page
            at = next(n for n, band in enumerate(rest) if band is first)
            begin, end = at, at
            while begin > 0 and rest[begin - 1].stays:
                begin -= 1
            while end < len(rest) - 1 and rest[end].stays:
                end += 1
            assert sum(band.height for band in rest[begin : end + 1]) > HEIGHT - heading.height


needs = st.lists(
    st.tuples(st.floats(1, 200), st.floats(0, 400)).map(lambda n: ColumnNeed(n[0], n[0] + n[1])), min_size=1
)


@given(needs, st.floats(50, 2000), st.integers(1, 3))
def test_columns_fill_the_width_and_each_stands_on_some_page(
    columns: list[ColumnNeed], width: float, repeated: int
) -> None:
    together = sets(columns, width, repeated)
    assert sorted({at for places in together for at in places}) == list(range(len(columns)))
    for places in together:
        chosen = [columns[at] for at in places]
        widths = shared(chosen, width)
        assert sum(widths) == pytest.approx(width)
        if fits(chosen, width):
            assert all(wide >= need.least - 1e-6 for wide, need in zip(widths, chosen, strict=True))
        if len(together) > 1:
            assert places[:repeated] == list(range(repeated))
            assert fits(chosen, width) or len(places) == repeated + 1


@pytest.mark.usefixtures("qapp")
@given(st.text(st.sampled_from("abW iﬁ\n\U0001f600ŵ-"), max_size=80), st.floats(20, 300))
def test_a_broken_text_is_whole_and_no_line_is_too_wide(text: str, width: float) -> None:
    broken_lines = lettering.lines(text, width)
    assert re.sub(r"\s", "", "".join(broken_lines)) == re.sub(r"\s", "", text)
    for line in broken_lines:
        assert lettering.metrics().horizontalAdvance(line) <= width + 1 or len(line.strip()) <= 2


@pytest.fixture
def with_ligatures(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Letters are of a font that has signs of its own for "ffi" and "fi", where this machine has one."""
    kept = lettering.letters, lettering.metrics, lettering.lines
    monkeypatch.setattr(lettering, "FAMILIES", LIGATURES)
    for cache in kept:
        cache.cache_clear()
    yield
    for cache in kept:
        cache.cache_clear()


TEXT = "The office first waffled about efficient traffic “ŵŷ” 1,234"


def one_line() -> Drawing:
    def lay_out(canvas: object) -> list[Flow]:
        del canvas
        return [Flow((), (), (space(5), line_band(TEXT, Ink.of(QApplication.palette()).text)))]

    return Drawing("Offices", TEXT, lay_out)


@pytest.mark.usefixtures("with_ligatures")
def test_words_with_ligatures_can_be_found_in_a_pdf() -> None:
    layout = paper(QPageSize.PageSizeId.A4, upright=True)
    read = pdf_reader.read(bytes(pdf(Pages(one_line(), PageWords(), layout), layout).data()))
    assert TEXT in read.text
    assert read.images == 0


@pytest.mark.usefixtures("qapp")
def test_a_pdf_says_its_language_and_its_title_and_keeps_what_is_not_understood() -> None:
    layout = paper(QPageSize.PageSizeId.A4, upright=True)
    made = bytes(pdf(Pages(one_line(), PageWords(), layout), layout).data())
    assert b"/Lang (en-GB)" in made
    assert b"/DisplayDocTitle true" in made
    at = int(re.findall(rb"startxref\s+(\d+)", made)[-1])
    assert made[at:].startswith(b"xref")
    assert re.search(rb"/Root (\d+) 0 R", made[at:])
    (number, place), *_ = re.findall(rb"\n(\d+) 1\n(\d{10}) 00000 n", made[at:])
    assert made[int(place) :].startswith(number + b" 0 obj")
    for other in (b"", b"%PDF-1.4 something else", b"startxref\n3\n%%EOF\n"):
        assert finished(other) == other


WORDS = "The force will work with partners to reduce harm.\r\nSecond paragraph\twith a tabulator. "


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("columns", [2, 24])
def test_a_row_longer_than_a_page_is_whole_and_a_table_wider_than_one_is_printed_in_parts(columns: int) -> None:
    cells = [PrintedCell("R1"), *(PrintedCell(f"{WORDS * 100}end {at}") for at in range(1, columns))]
    titles = [PrintedColumn(f"Column {at}") for at in range(columns)]
    table = PrintedTable("Long", ["A note."], titles, [PrintedHead("A head"), cells, cells])
    flows = table.lay_out(Canvas(900, 500))
    assert (len(flows) > 1) == (columns > 2)
    for flow in flows:
        pages = list(broken(flow, 500))
        assert all(sum(band.height for band in page.bands) <= 500 for page in pages)
    layout = paper(QPageSize.PageSizeId.A4, upright=False)
    pages_made = Pages(Drawing("Long", "", table.lay_out), PageWords(), layout)
    read = pdf_reader.read(bytes(pdf(pages_made, layout).data()))
    text = "".join(read.text.split())
    for word in WORDS.split():  # a sentence may go on on the next page, a word may not
        assert read.text.split().count(word) >= 200 * (columns - 1)
    assert all(f"end{at}" in text for at in range(1, columns))
    assert read.text.count("A note.") == 1
    assert all("Column0" in "".join(page.split()) for page in read.pages)


def test_letters_are_as_wide_at_any_scale(qapp: QApplication) -> None:
    font = lettering.letters()
    assert font.hintingPreference() == QFont.HintingPreference.PreferNoHinting
    assert font.pixelSize() == lettering.SIZE
