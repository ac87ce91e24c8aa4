"""The pictures of the documents show the window as it is now, and are small enough to go with the program."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from docs.pictures import make
from spp_desktop.ui.common import theme

FOLDER = Path(make.__file__).parent
MOST_BYTES = 1_550_000
"""What all pictures together may add to an installer."""


@pytest.mark.usefixtures("read_here")
def test_every_picture_says_what_its_page_says_now(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words and colours that each was taken with are those that stand there now."""
    monkeypatch.setenv("LOGNAME", "planning")
    now: dict[str, list[str]] = {}
    make.every_picture(
        tmp_path / "The worked sample.plan", lambda name, widget: now.update({name: make.words_on(widget)})
    )
    assert set(now) == {path.stem for path in FOLDER.glob("*.png")}
    differing = {
        name: sorted(set(words) ^ set(make.kept_words(FOLDER / f"{name}.png")))
        for name, words in now.items()
        if words != make.kept_words(FOLDER / f"{name}.png")
    }
    assert not differing, "out of date: make pictures takes them again"


def test_pictures_are_small_enough_for_the_installers() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < MOST_BYTES


def test_a_changed_word_or_colour_is_seen(qtbot: QtBot) -> None:
    shown = QWidget()
    qtbot.addWidget(shown)
    label = QLabel("Filter", shown)
    shown.setPalette(theme.palette_of(dark=False))
    before = make.words_on(shown)
    label.setText("Kept 12:31")
    later = make.words_on(shown)
    label.setText("Kept 14:02")
    assert before != later == make.words_on(shown)
    shown.setPalette(theme.palette_of(dark=True))
    assert make.words_on(shown) != later


def test_few_colours_are_the_most_frequent_and_the_nearest() -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    for n in range(300):
        image.setPixelColor(n % 40, n // 40, QColor(n % 256, 10 + n // 256, 20))
    few = make.in_few_colours(image)
    assert few.colorCount() == make.COLOURS
    assert few.pixelColor(39, 39) == QColor("#ffffff")
    for n in range(300):
        before, after = image.pixelColor(n % 40, n // 40), few.pixelColor(n % 40, n // 40)
        assert abs(before.red() - after.red()) + abs(before.green() - after.green()) < 60
