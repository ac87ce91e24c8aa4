"""What texts of a file are: which rows of it are meant, and what its names stand for in the plan."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.ui.results.row_choices import RowChoicesDialog

LEAVE_OUT = "(left out)"
MOST_NAMED = 200
_WIDE, _HIGH = 420, 360


class RowsDialog(QDialog):
    """Asks which rows are meant, by what stands in their columns. Of a column without a tick all are meant.

    Args:
        columns: The columns of words: what each is called, and what stands in it as far as it was looked at.
        ticked: What is meant now, by what the column is called.
        parent: The window in front of which it opens.
    """

    def __init__(
        self,
        columns: Mapping[str, Sequence[str]],
        ticked: Mapping[str, Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Only some rows")
        self._columns, self._ticked = columns, {name: list(texts) for name, texts in ticked.items()}
        self._shown = ""
        self.column, self.list, self.other = QComboBox(self), QListWidget(self), QLineEdit(self)
        self.column.addItems(list(columns))
        self.column.setCurrentText(next(iter(ticked), next(iter(columns), "")))
        self.other.setPlaceholderText("another text, that stands further below")
        self.other.setAccessibleName("Another text, that stands further below")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for title, field in (
            ("Read only the rows in which the &column", self.column),
            ("&is one of these:", self.list),
        ):
            label = QLabel(title)
            label.setBuddy(field)
            layout.addWidget(label)
            layout.addWidget(field, 1 if field is self.list else 0)
        layout.addWidget(self.other)
        layout.addWidget(buttons)
        self.column.currentTextChanged.connect(self._show)
        self._show(self.column.currentText())
        self.list.setFocus()
        self.resize(_WIDE, _HIGH)

    def only(self) -> dict[str, list[str]]:
        """The texts of the rows that are meant, by column."""
        self._keep()
        return {name: texts for name, texts in self._ticked.items() if texts}

    def _show(self, name: str) -> None:
        """Show another column's texts."""
        self._keep()
        self._shown = name
        self.list.clear()
        self.list.setAccessibleName(f"What stands in {name}")
        ticked = self._ticked.get(name, [])
        for text in dict.fromkeys([*ticked, *self._columns.get(name, ())]):
            item = QListWidgetItem(text, self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if text in ticked else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)

    def _keep(self) -> None:
        """Keep what is ticked of the column that is shown."""
        if not self._shown:
            return
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]
        other = self.other.text().strip()
        self._ticked[self._shown] = [*ticked, *([other] if other and other not in ticked else [])]
        self.other.clear()


class MeaningsDialog(RowChoicesDialog):
    """Asks what names of a file stand for that the plan does not have.

    Args:
        names: The names, each with what it is: "area" or "indicator".
        choices: What it may stand for, by what it is: what is kept of it, and its title.
        chosen: What names stand for now.
        parent: The window in front of which it opens.
    """

    def __init__(
        self,
        names: Sequence[tuple[str, str]],
        choices: Mapping[str, Sequence[tuple[str, str]]],
        chosen: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        asked = names[:MOST_NAMED]
        super().__init__(
            "Names in the file that the plan does not have",
            ("In the file", "Stands for"),
            [(name,) for name, _ in asked],
            "Say which of these names the plan knows by another.",
            parent,
        )
        self.setWindowTitle("What names stand for")
        self._held = dict(chosen)
        for box, (name, what) in zip(self.boxes, asked, strict=True):
            box.setAccessibleName(f"What {name} stands for")
            box.addItem(LEAVE_OUT, "")
            for kept, title in choices[what]:
                box.addItem(title, kept)
            box.setCurrentIndex(max(0, box.findData(self._held.get(name, ""))))
        self.fit_boxes(_WIDE + 120, _HIGH)

    def meanings(self) -> dict[str, str]:
        """What each name stands for that stands for anything."""
        chosen = dict(self._held)
        for row, box in enumerate(self.boxes):
            item = self.table.item(row, 0)
            name = "" if item is None else item.text()
            chosen.pop(name, None)
            if box.currentData():
                chosen[name] = str(box.currentData())
        return chosen
