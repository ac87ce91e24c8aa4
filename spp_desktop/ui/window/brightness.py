"""Whether the window is light or dark: as the system is, also when that changes meanwhile, or as a person chose."""

import sys
from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QPalette
from PySide6.QtWidgets import QApplication

from spp_desktop.ui.common import theme
from spp_desktop.ui.common.memory import Brightness, Memory

_SCHEMES: Mapping[Brightness, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
_GET_HIGH_CONTRAST, _ON = 0x42, 1
"""Of Windows: SPI_GETHIGHCONTRAST, and HCF_HIGHCONTRASTON."""


def wear(app: QApplication, look: Brightness) -> None:
    """Give the whole program a look, and the frames of its windows where the system paints those.

    Colours of high contrast, which a person has chosen for all programs, are left as they are.
    """
    hints = app.styleHints()
    hints.setColorScheme(_SCHEMES[look])
    if look == "system" and high_contrast():
        theme.apply(app, dark=theme.is_dark(QPalette()))
        app.setPalette(QPalette())
        return
    theme.apply(app, dark=look == "dark" or (look == "system" and scheme_of(app) == Qt.ColorScheme.Dark))


def scheme_of(app: QApplication) -> Qt.ColorScheme:
    """Whether the system is light or dark, so far as it says so."""
    return app.styleHints().colorScheme()


def high_contrast() -> bool:
    """Whether the system's colours are of high contrast; only Windows says so."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class HighContrast(ctypes.Structure):
            """HIGHCONTRASTW."""

            _fields_ = (("size", wintypes.UINT), ("flags", wintypes.DWORD), ("scheme", wintypes.LPWSTR))

        state = HighContrast(ctypes.sizeof(HighContrast))
        asked = ctypes.windll.user32.SystemParametersInfoW(_GET_HIGH_CONTRAST, state.size, ctypes.byref(state), 0)
        return bool(asked and state.flags & _ON)
    return False


class BrightnessChoice(QObject):
    """The three choices in a window's View menu, which bear on the whole program.

    Args:
        app: the program.
        memory: what remembers the choice.
        actions: the entries of the menu, by look.
        parent: the window.
    """

    def __init__(
        self, app: QApplication, memory: Memory, actions: Mapping[Brightness, QAction], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._app, self._memory, self._actions = app, memory, actions
        group = QActionGroup(self)
        for action in actions.values():
            group.addAction(action)
        self._actions[memory.look].setChecked(True)
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def choose(self, look: Brightness) -> None:
        """Take another look, and remember it."""
        self._memory.look = look
        self._actions[look].setChecked(True)
        wear(self._app, look)

    def _scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        """Follow the system, unless the person has chosen."""
        if self._memory.look == "system":
            wear(self._app, "system")
