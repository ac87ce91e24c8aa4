"""Every widget: a name and a role for a screen reader, a focus that is seen, and colours that can be read.

Contrast by WCAG 2.2: text 4.5 to 1 (1.4.3), shapes, edges and the ring of the focus 3 to 1 (1.4.11).
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QLabel,
    QMainWindow,
    QMenuBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSplitterHandle,
    QWidget,
)
from pytestqt.qtbot import QtBot

from spp_desktop.figures.control.words import POINTS, TARGET_COLOURS
from spp_desktop.figures.rag.colours import LOOKS
from spp_desktop.plan.delivery import Status
from spp_desktop.ui.common import theme
from spp_desktop.ui.common.memory import Memory
from spp_desktop.ui.common.theme import blend, palette_of
from spp_desktop.ui.pages import every_page
from spp_desktop.ui.pictures import marks
from spp_desktop.ui.returned import columns as returned_columns
from spp_desktop.ui.review import kinds as review_kinds
from spp_desktop.ui.window.main_window import MainWindow
from tests.ui.screens import dialogs, kinds_of_dialog

PAGES = [page.name for page in every_page()]
Role = QPalette.ColorRole
TEXT, SHAPE = 4.5, 3.0
DESTROYS = ("delete", "remove", "set aside", "replace", "take over", "clear", "close without", "empty", "give up")
"""How the words of a button begin that takes something away."""
PICTURES = {QAccessible.Role.Client}
"""The role of what Qt has no other for: a picture that is moved about in says what it shows, and how."""
RING_PIXELS = 24
"""So many pixels change at least where a widget takes the keyboard: more than a blinking caret has."""
pytestmark = pytest.mark.usefixtures("read_here")


def app() -> QApplication:
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    return running


@pytest.fixture
def window(qtbot: QtBot, worked: Path) -> Iterator[MainWindow]:
    theme.apply(app(), dark=False)
    made = MainWindow(Memory())
    made.resize(1366, 768)
    made.show()
    assert made.open_plan(worked)
    yield made
    made.close()
    made.deleteLater()
    theme.apply(app(), dark=False)


def takes_keys(widget: QWidget) -> bool:
    """Whether a person can come to a widget by keys, and it stands for itself."""
    if isinstance(widget, QLabel):  # Qt itself marks the link of a text that has the keyboard
        return False
    own = not isinstance(widget, QAbstractSlider | QMenuBar | QSplitterHandle | QMainWindow)
    inner = isinstance(widget.parentWidget(), QAbstractScrollArea) and widget.objectName() == "qt_scrollarea_viewport"
    return own and not inner and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None and bool(
        widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    )  # fmt: skip


def reached(around: QWidget) -> list[QWidget]:
    return [widget for widget in around.findChildren(QWidget) if takes_keys(widget) and widget.window() is around]


def described(widget: QWidget) -> str:
    around = type(widget.parentWidget()).__name__
    return f"{type(widget).__name__} {widget.objectName()} “{widget.accessibleName()}” in {around}"


def unnamed(around: QWidget) -> list[str]:
    """The widgets that a screen reader can say nothing of."""
    bad = []
    for widget in reached(around):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name).strip()
        explained = isinstance(widget, QScrollArea) or bool(interface.text(QAccessible.Text.Description).strip())
        unclear = interface.role() in PICTURES and not explained
        if not name or interface.role() == QAccessible.Role.NoRole or unclear:
            bad.append(f"{described(widget)}: name “{name}”, role {interface.role().name}")
    return bad


def picture(window: QWidget, rect: QRect) -> QImage:
    return window.grab(rect).toImage()


def differing(before: QImage, after: QImage) -> int:
    """How many pixels of two pictures differ, in the part that both have."""
    high, wide = min(before.height(), after.height()), min(before.width(), after.width())
    one, other = (
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint32).reshape(
            image.height(), image.width()
        )[:high, :wide]
        for image in (before, after)
    )
    return int((one != other).sum())


def show_whole(widget: QWidget) -> None:
    """Scroll to a widget, as coming to it by Tab does."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and widget.height() <= above.viewport().height():
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def unseen(qtbot: QtBot, around: QWidget) -> list[str]:
    """The widgets of which it cannot be seen that they have the keyboard."""
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    bad = []
    for widget in reached(around):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        show_whole(widget)
        app().processEvents()
        rect = QRect(widget.mapTo(around, QPoint(0, 0)), widget.size()).adjusted(-3, -3, 3, 3) & around.rect()
        shots = []
        for focused in (False, True):
            widget.setFocus(Qt.FocusReason.TabFocusReason) if focused else widget.clearFocus()
            app().processEvents()
            shots.append(picture(around, rect))
        if not widget.hasFocus() or rect.isEmpty():
            continue
        before, shot = shots
        changed = differing(before, shot)
        if changed < RING_PIXELS:
            bad.append(f"{described(widget)}: {changed} pixels")
    return bad


