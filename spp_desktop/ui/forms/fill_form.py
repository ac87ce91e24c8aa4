"""Fill a form…: a blank that somebody sent, drawn; its cells are named, and it is filled from the plan."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.forms import filled, kept_forms
from spp_desktop.edits.forms.filled import FilledLine
from spp_desktop.edits.forms.value import NamedValue
from spp_desktop.plan import file_names
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.returns.aside import NotWritten
from spp_desktop.returns.cell_places import CellPlace, address
from spp_desktop.returns.forms.form import FormBook
from spp_desktop.returns.forms.mapping import CellMapping, MappingUnread
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.ui.common import panes
from spp_desktop.ui.common.files import MAPPINGS, ask_open, ask_save
from spp_desktop.ui.common.jobs import Jobs
from spp_desktop.ui.common.plain_table import dress, narrow
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.forms.belongs_here import BY_LABELS, BelongsHereDialog
from spp_desktop.ui.forms.form_dialog import FormDialog
from spp_desktop.ui.forms.named_cells import NamedCells
from spp_desktop.ui.forms.sheet_view import SheetView
from spp_desktop.ui.forms.wording_dialog import WordingDialog
from spp_desktop.ui.results.import_parts import show_lines

NAMED_TITLES = ("Cell", "What belongs there", "Now", "Note")
UNPLACED_TITLES = ("Not placed", "Why")
NOTHING_YET = (
    "Choose the blank form that somebody sent: an .xlsx, .xlsm or .ods file. It is only read, never written over."
)
HOW = "Arrows move, Shift selects. Enter says what belongs there, Delete takes it away. F6 or Tab goes to the lists."
WITHOUT_KEEPING = "What you named in this form is not kept."
UNKEPT = "Keep puts it into the plan under the name beside it, so that it is there for the next form."
_NEW = "(a new one)"
_GRID, _LISTS = 620, 540


class FillFormDialog(FormDialog):
    """Draws a blank form, asks what belongs into its cells, keeps that under a name, and writes the filled form."""

    asks, takes_in = "The blank form", False

    def __init__(self, signals: PlanSignals, jobs: Jobs, year: int, parent: QWidget | None = None) -> None:
        super().__init__(signals, jobs, year, "Fill a form", parent)
        self.cells: NamedCells | None = None
        self._unkept = False
        self.notice.setText(NOTHING_YET)
        self.files = QPushButton("Mapping fi&le", self)
        self.sheets = QTabWidget(self)
        self.named = QTableWidget(0, len(NAMED_TITLES), self)
        self.unplaced = QTableWidget(0, len(UNPLACED_TITLES), self)
        self.name = QLineEdit(self)
        self.wording = QPushButton("In their &words…", self)
        self.keep_button, self.fill_button = QPushButton("&Keep", self), QPushButton("F&ill…", self)
        self.close_button = QPushButton("Close", self)
        self.mappings.addItem(_NEW, "")
        for name in self.kept:
            self.mappings.addItem(name, name)
        self._lay_out()
        self._connect()
        self.show_state()
        self.choose.setFocus()

    # What is done

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
            self.say("A formula of the form stands there. It stays as it is.")
            return
        offered = self._signals.read(cells.offered, view.sheet, free)
        by_labels = {place: names[0].name for place, names in offered.items() if names}
        several = len(by_labels) if len(free) > 1 else 0
        listed = self._signals.read(cells.listed)
        where = cells.words(view.sheet, free)

        def meant(text: str) -> NamedValue | None:
            """What a whole name means that is typed."""
            return self._signals.read(cells.meant, text)

        dialog = BelongsHereDialog(where, offered[free[0]], listed, several, self, meant=meant)
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
        if self._kept(mapping):
            self.cells.mapping = mapping
            self._fill_in()
            self.say(f"Kept as {mapping.title}. It is in the plan, and Undo takes it back.", plain=True)

    def _kept(self, mapping: CellMapping) -> bool:
        """Keep a mapping, and choose it; whether the plan has it."""
        try:
            self._signals.edit(f"keep the form mapping {mapping.title}", kept_forms.keep_form, mapping)
        except (RuleBroken, NotKept, PlanRefused) as refusal:
            self.say(str(refusal))
            return False
        self.kept[mapping.title], self._unkept = mapping, False
        if self.mappings.findData(mapping.title) < 0:
            self.mappings.addItem(mapping.title, mapping.title)
        self.mappings.setCurrentIndex(self.mappings.findData(mapping.title))
        return True

    def take_mapping(self) -> None:
        """Ask for the file of a mapping, keep it in the plan, and name the cells by it."""
        path = ask_open(self, "The file of a mapping", MAPPINGS, self._folder)
        if path is None:
            return
        try:
            mapping = kept_forms.mapping_of_file(path)
        except (MappingUnread, OSError) as problem:
            self.say(
                str(problem) if isinstance(problem, MappingUnread) else f"{path.name} could not be read: {problem}"
            )
            return
        title = mapping.title
        there = title in self.kept and self.kept[title] != mapping
        if there and not ask(
            self, f"A mapping {title} is kept already. Take that of {path.name} in its place?", "Take it"
        ):
            return
        if self._kept(mapping):
            self._choose_mapping()
            self.say(f"{title} is in the plan now, and Undo takes it back.", plain=True)

    def save_mapping(self) -> None:
        """Ask where the mapping is to be written as a small text that another force can use, and write it."""
        if self.cells is None:
            return
        mapping = self.cells.kept(self.name.text())
        path = ask_save(self, "Save the mapping", MAPPINGS, self._folder / f"{file_names.part(mapping.title)}.toml")
        if path is None:
            return
        try:
            kept_forms.mapping_to_file(mapping.as_text(), path)
        except NotWritten as refusal:
            self.say(str(refusal))
            return
        self.say(f"The mapping is in {path.name}, to be read, changed, or taken by another plan.", plain=True)

    def ask_wording(self) -> None:
        """Ask what the form calls the words of the cell that is chosen in the list."""
        line, cells = self._line(), self.cells
        if line is None or cells is None:
            return
        words = self._signals.read(cells.wording, line)
        if not words:
            self.say("What belongs there is no word of the plan: it is filled in as it is.")
            return
        dialog = WordingDialog(f"{line.title} ({line.sheet})", words, self)
        if dialog.exec():
            self._signals.read(cells.word, line, dialog.words())
            self._unkept = True
            self._fill_in()
        dialog.deleteLater()

    def fill(self) -> None:
        """Ask where the filled form is to be, and write it."""
        if self.cells is None or self.path is None:
            return
        form = self.cells.form
        offered = self.path.with_name(f"{self.path.stem} {year_name(self.cells.year)}.{form.kind}")
        path = ask_save(self, "The filled form", f"Forms (*.{form.kind})", offered)
        if path is None:
            return
        filling = self._signals.read(self.cells.fill)
        try:
            filled.write(filling, path, self.path)
        except (NotWritten, ReturnRefused) as refusal:
            self.say(str(refusal))
            return
        self.outcome = f"{filling.outcome()}. It is in {path.name}."
        self.say(self.outcome, plain=True)

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
            lines.append(((where, line.title, line.shown or "(blank)", " ".join(line.notes)), not line.shown))
        for n in range(self.sheets.count()):
            view = self.sheets.widget(n)
            if isinstance(view, SheetView):
                view.cells.name_cells(named.get(view.sheet.title, {}))
        show_lines(self.named, lines)
        show_lines(self.unplaced, [((each.cell.called, each.why), True) for each in filling.unplaced])
        self.unplaced.setVisible(bool(filling.unplaced))
        told = [f"{counted(len(lines), 'cell')} named. {HOW}" if lines else HOW, *filling.form.notices]
        self.say(" ".join(told), plain=True)
        self.show_state()

    def _line(self) -> FilledLine | None:
        """The line that is chosen in the list of named cells."""
        row = self.named.currentRow()
        lines = [line for line in self.cells.filling.lines if line.place is not None] if self.cells is not None else []
        return lines[row] if 0 <= row < len(lines) else None

    def _go(self) -> None:
        """Go to the cell of the line that is chosen, and say the whole of what is to be said of it."""
        line = self._line()
        if line is not None and line.notes:
            self.say(" ".join(line.notes), plain=True)
        for n in range(self.sheets.count()) if line is not None else ():
            view = self.sheets.widget(n)
            if isinstance(view, SheetView) and line is not None and view.sheet.title == line.sheet and line.place:
                self.sheets.setCurrentIndex(n)
                view.go_to(line.place)

    def show_state(self) -> None:
        """Let be pressed what can be done now."""
        open_ = self.cells is not None and not self.busy
        for widget in (self.sheets, self.named, self.name, self.wording):
            widget.setEnabled(open_)
        self.keep_button.setEnabled(open_ and not self._signals.workspace.read_only)
        self.take_file.setDisabled(self.busy or self._signals.workspace.read_only)
        self.save_file.setEnabled(open_ and self.cells is not None and bool(self.cells.mapping.cells))
        self.fill_button.setEnabled(open_ and self.cells is not None and self.cells.filling.filled > 0)
        self.choose.setEnabled(not self.busy)

    # Laying out

    def _connect(self) -> None:
        self.mappings.activated.connect(self._choose_mapping)
        self.years.activated.connect(self._choose_year)
        self.named.itemActivated.connect(lambda _: self._go())
        self.named.currentCellChanged.connect(lambda *_: self._go() if self.named.hasFocus() else None)
        self.wording.clicked.connect(self.ask_wording)
        self.keep_button.clicked.connect(self.keep)
        self.fill_button.clicked.connect(self.fill)
        self.close_button.clicked.connect(self.reject)
        QShortcut(QKeySequence(Qt.Key.Key_F6), self).activated.connect(self._next_pane)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self._turn(step))

    def _next_pane(self) -> None:
        panes.step([pane for pane in (self.view, self.named, self.unplaced) if pane is not None])

    def _turn(self, step: int) -> None:
        """Show the next sheet, or the one before."""
        if self.sheets.count():
            self.sheets.setCurrentIndex((self.sheets.currentIndex() + step) % self.sheets.count())
            if self.view is not None:
                self.view.setFocus()

    def _lay_out(self) -> None:
        dress(self.named, "What belongs into the cells", NAMED_TITLES, stretch=3)
        narrow(self.named, {1: 190, 2: 110})
        dress(self.unplaced, "What could not be placed", UNPLACED_TITLES, stretch=1)
        self.unplaced.hide()
        self.name.setPlaceholderText("such as Annual return")
        self.name.setAccessibleName("Name of the mapping")
        for button in (self.files, self.wording, self.keep_button, self.fill_button, self.close_button):
            button.setAutoDefault(False)
        menu = QMenu(self.files)
        self.take_file = menu.addAction("&Take a mapping from a file…", self.take_mapping)
        self.save_file = menu.addAction("&Save this mapping as a file…", self.save_mapping)
        self.files.setMenu(menu)
        lists = QSplitter(Qt.Orientation.Vertical, self)
        lists.addWidget(self.named)
        lists.addWidget(self.unplaced)
        middle = QSplitter(Qt.Orientation.Horizontal, self)
        middle.addWidget(self.sheets)
        middle.addWidget(self._beside(lists))
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
        column.addLayout(self.head(self.files))
        column.addWidget(middle, 1)
        column.addWidget(self.notice)
        column.addLayout(below)

    def _beside(self, lists: QWidget) -> QWidget:
        """The lists, and below them what can be said of the cell that is chosen in them."""
        beside = QWidget(self)
        row = QHBoxLayout()
        row.addWidget(self.wording)
        row.addStretch(1)
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(lists, 1)
        column.addLayout(row)
        return beside


def _rows(places: Sequence[CellPlace]) -> int:
    """How many rows of one column cells are, one below the other, from the first."""
    column = [row for row, at in places if at == places[0][1]]
    return max(column) - min(column) + 1
