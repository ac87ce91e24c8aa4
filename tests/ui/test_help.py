"""The help: its pages are whole, every place of the window leads to one, and the window of it is worked by keys."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from installers import wheels
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.returns.catalogue import every_return
from spp_desktop.ui.common import theme
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.style import without_keys
from spp_desktop.ui.help.help_window import HelpWindow
from spp_desktop.ui.help.library import Library, read_library, slug_of
from spp_desktop.ui.help.links import OUTSIDE, within
from spp_desktop.ui.pages import every_page
from spp_desktop.ui.registers.commands import COMMANDS
from spp_desktop.ui.registers.dialog import RegistersDialog
from spp_desktop.ui.window import tour
from spp_desktop.ui.window.commands import MENUS
from spp_desktop.ui.window.explaining import name_of
from spp_desktop.ui.window.help_places import keys_place, place_of
from spp_desktop.ui.window.keys_page import keys_page
from spp_desktop.ui.window.main_window import MainWindow
from tests.ui.screens import kinds_of_dialog

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BUILDERS = {"architecture.md", "decisions.md", "extending.md", "performance.md", "windows-by-hand.md"}
"""Documents for those who build the program, which are no pages of the help."""
Key = Qt.Key
CTRL, ALT, SHIFT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Alt", "Shift"))


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library()


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[HelpWindow]:
    made = HelpWindow()
    made.show_place("history.md")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.page.setFocus()
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, worked: Path) -> Iterator[MainWindow]:
    made = MainWindow(Memory())
    made.show()
    assert made.open_plan(worked)
    yield made
    made.close()
    made.deleteLater()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


# The pages


def test_every_document_is_a_page_or_for_builders(library: Library) -> None:
    documents = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert documents == set(library.pages) | BUILDERS, (
        "a line in docs/contents.toml, or among those for builders here and in pyproject.toml"
    )


def test_the_wheel_holds_the_pages_and_leaves_out_what_is_for_builders() -> None:
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert "docs" in setuptools["packages"]["find"]["include"]
    left_out = setuptools["exclude-package-data"]["docs"]
    assert {name for name in left_out if name.endswith(".md")} == BUILDERS
    assert "docs" in wheels.SOURCES


def test_every_link_and_picture_leads_somewhere(library: Library) -> None:
    broken = []
    for page in library.pages.values():
        for address in LINK.findall(re.sub(r"```.*?```|`[^`]*`", "", page.markdown, flags=re.DOTALL)):
            place = within(page.name, address)
            whole = OUTSIDE.match(address) if place is None else place.endswith(".png") and (DOCS / place).is_file()
            if not whole and not (place and library.has(place)):
                broken.append(f"{page.name}: {address}")
    assert not broken


def test_the_pictures_that_go_with_the_program_are_those_of_its_pages(library: Library) -> None:
    pages = library.pages.values()
    shown = {within(page.name, name) for page in pages for name in LINK.findall(page.markdown) if name.endswith(".png")}
    assert shown == {f"pictures/{path.name}" for path in DOCS.glob("pictures/*.png") if "-dark" not in path.stem}


def test_each_tab_register_and_return_has_its_page(library: Library) -> None:
    lists = library.pages["lists.md"]
    assert {f"tabs/{page.name}.md" for page in every_page()} <= set(library.pages)
    assert {f"returns/{definition.id}.md" for definition in every_return()} <= set(library.pages)
    assert not [
        register.title for register in REGISTERS if register.page is None and not lists.place_of(register.title)
    ]


def test_each_dialog_has_a_place_that_exists(library: Library) -> None:
    assert set(library.dialogs) == kinds_of_dialog(), "a line below [dialogs] in docs/contents.toml"
    assert not [place for place in library.dialogs.values() if not library.has(place)]


def test_every_command_is_told_of(library: Library) -> None:
    """By its own words, somewhere in the pages that are not made from the menus."""
    told = " ".join(
        f"{section.title} {section.text}".casefold()
        for page in library.pages.values()
        for section in page.sections
        if page.name != "keys.md"
    )
    commands = [
        without_keys(command.text).rstrip("…").partition(":")[0]
        for _, menu in MENUS
        for command in menu
        if command.name
    ]
    commands += [command.text.replace("&", "") for command in COMMANDS]
    lacking = [words for words in commands if words.casefold() not in told]
    assert not lacking, "say what it does on a page of the help, by the words of the menu"


def test_the_page_of_keys_is_what_the_window_has(window: MainWindow) -> None:
    written = (DOCS / "keys.md").read_text(encoding="utf-8")
    assert written == keys_page(window), "make pictures writes docs/keys.md again"


@pytest.mark.parametrize(
    ("heading", "slug"),
    [("The sealed chain", "the-sealed-chain"), ("What is noticed, and when", "what-is-noticed-and-when"),
     ("Up or down?", "up-or-down"), ("`spp` and *more*", "spp-and-more")],
)  # fmt: skip
def test_headings_are_named_as_on_the_web(heading: str, slug: str) -> None:
    assert slug_of(heading) == slug


@pytest.mark.parametrize(
    ("page", "address", "place"),
    [
        ("history.md", "judging.md#results", "judging.md#results"),
        ("returns/status.md", "../judging.md", "judging.md"),
        ("tabs/results.md", "#type-figures", "tabs/results.md#type-figures"),
        ("history.md", "https://example.org/a.md", None),
        ("history.md", "file:///etc/hostname", None),
        ("history.md", "../../outside.md", None),
        ("history.md", "/outside.md", None),
    ],
)
def test_where_a_link_leads(page: str, address: str, place: str | None) -> None:
    assert within(page, address) == place


def test_the_tour_stops_at_each_of_its_headings(library: Library) -> None:
    stops = [section for section in library.pages[tour.PAGE].sections if section.slug]
    assert [section.title.partition(".")[0] for section in stops] == [str(n + 1) for n in range(len(tour.STOPS))]


# Where F1 leads


def test_a_cell_leads_to_its_column(window: MainWindow, library: Library) -> None:
    assert window.plan_view is not None
    window.show_page("delivery")
    page = window.plan_view.page("delivery")
    grid = page.grid  # type: ignore[attr-defined]
    grid.select(page.first_row(), "forecast")
    assert place_of(grid, window, library) == "tabs/delivery.md#the-columns?Forecast"
    window.show_page("results")
    assert place_of(window.plan_view.page("results"), window, library).startswith("tabs/results.md")
    assert keys_place(window) == "keys.md#performance-plan-results"


def test_every_page_and_part_of_it_leads_to_a_place(
    window: MainWindow, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A part is asked for its name by all that is in it: once is enough.
    monkeypatch.setattr("spp_desktop.ui.window.help_places.name_of", cache(name_of))
    assert window.plan_view is not None
    for line in every_page():
        window.show_page(line.name)
        page = window.plan_view.page(line.name)
        for part in filter(isValid, [page, *page.findChildren(QWidget)]):
            place = place_of(part, window, library)
            assert library.has(place), place
            assert place.startswith(f"tabs/{line.name}.md")
        assert library.has(keys_place(window)) or line.name == "charts"


def test_a_list_leads_to_what_is_said_of_it(window: MainWindow, library: Library) -> None:
    assert window.plan_view is not None
    lists = RegistersDialog(window.plan_view.signals, window)
    lists.show_list("Colour rules")
    assert place_of(lists.names, window, library) == "lists.md#what-the-performance-plan-uses?Colour rules"
    lists.close()


def test_who_has_no_plan_is_led_to_a_first_one(qtbot: QtBot, library: Library) -> None:
    made = MainWindow(Memory())
    qtbot.addWidget(made)
    assert place_of(made.start, made, library) == "first-plan.md"


def test_a_place_that_no_page_tells_of_leads_to_the_page_of_the_window(window: MainWindow, library: Library) -> None:
    lacking = Library(library.parts, {"window.md": library.pages["window.md"]}, {})
    assert place_of(window, window, lacking) == "window.md"


# The window of the help


def test_a_page_is_drawn_with_its_tables_and_pictures(shown: HelpWindow) -> None:
    tables = [frame for frame in shown.page.document().rootFrame().childFrames() if isinstance(frame, QTextTable)]
    assert len(tables) == 2
    shown.show_place("tabs/results.md")
    assert len(shown.page._pictures) == 1
    place, _, image = shown.page._pictures[0]
    assert image.width() > 1000
    cursor = shown.page.textCursor()
    cursor.setPosition(place + 1)
    assert 0 < cursor.charFormat().toImageFormat().width() <= shown.page.viewport().width()


def test_a_heading_is_gone_to_and_a_term_below_it(shown: HelpWindow) -> None:
    shown.show_place("tabs/delivery.md#the-columns?Forecast")
    assert shown.page.textCursor().block().text().startswith("Forecast:")
    shown.show_place("history.md#what-is-not-noticed")
    assert shown.page.textCursor().block().text() == "What is not noticed"
    assert shown.page.verticalScrollBar().value() > 0


def test_back_and_forward_by_keys(shown: HelpWindow) -> None:
    shown.page.verticalScrollBar().setValue(300)
    shown.show_place("glossary.md")
    shown.show_place("tabs/results.md#the-panel")
    press(Key.Key_Left, ALT)
    assert shown.place() == "glossary.md"
    press(Key.Key_Left, ALT)
    assert (shown.place(), shown.page.verticalScrollBar().value()) == ("history.md", 300)
    press(Key.Key_Left, ALT)
    press(Key.Key_Right, ALT)
    assert shown.place() == "glossary.md"
    item = shown.contents.currentItem()
    assert item is not None
    assert item.text(0) == "The terms on screen"


def test_all_pages_are_searched_and_a_hit_is_opened_at_its_place(shown: HelpWindow) -> None:
    press(Key.Key_K, CTRL)
    QTest.keyClicks(shown.sought, "most similar forces")
    assert shown.hits.count() > 1
    press(Key.Key_Return)
    assert shown.place() == "judging.md#most-similar-forces"
    assert shown.page.textCursor().selectedText().casefold() == "most similar forces"
    assert shown.page.extraSelections()
    press(Key.Key_Escape)
    assert shown.sought.text() == ""
    assert shown.isVisible()
    shown.search("xylophone")
    assert "No page holds" in shown.count.text()


def test_search_knows_words_in_any_order_and_headings_first(library: Library) -> None:
    hits = library.search("chain sealed")
    assert hits[0].section.place == "history.md#the-sealed-chain"
    assert all(
        {"chain", "sealed"} <= set(re.findall(r"\w+", f"{h.section.title} {h.section.text}".casefold())) for h in hits
    )
    assert library.search("  ") == []


def test_words_are_found_in_the_page(shown: HelpWindow) -> None:
    press(Key.Key_F, CTRL)
    assert shown.find_bar.isVisible()
    QTest.keyClicks(shown.in_page, "seal")
    first = shown.page.textCursor().position()
    assert shown.in_page_count.text().endswith(" in this page")
    press(Key.Key_F3)
    assert shown.page.textCursor().position() > first
    press(Key.Key_F3, SHIFT)
    assert shown.page.textCursor().position() == first
    press(Key.Key_Escape)
    assert not shown.find_bar.isVisible()
    assert shown.isVisible()
    press(Key.Key_Escape)
    assert not shown.isVisible()


def test_f6_goes_from_the_page_to_the_contents_and_enter_back(shown: HelpWindow) -> None:
    press(Key.Key_F6)
    assert shown.contents.hasFocus()
    press(Key.Key_Down)
    assert shown.place() == "merging.md"
    press(Key.Key_Return)
    assert shown.page.hasFocus()


def test_links_are_followed_within_and_told_without(shown: HelpWindow) -> None:
    shown.page.wanted.emit("glossary.md")
    assert shown.place() == "glossary.md"
    shown._tell_outside("https://example.org/page")
    assert shown.outside_bar.isVisible()
    assert "https://example.org/page" in shown.outside.text()
    shown.page.wanted.emit("decisions.md")
    assert "decisions.md" in shown.outside.text()
    assert shown.place() == "glossary.md"


def test_a_picture_from_elsewhere_is_not_loaded(shown: HelpWindow) -> None:
    image = 2
    assert shown.page.loadResource(image, "../pyproject.toml") is None
    assert shown.page.loadResource(image, "https://example.org/a.png") is None
    assert shown.page.loadResource(image, "pictures/results.png") is not None


def test_the_page_turns_dark_with_the_window(shown: HelpWindow) -> None:
    shown.page.verticalScrollBar().setValue(200)
    shown.setPalette(theme.palette_of(dark=True))
    QTest.qWait(0)
    table = next(frame for frame in shown.page.document().rootFrame().childFrames() if isinstance(frame, QTextTable))
    ground = table.cellAt(0, 0).format().background().color()
    assert ground.lightnessF() < 0.4
    assert shown.page.verticalScrollBar().value() == 200
