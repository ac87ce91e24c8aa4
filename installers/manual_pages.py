"""The manual pages of both programs, made from what their ``--help`` says: ``man spp`` and ``man spp-desktop``.

They are written with the macros of man(7), which groff and mandoc both read.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from inspect import cleandoc

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup
from typer.main import get_command

from spp_desktop import __version__
from spp_desktop.app import command as window_command
from spp_desktop.cli.commands import MODULES
from spp_desktop.cli.program import app, loaded

SUMMARIES = {
    "spp": "work on a policing plan without a window",
    "spp-desktop": "planning workbook for the strategic policing plan of a police force",
}
FILES = (
    ("NAME.plan", "A plan. Each change is in it as soon as it is made."),
    ("NAME.plan.lock", "There while somebody has the plan open for writing; it names who, where and since when."),
    ("NAME - earlier versions", "A folder of copies of the plan, kept as it was."),
)
"""The files that both programs keep, and what each is."""


def pages(stamp: int) -> dict[str, str]:
    """The manual page of each program, by its name.

    Args:
        stamp: The day that stands below them, in seconds since 1970.
    """
    window = typer.Typer(add_completion=False)
    window.command()(window_command())
    commands: dict[str, TyperCommand | TyperGroup] = {"spp": _command(app), "spp-desktop": _command(window)}
    return {name: "\n".join(_page(name, command, stamp)) + "\n" for name, command in commands.items()}


def _command(program: typer.Typer) -> TyperCommand | TyperGroup:
    command = get_command(program)
    assert isinstance(command, TyperCommand | TyperGroup)
    return command


def _page(name: str, command: TyperCommand | TyperGroup, stamp: int) -> Iterator[str]:
    day = datetime.fromtimestamp(stamp, UTC).date()
    yield f'.TH {name.upper()} 1 "{day}" "SPP Desktop {__version__}" "SPP Desktop"'
    yield from (".SH NAME", rf"{_plain(name)} \- {_plain(SUMMARIES[name])}", ".SH SYNOPSIS")
    parts = [(word, loaded(word)) for word in MODULES] if isinstance(command, TyperGroup) else []
    usages = [_usage(f"{name} {word}", part) for word, part in parts] or [_usage(name, command)]
    yield "\n.br\n".join(usages)
    yield from (".SH DESCRIPTION", *_paragraphs(command), ".SH OPTIONS", *_parameters(command))
    if parts:
        yield ".SH COMMANDS"
    for word, part in parts:
        yield from (f".SS {_plain(word)}", *_paragraphs(part), *_parameters(part, without="help"))
    yield ".SH FILES"
    for file, words in FILES:
        yield from (".TP", rf"\fI{_plain(file)}\fR", _plain(words))
    (other,) = SUMMARIES.keys() - {name}
    yield from (".SH SEE ALSO", f".BR {_plain(other)} (1)")


def _usage(words_before: str, command: TyperCommand | TyperGroup) -> str:
    """One line of the synopsis: a command with what it takes."""
    words = [rf"\fB{_plain(words_before)}\fR", "[options]"]
    for argument in command.params:
        if isinstance(argument, TyperArgument) and (name := _name(argument)):
            shown = rf"\fI{_plain(name)}\fR"
            words.append(shown if argument.required else f"[{shown}]")
    return " ".join(words)


def _name(argument: TyperArgument) -> str:
    """What an argument is called; "" for what an option shows already."""
    return str(argument.name if argument.metavar is None else argument.metavar).strip("[]")


def _paragraphs(command: TyperCommand | TyperGroup) -> Iterator[str]:
    for number, paragraph in enumerate(cleandoc(command.help or "").split("\n\n")):
        yield from ([".PP"] if number else [])
        yield _plain(" ".join(paragraph.split()))


def _parameters(command: TyperCommand | TyperGroup, without: str = "") -> Iterator[str]:
    """What a command takes, each with its words, as the help lists it; but for what every command has."""
    context = typer.Context(command)
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        term = _name(parameter) if isinstance(parameter, TyperArgument) else record and record[0]
        if record and term and parameter.name != without:
            words = re.sub(r"\s*\[required\]$", "", record[1])
            yield from (".TP", rf"\fB{_plain(term)}\fR", _plain(words))


def _plain(words: str) -> str:
    """Words in which nothing is taken for a request, and hyphens can be copied."""
    escaped = words.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(cq")
    return rf"\&{escaped}" if escaped.startswith(".") else escaped
