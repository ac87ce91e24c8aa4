"""``spp`` and ``spp-desktop`` as something installed them, and a home of their own to use them in."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from tests.command_line import CommandResult

PATIENCE = 300
"""Seconds after which a program counts as hanging."""


@dataclass(frozen=True)
class Programs:
    """Both programs, and the folder that is their home and in which they are started.

    Attributes:
        spp: the command that starts ``spp``.
        window: the command that starts ``spp-desktop``.
        home: the folder, as the tests see it.
        inside: the same folder, as the programs see it.
        before: the command that leads to where the programs are installed, such as one that changes the root.
        variables: what their environment holds besides the least.
    """

    spp: str
    window: str
    home: Path
    inside: PurePath
    before: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)

    def begin(self, program: str, *words: object) -> subprocess.Popen[bytes]:
        """Start one of them; a path below ``home`` is said as the program sees it."""
        command = [*self.before, "env", "-C", str(self.inside), program, *map(self._seen, words)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self._environment())

    def run(self, program: str, *words: object) -> CommandResult:
        """Start one of them, and wait until it has ended."""
        with self.begin(program, *words) as process:
            try:
                out, err = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return CommandResult(process.returncode, out.decode(), err.decode())

    def done(self, *words: object) -> CommandResult:
        """Run ``spp``, which must do what it is asked."""
        result = self.run(self.spp, *words)
        assert result.status == 0, (words, result)
        return result

    def on(self, display: str) -> "Programs":
        """The same programs, shown on this display."""
        return replace(self, variables={**self.variables, "DISPLAY": display})

    def _seen(self, word: object) -> str:
        if isinstance(word, Path) and word.is_relative_to(self.home):
            return str(self.inside / word.relative_to(self.home))
        return str(word)

    def _environment(self) -> dict[str, str]:
        """The least that a person's session has; nothing of the tests' own."""
        least = {"HOME": str(self.inside), "PATH": os.defpath + ":/usr/sbin", "LANG": "C.UTF-8"}
        return {**least, **self.variables}


@contextmanager
def screen() -> Iterator[str]:
    """A screen of 1366 x 768 that nobody sees; its name as ``DISPLAY`` takes it."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as numbers:
                yield f":{numbers.readline().strip()}"
        finally:
            server.terminate()


def press(display: str, title: str, key: str) -> None:
    """Wait for the window whose title holds these words, and press a key in it."""
    search = ["search", "--sync", "--onlyvisible", "--name", title]
    environment = {**os.environ, "DISPLAY": display}
    subprocess.run(
        ["xdotool", *search, "windowfocus", "--sync", "key", key], env=environment, check=True, timeout=PATIENCE
    )
