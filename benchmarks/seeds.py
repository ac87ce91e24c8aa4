"""Large plans to measure on, made once and kept between runs outside the repository.

They lie in the folder that ``SPP_SEEDS`` names, else with what the person's programs keep to be quick, by the form of
the file: a plan of another form is made anew.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import platformdirs

from spp_desktop.store import forms


def folder() -> Path:
    """The folder of the plans, which is there."""
    named = os.environ.get("SPP_SEEDS")
    place = Path(named) if named else platformdirs.user_cache_path("SPP Desktop") / "benchmarks"
    place = place / forms.SHAPE[:12]
    place.mkdir(parents=True, exist_ok=True)
    return place


def kept(name: str, make: Callable[[Path], object]) -> Path:
    """The plan of a name; made if it is not there. ``make`` writes it to the path that it is given."""
    path = folder() / f"{name}.plan"
    if not path.exists():
        begun = path.with_name(f"{name}.begun.plan")
        begun.unlink(missing_ok=True)
        make(begun)
        begun.replace(path)
    return path


def is_room_for(size: int) -> bool:
    """Whether the disk has room for so many bytes and for as much again."""
    return shutil.disk_usage(folder()).free > 2 * size
