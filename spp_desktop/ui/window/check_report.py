"""The report of a check of the plan's file, however long: read by keys or mouse, copied, saved as a text."""

from pathlib import Path

from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextEdit, QVBoxLayout, QWidget

from spp_desktop.store.checking import Report
from spp_desktop.ui.common.files import TEXTS, ask_save
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.style import as_title

SOUND, WRONG = "The plan is sound.", "Something is wrong with this plan."
_WIDTH, _HEIGHT, _EDGE = 760, 460, 40
_APART = 6
"""Pixels between two sentences."""


class CheckReportDialog(QDialog):
    """Shows what a check has come to. ``answer`` is its short form, ``text`` holds its sentences."""

    def __init__(self, report: Report, plan: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan, self._lines = plan, report.lines
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(as_title(f"Check of {plan.stem}"))
        room = room_for(self)
        self.resize(min(_WIDTH, room.width() - _EDGE), min(_HEIGHT, room.height() - _EDGE))
        self.answer = QLabel(SOUND if report.ok else WRONG, wordWrap=True)
        larger = self.answer.font()
        larger.setBold(True)
        self.answer.setFont(larger)
        self.text = QTextEdit(readOnly=True, acceptRichText=False)
        self.text.setAccessibleName("Report")
        self.text.setTabChangesFocus(True)
        self.text.setPlainText("\n".join(report.lines))
        self._part_sentences()
        self.done_label = QLabel(wordWrap=True)
        self._lay_out()

    def _part_sentences(self) -> None:
        """Leave some room below each sentence."""
        apart = QTextBlockFormat()
        apart.setBottomMargin(_APART)
        cursor = QTextCursor(self.text.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(apart)

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(self)
        save = buttons.addButton("&Save report…", QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        save.setAutoDefault(False)
        save.clicked.connect(self.save)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.answer)
        column.addWidget(self.text, 1)
        column.addWidget(self.done_label)
        column.addWidget(buttons)
        self.text.setFocus()

    def save(self) -> None:
        """Ask where the report is to be written, and write it; say what became of that."""
        path = ask_save(self, "Save the report", TEXTS, self._plan.with_name(f"Check of {self._plan.stem}.txt"))
        if path is None:
            return
        try:
            path.write_text("\n".join((self.answer.text(), *self._lines, "")), encoding="utf-8")
        except OSError as problem:
            self.done_label.setText(f"{path.name} could not be written: {problem.strerror}. Choose another place.")
        else:
            self.done_label.setText(f"Saved as {path.name}.")
