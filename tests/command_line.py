"""``spp`` as the tests run it: in this process, or as the program that a person starts where the process matters."""

import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest

from spp_desktop import cli

PROGRAM = [sys.executable, "-c", "from spp_desktop.cli import main; main()"]


@dataclass(frozen=True)
class CommandResult:
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed, as JSON; the test fails where a number is none."""
        return json.loads(self.out, parse_constant=pytest.fail)


class _Terminal(StringIO):
    """A stream that a person reads as it is written."""

    def isatty(self) -> bool:
        return True


def spp(*words: object, terminal: bool = False) -> CommandResult:
    """Run ``spp`` with these words in this process, as if in a terminal or into a file."""
    out, err = _Terminal() if terminal else StringIO(), StringIO()
    with (
        patch.object(sys, "argv", ["spp", *map(str, words)]),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        cli.main()
    return CommandResult(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def spp_program(*words: object, without: tuple[str, ...] = ()) -> CommandResult:
    """Run ``spp`` with these words as a program of its own, without some variables of the environment."""
    environment = {name: value for name, value in os.environ.items() if name not in without}
    ended = subprocess.run([*PROGRAM, *map(str, words)], capture_output=True, check=False, env=environment)
    return CommandResult(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
