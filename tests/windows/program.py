"""The installed program: where it lies, and how a person starts it."""

import shutil
import subprocess
from pathlib import Path

from tests.windows.wine import Ended, Wine

NAME = "SPP Desktop"
FOLDER = Path("AppData/Local/Programs") / NAME
"""Where the program is installed, in the folder of a person."""


class Program:
    """The program as it is installed in a Windows, or a copy of it in another folder there."""

    def __init__(self, wine: Wine, folder: Path | None = None) -> None:
        self.wine = wine
        self.folder = folder or wine.person / FOLDER
        self.python = self.folder / "python.exe"

    def spp(self, *words: str | Path) -> Ended:
        """Run ``spp`` as its start file does: that file alone needs a console."""
        return self.wine.run(self.python, "-X", "utf8", "-m", "spp_desktop.cli", *words)

    def window(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Open the window as the start menu does."""
        return self.wine.begin(self.folder / "pythonw.exe", "-X", "utf8", "-m", "spp_desktop", *words)

    def running(self) -> int:
        """How many windows of the program run."""
        return len(self.wine.processes("pythonw.exe"))


def copied(plan: Path, folder: Path, name: str = "plan.plan") -> Path:
    """A copy of a plan in another folder."""
    return shutil.copyfile(plan, folder / name)
