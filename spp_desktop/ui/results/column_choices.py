"""The first rows of a file, with a choice above each column of what it holds."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from spp_desktop.returns.column_mapping import TITLES, ColumnMapping, Role, heading_period, named
from spp_desktop.returns.period_text import PeriodColumn

ROWS_SHOWN = 8
MOST_WIDE, LEAST_WIDE = 260, 130
NOT_USED = "Not used"


class ColumnChoices(QTableWidget):
    """A table whose first row is a choice for each column; the headings come next, then the first rows.

    Signals:
        chosen: another choice was made; ``mapping`` gives all of them.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 0, parent)
        self._mapping = ColumnMapping()
        self._headings: Sequence[str] = ()
        self.choices: list[QComboBox] = []
        self.setAccessibleName("The first rows of the file, with what each column holds")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + 8)

    def show_rows(
        self, mapping: ColumnMapping, headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]
    ) -> None:
        """Show a mapping above a file's headings and first rows; ``numbers`` are those of the rows in the file."""
        self._mapping, self._headings = mapping, headings
        self.clear()
        self.choices = []
        self.setColumnCount(len(headings))
        self.setRowCount(1 + len(rows))
        self.setVerticalHeaderLabels(["", *map(str, numbers)])
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if row == 0:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                self.setItem(row + 1, column, item)
        for column in range(len(headings)):
            self._add_choice(column)
        self.show_mapping(mapping)
        self.setRowHeight(0, max((choice.sizeHint().height() for choice in self.choices), default=0) + 4)
        self.resizeColumnsToContents()
        for column in range(len(headings)):
            self.setColumnWidth(column, min(max(self.columnWidth(column), self._least()), MOST_WIDE))

    def show_mapping(self, mapping: ColumnMapping) -> None:
        """Show another mapping above the same rows."""
        self._mapping = mapping
        roles = dict(mapping.roles)
        across = {place for place, _ in mapping.placed(self._headings).across}
        for column, (name, choice) in enumerate(zip(named(self._headings), self.choices, strict=True)):
            role: Role | None = "across" if column + 1 in across else roles.get(name)
            with QSignalBlocker(choice):
                choice.setCurrentIndex(max(0, choice.findData(role)))

    def mapping(self) -> ColumnMapping:
        """The mapping with what is chosen now."""
        names = named(self._headings)
        chosen = [(name, choice.currentData()) for name, choice in zip(names, self.choices, strict=True)]
        across = next((self._kind(n) for n, (_, role) in enumerate(chosen) if role == "across" and self._kind(n)), None)
        roles = [(name, role) for name, role in chosen if role not in (None, "across", "unused")]
        if across is not None:
            roles += [(names[n], "unused") for n, (_, role) in enumerate(chosen)
                      if role in (None, "unused") and heading_period(self._headings[n], across)]  # fmt: skip
        return replace(self._mapping, roles=tuple(roles), across=across)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the choice that the keyboard is on into view."""
        if event.type() == QEvent.Type.FocusIn and watched in self.choices:
            column = self.choices.index(watched)
            self.scrollTo(self.model().index(0, column))
        return super().eventFilter(watched, event)

    def _least(self) -> int:
        """The width in which the longest usual choice can be read."""
        return max(LEAST_WIDE, self.fontMetrics().horizontalAdvance(TITLES["denominator"]) + 44)

    def _kind(self, column: int) -> PeriodColumn | None:
        """Of which kind a heading is a period: as the other headings, if there are such."""
        kinds: tuple[PeriodColumn | None, ...] = (self._mapping.across, "month", "quarter", "year")
        return next((kind for kind in kinds if kind and heading_period(self._headings[column], kind)), None)

    def _add_choice(self, column: int) -> None:
        choice = QComboBox(self)
        heading = self._headings[column] or f"column {column + 1}"
        choice.setAccessibleName(f"What the column {heading} holds")
        choice.addItem(NOT_USED, None)
        for known, title in TITLES.items():
            if known == "unused" or (known == "across" and self._kind(column) is None):
                continue
            choice.addItem(title, known)
        choice.installEventFilter(self)
        choice.activated.connect(lambda _: self.chosen.emit())
        self.setCellWidget(0, column, choice)
        self.choices.append(choice)
