"""Long jobs: done, failed, cancelled, and closed while they run."""

from collections.abc import Callable, Iterator
from functools import partial
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStatusBar
from pytestqt.qtbot import QtBot

from spp_desktop.store.problems import PlanRefused
from spp_desktop.ui.common.jobs import JobProgress, Jobs, ProgressStrip


class Ends:
    """What a job's owner was told, and in which thread."""

    def __init__(self) -> None:
        self.outcomes: list[object] = []
        self.threads: list[object] = []

    def done(self, value: object) -> None:
        self.outcomes.append(("done", value))
        self.threads.append(current_thread())

    def failed(self, sentence: str) -> None:
        self.outcomes.append(("failed", sentence))

    def given_up(self) -> None:
        self.outcomes.append("given up")


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.stop()


@pytest.fixture
def ends() -> Ends:
    return Ends()


def _note(order: list[int], n: int, _: JobProgress) -> None:
    order.append(n)


def _broken(_: JobProgress) -> None:
    raise RuntimeError


def wait_for_cancel(progress: JobProgress) -> None:
    """A job that says how far it is until it is cancelled."""
    step = 0
    while True:
        step = min(step + 1, 9)
        progress("Writing rows", step, 10)


def test_a_job_runs_beside_the_window_and_its_value_comes_back_into_it(qtbot: QtBot, jobs: Jobs, ends: Ends) -> None:
    worked_in = []

    def job(progress: JobProgress) -> int:
        worked_in.append(current_thread())
        progress("Counting", 1, 2)
        return 7

    with qtbot.waitSignal(jobs.idle):
        jobs.run(job, ends.done, ends.failed, "Counting")
    qtbot.waitUntil(lambda: bool(ends.outcomes))
    assert ends.outcomes == [("done", 7)]
    assert ends.threads == [main_thread()]
    assert worked_in != [main_thread()]
    assert not jobs.busy


def test_jobs_take_turns_in_the_order_they_were_given(qtbot: QtBot, jobs: Jobs, ends: Ends) -> None:
    order: list[int] = []
    for n in range(5):
        jobs.run(partial(_note, order, n), ends.done, ends.failed, f"Job {n}")
    qtbot.waitUntil(lambda: not jobs.busy)
    assert order == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PlanRefused("damaged", "This file is damaged."), "This file is damaged."),
        (PermissionError(13, "Permission denied", "a.xlsx"), "permission denied (a.xlsx). The plan is as it was."),
        (ZeroDivisionError("division by zero"), "does not know"),
    ],
)
def test_a_failure_is_a_sentence(qtbot: QtBot, jobs: Jobs, ends: Ends, error: Exception, words: str) -> None:
    def job(_: JobProgress) -> None:
        raise error

    jobs.run(job, ends.done, ends.failed, "Exporting")
    qtbot.waitUntil(lambda: bool(ends.outcomes))
    [outcome] = ends.outcomes
    assert isinstance(outcome, tuple)
    how, sentence = outcome
    assert how == "failed"
    assert words in sentence
    assert "Traceback" not in sentence
    assert "division" not in sentence


def test_the_next_job_runs_after_one_has_failed(qtbot: QtBot, jobs: Jobs, ends: Ends) -> None:
    jobs.run(_broken, ends.done, ends.failed, "Breaking")
    jobs.run(lambda _: 1, ends.done, ends.failed, "Working")
    qtbot.waitUntil(lambda: len(ends.outcomes) == 2)
    assert ends.outcomes[1] == ("done", 1)


def test_cancel_on_the_strip_ends_the_job_and_hides_the_strip(qtbot: QtBot, jobs: Jobs, ends: Ends) -> None:
    bar_below = QStatusBar()
    qtbot.addWidget(bar_below)
    strip = ProgressStrip(jobs)
    bar_below.addPermanentWidget(strip)
    jobs.run(wait_for_cancel, ends.done, ends.failed, "Exporting", ends.given_up)
    step, bar, button = strip._step, strip._bar, strip._cancel
    assert step.text() == "Exporting…"
    qtbot.waitUntil(lambda: step.text() == "Writing rows: 9 of 10")
    assert (bar.value(), bar.maximum()) == (9, 10)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ends.outcomes == ["given up"])
    assert strip.isHidden()
    assert not jobs.busy


def test_what_has_no_next_word_hears_of_a_cancel_too(qtbot: QtBot, jobs: Jobs, ends: Ends) -> None:
    begun, let_go, heard = Event(), Event(), list[object]()

    def job(progress: JobProgress) -> None:
        progress.on_cancel(lambda: heard.append(current_thread()))
        progress.on_cancel(let_go.set)
        begun.set()
        let_go.wait()
        progress.on_cancel(lambda: heard.append("at once"))
        progress("Ended")

    jobs.run(job, ends.done, ends.failed, "Reading", ends.given_up)
    qtbot.waitUntil(begun.is_set)
    jobs.cancel()
    qtbot.waitUntil(lambda: ends.outcomes == ["given up"])
    assert heard == [main_thread(), "at once"]


def test_what_a_job_was_given_is_let_go_of_however_it_ends(qtbot: QtBot, ends: Ends) -> None:
    jobs, let_go = Jobs(), list[str]()

    def run(name: str, job: Callable[[JobProgress], object]) -> None:
        jobs.run(job, ends.done, ends.failed, name, ends.given_up, let_go=lambda: let_go.append(name))

    run("done", lambda _: 1)
    run("failed", _broken)
    qtbot.waitUntil(lambda: len(ends.outcomes) == 2)
    run("cancelled", wait_for_cancel)
    run("never begun", lambda _: 1)
    jobs.cancel()
    qtbot.waitUntil(lambda: not jobs.busy)
    run("stopped", wait_for_cancel)
    run("never begun at the end", lambda _: 1)
    jobs.stop()
    assert sorted(let_go) == ["cancelled", "done", "failed", "never begun", "never begun at the end", "stopped"]


def test_cancel_also_drops_what_waits(qtbot: QtBot, jobs: Jobs, ends: Ends) -> None:
    jobs.run(wait_for_cancel, ends.done, ends.failed, "First", ends.given_up)
    jobs.run(lambda _: 1, ends.done, ends.failed, "Second", ends.given_up)
    jobs.cancel()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ends.outcomes == ["given up", "given up"]


def test_closing_while_a_job_runs_waits_for_it_and_tells_nobody(qtbot: QtBot, ends: Ends) -> None:
    jobs, running, let_go = Jobs(), Event(), Event()

    def job(progress: JobProgress) -> None:
        running.set()
        try:
            wait_for_cancel(progress)
        finally:
            let_go.set()

    jobs.run(job, ends.done, ends.failed, "Exporting", ends.given_up)
    jobs.run(lambda _: 1, ends.done, ends.failed, "Waiting", ends.given_up)
    assert running.wait(10)
    jobs.stop()
    assert let_go.is_set()
    qtbot.wait(1)
    assert ends.outcomes == []
    assert not jobs.busy
