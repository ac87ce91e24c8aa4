"""Benchmarks. Each measures ratios of times in one run, so that they mean the same on any machine."""

from typing import NamedTuple


class Ratio(NamedTuple):
    """The measured ratio of two times, or of two sizes of memory.

    Attributes:
        name: What was divided by what.
        ratio: The ratio.
        bound: The most that it may be.
        detail: The times or sizes themselves, and how often they were measured.
    """

    name: str
    ratio: float
    bound: float
    detail: str = ""
