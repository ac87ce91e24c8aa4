"""What the dialogs of imports have in common: their size, what would come in as a table, and the row of buttons."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
)

from spp_desktop.returns.mapped import SheetLook
from spp_desktop.ui.common.fitting import room as room_for

READ_ONLY = "This plan is open for reading only: you can see what would come in, and nothing can be taken in."
_WIDTH, _HEIGHT, _MARGIN = 1180, 660, 40


def fit_import(dialog: QDialog) -> None:
    """Give a dialog the size of an import, where the screen has room."""
    room = room_for(dialog)
    dialog.resize(min(_WIDTH, room.width() - _MARGIN), min(_HEIGHT, room.height() - _MARGIN))


def outline(*ticks: QCheckBox) -> None:
    """Let tick boxes be seen in the dark: their outline is drawn from the window's colour, which is too dark there."""
    for tick in ticks:
        palette = tick.palette()
        palette.setColor(QPalette.ColorRole.Window, palette.color(QPalette.ColorRole.Dark))
        tick.setPalette(palette)


def sheet_titles(sheets: Iterable[SheetLook]) -> list[str]:
    """The sheets of a file as a person chooses one."""
    return [f"{sheet.title or '(the only one)'}{' (hidden)' if sheet.hidden else ''}" for sheet in sheets]


def show_lines(report: QTableWidget, lines: Sequence[tuple[Sequence[str], bool]], numbers: int | None = None) -> None:
    """Show what would come in.

    Args:
        report: The table.
        lines: The texts of each line, and whether its first one stands out.
        numbers: The column that holds numbers, counted from 0.
    """
    report.setRowCount(len(lines))
    for row, (texts, asks) in enumerate(lines):
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if column == numbers:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if asks and column == 0:
                item.setForeground(report.palette().color(QPalette.ColorRole.BrightText))
            report.setItem(row, column, item)


def say(notice: QLabel, sentence: str, *, read_only: bool, plain: bool) -> None:
    """Say a sentence in a dialog, plainly or so that it stands out, and that the plan is only read where it is."""
    notice.setText(" ".join(filter(None, (sentence, READ_ONLY if read_only else ""))))
    notice.setForegroundRole(QPalette.ColorRole.WindowText if plain else QPalette.ColorRole.BrightText)


def keep_row(name: QLineEdit, *buttons: QPushButton) -> QHBoxLayout:
    """The row that ends a dialog: the name under which its columns are kept, and its buttons."""
    label = QLabel("&Keep these columns as")
    label.setBuddy(name)
    box = QDialogButtonBox(name.parentWidget())
    for button in buttons:
        box.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(label)
    row.addWidget(name, 1)
    row.addStretch(1)
    row.addWidget(box)
    return row
