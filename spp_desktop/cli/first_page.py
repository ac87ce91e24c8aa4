"""What ``spp`` and ``spp --help`` print, written without Typer, which takes longer to load than the page to read.

It is the page that Typer writes, in the same colours; a test holds them against each other. Wherever Typer would look
at more than the width of the terminal, it writes the page itself.
"""

import os
import sys
from collections.abc import Iterator

from spp_desktop.cli.commands import WORDS

PURPOSE = (
    "Work on a policing plan without a window. Exit status 0: done. 1: needs a person's decision. "
    "2: refused, with the reason."
)
VERSION = "Show the version and exit."
_OPTIONS = {"--version": VERSION, "--help": "Show this message and exit."}
_NARROWEST = 60
"""Columns of a terminal below which the columns of the page are squeezed."""
_LEFT_TO_TYPER = (
    *("FORCE_COLOR", "NO_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "TTY_COMPATIBLE", "TTY_INTERACTIVE"),
    *("TERMINAL_WIDTH", "_TYPER_FORCE_DISABLE_TERMINAL", "_SPP_COMPLETE"),
)
"""Variables of the environment by which Typer writes another page, or something else."""
_COLOURS = {"faint": "2", "name": "1;36", "switch": "1;32", "type": "1;33", "bracket": "1;2;33"}
"""Colours and weights of the parts of a line, as terminals know them."""
_PARTS = (
    r"(?P<faint>^[╭╰].*|│)|(?P<name>(?<=^│ )[a-z][\w-]*|(?<!\w)--[\w-]+)|(?P<switch>(?<![\w-])-\w+)"
    r"|(?P<type>^ Usage: |(?<=<)\w+(?=>))|(?P<bracket>[<>])"
)


def page() -> str | None:
    """The page, as wide as the terminal and in colours if it is read there; ``None`` if Typer is to write it."""
    if os.name != "posix" or any(name in os.environ for name in _LEFT_TO_TYPER):
        return None
    program, width = _program(), _width()
    if os.environ.get("TERM", "").casefold() in ("dumb", "unknown") or width < max(
        _NARROWEST, len(_usage(program)) + 2
    ):
        return None
    return written(program, width, coloured=sys.stdout.isatty())


def written(program: str, width: int, *, coloured: bool) -> str:
    """The page for a terminal of so many columns.

    Args:
        program: What the program is called.
        width: The columns, 60 or more.
        coloured: Whether colours and weights are written.
    """
    lines = [*_lines(program, width)]
    return "\n".join([*(map(_coloured, lines) if coloured else lines), ""])


def _program() -> str:
    """What the program that runs is called, as it was called."""
    package = sys.modules["__main__"].__package__
    return f"python -m {package}" if package else os.path.basename(sys.argv[0])  # noqa: PTH119 - as it was typed


def _width() -> int:
    """The columns of the terminal: those that the environment says, or those of the first stream that is on one."""
    if (columns := os.environ.get("COLUMNS", "")).isdigit():
        return int(columns) or 80
    for stream in range(3):
        try:
            return os.get_terminal_size(stream).columns or 80
        except OSError:
            continue
    return 80


def _lines(program: str, width: int) -> Iterator[str]:
    """The lines of the page, all of one length, without colours."""
    purpose = _wrapped(PURPOSE, width - 2)
    yield from (f" {line}".ljust(width) for line in ("", _usage(program), "", *purpose, ""))
    yield from _box("Options", [f"{name:9}        <bool>  {words}" for name, words in _OPTIONS.items()], width)
    column = max(map(len, WORDS))
    rows = [
        f"{name if not number else '':{column}}  {line}"
        for name, words in WORDS.items()
        for number, line in enumerate(_wrapped(words, width - 6 - column))
    ]
    yield from _box("Commands", rows, width)


def _usage(program: str) -> str:
    return f"Usage: {program} [OPTIONS] COMMAND [ARGS]..."


def _wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most so many columns, as many words in each as fit."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines


def _box(title: str, rows: list[str], width: int) -> Iterator[str]:
    yield f"╭─ {title} ".ljust(width - 1, "─") + "╮"
    yield from (f"│ {row.ljust(width - 4)} │" for row in rows)
    yield "╰".ljust(width - 1, "─") + "╯"


def _coloured(line: str) -> str:
    """A line of the page with its colours: frames faint, names and options bright, the line of usage bold."""
    import re  # only a terminal waits for it

    bold, plain = "\x1b[1m" if line.startswith(" Usage: ") else "", "\x1b[0m"

    def painted(part: re.Match[str]) -> str:
        return f"\x1b[{_COLOURS[part.lastgroup or '']}m{part[0]}{plain}{bold}"

    return f"{bold}{re.sub(_PARTS, painted, line)}{plain if bold else ''}"
