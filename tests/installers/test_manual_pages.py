"""The manual pages hold all that the help says, in a form that both programs which read such pages take."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.core import TyperOption

from installers.manual_pages import pages
from spp_desktop import __version__
from spp_desktop.cli.commands import MODULES
from spp_desktop.cli.program import loaded
from tests.command_line import spp

STAMP = 1_700_000_000
READERS = {"mandoc": ["mandoc", "-T", "lint", "-W", "warning"], "groff": ["groff", "-ww", "-k", "-man", "-Tutf8", "-z"]}


@pytest.fixture(scope="module")
def page() -> str:
    """The page of ``spp``, as its words stand there."""
    return pages(STAMP)["spp"].replace(r"\-", "-")


def test_every_command_and_option_of_spp_stands_in_its_page(page: str) -> None:
    sections = {part.split("\n", 1)[0]: part for part in page.partition(".SH COMMANDS")[2].split(".SS ")[1:]}
    assert sections.keys() == MODULES.keys()
    for name, command in ((name, loaded(name)) for name in MODULES):
        assert rf"\fBspp {name}\fR" in page
        assert str(command.help)[:20] in sections[name].replace(r"\(cq", "'")
        options = [parameter for parameter in command.params if isinstance(parameter, TyperOption)]
        assert not [option.name for option in options if rf"\fB{option.opts[0]}" not in sections[name]]


@pytest.mark.parametrize("name", ["spp", "spp-desktop"])
@pytest.mark.parametrize("reader", READERS)
def test_its_form_is_sound(name: str, reader: str, tmp_path: Path) -> None:
    if shutil.which(reader) is None:
        pytest.skip(f"{reader} is not installed")
    file = tmp_path / f"{name}.1"
    file.write_text(pages(STAMP)[name], encoding="utf-8")
    told = subprocess.run([*READERS[reader], file], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout + told.stderr) == (0, "")


def test_words_are_taken_for_no_request(page: str) -> None:
    assert not [line for line in page.splitlines() if line.startswith("'")]
    assert pages(STAMP) == pages(STAMP)
    assert "2023-11-14" in page
    assert "SPP Desktop " + __version__ in page


def test_both_programs_tell_their_version() -> None:
    assert (spp("--version").status, spp("--version").out) == (0, f"{__version__}\n")
    window = subprocess.run(
        [sys.executable, "-m", "spp_desktop", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert window.stdout == f"{__version__}\n"
