"""A sitting of a random user: so many deeds by a seed, with what must be so held against them."""

import faulthandler
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from tests.random_user.checks import screen_is_true, settle, undo_leads_back
from tests.random_user.deeds import DEEDS, IN_DIALOGS, choose_in_a_menu, drawn
from tests.random_user.person import Deed, Person, watched

EVERY = 200
"""Deeds after which the screen is held against the file."""
HANGS = 120
"""Seconds after which a deed that has not ended is one that never will: the program says where it is, and ends."""
PATIENCE = 8
"""Deeds in one dialog before it is closed."""


def sit(plan: Path, seed: int, steps: int, *, every: int = EVERY, fast: bool = False) -> Person:
    """Let a person work at a plan.

    Args:
        plan: the plan; it is changed.
        seed: which person.
        steps: the deeds they do in the window; those in dialogs are not counted.
        every: deeds after which the screen is held against the file.
        fast: whether how long a deed takes says nothing, as where other tests run beside.

    Returns:
        The person, with the faults they met.
    """
    person = Person(plan, Random(seed), fast)
    with watched(person), _answers(person), _dialogs(person):
        try:
            _in_a_loop(lambda: _work(person, steps, every))
        finally:
            faulthandler.cancel_dump_traceback_later()
            person.leave()
            settle()
    return person


def _work(person: Person, steps: int, every: int) -> None:
    for step in range(1, steps + 1):
        if not person.fast:
            faulthandler.dump_traceback_later(HANGS, exit=True)
        person.be_there()
        person.do(_next(person))
        if step % every == 0 or step == steps:
            screen_is_true(person)
    undo_leads_back(person)


def _in_a_loop(work: Callable[[], None]) -> None:
    """Work within a loop of events, as every program does: without one, Qt deletes too early what is to be deleted."""
    loop, wrong = QEventLoop(), []

    def begin() -> None:
        try:
            work()
        except BaseException as problem:  # noqa: BLE001 - told below, in the caller's own stack
            wrong.append(problem)
        loop.quit()

    QTimer.singleShot(0, begin)
    loop.exec()
    if wrong:
        raise wrong[0]


def _next(person: Person) -> Deed:
    if QApplication.activePopupWidget() is not None:
        return choose_in_a_menu if person.chance.random() < 0.6 else _close_what_opened
    return drawn(person, DEEDS)


def _close_what_opened(person: Person) -> str:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    return "closed what had opened"


@contextmanager
def _dialogs(person: Person) -> Iterator[None]:
    """Go on in each dialog that opens, and close it in the end."""
    patience: dict[int, int] = {}
    going = [True]

    def look() -> None:
        if not going[0]:
            return
        QTimer.singleShot(2, look)  # a dialog may open from what is done now
        popup = QApplication.activePopupWidget()
        dialog = QApplication.activeModalWidget() or popup
        if dialog is None:
            patience.clear()
            return
        left = patience.get(id(dialog), PATIENCE)
        patience[id(dialog)] = left - 1
        if left > 0:
            person.do(choose_in_a_menu if popup is not None else drawn(person, IN_DIALOGS))
        elif left > -200:  # one that is at work closes when that has ended
            _end(dialog)
        elif isValid(dialog):
            dialog.done(0) if isinstance(dialog, QDialog) else dialog.close()

    QTimer.singleShot(0, look)
    try:
        yield
    finally:
        going[0] = False


def _end(dialog: QWidget) -> None:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    if isinstance(dialog, QDialog):
        dialog.reject()
    else:
        dialog.close()


@contextmanager
def _answers(person: Person) -> Iterator[None]:
    """Answer for the person where a dialog of the system would ask for a file or a printer."""
    folder = person.plan.parent / "files"
    folder.mkdir(exist_ok=True)

    def save(_parent: Any = None, _title: str = "", start: str = "", *_: Any) -> tuple[str, str]:
        return (str(folder / Path(start).name) if person.chance.random() < 0.8 else ""), ""

    def files(*_: Any) -> list[str]:
        return sorted(str(path) for path in folder.rglob("*") if path.suffix in (".xlsx", ".csv", ".ods"))

    def opened(_parent: Any = None, _title: str = "", _start: str = "", kinds: str = "", *_: Any) -> tuple[str, str]:
        there = sorted(map(str, folder.glob("deputy *.plan"))) if "*.plan" in kinds else files()
        return (person.chance.choice(there) if there and person.chance.random() < 0.8 else ""), ""

    def several(*_: Any) -> tuple[list[str], str]:
        there = files()
        return person.chance.sample(there, min(len(there), 3)), ""

    answers: dict[tuple[type, str], Callable[..., Any]] = {
        (QFileDialog, "getSaveFileName"): staticmethod(save),
        (QFileDialog, "getOpenFileName"): staticmethod(opened),
        (QFileDialog, "getOpenFileNames"): staticmethod(several),
        (QFileDialog, "getExistingDirectory"): staticmethod(lambda *_: str(folder)),
        (QPrintDialog, "exec"): lambda _: 0,
    }
    before = {(kind, name): kind.__dict__[name] for kind, name in answers}
    for (kind, name), answer in answers.items():
        setattr(kind, name, answer)
    try:
        yield
    finally:
        for (kind, name), own in before.items():
            setattr(kind, name, own)
