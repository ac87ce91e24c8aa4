"""Benchmarks. Each measures ratios of times in one run, so that they mean the same on any machine."""

import time
from collections.abc import Callable
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


CALAMINE = """
import sys
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    for row in book.get_sheet_by_name(name).to_python():
        for value in row:
            pass
"""
"""A program that reads all cells of the workbook that it is given, by a library that is written in Rust."""


def best(work: Callable[[], object], turns: int) -> float:
    """The shortest time of several, in milliseconds, after one that loads what is not loaded yet."""
    spent = []
    for _ in range(turns + 1):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return min(spent[1:])
