"""An earlier version of the program, from the history of the sources."""

import re
import subprocess
from pathlib import Path

from installers.wheels import ROOT


def with_older_plans(folder: Path) -> str | None:
    """Put the sources of the latest earlier version whose plans are of an older form into a folder.

    Returns:
        That version; ``None`` if the history that is here does not reach so far.
    """
    newest = _form("HEAD")
    for commit in _git("log", "--format=%H", "-G__version__ = ", "--", "spp_desktop/__init__.py").split():
        before = f"{commit}^"
        try:
            version = re.search(r'__version__ = "(.+)"', _git("show", f"{before}:spp_desktop/__init__.py"))
        except subprocess.CalledProcessError:
            return None
        if version and _form(before) < newest:
            folder.mkdir(parents=True)
            packed = subprocess.run(["git", "-C", ROOT, "archive", before], capture_output=True, check=True).stdout
            subprocess.run(["tar", "-x", "-C", folder], input=packed, check=True)
            return version[1]
    return None


def _form(commit: str) -> int:
    """The number of the newest form of a plan's file at a commit."""
    names = _git("ls-tree", "-r", "--name-only", commit, "spp_desktop/store/")
    return max((int(number) for number in re.findall(r"/form_(\d+)\.py", names)), default=0)


def _git(*words: str) -> str:
    return subprocess.run(["git", "-C", ROOT, *words], capture_output=True, check=True, text=True).stdout