def test_every_widget_of_a_page_has_a_name_and_its_focus_is_seen(
    subtests: pytest.Subtests, qtbot: QtBot, window: MainWindow
) -> None:
    view = window.plan_view
    assert view is not None
    for name in [*PAGES, "start"]:
        with subtests.test(page=name):
            if name == "start":
                window.close_plan()
            else:
                view.show_page(name)
                if first := view.page(name).first_row():
                    view.page(name).select(first)
            app().processEvents()
            assert not unnamed(window)
            assert not unseen(qtbot, window)


def test_every_widget_of_a_dialog_has_a_name_its_focus_is_seen_and_enter_never_destroys(
    subtests: pytest.Subtests, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    opening = dialogs(window, tmp_path)
    for kind in sorted(kinds_of_dialog()):
        with subtests.test(dialog=kind):
            dialog = opening[kind]()
            try:
                with qtbot.waitExposed(dialog):
                    dialog.show()
                assert not destroying(dialog)
                assert not unnamed(dialog)
                assert not unseen(qtbot, dialog)
            finally:
                dialog.close()
                dialog.deleteLater()


def destroying(dialog: QWidget) -> list[str]:
    """The buttons that Enter presses and that take something away."""
    return [
        button.text()
        for button in dialog.findChildren(QPushButton)
        if button.text().replace("&", "").lower().startswith(DESTROYS) and (button.isDefault() or button.autoDefault())
    ]


def by_tab(dialog: QWidget) -> list[QWidget]:
    """The fields that labels lead to, and the first of what is chosen from, as Tab comes to them."""
    led = [label.buddy() for label in dialog.findChildren(QLabel) if label.buddy() is not None and label.isVisible()]
    fields = [field for field in [*dialog.findChildren(QRadioButton)[:1], *led] if takes_keys(field)]
    first = min(fields, key=lambda field: field.mapTo(dialog, QPoint(0, 0)).y())
    first.setFocus(Qt.FocusReason.TabFocusReason)
    come_to = [first]
    for _ in range(60):
        now = QApplication.focusWidget()
        assert now is not None
        QTest.keyClick(now, Qt.Key.Key_Tab)
        if (now := QApplication.focusWidget()) is first:
            return come_to
        if now is not None and now in fields:
            come_to.append(now)
    return come_to


@pytest.mark.parametrize("kind", ["NewPlanDialog", "ReasonDialog", "RegistersDialog"])
def test_tab_goes_down_the_fields_of_a_form(qtbot: QtBot, window: MainWindow, tmp_path: Path, kind: str) -> None:
    dialog = dialogs(window, tmp_path)[kind]()
    try:
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        tops = [field.mapTo(dialog, QPoint(0, 0)).y() for field in by_tab(dialog)]
        assert len(tops) > 1
        assert tops == sorted(tops)
    finally:
        dialog.close()
        dialog.deleteLater()


# Colours


def luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("#ffffff")) == pytest.approx(4.54, abs=0.01)


