"""Words of the command line that are texts or paths, taken as they are typed.

Typer has pydantic make what is asked for of each word, and of those that were not said, too. Loading that takes longer
than most commands do. Where a later Typer does this otherwise, it does it as it likes.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any


class AsTyped:
    """How Typer makes of a word what is asked for: a text or a path by itself, all else by pydantic, once it is said.

    Args:
        otherwise: gives how Typer does it.
        as_path: what Typer sees to in a path.
        asked: what is asked for, as Typer describes it.
    """

    def __init__(self, otherwise: Callable[[Any], Any], as_path: Callable[..., Any], asked: Any) -> None:
        self._otherwise, self._as_path, self._asked = otherwise, as_path, asked

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """What a word is; ``None`` for one that was not said, unless several may be.

        Raises:
            BadParameter: of Typer, with a sentence, if it cannot be that.
        """
        kind, about = self._asked.annotation, self._asked.parameter_info
        if about.parser is None and kind is str and isinstance(value, str):
            return value
        if about.parser is None and kind is Path and isinstance(value, str | Path):
            return self._as_path(Path(value), about, path_type=Path, param=param, ctx=ctx)
        if value is None and not (param.multiple or param.nargs == -1):
            return None
        return self._otherwise(self._asked).coerce(value, param, ctx)


def take_words_as_typed() -> None:
    """Have Typer take words so from now on."""
    with suppress(ImportError, AttributeError):
        from typer._param_types import coerce_cli_path

        core: Any = import_module("typer.core")  # what it imports itself is not among its names
        core.build_runtime_param = partial(AsTyped, core.build_runtime_param, coerce_cli_path)
