"""``python -m tests.windows.needed``: what this machine needs so that the installer can be used on it under Wine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAMS = {
    "wine": "wine",
    "wineserver": "wine",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "Xvfb": "xvfb",
    "icewm": "icewm",
    "xdotool": "xdotool",
    "pdftotext": "poppler-utils",
    "makensis": "nsis",
}
"""The programs, and the Debian package of each."""
LETTERS = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
"""The letters that the program's own tests are drawn with, as on Linux: of Debian's package ``fonts-dejavu-core``."""


def absent() -> list[str]:
    """The packages of the programs and letters that are not here."""
    packages = {package for program, package in PROGRAMS.items() if shutil.which(program) is None}
    return sorted(packages | (set() if LETTERS.is_file() else {"fonts-dejavu-core"}))


def main() -> int:
    """Install what is missing, where this machine lets us, or say what to do. Returns the program's exit status."""
    missing = absent()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *missing], env=quiet, check=False)
        missing = absent()
    if missing:
        sys.stderr.write(f"Windows is tried under Wine. On Debian: sudo apt install {' '.join(missing)}\n")
    return 2 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
