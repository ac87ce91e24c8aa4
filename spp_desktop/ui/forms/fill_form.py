"""Fill a form…: a blank that somebody sent, drawn; its cells are named, and it is filled from the plan."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.forms import filled, kept_forms
from spp_desktop.plan.identity import years_of
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.returns.aside import NotWritten
from spp_desktop.returns.cell_places import CellPlace, address
from spp_desktop.returns.forms.form import FormBook
from spp_desktop.returns.forms.mapping import CellMapping
from spp_desktop.returns.forms.opening import open_form
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store import queries
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.ui.common.files import FORMS, ask_open, ask_save
from spp_desktop.ui.common.jobs import JobProgress, Jobs
from spp_desktop.ui.common.plain_table import dress
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.forms.belongs_here import BY_LABELS, BelongsHereDialog
from spp_desktop.ui.forms.named_cells import NamedCells
from spp_desktop.ui.forms.sheet_view import SheetView
from spp_desktop.ui.results.import_parts import fit_import, say, show_lines

NAMED_TITLES = ("Cell", "Now", "What belongs there", "Note")
UNPLACED_TITLES = ("Not placed", "Why")
NOTHING_YET = (
    "Choose the blank form that somebody sent: an .xlsx, .xlsm or .ods file. It is only read, never written over."
)
HOW = "Arrows move, Shift selects. Enter says what belongs there, Delete takes it away. F6 or Tab goes to the lists."
WITHOUT_KEEPING = "What you named in this form is not kept."
UNKEPT = "Keep puts it into the plan under the name beside it, so that it is there for the next form."
_NEW = "(a new one)"
_GRID, _LISTS = 720, 440


class FillFormDialog(QDialog):
    """Draws a blank form, asks what belongs into its cells, keeps that under a name, and writes the filled form."""

    def __init__(self, signals: PlanSignals, jobs: Jobs, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals, self._jobs = signals, jobs
        self.kept = signals.read(kept_forms.kept_forms)
        self.cells: NamedCells | None = None
        self.outcome, self.busy, self._unkept = "", False, False
        self._path: Path | None = None
        self._folder = signals.workspace.path.parent
        self.setWindowTitle("Fill a form")
        fit_import(self)
        self.choose, self.file = QPushButton("&Form…", self), QLabel("No form is open", self)
        self.mappings, self.years = QComboBox(self), QComboBox(self)
        self.sheets = QTabWidget(self)
        self.named = QTableWidget(0, len(NAMED_TITLES), self)
        self.unplaced = QTableWidget(0, len(UNPLACED_TITLES), self)
        self.notice = QLabel(NOTHING_YET, self, wordWrap=True)
        self.name = QLineEdit(self)
        self.keep_button, self.fill_button = QPushButton("&Keep", self), QPushButton("F&ill…", self)
        self.close_button = QPushButton("Close", self)
        self._offer(year)
        self._lay_out()
        self._connect()
        self._show_state()
        self.choose.setFocus()

    # What is done

    def choose_file(self) -> None:
        """Ask for a blank form, and read it."""
        path = ask_open(self, "The blank form", FORMS, self._folder)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Read a form, beside the window."""
        self._folder, self.busy = path.parent, True
        self.file.setText(path.name)
        self._say(f"Reading {path.name}…", plain=True)

        def work(progress: JobProgress) -> FormBook:
            """Read the form, beside the window."""
            progress(f"Reading {path.name}")
            return open_form(path)

        def done(form: FormBook) -> None:
            self._path, self.busy = path, False
            self.show_form(form)

        self._jobs.run(work, done, self._refused, f"Reading {path.name}", lambda: self._refused("You stopped it."))
        self._show_state()

    def show_form(self, form: FormBook) -> None:
        """Draw a form, and name its cells by the mapping that is kept of a form of its name, if one is."""
        self.file.setText(form.name)
        fitting = [name for name, each in self.kept.items() if each.form == form.name]
        if fitting and not self.mappings.currentData():
            self.mappings.setCurrentIndex(self.mappings.findData(fitting[-1]))
        while self.sheets.count():
            shut = self.sheets.widget(0)
            self.sheets.removeTab(0)
            if shut is not None:
                shut.deleteLater()
        for sheet in form.sheets:
            view = SheetView(form, sheet, self.sheets)
            view.asked.connect(self.ask)
            view.cleared.connect(self.clear)
            self.sheets.addTab(view, sheet.title.replace("&", "&&") + (" (hidden)" if sheet.hidden else ""))
        shown = next((n for n, sheet in enumerate(form.sheets) if not sheet.hidden), 0)
        self.sheets.setCurrentIndex(shown)
        self._take_mapping(form)
        if self.view is not None:
            self.view.setFocus()

    def ask(self) -> None:
        """Ask what belongs into the selected cells."""
        view, cells = self.view, self.cells
        if view is None or cells is None:
            return
        free = [place for place in view.chosen() if place not in view.sheet.formulas]
        if not free:
            self._say("A formula of the form stands there. It stays as it is.")
            return
        offered = self._signals.read(cells.offered, view.sheet, free)
        by_labels = {place: names[0].name for place, names in offered.items() if names}
        several = len(by_labels) if len(free) > 1 else 0
        listed = self._signals.read(cells.listed)
        dialog = BelongsHereDialog(cells.words(view.sheet, free), offered[free[0]], listed, several, self)
        if dialog.exec() and (chosen := dialog.chosen()) is not None:
            if chosen is BY_LABELS:
                cells.name(view.sheet, by_labels)
            else:
                rows = _rows(free) if chosen.name.startswith("each ") else 1
                cells.name(view.sheet, {free[0]: chosen.name}, rows)
            self._unkept = True
            self._fill_in()
        dialog.deleteLater()

    def clear(self) -> None:
        """Take the names from the selected cells."""
        if self.view is not None and self.cells is not None:
            self.cells.clear(self.view.sheet, self.view.chosen())
            self._unkept = True
            self._fill_in()

    def keep(self) -> None:
        """Keep what belongs where under a name."""
        if self.cells is None:
            return
        mapping = self.cells.kept(self.name.text())
        try:
            self._signals.edit(f"keep the form mapping {mapping.title}", kept_forms.keep_form, mapping)
        except (RuleBroken, NotKept, PlanRefused) as refusal:
            self._say(str(refusal))
            return
        self.kept[mapping.title], self._unkept = mapping, False
        if self.mappings.findData(mapping.title) < 0:
            self.mappings.addItem(mapping.title, mapping.title)
        self.mappings.setCurrentIndex(self.mappings.findData(mapping.title))
        self.cells.mapping = mapping
        self._fill_in()
        self._say(f"Kept as {mapping.title}. It is in the plan, and Undo takes it back.", plain=True)

    def fill(self) -> None:
        """Ask where the filled form is to be, and write it."""
        if self.cells is None or self._path is None:
            return
        form = self.cells.form
        offered = self._path.with_name(f"{self._path.stem} {year_name(self.cells.year)}.{form.kind}")
        path = ask_save(self, "The filled form", f"Forms (*.{form.kind})", offered)
        if path is None:
            return
        filling = self._signals.read(self.cells.fill)
        try:
            filled.write(filling, path, self._path)
        except (NotWritten, ReturnRefused) as refusal:
            self._say(str(refusal))
            return
        self.outcome = f"{filling.outcome()}. It is in {path.name}."
        self._say(self.outcome, plain=True)

    def reject(self) -> None:
        """Close, once a person has said so where what was named is not kept."""
        if not self._unkept or ask(self, WITHOUT_KEEPING, "Close without keeping", detail=UNKEPT):
            super().reject()

    # What is shown

    @property
    def view(self) -> SheetView | None:
        """The sheet that is shown."""
        widget = self.sheets.currentWidget()
        return widget if isinstance(widget, SheetView) else None

    def _take_mapping(self, form: FormBook) -> None:
        """Lay the chosen mapping over a form."""
        name, year = str(self.mappings.currentData() or ""), int(self.years.currentData())
        mapping = self.kept.get(name, CellMapping("", form.name, year=year))
        self.cells = NamedCells(form, mapping, year)
        self.name.setText(name or form.name.rpartition(".")[0])
        self._fill_in()

    def _choose_mapping(self) -> None:
        if self.cells is not None:
            self._take_mapping(self.cells.form)

    def _choose_year(self) -> None:
        if self.cells is not None:
            self.cells = NamedCells(self.cells.form, self.cells.mapping, int(self.years.currentData()))
            self._fill_in()

    def _refused(self, sentence: str) -> None:
        self.busy = False
        self._say(sentence)
        self._show_state()

    def _fill_in(self) -> None:
        """Show what goes into each cell now, and what could not be placed."""
        assert self.cells is not None
        filling = self._signals.read(self.cells.fill)
        named: dict[str, dict[CellPlace, tuple[str, str]]] = {}
        lines: list[tuple[Sequence[str], bool]] = []
        for line in filling.lines:
            if line.place is None:
                continue
            named.setdefault(line.sheet, {})[line.place] = (line.shown, line.title)
            where = f"{line.sheet}!{address(line.place)}"
            lines.append(((where, line.shown or "(blank)", line.title, " ".join(line.notes)), not line.shown))
        for n in range(self.sheets.count()):
            view = self.sheets.widget(n)
            if isinstance(view, SheetView):
                view.cells.name_cells(named.get(view.sheet.title, {}))
        show_lines(self.named, lines)
        show_lines(self.unplaced, [((each.cell.called, each.why), True) for each in filling.unplaced])
        self.unplaced.setVisible(bool(filling.unplaced))
        told = [f"{counted(len(lines), 'cell')} named. {HOW}" if lines else HOW, *filling.form.notices]
        self._say(" ".join(told), plain=True)
        self._show_state()

    def _go(self) -> None:
        """Go to the cell of the line that is chosen."""
        row = self.named.currentRow()
        lines = [line for line in self.cells.filling.lines if line.place is not None] if self.cells is not None else []
        if 0 <= row < len(lines):
            line = lines[row]
            for n in range(self.sheets.count()):
                view = self.sheets.widget(n)
                if isinstance(view, SheetView) and view.sheet.title == line.sheet and line.place is not None:
                    self.sheets.setCurrentIndex(n)
                    view.go_to(line.place)

    def _show_state(self) -> None:
        open_ = self.cells is not None and not self.busy
        for widget in (self.sheets, self.named, self.name, self.fill_button):
            widget.setEnabled(open_)
        self.keep_button.setEnabled(open_ and not self._signals.workspace.read_only)
        self.fill_button.setEnabled(open_ and self.cells is not None and self.cells.filling.filled > 0)
        self.choose.setEnabled(not self.busy)

    def _say(self, sentence: str, *, plain: bool = False) -> None:
        say(self.notice, sentence, read_only=False, plain=plain)

    # Laying out

    def _offer(self, year: int) -> None:
        self.mappings.addItem(_NEW, "")
        for name in self.kept:
            self.mappings.addItem(name, name)
        for each in years_of(self._signals.read(queries.plan)):
            self.years.addItem(year_name(each), each)
        self.years.setCurrentIndex(max(self.years.findData(year), 0))

    def _connect(self) -> None:
        self.choose.clicked.connect(self.choose_file)
        self.mappings.activated.connect(self._choose_mapping)
        self.years.activated.connect(self._choose_year)
        self.named.itemActivated.connect(lambda _: self._go())
        self.named.currentCellChanged.connect(lambda *_: self._go() if self.named.hasFocus() else None)
        self.keep_button.clicked.connect(self.keep)
        self.fill_button.clicked.connect(self.fill)
        self.close_button.clicked.connect(self.reject)
        QShortcut(QKeySequence(Qt.Key.Key_F6), self).activated.connect(self._next_pane)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self._turn(step))

    def _next_pane(self) -> None:
        panes = [pane for pane in (self.view, self.named, self.unplaced) if pane is not None and pane.isVisible()]
        at = next((n for n, pane in enumerate(panes) if pane.hasFocus()), -1)
        if panes:
            panes[(at + 1) % len(panes)].setFocus()

    def _turn(self, step: int) -> None:
        """Show the next sheet, or the one before."""
        if self.sheets.count():
            self.sheets.setCurrentIndex((self.sheets.currentIndex() + step) % self.sheets.count())
            if self.view is not None:
                self.view.setFocus()

    def _lay_out(self) -> None:
        dress(self.named, "What belongs into the cells", NAMED_TITLES, stretch=2)
        dress(self.unplaced, "What could not be placed", UNPLACED_TITLES, stretch=1)
        self.unplaced.hide()
        self.name.setPlaceholderText("such as Annual return")
        self.name.setAccessibleName("Name of the mapping")
        for button in (self.choose, self.keep_button, self.fill_button, self.close_button):
            button.setAutoDefault(False)
        above = QHBoxLayout()
        above.addWidget(self.choose)
        above.addWidget(self.file, 1)
        for text, box in (("&Mapping", self.mappings), ("&Year", self.years)):
            label = QLabel(text, self)
            label.setBuddy(box)
            above.addWidget(label)
            above.addWidget(box)
        lists = QSplitter(Qt.Orientation.Vertical, self)
        lists.addWidget(self.named)
        lists.addWidget(self.unplaced)
        middle = QSplitter(Qt.Orientation.Horizontal, self)
        middle.addWidget(self.sheets)
        middle.addWidget(lists)
        middle.setSizes([_GRID, _LISTS])
        below = QHBoxLayout()
        label = QLabel("Keep &as", self)
        label.setBuddy(self.name)
        below.addWidget(label)
        below.addWidget(self.name, 1)
        for button in (self.keep_button, self.fill_button, self.close_button):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(above)
        column.addWidget(middle, 1)
        column.addWidget(self.notice)
        column.addLayout(below)


def _rows(places: Sequence[CellPlace]) -> int:
    """How many rows of one column cells are, one below the other, from the first."""
    column = [row for row, at in places if at == places[0][1]]
    return max(column) - min(column) + 1
