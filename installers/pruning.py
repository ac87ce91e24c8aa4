"""What of the libraries is left out of a program, by the list in ``pruning.toml``: each entry with its reason."""

import shutil
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("pruning.toml")


@dataclass(frozen=True)
class LeftOut:
    """What is left out, and why.

    Attributes:
        reason: Why the program does without it.
        patterns: Its files and folders, as ``Path.glob`` finds them among the libraries.
        but: What of these stays.
        targets: The names of the targets that it is left out for.
    """

    reason: str
    patterns: tuple[str, ...]
    but: tuple[str, ...] = ()
    targets: tuple[str, ...] = ("windows", "debian")

    def paths(self, folder: Path) -> set[Path]:
        """What of a folder it leaves out."""
        stays = {path for pattern in self.but for path in folder.glob(pattern)}
        return {path for pattern in self.patterns for path in folder.glob(pattern)} - stays


@cache
def entries(file: Path = LIST) -> tuple[LeftOut, ...]:
    """The entries of a list."""
    with file.open("rb") as content:
        rows = tomllib.load(content)["left_out"]
    return tuple(LeftOut(row.pop("reason"), **{name: tuple(value) for name, value in row.items()}) for row in rows)


def prune(libraries: Path, target: str, file: Path = LIST) -> list[str]:
    """Remove from the unpacked libraries what is left out for a target.

    Returns:
        Patterns that matched nothing, which the list may be rid of.
    """
    idle: list[str] = []
    for entry in entries(file):
        if target in entry.targets:
            idle += [pattern for pattern in entry.patterns if not any(libraries.glob(pattern))]
            for path in entry.paths(libraries):
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
    return idle
