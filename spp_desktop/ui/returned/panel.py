"""The panel beside the returns: what went out, what came back, and what can be done about it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from spp_desktop.edits import chasing, issuing
from spp_desktop.edits.issuing import Mail
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store import clock, exports
from spp_desktop.ui.common.plan_window import Job
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.returned import jobs
from spp_desktop.ui.returned.columns import STATES, SentRow
from spp_desktop.ui.returned.drafts import save_drafts
from spp_desktop.ui.returned.mail_text import MailView
from spp_desktop.ui.returned.receipt import ReceiptView

CHOOSE = "Choose a return in the table to see here what went out and what came back."


@dataclass(frozen=True)
class Offer:
    """A button: its words, and what it asks the window to do with the receipt of an id, or with "" for none."""

    text: str
    job: Callable[[str], Job]


def _go_on(receipt: str) -> Job:
    return partial(jobs.go_on_with_review, receipt=receipt)


GO_ON = Offer("&Go on with the review", _go_on)
AGAIN = Offer("Review it a&gain", _go_on)
RECEIVE = Offer("Re&ceive…", lambda _: jobs.receive_returns)
ISSUE = Offer("&Issue status returns…", lambda _: jobs.issue_returns)

OFFERS = {
    "in review": (GO_ON, RECEIVE),
    "taken back": (AGAIN, RECEIVE),
    "set aside": (RECEIVE,),
    "answered": (RECEIVE,),
    "answered in part": (RECEIVE,),
    "waiting": (RECEIVE,),
    "late": (RECEIVE,),
    "not sent": (ISSUE,),
}
"""The buttons for a return, by its state."""


class ReturnPanel(QWidget):
    """The whole of one line of the page of returns.

    Signals:
        asked: a ``plan_window.Job`` that the window is to do.
    """

    asked = Signal(object)

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self.setAccessibleName("Return")
        self.heading, self.facts = words(bold=True), words()
        self.buttons: list[QPushButton] = []
        self._offers = QHBoxLayout()
        self._offers.setSpacing(8)
        self._offers.addStretch(1)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.receipt, self.mail = ReceiptView(), MailView()
        for page in (self.receipt, self.mail):
            page.setContentsMargins(0, 8, 0, 0)
        self.nothing = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.facts)
        column.addLayout(self._offers)
        column.addWidget(self.pages, 1)
        column.addWidget(self.nothing, 1)
        self.setMinimumWidth(300)
        self.show_return(None)

    def show_return(self, row: SentRow | None) -> None:
        """Show a line as it is now; ``None`` shows none."""
        self.heading.setText(f"{row.post} · {row.head}" if row else CHOOSE)
        self.facts.setText("\n".join(self._sentences(row)) if row else "")
        self.facts.setVisible(row is not None)
        self._offer(row)
        self._show_pages(row)

    def _offer(self, row: SentRow | None) -> None:
        for button in self.buttons:
            self._offers.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(offer, row) for offer in OFFERS.get(row.state, ())] if row else []

    def _button(self, offer: Offer, row: SentRow) -> QPushButton:
        button = QPushButton(offer.text)
        receipt = row.issue.receipt.id if row.issue and row.issue.receipt else ""
        button.clicked.connect(lambda: self.asked.emit(offer.job(receipt)))
        self._offers.insertWidget(self._offers.count() - 1, button)
        return button

    def _show_pages(self, row: SentRow | None) -> None:
        shown = self.pages.tabText(self.pages.currentIndex())
        self.pages.clear()
        receipt = row.issue.receipt if row and row.issue else None
        if receipt is not None:
            self.receipt.show_receipts(self._signals.workspace, [receipt])
            self.pages.addTab(self.receipt, "Receipt")
        mail = self._mail(row) if row else None
        if mail is not None:
            self.mail.show_mails(issuing.with_addresses(self._signals.workspace, [mail]), self._save_drafts)
            self.pages.addTab(self.mail, "Rows missing" if receipt else "Reminder")
        titles = [self.pages.tabText(n) for n in range(self.pages.count())]
        self.pages.setCurrentIndex(titles.index(shown) if shown in titles else 0)
        self.pages.setVisible(bool(titles))
        self.nothing.setVisible(not titles)

    def _save_drafts(self, mails: Sequence[Mail]) -> str:
        return save_drafts(self._signals.workspace, mails, None, self)

    def _mail(self, row: SentRow) -> Mail | None:
        """The mail that reminds of a return that did not come back, or of the rows that were missing from it."""
        issue = row.issue
        if issue is None or issue.replaced:
            return None
        if issue.receipt is None:
            return chasing.chasing_mail(issue) if issue.due else None
        with suppress(ReturnRefused, ValueError, KeyError):
            return chasing.missing_mail_of(self._signals.workspace, issue.receipt.id)
        return None

    def _sentences(self, row: SentRow) -> list[str]:
        state = next(state for state in STATES if state.value == row.state)
        sentences = [f"{state.title}. {state.note}"]
        if row.issue is None:
            return sentences
        out = self._signals.workspace.read_beside(exports.find, row.issue.key)
        by = f" by {out.author}" if out else ""
        sentences.append(
            f"Went out {clock.time_in_words(out.at) if out else ''}{by} as “{row.file}”, with {row.rows} rows."
        )
        back = row.issue.receipt
        if back is not None:
            sentences.append(
                f"Came back {clock.time_in_words(back.at)} as “{back.file_name}”, from {back.sender or 'nobody named'}."
            )
        if row.left:
            sentences.append(f"{row.left} {'answer is' if row.left == 1 else 'answers are'} left to decide.")
        return sentences
