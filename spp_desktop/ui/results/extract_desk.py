"""An extract on its way into the plan: the file, what its columns hold, and what would come in. No widgets."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from shiboken6 import isValid

from spp_desktop.edits import extract_names, importing_results
from spp_desktop.edits.extract_names import KeysByName
from spp_desktop.edits.importing_results import Counts, NamedColumns, Taken
from spp_desktop.edits.incoming import Incoming
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns import extract_reading
from spp_desktop.returns.column_mapping import ColumnMapping
from spp_desktop.returns.extract_reading import ExtractReading
from spp_desktop.returns.mapped import Chosen, Extract, FileLook, SheetLook, look_at
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.ui.common.jobs import Cancelled, JobProgress, Jobs
from spp_desktop.ui.common.signals import PlanSignals


class ExtractDesk(QObject):
    """One extract. Nothing is changed by it before ``take``.

    Attributes:
        look: the beginning of the file, once it is looked at.
        reading: which of its tables is read, and how, once it is looked at.
        incoming: what was read, once it is counted; ``counts``: what would come in of it.
        kept: the mappings that are kept, by name.

    Signals:
        looked: the file is looked at, or another sheet, row of headings or mapping is chosen.
        counted: what would come in is known.
        moved: what is being done, how much, of how much (0: nobody knows).
        refused: a sentence; nothing is under way any more.
    """

    looked = Signal()
    counted = Signal()
    moved = Signal(str, int, int)
    refused = Signal(str)

    def __init__(self, signals: PlanSignals, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._signals, self._jobs = signals, jobs
        self._running: JobProgress | None = None
        self._working = self._stop = self._closed = False
        self.path = Path()
        self.look: FileLook | None = None
        self.kept = signals.read(importing_results.mappings)
        self.plan = signals.read(extract_names.plan_names)
        self._reading: ExtractReading | None = None
        self._before = ColumnMapping()
        self.incoming: Incoming | None = None
        self.counts: Counts | None = None
        jobs.moved.connect(self._tell)

    # The file and its columns

    @property
    def reading(self) -> ExtractReading:
        """Which of its tables is read, and how."""
        assert self._reading is not None
        return self._reading

    @property
    def mapping(self) -> ColumnMapping:
        """What the columns hold."""
        return self._before if self._reading is None else self._reading.mapping

    @property
    def title(self) -> str:
        """The name of the kept mapping that was chosen; "" for none."""
        return "" if self._reading is None else self._reading.title

    @property
    def place(self) -> int:
        """The place of the sheet that is read, among those of the file."""
        assert self.look is not None
        return self.look.sheets.index(self.sheet)

    @property
    def sheet(self) -> SheetLook:
        """The sheet that is read."""
        return self.reading.sheet

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the table."""
        return self.reading.table.headings

    def open(self, path: Path) -> None:
        """Look at a file's first rows, beside the window."""
        self.forget()
        self._before = self.mapping
        self.path, self.look, self._reading = path, None, None
        self._run(partial(_look, path), self._looked, f"Opening {path.name}")

    def _looked(self, look: FileLook) -> None:
        if self._closed:
            return
        self.look = look
        fitting = extract_reading.fitting(self.kept, look, self.plan)
        self._set(fitting or extract_reading.proposed(look, self.plan, self._before))

    def choose_sheet(self, place: int) -> None:
        """Read another sheet, whatever it says of itself."""
        assert self.look is not None
        reading = extract_reading.on_sheet(self.reading, self.look.sheets[place])
        self._set(reading if reading.title else reading.changed(reading.mapping, seen=True))

    def choose_headings(self, at: int, depth: int) -> None:
        """Take other rows for those of the headings: the place of the last one, and how many they are."""
        reading = extract_reading.at_row(self.reading, at, depth)
        self._set(reading if reading.title else reading.changed(reading.mapping, seen=True))

    def choose_mapping(self, title: str) -> None:
        """Read the columns as a kept mapping says; "" begins anew."""
        assert self.look is not None
        if not title:
            self._set(self.reading.guessed())
            return
        fitting = extract_reading.fitting({title: self.kept[title]}, self.look, self.plan, self.sheet.title)
        self._set(fitting or replace(self.reading, title=title, mapping=self.kept[title]))

    def change(self, mapping: ColumnMapping) -> None:
        """Read the columns in another way."""
        self.forget()
        self._reading = self.reading.changed(mapping)

    def lacks(self) -> str:
        """What is still to be chosen before the file can be read, as a sentence; "" if nothing is."""
        return "" if self._reading is None or not self.reading.questions else self.reading.questions[0].sentence

    def in_doubt(self) -> set[int]:
        """The columns, counted from 0, of which it must be chosen what they hold."""
        return {question.place for question in self.reading.questions}

    def _set(self, reading: ExtractReading) -> None:
        self.forget()
        self._reading = reading
        self.looked.emit()

    # What would come in

    def count(self) -> None:
        """Read all of the file beside the window, then hold it against the plan."""
        self.forget()
        chosen = self.reading.chosen(self._signals.read(extract_names.first_year))
        names = self._signals.read(extract_names.keys_by_name, chosen.mapping)
        if names.lacks:
            self.refused.emit(names.lacks)
            return
        several = self.look is not None and len(self.look.sheets) > 1
        self._run(partial(_gathered, self.path, chosen, names, several), self._gathered, f"Reading {self.path.name}")

    def _gathered(self, incoming: Incoming) -> None:
        if self._closed:
            incoming.close()
            return
        self.incoming = incoming
        incoming.waits = self._signals.workspace.waits
        self._in_window(self._weigh)
        if self.counts is not None:
            self.counted.emit()

    def _weigh(self) -> None:
        assert self.incoming is not None
        self.counts = self._signals.read(importing_results.weigh, self.incoming, self._step)

    def add_areas(self, wanted: bool) -> None:
        """Let areas that the plan does not have be added, or leave their rows out."""
        if self.incoming is not None:
            self.incoming.add_areas(wanted=wanted)
            self.counts = importing_results.counts(self.incoming)
            self.counted.emit()

    def take_unlikely(self, wanted: bool) -> None:
        """Let figures come in that are hardly meant, or leave them out."""
        if self.incoming is not None:
            self.incoming.take_unlikely(wanted=wanted)
            self.counts = importing_results.counts(self.incoming)
            self.counted.emit()

    # Coming in

    def take(self, reason: str, title: str) -> Taken | None:
        """Put into the plan what was counted, with the mapping under a name if one is given, as one step.

        Gives nothing where it was stopped or refused; the plan is then as it was.
        """
        taken: list[Taken] = []
        self._in_window(lambda: taken.append(self._taken(reason, title)))
        return taken[0] if taken else None

    def _taken(self, reason: str, title: str) -> Taken:
        assert self.incoming is not None
        mapping = replace(self.mapping, sheet=self.sheet.title)
        columns = NamedColumns(title, mapping) if title and self.kept.get(title) != mapping else None
        label = importing_results.label(self.incoming, reason, columns)
        taken = self._signals.edit(
            label,
            importing_results.take,
            self.incoming,
            reason,
            self._step,
            columns,
            as_kind="import",
            heard=self._step,
        )
        if columns is not None:
            self.kept[title] = mapping
        return taken

    # What is under way

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._working or self._running is not None

    def stop(self) -> None:
        """Give up what is under way; nothing is changed by it."""
        self._stop = True
        if self._running is not None:
            self._running.cancel()

    def forget(self) -> None:
        """Let go of what was read, because something else is asked for."""
        if self.incoming is not None:
            self.incoming.close()
        self.incoming = self.counts = None

    def close(self) -> None:
        """Let go of everything."""
        self._closed = True
        self.stop()
        self.forget()

    def _run(self, job: Callable[[JobProgress], object], done: Callable[..., None], title: str) -> None:
        """Do something beside the window."""
        self._stop = False

        def end(then: Callable[..., None], *answer: object) -> None:
            """Take what came of it."""
            self._running = None
            self._closed |= not isValid(self)  # the dialog may have been let go of without being closed
            then(*answer)

        self._running = self._jobs.run(
            job,
            partial(end, done),
            partial(end, self._refuse),
            title,
            partial(end, self._refuse, "You stopped it. Nothing was changed."),
        )

    def _refuse(self, sentence: str) -> None:
        """Say why something was not done, while there is still somebody to whom it is said."""
        if not self._closed:
            self.refused.emit(sentence)

    def _in_window(self, work: Callable[[], None]) -> None:
        """Do something with the plan, in steps between which the window lives on."""
        self._working, self._stop = True, False
        sentence = ""
        try:
            work()
        except Cancelled:
            sentence = "You stopped it. The plan is as it was."
        except (RuleBroken, NotKept, PlanRefused) as refusal:
            sentence = str(refusal)
        finally:
            self._working = False
        if sentence:
            self.refused.emit(sentence)

    def _step(self, what: str, done: int, total: int) -> None:
        self.moved.emit(what, done, total)
        QCoreApplication.processEvents()
        if self._stop:
            raise Cancelled

    def _tell(self, what: str, done: int, total: int) -> None:
        if self._running is not None:
            self.moved.emit(what, done, total)


def _look(path: Path, progress: JobProgress) -> FileLook:
    """The first rows of a file."""
    extract = look_at(path)
    progress(f"Opening {path.name}")
    return extract


def _gathered(path: Path, chosen: Chosen, names: KeysByName, several: bool, progress: JobProgress) -> Incoming:
    """All rows of a file, read through a mapping."""
    extract = Extract(path)
    progress.on_cancel(extract.stop)
    try:
        return importing_results.gather(extract, chosen, names, several_sheets=several, progress=progress)
    except ReturnRefused:
        if progress.cancelled:
            raise Cancelled from None
        raise
