"""What the tests of the window stand on: files read here, where each costs no process."""

import pytest


@pytest.fixture(autouse=True)
def reads_here(read_here: None) -> None:
    """Every test of this folder reads files here; those in ``tests/flows`` start the process that reads."""
