"""A page of every block as people meet it in Chromium: light, dark, small, enlarged, by keys, forced colours, on paper.

axe-core is an independent judge of pages: what it finds would shut somebody out. ``make test`` brings it; without
it, or without Chromium, these tests are skipped.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from spp_desktop.documents.colours import PAPER, PICTURE_COLOURS
from spp_desktop.documents.html import rendered
from spp_desktop.documents.numbering import numbered
from tests.documents.contrasts import contrast
from tests.documents.every_block import MARKING, YEARS, every_block
from tests.documents.html.browser import CHROMIUM, DRIVER, MISSING, Browser, open_browser

AXE = Path(__file__).parents[3] / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"

pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason=MISSING)

FOUND = """
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return [found.passes.length, found.violations.map(
        rule => rule.id + ": " + rule.nodes.map(node => node.html.slice(0, 120)).join(" | "))];
"""

REFLOW = """
    const wide = [...document.querySelectorAll("body *")].filter(each =>
        each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".table > table"));
    return [document.documentElement.scrollWidth, wide.map(each => each.outerHTML.slice(0, 80)),
            [...document.querySelectorAll(".table")].filter(each => each.scrollWidth > each.clientWidth).length];
"""

# Colours as #rrggbb: what each role in the picture is filled or drawn with, and what letters and paper are.
PAINTED = """
    const hex = colour => "#" + colour.match(/[0-9]+/g).slice(0, 3).map(
        part => Number(part).toString(16).padStart(2, "0")).join("");
    const roles = {};
    for (const each of document.querySelectorAll(".picture [class]"))
        for (const name of each.classList) {
            const [kind, role] = name.split("-");
            roles[role] = hex(getComputedStyle(each)[kind == "fill" ? "fill" : "stroke"]);
        }
    const body = getComputedStyle(document.documentElement);
    return [hex(body.color), hex(body.backgroundColor), roles];
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser in which the page of every block is open."""
    folder = tmp_path_factory.mktemp("browser")
    page = folder / "page.html"
    page.write_bytes(rendered(numbered(every_block())))
    with open_browser(folder) as opened:
        opened.shown(page)
        yield opened


@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core, which make test brings by npm")
def test_axe_finds_nothing_in_any_look(browser: Browser) -> None:
    browser.run(f"{AXE.read_text('utf-8')}; globalThis.axe = axe;")
    looks: list[dict[str, Any]] = [
        {"width": 1366, "height": 768},
        {"width": 1366, "height": 768, "prefers_color_scheme": "dark"},
        {"width": 320, "height": 640},
        {"width": 320, "height": 256, "scale": 4, "prefers_color_scheme": "dark"},
    ]
    for look in looks:
        browser.look(**look)
        passed, found = browser.run(FOUND)
        assert not found, (look, found)
        assert passed > 20


def test_a_small_screen_and_one_enlarged_four_times_scroll_one_way_but_for_wide_tables(browser: Browser) -> None:
    for scale in (1, 4):
        browser.look(width=320, height=256, scale=scale)
        assert browser.run(REFLOW) == [320, [], 1]


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(browser: Browser) -> None:
    browser.look(width=320, height=640)
    wanted = browser.run("""
        globalThis.stops = [...document.querySelectorAll("a, summary, [tabindex]")];
        getSelection().removeAllRanges(); document.activeElement.blur();
        return stops.length""")
    reached = []
    for _stop in range(wanted):
        browser.pressed("Tab", 9)
        reached.append(
            browser.run("""
            const at = document.activeElement, box = at.getBoundingClientRect(), look = getComputedStyle(at);
            return [stops.indexOf(at), parseFloat(look.outlineWidth) > 2 && box.right > 0 && box.bottom > 0]""")
        )
    assert reached == [[stop, True] for stop in range(wanted)]
    moved = browser.run("""
        const wide = document.querySelector(".wide"); wide.focus();
        globalThis.moved = new Promise(done => {
            wide.addEventListener("scroll", () => done(wide.scrollLeft)); setTimeout(done, 5000, 0);});
        return wide.getAttribute("aria-labelledby")""")
    browser.pressed("ArrowRight", 39)
    assert browser.run("return moved") > 0
    assert browser.run(f"return document.getElementById('{moved}').textContent").startswith("Table 1: Targets")


def test_pictures_have_the_colours_of_the_look(browser: Browser) -> None:
    for scheme in ("light", "dark"):
        browser.look(prefers_color_scheme=scheme)
        letters, paper, roles = browser.run(PAINTED)
        assert (letters, paper) == (getattr(PICTURE_COLOURS["ink"], scheme), getattr(PAPER, scheme))
        assert {role: getattr(PICTURE_COLOURS[role], scheme) for role in roles} == roles


def test_pictures_can_be_read_in_colours_that_a_person_has_set(browser: Browser) -> None:
    """Chromium leaves letters and marks of a picture as they are, unless the style sheet names the person's colours."""
    for scheme in ("light", "dark"):
        browser.look(prefers_color_scheme=scheme, forced_colors="active")
        letters, paper, roles = browser.run(PAINTED)
        assert contrast(letters, paper) > 7
        assert len(roles) > 5
        assert roles.pop("paper") == paper
        assert roles["quiet"] == roles["target"] == letters
        assert not [role for role, colour in roles.items() if role != "grid" and contrast(colour, paper) < 4.5]


def test_paper_has_the_marking_twice_on_each_page_and_every_row_below_its_heading(browser: Browser) -> None:
    browser.look(prefers_color_scheme="dark")
    browser.run("document.querySelector('details').open = false")
    pages = pypdf.PdfReader(io.BytesIO(browser.printed())).pages
    texts = [page.extract_text() for page in pages]
    assert [text.count(MARKING) for text in texts] == [2] * len(texts)
    assert [text.count("Page ") for text in texts] == [0, *[1] * (len(texts) - 1)]
    sizes = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages}
    assert sizes == {(595, 842), (842, 595)}
    money = [text for text in texts if any(year in text for year in YEARS)]
    assert len(money) > 1
    assert all("£ million" in text for text in money)
    whole = "\n".join(texts)
    assert [whole.count(year) for year in YEARS] == [1] * len(YEARS)
    assert "Median minutes to answer, by month" in whole
    assert "(https://www.example.org/asked?a=1&b=2)" in " ".join(whole.split())
    assert "Skip to the text" not in whole
    browser.look(media="print", prefers_color_scheme="dark")
    assert browser.run(PAINTED)[:2] == [PICTURE_COLOURS["ink"].light, PAPER.light]
