"""A plugin of pytest in the Python that runs under Wine: leaves out what Wine cannot do, by name, with the reason.

The names stand in ``not_under_wine.toml``. One that names no test any more is an error: nothing is left out unseen.
"""

import tomllib
from pathlib import Path

import psutil
import pytest

LISTED = Path(__file__).with_name("not_under_wine.toml")
TOLD = Path(__file__).parents[3] / "told.txt"
"""A file with a line of each test that has ended: what Wine prints can be read only once all have."""
PATIENCE = 600_000
"""Milliseconds that a test waits there for what a window is to do: under Wine a process is slow to begin."""


def left_out() -> dict[str, str]:
    """The reason of each file, or test, that is left out under Wine."""
    groups = tomllib.loads(LISTED.read_text(encoding="utf-8"))["left_out"]
    return {name: group["reason"] for group in groups for name in group["tests"]}


def pytest_configure(config: pytest.Config) -> None:
    # Asked for the files that a process has open, Wine takes up to five seconds, and it is asked after every test.
    psutil.Process.open_files = lambda process: []  # type: ignore[assignment, method-assign]
    from tests.conftest import wait_for_windows  # which is read after this plugin, with the plugins it stands on

    wait_for_windows(PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reasons = left_out()
    for item in items:
        file, _, test = item.nodeid.partition("::")
        for name in (file, f"{file}::{test.partition('[')[0]}", item.nodeid):
            if name in reasons:
                item.add_marker(pytest.mark.skip(reason=reasons[name]))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" or not report.passed:
        with TOLD.open("a", encoding="utf-8") as told:
            told.write(f"{report.outcome} {report.when} {report.nodeid} {report.duration:.1f} s\n")
            if report.failed:
                told.write(f"{report.longreprtext}\n")
