"""A screen that nobody sees, of the size of the laptop that the window is made for, with a window manager and keys."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.windows.wine import until

SIZE = "1366x768x24"
TAKEN = """\
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication(sys.argv[:1])
sys.exit(not app.primaryScreen().grabWindow(0).save(sys.argv[1]))
"""
"""A program that saves a picture of the whole screen."""


@dataclass(frozen=True)
class Screen:
    """An X display with a window manager.

    Attributes:
        display: Its name, as in ``:7``.
    """

    display: str

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}

    def _xdotool(self, *words: str) -> list[str]:
        ended = subprocess.run(["xdotool", *words], env=self._environment, capture_output=True, text=True, check=False)
        return ended.stdout.split("\n")[:-1]

    def titles(self) -> list[str]:
        """The titles of the windows that are shown."""
        shown = self._xdotool("search", "--onlyvisible", "--name", ".")
        return [title for window in shown for title in self._xdotool("getwindowname", window)]

    def wait_for(self, words: str) -> None:
        """Wait for a window whose title holds some words, and give it the keys."""
        until(lambda: any(words in title for title in self.titles()), f"a window named {words}")
        for window in self._xdotool("search", "--onlyvisible", "--name", words):
            self._xdotool("windowfocus", "--sync", window)

    def open_by(self, keys: str, window: str, words: str) -> None:
        """Press keys in a window, by which another opens whose title holds some words."""
        self.press_until(keys, window, lambda: any(words in title for title in self.titles()))
        self.wait_for(words)

    def press_until(self, keys: str, window: str, happened: Callable[[], bool]) -> None:
        """Press keys in a window, and again where icewm has taken them away, until something has happened."""
        for _ in range(5):
            self.wait_for(window)
            self.keys(keys)
            with suppress(AssertionError):
                until(happened, keys, 30)
                return
        raise AssertionError(f"{keys} does nothing in {window}")

    def wait_until_gone(self, words: str) -> None:
        """Wait until no window's title holds some words."""
        until(lambda: not any(words in title for title in self.titles()), f"no window named {words} any more")

    def keys(self, *keys: str) -> None:
        """Press keys one after the other, as in ``ctrl+s``; what is longer and no key is typed letter by letter."""
        self._xdotool("key", "--delay", "150", *keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self._xdotool("type", "--delay", "60", text)

    def picture(self, file: Path) -> None:
        """Save a picture of all that is shown."""
        subprocess.run([sys.executable, "-c", TAKEN, str(file)], env=self._environment, check=True)


@contextmanager
def shown(folder: Path) -> Iterator[Screen]:
    """A screen while it is needed. Its window manager keeps its settings in a folder."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as said:
        screen = Screen(f":{said.readline().strip()}")
    environment = {**os.environ, "DISPLAY": screen.display, "HOME": str(folder), "ICEWM_PRIVCFG": str(folder)}
    manager = subprocess.Popen(["icewm"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield screen
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()
