"""``python -m tests.random_user``: sitting after sitting, until the time is over."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

STEPS = 600
"""Deeds of a sitting."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.random_user", description="Work at random in the window.")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--plan", choices=("small", "worked", "both"), default="both")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spp-random-user-") as folder:
        _stay_in(Path(folder))
        code = _run(Path(folder), asked)
    sys.stdout.flush()
    os._exit(code)  # Qt is not taken apart, as it is not where a program ends by itself


def _stay_in(folder: Path) -> None:
    """Keep every setting and file of the program in a folder."""
    from PySide6.QtCore import QSettings

    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(folder / "home")
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(folder / "settings"))


def _run(folder: Path, asked: argparse.Namespace) -> int:
    from PySide6.QtWidgets import QApplication

    from sample_data import build
    from spp_desktop.store.workspace import Workspace
    from spp_desktop.ui.common import theme
    from tests.conftest import set_up_small_plan
    from tests.random_user.running import sit

    app = QApplication([])
    theme.apply(app, dark=False)
    build.build(folder / "worked.plan", "worked")
    with Workspace.create(folder / "small.plan", "A small plan", 2008) as made:
        made.edit("set up a small plan", set_up_small_plan, as_kind="built")
    until, seed, faults, deeds = time.monotonic() + asked.seconds, asked.seed, 0, 0
    while time.monotonic() < until:
        kind = asked.plan if asked.plan != "both" else ("worked", "small")[seed % 2]
        place = folder / str(seed)
        place.mkdir()
        plan = place / "the plan.plan"
        plan.write_bytes((folder / f"{kind}.plan").read_bytes())
        began = time.monotonic()
        person = sit(plan, seed, asked.steps)
        took, (slow, deed) = time.monotonic() - began, person.slowest
        print(f"seed {seed} ({kind}): {person.done} deeds, {person.steps} steps in {took:.0f} s", flush=True)
        print(f"    the slowest took {slow:.2f} s: {deed}", flush=True)
        for fault in person.faults:
            print(f"FAULT {fault}", flush=True)
        faults, deeds, seed = faults + len(person.faults), deeds + person.done, seed + 1
    print(f"{deeds:,} deeds, {faults} faults.")
    return 1 if faults else 0


if __name__ == "__main__":
    main()
