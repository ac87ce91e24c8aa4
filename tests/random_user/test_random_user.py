"""A random user works in the window: for a fixed number of deeds here, for half an hour by night."""

import shutil
from pathlib import Path

import pytest

from tests.depth import by_night
from tests.random_user.running import sit

STEPS = 150
"""Deeds of a person in the tests; ``make nightly`` goes on for half an hour."""


@pytest.mark.usefixtures("qtbot", "read_here")
@pytest.mark.qt_no_exception_capture
@pytest.mark.qt_log_level_fail("CRITICAL")  # warnings are heard by the sitting itself
@pytest.mark.parametrize("seed", [4, pytest.param(2, marks=by_night)])
def test_nothing_goes_wrong_whatever_a_person_does(seed: int, small_plan: Path, tmp_path: Path) -> None:
    plan = shutil.copyfile(small_plan, tmp_path / "the plan.plan")
    person = sit(plan, seed, STEPS, every=STEPS, fast=True)
    assert not person.faults, "\n".join(map(str, person.faults))
    assert person.steps, "nothing was changed"
