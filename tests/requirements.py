"""What installed packages need, as they say themselves."""

from collections.abc import Iterable
from importlib.metadata import distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def needed(lines: Iterable[str], extra: str = "") -> set[str]:
    """The packages that these requirements ask for, and what these need in their turn, as far as this machine does.

    Args:
        lines: Requirements as packages state them.
        extra: What of them is wanted besides.
    """
    waiting = [requirement for requirement in map(Requirement, lines) if _applies(requirement, extra)]
    names = set[str]()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in names:
            names.add(name)
            theirs = map(Requirement, distribution(name).requires or [])
            waiting += [other for other in theirs if any(_applies(other, of) for of in {"", *requirement.extras})]
    return names


def _applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})
