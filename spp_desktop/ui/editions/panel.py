"""The panel beside the plan's way: all of one version or edition, its files, and what has changed of it since."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.edition_restatements import EditionRestatement
from spp_desktop.plan.kinds.days import in_words
from spp_desktop.plan.periods import years_name
from spp_desktop.store import clock, editions, history, versions
from spp_desktop.store.checks.issuing import SAID
from spp_desktop.store.editions import EditionRow, FileThatLeft
from spp_desktop.store.versions import VersionRow
from spp_desktop.ui.common.files import ask_open
from spp_desktop.ui.common.plain_table import dress
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.editions.columns import SHORT, WayRow

CHOOSE = "Choose a version or an edition to see here what left with it, and what has changed since."
ANY_FILE = "All files (*)"
NO_FILES = "No file left with it."
LEFT_AS = {"document": "document", "workbook": "workbook", "data": "data", "return": "return sent"}
TITLES = ("File", "Hash")
_MOST_FILES = 6
"""Files that are seen without scrolling, at most."""


class WayPanel(QWidget):
    """One version or edition.

    Signals:
        see, compare, publish: the person wants to see the plan as it, hold it against another, make a document of it.
    """

    see, compare, publish = Signal(), Signal(), Signal()

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Version or edition")
        self._signals = signals
        self._row: WayRow | None = None
        self.heading, self.facts, self.told, self.answer = words(bold=True), words(), words(), words()
        self.answer.setAccessibleName("Which file it is")
        self.files = QTableWidget(0, len(TITLES))
        dress(self.files, "Files that left with it", TITLES, 0)
        self.since = QPlainTextEdit(readOnly=True)
        self.since.setAccessibleName("What has changed since")
        self.since.setTabChangesFocus(True)
        self.see_button = QPushButton("&See the plan as it", autoDefault=True)
        self.compare_button, self.publish_button = QPushButton("C&ompare…"), QPushButton("Publish &as of it…")
        self.which_button = QPushButton("Is a file o&ne of them?…")
        self.which_button.setToolTip("Choose a file: it is known by its hash, whatever it is called now")
        self.compare_button.setToolTip("What differs between this and another version or edition, a day, or now")
        self.publish_button.setToolTip("Make a document of the plan as it stood then")
        for button, signal in (
            (self.see_button, self.see), (self.compare_button, self.compare), (self.publish_button, self.publish),
        ):  # fmt: skip
            button.clicked.connect(signal)
        self.which_button.clicked.connect(self.which)
        self._lay_out()
        self.show_row(None)

    def _lay_out(self) -> None:
        buttons = QGridLayout()
        buttons.setSpacing(8)
        for place, button in enumerate((self.see_button, self.compare_button, self.publish_button, self.which_button)):
            button.setAutoDefault(True)
            buttons.addWidget(button, place // 2, place % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        for widget in (self.heading, self.facts, self.files, self.told):
            column.addWidget(widget)
        column.addWidget(self.since, 100)
        column.addStretch(1)
        column.addWidget(self.answer)
        column.addLayout(buttons)
        self.setMinimumWidth(320)

    def show_row(self, row: WayRow | None, told: str = "", since: Sequence[str] = ()) -> None:
        """Show a line of the plan's way; for ``None``, that one can be chosen.

        Args:
            row: the line.
            told: how much has changed since, in a sentence.
            since: what has changed, one by one.
        """
        if row is None or self._row is None or row.key != self._row.key:
            self._answer("")
        self._row = row
        self.heading.setText(f"{row.what} · {row.title}" if row else CHOOSE)
        self.facts.setText("\n".join(self._facts(row)) if row else "")
        self.see_button.setText(f"&See the plan as {row.named}" if row else "&See the plan as it")
        self.told.setText(told)
        self.since.setVisible(bool(since))
        for part in (self.facts, self.told, self.see_button, self.compare_button, self.publish_button):
            part.setVisible(row is not None)
        is_edition = row is not None and row.is_edition
        self.which_button.setVisible(is_edition)
        self.files.setVisible(is_edition and bool(row and row.files))
        self._fill(row.files if row else ())
        self.since.setPlainText("\n\n".join(since))

    def _fill(self, files: Sequence[FileThatLeft]) -> None:
        self.files.setRowCount(len(files))
        for at, file in enumerate(files):
            texts = (file.title if file.left_as == "return" else file.file_name, f"{file.file_hash[:SHORT]}…")
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                size = f", {file.size:,} bytes" if file.size is not None else ""
                item.setToolTip(
                    f"{file.title}, {LEFT_AS[file.left_as]}{size}\n{file.file_name}\nSHA-256 {file.file_hash}"
                )
                self.files.setItem(at, column, item)
        if files:
            self.files.setCurrentCell(0, 0)
        lines = min(len(files), _MOST_FILES) + 1
        self.files.setFixedHeight(lines * (self.files.fontMetrics().lineSpacing() + 8) + 8)

    def which(self) -> None:
        """Ask for a file, and say with which edition it left."""
        path = ask_open(self, "Did this file leave with an edition?", ANY_FILE, self._signals.workspace.path.parent)
        if path is not None:
            self._answer(self._which(path))
            self.answer.setFocus()

    def _answer(self, sentence: str) -> None:
        self.answer.setText(sentence)
        self.answer.setVisible(bool(sentence))

    def _which(self, path: Path) -> str:
        """With which editions a file left, by its hash."""
        try:
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as problem:
            return f"{path.name} cannot be read: {problem.strerror or problem}. Choose another file."
        numbers = {row.key: row.number for row in self._signals.read(editions.editions)}
        known = [file for file in self._signals.read(editions.files) if file.file_hash == sha256]
        if not known:
            short = f"SHA-256 {sha256[:SHORT]}…"
            return f"{path.name} left with no edition: it is another file, or was changed since ({short})."
        of = ", ".join(f"edition {numbers[file.edition_id]} as {file.file_name}" for file in known)
        return f"{path.name} is, byte for byte, what left with {of}."

    def _facts(self, row: WayRow) -> list[str]:
        """When and by whom, and as of which step it stands."""
        stands = row.stands
        lines = _of_edition(stands) if isinstance(stands, EditionRow) else _of_version(stands)
        if isinstance(stands, EditionRow) and stands.version_id:
            lines += [
                f"It is version {each.number} ({each.state})."
                for each in self._signals.read(versions.versions)
                if each.key == stands.version_id
            ]
        step = self._signals.workspace.read_beside(history.revision_named, stands.revision)
        if step is not None:
            lines.append(f"As of step {step.n}, {clock.time_in_words(step.at)}.")
        if row.is_edition and not row.files:
            lines.append(NO_FILES)
        return [*lines, row.note] if row.note else lines


def _of_edition(row: EditionRow) -> list[str]:
    approved = f", approved by {row.approved_by}" if row.approved_by else ""
    return [
        f"Issued on {in_words(row.issued_on)} by {row.issued_by}{approved}.",
        f"For {years_name(row.first_year, row.years)}.",
    ]


def _of_version(row: VersionRow) -> list[str]:
    return [f"Signed on {in_words(row.dated)} by {row.signed_by}{f', {row.post}' if row.post else ''}."]


def said_since(signals: PlanSignals, stands: VersionRow | EditionRow) -> str:
    """How much of what the plan says is other now than in a version or an edition, in a sentence."""
    count = signals.workspace.read_beside(versions.said_otherwise, stands.revision)
    if not count:
        return "Nothing of what the plan says it will do has changed since."
    return f"{SAID.counted(count)} of what the plan says {'is' if count == 1 else 'are'} other now; Compare… lists all."


def restated_counted(since: Sequence[str]) -> str:
    """How much of what an edition holds is another now, in a sentence."""
    if not since:
        return "Nothing of what it holds has changed since."
    return f"{SAID.counted(len(since))} of it {'is' if len(since) == 1 else 'are'} other now:"


def restated_told(each: EditionRestatement) -> str:
    """A text or figure of an edition that is another now, in a few lines."""
    why = f"\nWhy: {each.account.reason}" if each.account.reason else ""
    return f"{each.row}, {what_of(each)}\n{each.old or 'nothing'} → {each.new or 'nothing'}{why}"


def what_of(each: EditionRestatement) -> str:
    """Which text or figure of its row is another now; "wording" where it bears the name of the row itself."""
    return "wording" if each.row.startswith(f"{each.what} ") else each.what
