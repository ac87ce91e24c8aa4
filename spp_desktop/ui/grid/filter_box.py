"""The box above a table in which a person types what to find, and the chips for the filters of its columns."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from spp_desktop.ui.common.style import as_label
from spp_desktop.ui.grid.grid import Grid
from spp_desktop.ui.grid.table_model import TableModel

INTO_THE_TABLE = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
READ_AT_A_GLANCE = 2
"""The most values of a filter that its chip names; of more it gives the number."""


class FilterBox(QLineEdit):
    """Shows only the rows of a table that hold what is typed. Down and Enter go into the table, Escape clears."""

    def __init__(self, hint: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid: Grid | None = None
        self._showing = False
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(380)

    def attach(self, grid: Grid) -> None:
        """Filter this table."""
        self._grid = grid
        self.textChanged.connect(self._filter)

    def _filter(self, words: str) -> None:
        if self._grid is not None and not self._showing:
            self._grid.table.set_filter(words)

    def show_text(self, text: str) -> None:
        """Show the words by which the table is filtered already."""
        self._showing = True
        self.setText(text)
        self._showing = False

    def show_all(self) -> None:
        """Take away all filters, by words and by columns."""
        self.show_text("")
        if self._grid is not None:
            self._grid.table.show_all()

    def focus_all(self) -> None:
        """Take the cursor, with the text selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the box into the table, or back to all rows."""
        if event.key() in INTO_THE_TABLE and self._grid is not None:
            self._grid.setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.show_all()
        else:
            super().keyPressEvent(event)


class Chips(QWidget):
    """The filters of a table's columns, each as a button that takes the filter away."""

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._shown: dict[str, frozenset[str]] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        model.arranged.connect(self._show)

    def _show(self) -> None:
        chosen = self._model.arrangement.chosen
        if chosen == self._shown:
            return
        self._shown = dict(chosen)
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for field, texts in chosen.items():
            chip = QToolButton()
            words = ", ".join(sorted(texts))
            if len(texts) > READ_AT_A_GLANCE:
                words = f"{len(texts)} of {self._model.columns[self._model.column_of(field)].title.lower()}"
            chip.setText(f"{as_label(words[:40])}  ×")  # noqa: RUF001 - the cross that takes it away
            chip.setToolTip(f"Show all again, not only {', '.join(sorted(texts))}")
            chip.setAccessibleName(f"Take away filter {words}")
            chip.clicked.connect(lambda _on=False, field=field: self._model.choose(field, None))
            self._row.addWidget(chip)
