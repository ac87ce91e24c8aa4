"""What the tests of the window stand on: files read here, where each costs no process."""

import pytest

from tests.answering import asked_why, leaves_reasons

__all__ = ["asked_why", "leaves_reasons"]


@pytest.fixture(autouse=True)
def reads_here(read_here: None) -> None:
    """Every test of this folder reads files here; those in ``tests/flows`` start the process that reads."""
