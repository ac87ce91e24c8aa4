"""The process that sets pages, as seen from the program: told what to print, and listened to."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from spp_desktop.documents.typeset import process


class BlockRefused(Exception):
    """Pages were not printed. Its words say why.

    Attributes:
        place: of the block that is refused; ``process.BESIDE`` for what stands beside them, ``None`` for the whole.
    """

    def __init__(self, place: int | None, why: str) -> None:
        super().__init__(why)
        self.place = place


Stoppable = Callable[[Callable[[], object]], object]
"""Is given what ends the process, before it is waited for."""


def unstopped(_end: Callable[[], object]) -> None:
    """Nobody stops it."""


def files_apart(asked: Mapping[str, Any], stoppable: Stoppable = unstopped) -> list[bytes]:
    """The files that ``process.files_of`` makes, made in a process of its own.

    Args:
        asked: what it is asked for.
        stoppable: is given what ends it at once, so that a person who cancels need not wait.

    Raises:
        BlockRefused: if they are refused, or the process fails, or was ended.
    """
    with subprocess.Popen(
        # As a module: nothing is loaded but what it needs, and nothing from the folder that the program works in.
        [sys.executable, "-P", "-m", process.__name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as setting:
        try:
            stoppable(setting.kill)
            printed, _ = setting.communicate(json.dumps(asked).encode())
        except BaseException:
            setting.kill()
            raise
    head, _, files = printed.partition(b"\n")
    if setting.returncode or not head:
        raise BlockRefused(None, "Typst failed on it")
    answer = json.loads(head)
    if "sizes" not in answer:
        raise BlockRefused(answer["place"], answer["why"])
    made, begun = [], 0
    for size in answer["sizes"]:
        made.append(files[begun : begun + size])
        begun += size
    return made


def _environment() -> dict[str, str]:
    """The environment of the process: this one, with the package where it can be found."""
    root = str(Path(__file__).parents[3])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
