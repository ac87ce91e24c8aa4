"""What the tests of the edits stand on: files that come back are read in this process, which starts none for each."""

import pytest


@pytest.fixture(autouse=True)
def reads_here(read_here: None) -> None:
    """Every test of this folder reads files here."""
