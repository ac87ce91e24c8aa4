"""What listeners are told of a change to the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field

BESIDE = "returns"
"""What ``Changed.rows`` names, without keys, when what is kept beside the content may say something else now."""


@dataclass(frozen=True)
class Changed:
    """What a revision changed: row keys by table name. No rows at all means that everything may have changed.

    What is written beside the content alone is no revision: no label, the kind "beside", and only ``BESIDE`` in rows.
    """

    label: str
    kind: str
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
