"""What the project says of itself: versions that agree, and nothing about the machine it was made on."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import spp_desktop
from tests.requirements import needed

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = {
    canonicalize_name(name): Version(version)
    for name, version in (line.split("==") for line in CONSTRAINTS if not line.startswith("#"))
}
BOUNDS = [
    Requirement(line)
    for line in (
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["dev"],
    )
]
FOREIGN = re.compile(r"pythonhosted|://pypi|index-url|find-links|/home/\w|/root/|[A-Z]:\\Users\\", re.IGNORECASE)
"""Hosts of packages, and home folders of people."""


def test_the_newest_change_is_of_this_version() -> None:
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert newest[1] == spp_desktop.__version__ == distribution("spp-desktop").version


def test_the_version_stands_in_one_place() -> None:
    """Whatever else says it is made from that place; the changes tell what is new of it."""
    version = re.compile(rf"(?<![\d.]){re.escape(spp_desktop.__version__)}(?![\d.])")
    places = [name for name, text in _texts() if name != "constraints.txt" and version.search(text)]
    assert set(places) - {"CHANGELOG.md"} == {"spp_desktop/__init__.py"}


def test_constraints_are_exact_and_nothing_else() -> None:
    assert [
        line for line in CONSTRAINTS if not line.startswith("#") and not re.fullmatch(r"[\w.-]+==[\w.]+", line)
    ] == []
    assert "spp-desktop" not in PINS


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda bound: bound.name)
def test_constraints_keep_within_the_bounds(bound: Requirement) -> None:
    assert PINS[canonicalize_name(bound.name)] in bound.specifier


def test_constraints_hold_everything_that_gets_installed() -> None:
    """Also what the dependencies need in their turn, as far as this machine needs it."""
    assert needed(distribution("spp-desktop").requires or [], "dev") <= PINS.keys()


def test_no_file_tells_of_another_place() -> None:
    """No host of packages, no home folder and no folder of the machine that it was made on."""
    assert not [name for name, text in _texts() if FOREIGN.search(text) or (len(ROOT.parts) > 2 and str(ROOT) in text)]


def _texts() -> Iterator[tuple[str, str]]:
    """The name and the text of every file of the project but this."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in listed.rstrip("\0").split("\0"):
        path = ROOT / name
        if path.is_file() and path != Path(__file__):
            yield name, path.read_bytes().decode("utf-8", "ignore")
