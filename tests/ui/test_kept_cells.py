"""Cells that are kept as they were painted: each picture of the table is the one that is drawn anew."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from spp_desktop.ui.common import theme
from spp_desktop.ui.grid import kept_cells
from tests.ui.sheet import DUE, OWNERS, REF, STATE, TEXT, Key, Mod, Sheet


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    return Sheet(qtbot)


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def palette(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, dark=request.param)
    yield
    theme.apply(qapp, dark=False)


def picture(sheet: Sheet, scale: float = 1.0) -> QImage:
    """The cells as they are painted now, in pixels of a screen of this scale."""
    seen = QPixmap(sheet.grid.viewport().size() * scale)
    seen.setDevicePixelRatio(scale)
    sheet.grid.viewport().render(seen)
    return seen.toImage()


def drawn(sheet: Sheet, scale: float = 1.0) -> QImage:
    """The same with every cell drawn anew."""
    sheet.grid.delegate.kept_cells.forget()
    return picture(sheet, scale)


def seen_anew(sheet: Sheet, scale: float = 1.0) -> QImage:
    """What is seen now, which is what is drawn anew. Its cells are kept then, to be seen where a change is missed."""
    seen = picture(sheet, scale)
    assert seen == drawn(sheet, scale)
    assert all(picture(sheet, scale) == seen for _ in range(3))
    return seen


@pytest.mark.usefixtures("palette")
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_kept_cell_is_the_drawn_one_wherever_the_person_goes(sheet: Sheet, scale: float) -> None:
    keys = [(Key.Key_Down, Mod.NoModifier), (Key.Key_Right, Mod.NoModifier), (Key.Key_Down, Mod.ShiftModifier)]
    seen_anew(sheet, scale)
    for key, mod in 3 * keys:
        sheet.key(key, mod)
        seen_anew(sheet, scale)
    sheet.grid.clearFocus()
    seen_anew(sheet, scale)


@pytest.mark.parametrize("most", [kept_cells.MOST_PIXELS, 100_000], ids=["usual", "a table larger than that"])
def test_what_comes_again_is_copied_and_not_drawn(sheet: Sheet, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(kept_cells, "MOST_PIXELS", most)
    drawn_cells = list[int]()
    own = sheet.grid.delegate._paint_cell

    def counted(painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        drawn_cells.append(1)
        own(painter, option, index)

    monkeypatch.setattr(sheet.grid.delegate, "_paint_cell", counted)
    counts = []
    sheet.grid.delegate.kept_cells.forget()
    for _ in range(4):
        drawn_cells.clear()
        picture(sheet)
        counts.append(len(drawn_cells))
    assert counts[0] == counts[1] > 0
    assert counts[2:] == [0, 0]
    kept = sheet.grid.delegate.kept_cells
    for width in range(200, 320, 10):
        sheet.grid.setColumnWidth(TEXT, width)
        assert picture(sheet) == picture(sheet) == picture(sheet)
        assert sum(each.width() * each.height() for each in kept._pictures.values()) == kept._pixels <= kept._most
    seen_anew(sheet)
    monkeypatch.setattr(kept_cells, "MOST_SEEN", 1)
    seen_anew(sheet)


def test_whatever_changes_is_drawn_anew(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    def bits() -> bytes:
        return bytes(seen_anew(sheet).constBits())

    states = [bits()]
    sheet.go(1, TEXT)
    sheet.type("other words")
    sheet.key(Key.Key_Return)
    sheet.grid._flash.stop()  # the colour of what has just changed would fade
    sheet.model.flashing.clear()
    states.append(bits())
    sheet.go(2, OWNERS)
    sheet.type("nobody known")
    sheet.key(Key.Key_Return)
    assert sheet.model.pending
    states.append(bits())
    sheet.model.mark_otherwise({("k3", "ref"): "1.9"})
    states.append(bits())
    sheet.grid.setColumnWidth(STATE, 40)
    states.append(bits())
    sheet.model.sort(REF)
    sheet.go(4, DUE)
    states.append(bits())
    large = sheet.grid.font()
    large.setPointSize(large.pointSize() + 3)
    sheet.grid.setFont(large)
    states.append(bits())
    assert len(set(states)) == len(states)
    late = [True, False]
    column = sheet.model.columns[REF]
    object.__setattr__(column, "alert", lambda _row: late[0])
    sheet.grid.delegate.kept_cells.forget()
    try:
        on_time = bits()
        late.pop(0)

        class AnotherDay:
            @staticmethod
            def today() -> date:
                return date(2999, 1, 1)

        monkeypatch.setattr(kept_cells, "date", AnotherDay)
        assert bits() != on_time
    finally:
        object.__setattr__(column, "alert", None)
