"""Workbooks that go out, written one after another beside the window, and each recorded once it is written."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from spp_desktop.edits import issuing
from spp_desktop.returns.definition import Content, Return
from spp_desktop.returns.file_forms import LARGE, write
from spp_desktop.returns.writing_apart import WriterProcess
from spp_desktop.store import as_at, queries
from spp_desktop.store.collector import waiting_collector
from spp_desktop.store.overview.reader import PlanReader, file_reader
from spp_desktop.store.problems import NotKept
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.jobs import JobProgress, Jobs


@dataclass(frozen=True)
class Order:
    """A workbook to be written: which return, for whom, of what period, due when, and where to."""

    definition: Return
    owner: str
    year: int | None
    period: str | None
    due: date | None
    path: Path
    whole: bool = False

    @property
    def whom(self) -> str:
        """Who the workbook is for; if it is for the whole plan, which return it is."""
        return self.owner or self.definition.title


@dataclass(frozen=True)
class Written:
    """A workbook that was written: what it holds and where it is."""

    order: Order
    content: Content


class Writing(QObject):
    """Writes workbooks, beside the window. The plan is read through a connection of its own.

    Attributes:
        written: the workbooks written so far.
        problems: a sentence for each workbook that was not written or not recorded.
        stopped: whether the person stopped it before the end.

    Signals:
        ended: no workbook is being written any more.
    """

    ended = Signal()

    def __init__(
        self, workspace: Workspace, jobs: Jobs, orders: Sequence[Order], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._jobs = jobs
        self.orders = list(orders)
        self._at = 0
        self._progress: JobProgress | None = None
        self.written: list[Written] = []
        self.problems: list[str] = []
        self.stopped = False

    def go_on(self) -> None:
        """Write the next workbook; at the end, or once the writing is stopped, emit ``ended``."""
        if not isValid(self):
            return  # the window that asked for it was closed in the meantime, and nobody is told
        self.stopped = self.stopped or (self._progress is not None and self._progress.cancelled)
        if self.stopped or self._at == len(self.orders):
            self.ended.emit()
            return
        order = self.orders[self._at]
        self._at += 1
        title = f"Writing {self._at} of {len(self.orders)}: {order.whom}"
        self._progress = self._jobs.run(
            writing(self._workspace, order, title),
            self._done,
            partial(self._failed, order),
            title,
            self.go_on,
        )

    def stop(self) -> None:
        """Stop as soon as possible. The workbooks that were written stay and are recorded."""
        self.stopped = True
        if self._progress is not None:
            self._progress.cancel()

    def _done(self, written: Written) -> None:
        self.written.append(written)
        try:
            issuing.record(self._workspace, written.content, written.order.path)
        except (NotKept, OSError) as loss:
            self.problems.append(f"{written.order.whom}: the workbook is written, but not recorded as sent. {loss}")
        self.go_on()

    def _failed(self, order: Order, sentence: str) -> None:
        self.problems.append(f"{order.whom}: {sentence}")
        self.go_on()


def writing(workspace: Workspace, order: Order, title: str) -> Callable[[JobProgress], Written]:
    """The job that writes a workbook. Of a plan as it was then, which is in memory alone, its content is read at once.

    Raises:
        PlanRefused: if the plan as it was cannot be read.
    """
    if as_at.plan_now(workspace) is workspace:
        return partial(written, workspace.path, order, title)
    return partial(_written, None, _content(workspace, order), order, title)


def written(plan: Path, order: Order, title: str, progress: JobProgress) -> Written:
    """Read what a workbook is to hold, beside the window, and write it.

    Raises:
        NotWritten: if it cannot be made or kept there, PlanRefused: if the plan cannot be read.
    """
    # A collection would look through all that the window holds, and keep it waiting.
    with waiting_collector(), file_reader(plan) as reader, ExitStack() as stack:
        several = reader.read(queries.counts)
        large = not order.owner and max(several.values()) >= LARGE
        apart = stack.enter_context(WriterProcess()) if large else None
        return _written(apart, _content(reader, order), order, title, progress)


def _content(plan: PlanReader, order: Order) -> Content:
    """What a workbook is to hold."""
    asked: dict[str, Any] = {"year": order.year, "period": order.period, "due": order.due, "whole": order.whole}
    return issuing.prepare(plan, order.definition, order.owner, **asked)


def _written(apart: WriterProcess | None, content: Content, order: Order, title: str, progress: JobProgress) -> Written:
    """Write a workbook, a large one by a process apart."""
    with ExitStack() as stack:
        if apart is None and content.rows >= LARGE:
            apart = stack.enter_context(WriterProcess())
        write(order.definition, content, order.path, partial(progress, title), apart)
    return Written(order, content)
