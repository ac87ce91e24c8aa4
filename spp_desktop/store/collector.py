"""The collector of garbage, kept waiting while much is made that stays: it would look through all of it again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def waiting_collector() -> Iterator[None]:
    """Let the collector wait until this ends, if it was at work before."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
