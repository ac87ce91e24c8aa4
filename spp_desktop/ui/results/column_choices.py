"""The first rows of a file, with a choice above each column of what it holds."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from spp_desktop.returns.choosing import ONLY, choice_of, choices
from spp_desktop.returns.column_mapping import TITLES
from spp_desktop.returns.extract_reading import ExtractReading
from spp_desktop.returns.headings import named

ROWS_SHOWN = 8
MOST_WIDE, LEAST_WIDE = 260, 130
NOT_USED, IN_DOUBT = "Not used", "(choose)"
DOUBT = ""
"""What stands for a choice that is still to be made."""


class ColumnOffer(NamedTuple):
    """What can be chosen above a column: what is kept of each choice and its title; and what is chosen, if anything."""

    choices: Sequence[tuple[str, str]]
    chosen: str | None


class ShownRows(NamedTuple):
    """The rows of a table that are shown: where its headings end, how many rows they are, and all rows of its sheet."""

    at: int
    depth: int
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]


def offers(reading: ExtractReading) -> list[ColumnOffer]:
    """What can be chosen above each column of an extract."""
    mapping, year, headings = reading.mapping, reading.whole.period, reading.table.headings
    only = dict(mapping.only)
    listed = []
    for column, name in enumerate(named(headings)):
        texts = only.get(name, ())
        titles = [
            (kept, f"Only {' or '.join(texts)}" if kept == ONLY and texts else title)
            for kept, title in choices(mapping, headings[column], year)
        ]
        listed.append(ColumnOffer(titles, choice_of(mapping, headings, column, year)))
    return listed


class ColumnChoices(QTableWidget):
    """A table whose first row is a choice for each column; the headings come next, then the first rows.

    Signals:
        chosen: another choice was made above a column: its place, counted from 0, and what is kept of the choice.
    """

    chosen = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 0, parent)
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

    def show_table(self, reading: ExtractReading, doubt: Collection[int]) -> None:
        """Show what a reading of an extract chooses above a table's headings and first rows.

        Args:
            reading: The table, and how it is read.
            doubt: The columns, counted from 0, of which it must still be chosen what they hold.
        """
        table, sheet = reading.table, reading.sheet
        self.show_rows(ShownRows(table.at, table.depth, table.headings, sheet.rows, sheet.numbers))
        self.show_reading(reading, doubt)
        self.fit()

    def show_rows(self, shown: ShownRows) -> None:
        """Show a table's headings and first rows, with a choice above each column that offers nothing yet."""
        self._headings = shown.headings
        begins = shown.at - shown.depth + 1
        seen = slice(begins, shown.at + 1 + ROWS_SHOWN)
        rows, numbers = shown.rows[seen], shown.numbers[seen]
        self.clear()
        self.choices = []
        self.setColumnCount(len(self._headings))
        self.setRowCount(1 + len(rows))
        self.setVerticalHeaderLabels(["", *map(str, numbers)])
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts[: len(self._headings)]):
                self.setItem(row + 1, column, self._item(text, bold=row < shown.depth))
        for column in range(len(self._headings)):
            self._add_choice(column)

    def fit(self) -> None:
        """Give the columns and the row of choices the room that they need."""
        self.setRowHeight(0, max((choice.sizeHint().height() for choice in self.choices), default=0) + 4)
        self.resizeColumnsToContents()
        for column in range(len(self._headings)):
            self.setColumnWidth(column, min(max(self.columnWidth(column), self._least()), MOST_WIDE))

    def show_reading(self, reading: ExtractReading, doubt: Collection[int]) -> None:
        """Show other choices above the same rows."""
        self.show_offers(offers(reading), doubt)

    def show_offers(self, listed: Sequence[ColumnOffer], doubt: Collection[int] = ()) -> None:
        """Show what can be chosen above each column, and what is."""
        for column, (offer, choice) in enumerate(zip(listed, self.choices, strict=True)):
            with QSignalBlocker(choice):
                choice.clear()
                if column in doubt and offer.chosen is None:
                    choice.addItem(IN_DOUBT, DOUBT)
                choice.addItem(NOT_USED, None)
                for kept, title in offer.choices:
                    choice.addItem(title, kept)
                wanted = DOUBT if column in doubt and offer.chosen is None else offer.chosen
                choice.setCurrentIndex(max(0, choice.findData(wanted)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the choice that the keyboard is on into view."""
        if event.type() == QEvent.Type.FocusIn and watched in self.choices:
            column = self.choices.index(watched)
            self.scrollTo(self.model().index(0, column))
        return super().eventFilter(watched, event)

    def _item(self, text: str, *, bold: bool) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        if bold:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
        return item

    def _least(self) -> int:
        """The width in which the longest usual choice can be read."""
        return max(LEAST_WIDE, self.fontMetrics().horizontalAdvance(TITLES["denominator"]) + 44)

    def _add_choice(self, column: int) -> None:
        choice = QComboBox(self)
        heading = self._headings[column] or f"column {column + 1}"
        choice.setAccessibleName(f"What the column {heading} holds")
        choice.installEventFilter(self)
        choice.activated.connect(lambda _: self._choose(column, choice.currentData()))
        self.setCellWidget(0, column, choice)
        self.choices.append(choice)

    def _choose(self, column: int, kept: object) -> None:
        if kept != DOUBT:
            self.chosen.emit(column, kept)
