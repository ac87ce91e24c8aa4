"""What ``spp --help`` prints without loading any command is what each command says of itself, as Typer prints it."""

import inspect
import subprocess
import sys
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path
from pkgutil import iter_modules
from types import SimpleNamespace

import pytest
from rich.console import Console
from rich.text import Text
from typer import rich_utils
from typer.main import get_group

from spp_desktop import cli
from spp_desktop.cli import DONE, REFUSED, first_page, program
from spp_desktop.cli.as_typed import AsTyped
from spp_desktop.cli.commands import COMMANDS
from tests.command_line import PROGRAM, spp


def test_every_command_is_listed_by_its_module_with_its_own_words() -> None:
    modules = {found.name: import_module(f"spp_desktop.cli.{found.name}") for found in iter_modules(cli.__path__)}
    told = {
        name: {
            word: inspect.cleandoc(command.help or "").split("\n\n", 1)[0].replace("\n", " ")
            for word, command in get_group(module.app).commands.items()
        }
        for name, module in modules.items()
        if hasattr(module, "app") and module is not program
    }
    assert told == COMMANDS


def _typers(monkeypatch: pytest.MonkeyPatch, width: int, *, coloured: bool) -> str:
    """The page as Typer writes it."""
    for name in ("NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(rich_utils, "MAX_WIDTH", width)
    monkeypatch.setattr(rich_utils, "FORCE_TERMINAL", coloured)
    with redirect_stdout(StringIO()) as out:
        program.app(["--help"], prog_name="spp", standalone_mode=False)
    return out.getvalue()


def _look(page: str) -> list[tuple[str, str]]:
    """Each letter of a page with how it looks."""
    text, console = Text.from_ansi(page), Console()
    letters = [(at, letter) for at, letter in enumerate(text.plain) if letter.strip()]
    return [(letter, str(text.get_style_at_offset(console, at))) for at, letter in letters]


@pytest.mark.parametrize("width", [60, 80, 133])
def test_its_page_is_the_one_that_typer_writes(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert first_page.written("spp", width, coloured=False) + "\n" == _typers(monkeypatch, width, coloured=False)
    assert _look(first_page.written("spp", width, coloured=True)) == _look(_typers(monkeypatch, width, coloured=True))


def test_its_page_is_printed_with_and_without_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    asked, unasked = spp("--help"), spp()
    assert (asked.status, unasked.status) == (DONE, REFUSED)
    assert asked.out == unasked.out
    assert all(word in asked.out for names in COMMANDS.values() for word in names)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_where_its_page_cannot_be_written_a_sentence_says_so() -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run([*PROGRAM, "--help"], stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert ended.returncode == REFUSED
    assert ended.stderr.startswith("A file could not be used: No space left")


def _loaded(*words: object) -> set[str]:
    """The modules that a command has loaded when it ends."""
    code = "import sys; from spp_desktop.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    ended = subprocess.run([sys.executable, "-c", code, *map(str, words)], capture_output=True, check=True, text=True)
    return set(ended.stderr.split())


def test_a_command_loads_what_it_names(worked: Path) -> None:
    assert not {"typer", "sqlite3"} & _loaded("--help")
    loaded = _loaded("history", worked)
    assert "spp_desktop.cli.histories" in loaded
    assert not {"rich", "pydantic", "openpyxl", "numpy", "sqlalchemy"} & loaded
    assert not {"spp_desktop.cli.plans", "spp_desktop.edits"} & loaded


def test_a_word_that_was_not_said_is_none_or_none_of_several_without_asking_typer() -> None:
    def otherwise(_asked: object) -> SimpleNamespace:
        return SimpleNamespace(coerce=lambda *_: "by Typer")

    one, several = SimpleNamespace(multiple=False, nargs=1), SimpleNamespace(multiple=True, nargs=1)
    for kind in (str, Path, bool, int, list[str]):
        asked = SimpleNamespace(annotation=kind, parameter_info=SimpleNamespace(parser=None))
        word = AsTyped(otherwise, str, asked)
        assert word.coerce(None, one, None) is None
        assert word.coerce(None, several, None) == "by Typer"
