"""``spp`` as Typer runs it: a command's module is loaded when the command is named."""

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from spp_desktop import __version__
from spp_desktop.cli import first_page
from spp_desktop.cli.as_typed import take_words_as_typed
from spp_desktop.cli.commands import MODULES, WORDS
from spp_desktop.cli.ending import refusals_said


class CommandsByName(TyperGroup):
    """All commands, listed by their names and words; the one that is named is loaded."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = {name: TyperCommand(name=name, help=words) for name, words in WORDS.items()}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is named, loaded, with its name and the words behind it."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command and loaded(str(name)), rest


def loaded(name: str) -> TyperCommand | TyperGroup:
    """The command of this name, from its module."""
    module = import_module(f"spp_desktop.cli.{MODULES[name]}")
    command = get_group(module.app).commands[name]
    assert isinstance(command, TyperCommand | TyperGroup)
    return command


take_words_as_typed()
app = typer.Typer(
    cls=CommandsByName,
    help=first_page.PURPOSE,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def common(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help=first_page.VERSION)
    ] = False,
) -> None:
    """What is said before any command."""


def run() -> None:
    """Run the command that the words of the command line name; its refusals are said."""
    with refusals_said():
        app()
