"""The same jobs without a window: ``spp``, with an exit status that a script can act on."""

import sys
from contextlib import suppress
from io import TextIOWrapper

from spp_desktop.cli import first_page
from spp_desktop.cli.statuses import ASK, DONE, REFUSED

__all__ = ["ASK", "DONE", "REFUSED", "main", "say_alike"]


def main() -> None:
    """Run ``spp``. What it does not need to load is not loaded: see ``commands``."""
    for stream in (sys.stdout, sys.stderr):
        say_alike(stream)
    asked = sys.argv[1:]
    if asked in ([], ["--help"]) and (page := first_page.page()):
        with suppress(OSError):  # where it cannot be written, Typer says so
            print(page, flush=True)  # noqa: T201 - a command's output, without the library that prints it
            raise SystemExit(DONE if asked else REFUSED)
    from spp_desktop.cli.program import run

    run()


def say_alike(stream: object) -> None:
    """Have a standard stream write the same bytes on every system: UTF-8, and lines that end with one line feed.

    Windows would write what goes into a file in the system's old code page, and refuse letters that are not in it.
    """
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors=stream.errors, newline="\n")
