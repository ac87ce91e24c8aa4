"""English (UK) days and numbers, whatever the system is set to; light and dark as the system has them, or as chosen."""

import json
import locale
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCalendarWidget, QSpinBox
from pytestqt.qtbot import QtBot

from spp_desktop.ui.common import language, theme
from spp_desktop.ui.common.memory import LOOKS, Memory
from spp_desktop.ui.window import brightness
from spp_desktop.ui.window.main_window import MainWindow
from tests.depth import NIGHTLY, by_night

LOCALES = ["ar_EG", *(["de_DE", "cy_GB", "en_US", "tr_TR", "fa_IR"] if NIGHTLY else [])]

PAGES = "delivery performance results priorities history" if NIGHTLY else "delivery"

PROGRAM = """
import hashlib, json, sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCalendarWidget, QDialogButtonBox, QDoubleSpinBox, QSpinBox, QStyledItemDelegate

from spp_desktop.ui.window import pictures

app = pictures.application()
plan, folder = map(Path, sys.argv[1:3])
buttons = QDialogButtonBox(
    QDialogButtonBox.StandardButton.Yes | QDialogButtonBox.StandardButton.No | QDialogButtonBox.StandardButton.Cancel
)
whole, part, calendar = QSpinBox(), QDoubleSpinBox(), QCalendarWidget()
whole.setMaximum(10**9)
whole.setGroupSeparatorShown(True)
whole.setValue(1234567)
part.setValue(12.5)
calendar.setSelectedDate(QDate(2009, 5, 31))
pages = {}
for page in sys.argv[3].split():
    pictures.take(plan, page, folder / f"{page}.png")
    above = QImage(str(folder / f"{page}.png")).copy(0, 0, 1366, 730)  # what is below says the time
    pages[page] = hashlib.sha256(bytes(above.constBits())).hexdigest()
shown = {
    "buttons": [button.text() for button in buttons.buttons()],
    "spin boxes": [whole.text(), part.text()],
    "calendar": [calendar.locale().monthName(5), calendar.firstDayOfWeek().name, calendar.locale().dayName(1)],
    "cell": [QStyledItemDelegate().displayText(value, QLocale()) for value in (1234.5, QDate(2009, 5, 31))],
    "month": f"{date(2009, 5, 31):%A %d %B %Y}",
    "direction": app.layoutDirection().name,
    "pages": pages,
}
print(json.dumps({"system": QLocale.system().name(), "shown": shown}))
"""


def shown_under(name: str, plan: Path, folder: Path) -> dict[str, object]:
    """What a program shows whose system is set to a language and country."""
    environment = {**os.environ, "LANG": f"{name}.UTF-8", "LC_ALL": f"{name}.UTF-8", "LANGUAGE": name}
    folder.mkdir()
    words = [sys.executable, "-c", PROGRAM, str(plan), str(folder), PAGES]
    ended = subprocess.run(words, env=environment, capture_output=True, check=True, text=True, encoding="utf-8")
    told = json.loads(ended.stdout.splitlines()[-1])
    assert told["system"] == name
    return dict(told["shown"])


@by_night
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the environment does not say the language")
def test_whatever_the_system_is_set_to(worked: Path, tmp_path: Path) -> None:
    british = shown_under("en_GB", worked, tmp_path / "en_GB")
    assert sorted(str(british["buttons"]).split("'")[1::2]) == ["&No", "&Yes", "Cancel"]
    assert british["spin boxes"] == ["1,234,567", "12.50"]
    assert british["calendar"] == ["May", "Monday", "Monday"]
    assert british["month"] == "Sunday 31 May 2009"
    assert british["direction"] == "LeftToRight"
    for name in LOCALES:
        assert shown_under(name, worked, tmp_path / name) == british, name


@pytest.fixture
def egyptian(qtbot: QtBot) -> Iterator[None]:
    """A program in which Qt writes numbers in Arabic digits."""
    before = QLocale()
    QLocale.setDefault(QLocale("ar_EG"))
    yield
    QLocale.setDefault(before)


def test_one_place_sets_the_language(qtbot: QtBot, egyptian: None) -> None:
    box = QSpinBox()
    qtbot.addWidget(box)
    box.setValue(31)
    assert box.text() != "31"
    language.speak_british()
    for category in (locale.LC_TIME, locale.LC_NUMERIC):
        assert locale.setlocale(category) == "C"
    new, calendar = QSpinBox(), QCalendarWidget()
    for widget in (new, calendar):
        qtbot.addWidget(widget)
    new.setValue(31)
    assert new.text() == "31"
    assert calendar.locale().name() == "en_GB"


# Light and dark


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    before = qapp.palette()
    yield qapp
    qapp.styleHints().unsetColorScheme()
    qapp.setPalette(before)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat))


def dark(app: QApplication) -> bool:
    return theme.is_dark(app.palette())


def test_the_look_is_chosen_and_remembered(qtbot: QtBot, app: QApplication, memory: Memory) -> None:
    window = MainWindow(memory)
    qtbot.addWidget(window)
    actions = {look: window.actions_by_name[f"look_{look}"] for look in LOOKS}
    assert [look for look, action in actions.items() if action.isChecked()] == ["system"]
    actions["dark"].trigger()
    assert dark(app)
    assert memory.look == "dark"
    assert [look for look, action in actions.items() if action.isChecked()] == ["dark"]
    actions["light"].trigger()
    assert not dark(app)
    again = MainWindow(memory)
    qtbot.addWidget(again)
    assert again.actions_by_name["look_light"].isChecked()


def test_the_system_is_followed_while_the_program_runs(
    qtbot: QtBot, app: QApplication, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(memory)
    qtbot.addWidget(window)
    monkeypatch.setattr(brightness, "scheme_of", lambda _app: Qt.ColorScheme.Dark)
    window.wear("light")
    window._looks._scheme_changed(Qt.ColorScheme.Dark)
    assert not dark(app)
    memory.look = "system"
    assert not dark(app)
    app.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert dark(app)


def test_what_was_chosen_before_there_were_three_looks(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat)
    settings.setValue("dark", "true")
    memory = Memory(settings)
    assert memory.look == "dark"
    memory.look = "system"
    assert memory.look == "system"


def test_colours_of_high_contrast_are_left_as_they_are(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brightness, "high_contrast", lambda: True)
    brightness.wear(app, "system")
    ours = QColor(theme.LIGHT["Highlight"]), QColor(theme.DARK["Highlight"])
    assert app.palette().color(QPalette.ColorRole.Highlight) not in ours
    brightness.wear(app, "dark")
    assert app.palette().color(QPalette.ColorRole.Highlight) == ours[1]
