"""What a command of ``spp`` said, for the tests of commands that answer in JSON."""

import json
from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed, as JSON; the test fails where a number is none."""
        return json.loads(self.out, parse_constant=pytest.fail)
