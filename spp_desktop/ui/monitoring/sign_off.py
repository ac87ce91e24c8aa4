"""Signing off what is said of activities for a period: what is signed, in whose name, and what is to be noted first.

One activity of which there is nothing to note is signed at once, in the name of whoever is at the computer.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits.status_reasons import AskedStatus, statuses_unexplained
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import listed
from spp_desktop.store import signing
from spp_desktop.store.locks import author
from spp_desktop.store.problems import NotKept
from spp_desktop.store.signing import Signatory, Signing
from spp_desktop.ui.common.plain_table import dress
from spp_desktop.ui.common.reasoned_changes import says_something
from spp_desktop.ui.monitoring.reporting import Reporting, called

VERBS: Mapping[Signing, str] = {"submits": "Submit", "accepts": "Accept"}
DONE: Mapping[Signing, str] = {"submits": "Submitted", "accepts": "Accepted"}
_MOST_NAMED = 4
_SHOWN = 10


class SignedRow(NamedTuple):
    """An activity that is signed off: its key, its reference, its words, and what else is to be noted of it."""

    key: str
    ref: str
    text: str
    note: str = ""


class SignOffDialog(QDialog):
    """Lists what would be signed off, and asks in whose name; of statuses without a reason, why they are so.

    Args:
        doing: whether it is submitted or accepted.
        question: what would happen, in a sentence.
        rows: the activities.
        name: in whose name, at first.
        parent: what it stands in front of.
    """

    def __init__(
        self, doing: Signing, question: str, rows: Sequence[SignedRow], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        verb = VERBS[doing]
        self._rows, self._signing = rows, dict[str, tuple[Signatory, ...]]()
        self.setWindowTitle(f"{verb} for the period")
        self.heading = QLabel(question, wordWrap=True)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.table = QTableWidget(len(rows), 3)
        dress(self.table, f"What would be {DONE[doing].lower()}", ("Ref", "Activity", "To note"), 1)
        self.detail, self.role = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.detail.hide()
        self.role.setForegroundRole(QPalette.ColorRole.BrightText)
        self.name = QComboBox(editable=True)
        self.name.setAccessibleName(f"{DONE[doing]} by")
        self.by = QLabel(f"{DONE[doing]} &by")
        self.by.setBuddy(self.name)
        self.name.setEditText(name)
        self.reason = QLineEdit(maxLength=1000)
        self.reason.setAccessibleName("Why they stand so")
        self.reason.setPlaceholderText("Without one they stay marked “no reason”")
        self.reason_label = QLabel(wordWrap=True)
        self.reason_label.setBuddy(self.reason)
        self.sign = QPushButton(f"&{verb}")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.addButton(self.sign, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.name.editTextChanged.connect(self._look)
        self.reason.textChanged.connect(self._look)
        self._lay_out()
        self.sign.setDefault(True)
        self.show_asked(())
        self._look()
        self.name.setFocus()

    def show_asked(self, asked: Sequence[AskedStatus]) -> None:
        """Show which statuses stand without a reason, and ask for one that serves all of them."""
        why = {each.key: f"“{each.status}”: no reason" for each in asked}
        tips = {each.key: each.sentence for each in asked}
        for line, row in enumerate(self._rows):
            note = ", ".join(filter(None, (why.get(row.key), row.note)))
            for column, text in enumerate((row.ref, row.text, note)):
                item = QTableWidgetItem(text)
                item.setToolTip(tips.get(row.key, text))
                self.table.setItem(line, column, item)
        self.table.setColumnWidth(2, 230)
        for widget in (self.reason, self.reason_label):
            widget.setVisible(bool(asked))
        which = asked[0].ref if len(asked) == 1 else f"these {len(asked)}"
        stands = "stands" if len(asked) == 1 else "stand"
        self.reason_label.setText(f"&Why {which} {stands} so")

    def show_signatories(self, named: Mapping[str, tuple[Signatory, ...]]) -> None:
        """Offer the names of those who sign by the plan's roles, and say where another name stands."""
        self._signing = dict(named)
        typed = self.name.currentText()
        every = dict.fromkeys(each for row in self._rows for each in named.get(row.key, ()))
        self.name.addItems(list(dict.fromkeys(name for each in every for name in (*each.holders, each.post))))
        self.name.setEditText(typed)
        self._look()

    def show_detail(self, detail: str) -> None:
        """Say what else is to be known."""
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))

    def _look(self) -> None:
        """Say who signs by the plan's roles where another name stands there; a name is needed, a reason has words."""
        name = self.name.currentText().strip()
        self.role.setText(outsider_words(self._rows, self._signing, name) if name else "")
        self.role.setVisible(bool(self.role.text()))
        reason = self.reason.text().strip()
        self.sign.setEnabled(bool(name) and (not reason or says_something(reason)))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.by, self.name)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addLayout(form)
        column.addWidget(self.role)
        column.addWidget(self.reason_label)
        column.addWidget(self.reason)
        column.addWidget(self.buttons)
        height = self.table.horizontalHeader().sizeHint().height()
        height += self.table.verticalHeader().defaultSectionSize() * min(max(len(self._rows), 2), _SHOWN)
        self.table.setMinimumHeight(min(height + 4, 260))
        self.resize(640, height + 240)


