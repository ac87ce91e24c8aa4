"""What an installed package needs, as it says itself."""

from importlib.metadata import distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def needed(name: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """The packages that this one needs, and these in their turn, as far as this machine needs them."""
    waiting, seen = [(canonicalize_name(name), extras)], set[str]()
    while waiting:
        package, wanted = waiting.pop()
        if package in seen:
            continue
        seen.add(package)
        for line in distribution(package).requires or []:
            requirement = Requirement(line)
            if requirement.marker is None or any(
                requirement.marker.evaluate({"extra": extra}) for extra in wanted | {""}
            ):
                waiting.append((canonicalize_name(requirement.name), frozenset(requirement.extras)))
    return seen - {canonicalize_name(name)}
