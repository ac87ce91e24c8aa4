"""The head of a plan's sealed chain as files carry it that leave the plan: a short text that other programs keep.

It stands in the properties of a workbook, and in the hidden sheet of a return.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

PROPERTY = "spp head"
"""The document property that holds it."""

_HEAD = re.compile(rb"spp-head:([0-9a-f-]{36}):([0-9]{1,9}):([0-9a-f]{64})")


@dataclass(frozen=True)
class ChainHead:
    """How far the sealed chain of a plan had come.

    Attributes:
        plan: the key of the plan.
        n: the number of the last revision.
        hash: its seal.
    """

    plan: str
    n: int
    hash: str

    def text(self) -> str:
        """It as files carry it, in some 150 characters."""
        return f"spp-head:{self.plan}:{self.n}:{self.hash}"


def heads_in(content: bytes) -> Iterator[ChainHead]:
    """The heads that stand in some bytes, in their order."""
    for plan, n, seal in _HEAD.findall(content):
        yield ChainHead(plan.decode(), int(n), seal.decode())


def head_in(text: str) -> ChainHead | None:
    """The head that a text holds, if it holds one."""
    return next(heads_in(text.encode("utf-8", "replace")), None)
