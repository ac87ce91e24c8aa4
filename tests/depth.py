"""How deep the long tests go: short with every change, at full depth by night (``make nightly``)."""

import os

import pytest

NIGHTLY = os.environ.get("SPP_TESTS") == "nightly"
"""Whether the tests run at full depth."""


def depth(short: int, full: int) -> int:
    """How often something is tried: so often with every change, and so often by night."""
    return full if NIGHTLY else short


by_night = pytest.mark.skipif(not NIGHTLY, reason="takes long: make nightly")
