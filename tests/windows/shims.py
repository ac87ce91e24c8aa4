"""The libraries of ``shims/``, which Wine lacks, compiled and put into a copy of the program that is only tried."""

import subprocess
from pathlib import Path

SOURCES = Path(__file__).with_name("shims")
COMPILER = ["x86_64-w64-mingw32-gcc", "-O2", "-Wall", "-Werror", "-shared", "-static", "-s"]
LINE = Path("Lib", "site-packages", "wine_math.pth")
LOADED = 'import ctypes; ctypes.WinDLL("wine_math.dll")\n'
"""A line of a ``.pth`` file: Python runs it when it starts, before anything can load numpy."""


def put_into(program: Path) -> None:
    """Let an installed program run under Wine.

    The libraries lie beside ``python.exe``, where Windows looks first. ``import site`` makes Python read ``.pth``
    files, which it does not do as it is installed.
    """
    for source in SOURCES.glob("*.c"):
        subprocess.run([*COMPILER, "-o", program / f"{source.stem}.dll", source, "-ladvapi32"], check=True)
    (program / LINE).write_text(LOADED, encoding="ascii")
    searched = program / "python311._pth"
    searched.write_text(searched.read_text(encoding="ascii") + "import site\n", encoding="ascii")


def take_from(program: Path) -> None:
    """Leave of an installed program only what was installed."""
    for path in [*(program / f"{source.stem}.dll" for source in SOURCES.glob("*.c")), program / LINE]:
        path.unlink()