def grounds(palette: QPalette) -> dict[str, QColor]:
    """What rows lie on: as they are, chosen, refused, and just changed at its strongest."""
    base = palette.color(Role.Base)
    return {
        "row": base,
        "chosen row": palette.color(Role.Highlight),
        "refused cell": blend(base, palette.color(Role.BrightText), 0.12),
        "window": palette.color(Role.Window),
        "head": palette.color(Role.Button),
    }


PAIRS = (
    (Role.Text, Role.Base), (Role.Text, Role.AlternateBase), (Role.Text, Role.Highlight),
    (Role.WindowText, Role.Window),
    (Role.ButtonText, Role.Button), (Role.ButtonText, Role.Midlight), (Role.ButtonText, Role.Mid),
    (Role.PlaceholderText, Role.Base), (Role.PlaceholderText, Role.Window), (Role.PlaceholderText, Role.Highlight),
    (Role.BrightText, Role.Base), (Role.BrightText, Role.Window), (Role.BrightText, Role.Highlight),
    (Role.HighlightedText, Role.Highlight), (Role.Link, Role.Base), (Role.Link, Role.Window),
    (Role.ToolTipText, Role.ToolTipBase), (Role.WindowText, Role.Midlight),
)  # fmt: skip
"""Text and what it stands on, as they are used."""

EDGES = (
    (Role.Dark, Role.Base), (Role.Dark, Role.Window), (Role.Accent, Role.Base), (Role.Accent, Role.Window),
    (Role.Accent, Role.Button), (Role.Accent, Role.Highlight),
)  # fmt: skip
"""The edges of fields and buttons, scroll bars, ticks, the ring of the focus and the bar of what is chosen."""


@pytest.mark.parametrize("dark", [False, True])
def test_text_and_edges_can_be_seen(*, dark: bool) -> None:
    palette = palette_of(dark=dark)
    for least, pairs in ((TEXT, PAIRS), (SHAPE, EDGES)):
        for over, under in pairs:
            assert contrast(palette.color(over), palette.color(under)) >= least, (over.name, under.name)


REVIEWED = (
    review_kinds._BLUE, review_kinds._GREEN, review_kinds._AMBER, review_kinds._RED, review_kinds._PURPLE,
    review_kinds._GREY,
)  # fmt: skip


def shapes(dark: bool) -> dict[str, str]:
    """Every colour in which something is drawn that says something, by what it says."""
    return {
        **{str(status["title"]): str(status["dark_colour" if dark else "colour"]) for status in Status.shipped},
        **{f"RAG {name}": look.colours[dark] for name, look in LOOKS.items()},
        **{f"point {name}": look.colours[dark] for name, look in POINTS.items()},
        "target": TARGET_COLOURS[dark],
        "common cause icon": marks._GREY[dark],
        **{
            f"return {state.title}": state.dark_colour if dark else state.colour
            for state in returned_columns.STATES
            if state.shape
        },
        **{f"review {n}": pair[dark] for n, pair in enumerate(REVIEWED)},
    }


@pytest.mark.parametrize("dark", [False, True])
def test_shapes_and_marks_can_be_seen_wherever_they_stand(*, dark: bool) -> None:
    palette = palette_of(dark=dark)
    under = {**grounds(palette), "band of a sparkline": QColor(marks._BETWEEN[dark])}
    for name, colour in shapes(dark).items():
        for ground, of in under.items():
            assert contrast(QColor(colour), of) >= SHAPE, (name, ground)
    letters = {False: ("#c45a00", marks._ON_DISC[False]), True: ("#ff8f33", marks._ON_DISC[True])}
    assert contrast(*map(QColor, letters[dark])) >= SHAPE


@pytest.mark.parametrize("dark", [False, True])
def test_what_cannot_be_used_is_still_legible(*, dark: bool) -> None:
    palette = palette_of(dark=dark)
    for over, under in ((Role.Text, Role.Base), (Role.WindowText, Role.Window), (Role.ButtonText, Role.Button)):
        assert contrast(palette.color(QPalette.ColorGroup.Disabled, over), palette.color(under)) >= 2.5
