"""Ratios measured in one run, so that they mean the same on any machine."""

from typing import NamedTuple


class Ratio(NamedTuple):
    """What was measured: one thing's time over another's, and the most that it may be.

    ``detail`` says what stands above and below the line and how often it was measured, with the times themselves.
    """

    name: str
    ratio: float
    bound: float
    detail: str = ""
