"""The small pictures in cells: each can be told from the others by its shape alone, on white and on dark."""

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import combinations

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from spp_desktop.figures.control.chart import Assurance, Chart, Icon, chart
from spp_desktop.figures.control.words import ASSURANCE_WORDS, ICON_WORDS, POINTS
from spp_desktop.figures.rag.colours import LOOKS, Look
from spp_desktop.plan.periods import months
from spp_desktop.ui.pictures import marks

SIZE = 20
PAPER = ("#ffffff", "#12161c")
Paint = Callable[[QPainter], None]


def painted(paint: Paint, dark: bool = False, width: int = SIZE, height: int = SIZE, sharp: float = 1.0) -> QImage:
    image = QImage(int(width * sharp), int(height * sharp), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(sharp)
    image.fill(QColor(PAPER[dark]))
    painter = QPainter(image)
    before = painter.font(), painter.pen(), painter.worldTransform(), painter.renderHints()
    paint(painter)
    assert (painter.font(), painter.pen(), painter.worldTransform(), painter.renderHints()) == before
    painter.end()
    return image


def ink(image: QImage, dark: bool = False) -> frozenset[tuple[int, int]]:
    """The pixels that are not paper, whatever their colour."""
    paper = QColor(PAPER[dark]).lightnessF()
    return frozenset(
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if abs(image.pixelColor(x, y).lightnessF() - paper) > 0.1
    )


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def box(size: int = SIZE) -> QRectF:
    return QRectF(0, 0, size, size)


def pattern(image: QImage, dark: bool) -> list[int]:
    """A picture without its colours: paper, mark or letter at each pixel."""
    near = [QColor(colour) for colour in (PAPER[dark], "#1b1f24", "#e6edf3")]

    def colour_number(at: QColor) -> int:
        away = [abs(at.red() - c.red()) + abs(at.green() - c.green()) + abs(at.blue() - c.blue()) for c in near]
        return 1 if min(away) > 90 else 0 if away[0] == min(away) else 2

    return [colour_number(image.pixelColor(x, y)) for x in range(image.width()) for y in range(image.height())]


def looks(dark: bool) -> dict[str, Paint]:
    return {state: partial(_look, look, dark) for state, look in LOOKS.items()}


def variations(dark: bool) -> dict[str, Paint]:
    return {icon: partial(_variation, icon, dark) for icon in ICON_WORDS}


def assurances(dark: bool) -> dict[str, Paint]:
    return {assurance: partial(_assurance, assurance, dark) for assurance in ASSURANCE_WORDS}


def _look(look: Look, dark: bool, painter: QPainter) -> None:
    marks.paint_look(painter, box(), look, dark)


def _variation(icon: Icon, dark: bool, painter: QPainter) -> None:
    marks.paint_variation(painter, box(), icon, dark)


def _assurance(assurance: Assurance, dark: bool, painter: QPainter) -> None:
    marks.paint_assurance(painter, box(), assurance, dark)


def _line(chart: Chart, rect: QRect, painter: QPainter) -> None:
    marks.paint_sparkline(painter, rect, chart, False, QColor("#1b1f24"))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", [looks, variations, assurances])
def test_each_is_told_from_the_others_by_its_shape(
    qtbot: QtBot, kind: Callable[[bool], dict[str, Paint]], dark: bool
) -> None:
    shapes = {name: pattern(painted(paint, dark), dark) for name, paint in kind(dark).items()}
    assert all(any(shape) for shape in shapes.values())
    for name, other in combinations(shapes, 2):
        differ = sum(a != b for a, b in zip(shapes[name], shapes[other], strict=True))
        assert differ > 8, f"{name} looks like {other}"


@pytest.mark.parametrize(
    ("icon", "kind"),
    [
        ("improvement_low", "special_cause_improvement"),
        ("concern_high", "special_cause_concern"),
        ("neutral_low", "special_cause_neutral_low"),
    ],
)
def test_icons_have_the_colours_of_making_data_count(qtbot: QtBot, icon: Icon, kind: str) -> None:
    for dark in (False, True):
        image = painted(partial(_variation, icon, dark), dark)
        wanted = {look.colours[dark] for name, look in POINTS.items() if name == kind}
        assert wanted <= colours(image)


def test_nothing_is_painted_where_there_is_no_icon(qtbot: QtBot) -> None:
    assert not ink(painted(lambda p: marks.paint_variation(p, box(), None, False)))
    assert not ink(painted(lambda p: marks.paint_assurance(p, box(), None, False)))


@pytest.mark.parametrize("assurance", list(ASSURANCE_WORDS))
def test_they_stay_in_their_rectangle_and_in_its_middle(qtbot: QtBot, assurance: Assurance) -> None:
    wide = QRect(10, 4, 60, 24)
    inked = ink(painted(lambda p: marks.paint_assurance(p, wide, assurance, False), width=80, height=32))
    across, down = [x for x, _ in inked], [y for _, y in inked]
    assert min(down) >= wide.top()
    assert max(down) <= wide.bottom()
    assert (min(across) + max(across)) / 2 == pytest.approx(wide.center().x(), abs=1)


def test_a_screen_with_finer_pixels_has_finer_marks(qtbot: QtBot) -> None:
    coarse = len(ink(painted(lambda p: marks.paint_look(p, box(), LOOKS["green"], False))))
    fine = len(ink(painted(lambda p: marks.paint_look(p, box(), LOOKS["green"], False), sharp=1.5)))
    assert fine == pytest.approx(coarse * 2.25, rel=0.2)


def test_a_sparkline_shows_special_causes_between_limits(qtbot: QtBot) -> None:
    days = months(date(2006, 4, 1), date(2007, 4, 1))
    usual = chart(days, [10, 12, 11, 13, 10, 12, 11, 13, 12, 10, 11, 12, 11])
    special = chart(days, [10, 12, 11, 13, 10, 12, 11, 13, 12, 10, 11, 12, 30])
    pictures = [
        painted(partial(_line, chart, QRect(0, 0, 120, 28)), width=120, height=28) for chart in (usual, special)
    ]
    improvement = POINTS["special_cause_improvement"].colours[0]
    assert [improvement in colours(picture) for picture in pictures] == [False, True]
    inked = ink(pictures[1])
    assert max(x for x, _ in inked) > 110
    assert min(y for x, y in inked if x > 110) < min(y for x, y in inked if 20 < x < 90)


def test_a_sparkline_breaks_where_a_month_is_missing(qtbot: QtBot) -> None:
    days = months(date(2006, 4, 1), date(2006, 8, 1))
    gap = chart(days, [5, 6, None, 6, 5])
    picture = painted(partial(_line, gap, QRect(0, 0, 105, 40)), width=105, height=40)
    dark = [x for x, y in ink(picture) if picture.pixelColor(x, y).lightnessF() < 0.5]
    assert dark
    assert not [x for x in dark if 35 < x < 70]


@pytest.mark.parametrize("values", [[3], [None], [4, 4, 4]])
def test_few_and_equal_values_are_painted_quietly(qtbot: QtBot, values: list[int | None]) -> None:
    short = chart(months(date(2006, 4, 1), date(2006, 3 + len(values), 1)), values)
    for rect in (QRect(0, 0, 60, 20), QRect(0, 0, 2, 2)):
        picture = painted(partial(_line, short, rect), width=60)
        assert all(rect.contains(x, y) for x, y in ink(picture))
