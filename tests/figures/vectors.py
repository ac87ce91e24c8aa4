"""The worked values of formulas/vectors.json, and how near a figure has to come to one."""

import json
import math
from pathlib import Path
from typing import Any

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "formulas" / "vectors.json").read_text(encoding="utf-8"))


def near(ours: Any, worked: Any) -> bool:
    """Whether two numbers agree to a relative 1e-9, or to 1e-12 about nought."""
    return math.isclose(ours, worked, rel_tol=1e-9, abs_tol=1e-12)


def all_near(ours: Any, worked: Any) -> bool:
    """The same of two sequences of numbers as long as each other."""
    return all(near(our, expected) for our, expected in zip(ours, worked, strict=True))
