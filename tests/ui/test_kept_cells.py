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


@pytest.mark.usefixtures("palette")
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_kept_cell_is_the_drawn_one_wherever_the_person_goes(sheet: Sheet, scale: float) -> None:
    keys = [(Key.Key_Down, Mod.NoModifier), (Key.Key_Right, Mod.NoModifier), (Key.Key_Down, Mod.ShiftModifier)]
    for key, mod in 3 * keys:
        sheet.key(key, mod)
        assert picture(sheet, scale) == picture(sheet, scale) == drawn(sheet, scale)
    sheet.grid.clearFocus()
    assert picture(sheet, scale) == picture(sheet, scale) == picture(sheet, scale) == drawn(sheet, scale)


def test_what_comes_again_is_copied_and_not_drawn(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
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
    monkeypatch.setattr(kept_cells, "MOST_PIXELS", 1)
    monkeypatch.setattr(kept_cells, "MOST_SEEN", 1)
    sheet.grid.delegate.kept_cells.forget()
    assert picture(sheet) == picture(sheet) == picture(sheet) == drawn(sheet)


def test_whatever_changes_is_drawn_anew(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    def seen_anew() -> bytes:
        """What is seen now, which is what is drawn anew."""
        seen = [picture(sheet) for _ in range(3)]
        assert seen[0] == seen[1] == seen[2] == drawn(sheet)
        return bytes(seen[0].constBits())

    states = [seen_anew()]
    sheet.go(1, TEXT)
    sheet.type("other words")
    sheet.key(Key.Key_Return)
    sheet.grid._flash.stop()  # the colour of what has just changed would fade
    sheet.model.flashing.clear()
    states.append(seen_anew())
    sheet.go(2, OWNERS)
    sheet.type("nobody known")
    sheet.key(Key.Key_Return)
    assert sheet.model.pending
    states.append(seen_anew())
    sheet.model.mark_otherwise({("k3", "ref"): "1.9"})
    states.append(seen_anew())
    sheet.grid.setColumnWidth(STATE, 40)
    states.append(seen_anew())
    sheet.model.sort(REF)
    sheet.go(4, DUE)
    states.append(seen_anew())
    large = sheet.grid.font()
    large.setPointSize(large.pointSize() + 3)
    sheet.grid.setFont(large)
    states.append(seen_anew())
    assert len(set(states)) == len(states)
    late = [True, False]
    column = sheet.model.columns[REF]
    object.__setattr__(column, "alert", lambda _row: late[0])
    sheet.grid.delegate.kept_cells.forget()
    try:
        on_time = seen_anew()
        late.pop(0)

        class AnotherDay:
            @staticmethod
            def today() -> date:
                return date(2999, 1, 1)

        monkeypatch.setattr(kept_cells, "date", AnotherDay)
        assert seen_anew() != on_time
    finally:
        object.__setattr__(column, "alert", None)