class SignOff:
    """Signs off what is said of activities, and asks first where there is anything to ask.

    Args:
        parent: what is asked in front of.
        reporting: the period in view.
    """

    def __init__(self, parent: QWidget, reporting: Reporting) -> None:
        self._parent, self._reporting = parent, reporting
        self._names: dict[Signing, str] = {}

    def submit(self, rows: Sequence[SignedRow], whose: str = "", detail: str = "") -> str:
        """Submit activities, as their owner. Returns why it was refused; "" where it was not, or nothing was done."""
        return self._sign("submits", rows, whose, detail)

    def accept(self, rows: Sequence[SignedRow], whose: str = "", detail: str = "") -> str:
        """Accept activities, as the planning officer. Returns why it was refused, as ``submit`` does."""
        return self._sign("accepts", rows, whose, detail)

    def _sign(self, doing: Signing, rows: Sequence[SignedRow], whose: str, detail: str) -> str:
        reporting, keys = self._reporting, [row.key for row in rows]
        read = reporting.signals.read
        asked = read(statuses_unexplained, keys) if doing == "submits" else []
        named = read(signing.signatories, doing, keys, reporting.today())
        name, why = self._names.get(doing) or author(), ""
        if len(rows) > 1 or asked or outsider_words(rows, named, name):
            of = Activity.word.called(rows[0].ref, len(rows))
            question = f"{VERBS[doing]} {of}{whose} for {reporting.title()}?"
            dialog = SignOffDialog(doing, question, rows, name, self._parent)
            dialog.show_asked(asked)
            dialog.show_signatories(named)
            dialog.show_detail(detail)
            try:
                if not dialog.exec():
                    return ""
                name, why = dialog.name.currentText().strip(), dialog.reason.text().strip()
            finally:
                dialog.deleteLater()
            self._names[doing] = name
        try:
            if doing == "submits":
                reasons = [(each.key, "reason", why) for each in asked if why]
                reporting.submit(keys, called([row.ref for row in rows]), name, reasons)
            else:
                reporting.accept(keys, called([row.ref for row in rows]), name)
        except (RuleBroken, NotKept) as refusal:
            return str(refusal)
        return ""


def outsider_words(rows: Collection[SignedRow], named: Mapping[str, tuple[Signatory, ...]], name: str) -> str:
    """Who signs by the plan's roles, where somebody else is named; "" where the name may be theirs."""
    others: dict[tuple[Signatory, ...], list[str]] = {}
    for row in rows:
        signing_for = named.get(row.key, ())
        if signing_for and not any(each.is_named(name) for each in signing_for):
            others.setdefault(signing_for, []).append(row.ref)
    if not others:
        return ""
    told = [f"{listed(each.words for each in signing_for)} for {_some(refs)}" for signing_for, refs in others.items()]
    return f"By the plan's roles this is signed by {'; '.join(told)}, and “{name}” is none of them. Is it meant?"


def _some(refs: Sequence[str]) -> str:
    """A few references by name, and how many more."""
    more = len(refs) - _MOST_NAMED
    return listed([*refs[:_MOST_NAMED], f"{more} more"]) if more > 0 else listed(refs)
