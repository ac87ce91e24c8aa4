"""The time that everything in an installer is given, so that the same sources make the same bytes on any day."""

import os
import subprocess

from installers.wheels import ROOT

FIRST = 1_577_836_800
"""1 January 2020, in seconds since 1970: given where nothing else is known, as in sources without their history."""


def stamp() -> int:
    """``SOURCE_DATE_EPOCH``, or the time of the latest change of the sources: in seconds since 1970."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    log = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        return int(subprocess.run(log, capture_output=True, check=True, text=True).stdout)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return FIRST
