"""The program's own tests, run by the installed Python under Wine: what they need besides, and where they lie there."""

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

from tests.windows.needed import LETTERS
from tests.windows.program import Program
from tests.windows.wine import Ended

ROOT = Path(__file__).parents[2]
TAKEN = (
    "tests",
    "installers",
    "docs",
    "findings",
    "benchmarks",
    "pyproject.toml",
    "constraints.txt",
    "CHANGELOG.md",
    "README.md",
)
"""What of a checkout the tests look at. The program itself is the installed one."""
TOOLS = ("pytest", "pytest-qt", "pytest-timeout", "hypothesis", "scipy", "statsmodels", "pyside6-essentials")
"""The packages that tests need and that are not installed, and Qt whole: an installed one has no part for tests."""


def put_together(program: Program, wheels: Path) -> Program:
    """A copy of the installed program that has the tools of tests, with the tests beside it.

    Args:
        program: The installed program.
        wheels: A folder for the packages that are fetched.
    """
    folder = program.wine.drive / "suite" / "program"
    checkout = folder.with_name("checkout")
    shutil.copytree(program.folder, folder)
    for name in TAKEN:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        checkout.mkdir(exist_ok=True)
        copy(ROOT / name, checkout / name)
    for wheel in fetched(wheels):
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(folder / "Lib" / "site-packages")
    # Where Qt looks for letters off the screen: no Windows has this folder.
    fonts = folder / "Lib" / "site-packages" / "PySide6" / "lib" / "fonts"
    fonts.mkdir(parents=True)
    for font in LETTERS.parent.glob(f"{LETTERS.stem}*.ttf"):  # a family of them that is named first would be taken
        shutil.copy(font, fonts)
    searched = folder / "python311._pth"
    lines = searched.read_text(encoding="ascii").splitlines()
    searched.write_text("\n".join([*lines[:-1], program.wine.there(checkout), lines[-1]]) + "\n", encoding="ascii")
    return Program(program.wine, folder)


def fetched(folder: Path) -> list[Path]:
    """The wheels of the tools for Windows, at the versions of ``constraints.txt``."""
    subprocess.run(
        [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--dest", folder,
            "--platform", "win_amd64", "--python-version", "3.11", "--only-binary", ":all:",
            "--constraint", ROOT / "constraints.txt", *TOOLS,
        ],
        check=True,
    )  # fmt: skip
    return sorted(folder.glob("*.whl"))


def tested(program: Program, *names: str, seconds: float) -> Ended:
    """Run tests, by the names of files and folders, with what Wine cannot do left out by ``under_wine``.

    A line of each stands in ``told.txt``, beside the copy of the program, as soon as it has ended.
    """
    return program.wine.run(
        program.python, "-X", "utf8", "-m", "pytest", "-p", "no:cacheprovider", "-p", "tests.windows.under_wine", "-q",
        "--timeout", "1200", "--timeout-method", "thread", *names,
        folder=program.folder.with_name("checkout"), seconds=seconds, environment={"CI": "1"},
    )  # fmt: skip


def listed() -> list[dict[str, object]]:
    """The groups of ``not_under_wine.toml``."""
    groups: list[dict[str, object]] = tomllib.loads(
        Path(__file__).with_name("not_under_wine.toml").read_text(encoding="utf-8")
    )["left_out"]
    return groups
