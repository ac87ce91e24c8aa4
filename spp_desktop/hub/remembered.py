"""What this machine remembers of a plan's hub: its address, without anything secret, and when the two were in step.

It is kept with the person's own data, by the plan's key: never in the plan, which is sent to others.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import platformdirs

from spp_desktop.store import clock


class InStep(NamedTuple):
    """When a plan's file was last in step with its hub, an ISO time in UTC, and the number of the step."""

    at: str
    n: int


@dataclass(frozen=True)
class RememberedHub:
    """A plan's hub, as this machine remembers it.

    Attributes:
        address: where it is, as whom.
        in_step: when each file of the plan was last in step with it, by the file's path.
    """

    address: str
    in_step: dict[str, InStep]

    def last_in_step(self, path: Path) -> InStep | None:
        """When a plan's file was last in step with it, if that is known here."""
        return self.in_step.get(_place(path))


def of(plan: str) -> RememberedHub | None:
    """What is remembered of the hub of the plan with this key; ``None`` if nothing is."""
    try:
        kept = json.loads(_file_of(plan).read_text(encoding="utf-8"))
        in_step = {str(path): InStep(str(at), int(n)) for path, (at, n) in kept["in_step"].items()}
        return RememberedHub(str(kept["address"]), in_step)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def remember(plan: str, address: str, path: Path, n: int | None = None) -> None:
    """Remember the address of a plan's hub, and, with the number of a step, that a file is in step with it now.

    Where nothing can be written, it is not remembered: the address is asked for again.
    """
    known = of(plan)
    in_step = dict(known.in_step) if known is not None and known.address == address else {}
    if n is not None:
        in_step[_place(path)] = InStep(clock.now(), n)
    file = _file_of(plan)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps(asdict(RememberedHub(address, in_step))), encoding="utf-8")
        aside.replace(file)


def _place(path: Path) -> str:
    return os.path.normcase(path.absolute())


def _file_of(plan: str) -> Path:
    name = "".join(letter for letter in plan if letter.isalnum() or letter == "-")
    return platformdirs.user_data_path("SPP Desktop") / "hubs" / f"{name}.json"
