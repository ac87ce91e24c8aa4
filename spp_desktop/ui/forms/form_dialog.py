"""What the dialogs over somebody's form have in common: it is chosen and read, and a mapping and a year go with it."""

from abc import abstractmethod
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from spp_desktop.edits.forms import kept_forms
from spp_desktop.plan.identity import years_kept
from spp_desktop.plan.periods import year_name
from spp_desktop.returns.forms.form import FormBook
from spp_desktop.returns.forms.opening import open_form
from spp_desktop.store import queries
from spp_desktop.ui.common.files import FORMS, ask_open
from spp_desktop.ui.common.jobs import JobProgress, Jobs
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.results.import_parts import fit_import, say


class FormDialog(QDialog):
    """A dialog over a form.

    Attributes:
        asks: what is asked for in the dialog in which the form is chosen.
        takes_in: whether something comes into the plan by it.
        kept: the mappings that the plan keeps, by name.
        outcome: what was done, in a sentence; "" while nothing was.
        busy: whether a form is being read.
        path: the form that was read last.
    """

    asks: ClassVar[str]
    takes_in: ClassVar[bool]

    def __init__(self, signals: PlanSignals, jobs: Jobs, year: int, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals, self._jobs = signals, jobs
        self.kept = signals.read(kept_forms.kept_forms)
        self.outcome, self.busy = "", False
        self.path: Path | None = None
        self._folder = signals.workspace.path.parent
        self.setWindowTitle(title)
        fit_import(self)
        self.choose, self.file = QPushButton("&Form…", self), QLabel("No form is open", self)
        self.mappings, self.years = QComboBox(self), QComboBox(self)
        self.notice = QLabel(self, wordWrap=True)
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self.choose_file)
        for each in years_kept(signals.read(queries.plan)):
            self.years.addItem(year_name(each), each)
        self.years.setCurrentIndex(max(self.years.findData(year), 0))

    # What a derived dialog defines

    @abstractmethod
    def show_form(self, form: FormBook) -> None:
        """Show a form that was read."""

    @abstractmethod
    def show_state(self) -> None:
        """Let be pressed what can be done now."""

    # What is done

    def choose_file(self) -> None:
        """Ask for a form, and read it."""
        path = ask_open(self, self.asks, FORMS, self._folder)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Read a form, beside the window."""
        self._folder, self.busy = path.parent, True
        self.file.setText(path.name)
        self.say(f"Reading {path.name}…", plain=True)

        def work(progress: JobProgress) -> FormBook:
            """Read the form, beside the window."""
            progress(f"Reading {path.name}")
            return open_form(path)

        def done(form: FormBook) -> None:
            """Show the form that was read."""
            self.path, self.busy = path, False
            self.file.setText(form.name)
            self.show_form(form)

        self._jobs.run(work, done, self._refused, f"Reading {path.name}", lambda: self._refused("You stopped it."))
        self.show_state()

    def say(self, sentence: str, *, plain: bool = False) -> None:
        """Say a sentence below, plainly or so that it stands out."""
        say(self.notice, sentence, read_only=self.takes_in and self._signals.workspace.read_only, plain=plain)

    def _refused(self, sentence: str) -> None:
        self.busy = False
        self.say(sentence)
        self.show_state()

    # Laying out

    def head(self, *beside_mapping: QWidget) -> QHBoxLayout:
        """The row above: the form, the mapping with what stands beside it, the year."""
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self.file, 1)
        for text, box, more in (("&Mapping", self.mappings, beside_mapping), ("&Year", self.years, ())):
            label = QLabel(text, self)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box)
            for widget in more:
                row.addWidget(widget)
        return row
