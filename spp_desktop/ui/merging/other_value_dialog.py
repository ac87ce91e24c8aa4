"""Another value, typed in a merge in the place of both sides: a field for each cell that is decided together."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from spp_desktop.edits.merging.typed_cells import CellToType
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.fitting import room
from spp_desktop.ui.review.value_field import ValueField

WIDTH, HIGHEST = 520, 560
_LONGEST = 160
"""Letters of a side that are shown below a field; the pane of the review has all of them."""


class OtherValueDialog(QDialog):
    """Asks for the cells of one question. Enter takes them, where they are sound; Escape leaves all as it was.

    Args:
        heading: the row and its cells.
        cells: the cells, each with what both sides have.
        sides: what the two sides are called: "Here", "In the copy".
        take: takes the texts by column; raises ``RuleBroken`` where one is not sound, ``NotKept``
            where they cannot be written.
        parent: the review.

    Attributes:
        fields: the fields by column.
    """

    def __init__(
        self,
        heading: str,
        cells: Sequence[CellToType],
        sides: Sequence[str],
        take: Callable[[Mapping[str, str]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Another value")
        self._cells, self._sides, self._take = cells, sides, take
        self.fields: dict[str, ValueField] = {}
        self.doubt = QLabel(self, wordWrap=True)
        self.doubt.setForegroundRole(QPalette.ColorRole.BrightText)
        self.doubt.hide()
        self._lay_out(heading)
        self.fields[cells[0].column].begin()

    def _lay_out(self, heading: str) -> None:
        title = QLabel(heading, self, wordWrap=True)
        title.setTextFormat(Qt.TextFormat.PlainText)
        bold = title.font()
        bold.setBold(True)
        title.setFont(bold)
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        for cell in self._cells:
            self._add(column, cell, inner)
        scrolled = QScrollArea(self)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolled.setWidget(inner)
        buttons = QDialogButtonBox(self)
        take = buttons.addButton("&Take this", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        take.setDefault(True)
        buttons.accepted.connect(self.take)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addWidget(title)
        whole.addWidget(scrolled, 1)
        whole.addWidget(self.doubt)
        whole.addWidget(buttons)
        wanted = inner.sizeHint().height() + 130
        self.resize(WIDTH, min(wanted, HIGHEST, room(self).height() - 40))

    def _add(self, column: QVBoxLayout, cell: CellToType, parent: QWidget) -> None:
        """Add the field of a cell, with what both sides have where they differ."""
        field = ValueField(parent)
        field.load(cell.kind, cell.title, cell.at_first, cell.options)
        field.entered.connect(self.take)
        field.left.connect(self.reject)
        self.fields[cell.column] = field
        label = QLabel(cell.title, parent)
        label.setBuddy(field)
        column.addWidget(label)
        column.addWidget(field)
        if cell.differs:
            both = zip(self._sides, (cell.ours, cell.theirs), strict=True)
            told = QLabel(" · ".join(f"{side}: {_short(text)}" for side, text in both), parent, wordWrap=True)
            told.setTextFormat(Qt.TextFormat.PlainText)
            told.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            column.addWidget(told)

    def take(self) -> None:
        """Take what is typed and close, or say what is not sound and go there."""
        try:
            self._take({cell.column: self._typed(cell) for cell in self._cells})
        except RuleBroken as broken:
            self._say(str(broken))
            if broken.field in self.fields:
                self.fields[broken.field].begin()
        except NotKept as loss:
            self._say(str(loss))
        else:
            self.accept()

    def _typed(self, cell: CellToType) -> str:
        """The text of a cell, which stays as it was where nobody touched it."""
        field = self.fields[cell.column]
        return field.typed() if field.touched() else cell.at_first

    def _say(self, sentence: str) -> None:
        self.doubt.setText(sentence)
        self.doubt.show()


def _short(text: str) -> str:
    text = " ".join(text.split()) or "empty"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
