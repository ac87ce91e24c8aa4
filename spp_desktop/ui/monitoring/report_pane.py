"""What is said of an activity for the period in view: a part of the side panel, with sign-off and earlier periods."""

from collections.abc import Callable, Mapping
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import clock, monitored, proposed, queries, signed_off
from spp_desktop.store.monitored import PeriodRow, ReportRow
from spp_desktop.store.plain import ActivityRow, Proposal
from spp_desktop.store.problems import NotKept
from spp_desktop.store.signed_off import ChangedAfter
from spp_desktop.ui.common.kept_text import KeptText
from spp_desktop.ui.monitoring.reporting import CARRY_KEYS, PROPOSED_KEYS, Reporting, called
from spp_desktop.ui.monitoring.row_actions import take_proposed
from spp_desktop.ui.monitoring.sign_off import SignedRow, SignOff
from spp_desktop.ui.performance.reason import ReasonAsked, ReasonDialog, Said

CARRIED = "Carried forward from the period before, unchanged."


class ReportPane(QWidget):
    """What was done and what is next, typed in place; whether it is submitted and accepted; and earlier periods.

    Args:
        reporting: the period in view, and what is done with it.
        proposal_of: how an activity stands by the plan's rule, where that is known already; else it is read.

    Signals:
        refused: why something was not kept; "" once nothing is refused any more.
    """

    refused = Signal(str)

    def __init__(self, reporting: Reporting, proposal_of: Callable[[str], Proposal | None] | None = None) -> None:
        super().__init__()
        self.reporting = reporting
        self._proposal_of = proposal_of or self._proposal_read
        self._sign_off = SignOff(self, reporting)
        self.row: ActivityRow | None = None
        self.of_period = QWidget()
        self.report: ReportRow | None = None
        self.heading = QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True)
        self.proposed = QLabel(wordWrap=True)
        self.take = QPushButton("Take it")
        self.take.setToolTip(f"Give it the proposed status ({PROPOSED_KEYS})")
        self.done, self.next = KeptText("What was done in this period"), KeptText("What is next")
        self.carried = QLabel(CARRIED, wordWrap=True)
        self.carry = QPushButton("Carry forward")
        self.carry.setToolTip(f"Begin with the text of the period before ({CARRY_KEYS})")
        self.signed = QLabel(wordWrap=True)
        self.submit, self.accept, self.back = QPushButton("Submit"), QPushButton("Accept"), QPushButton("Send back…")
        self.changed = QLabel(wordWrap=True)
        self.changed.setForegroundRole(QPalette.ColorRole.BrightText)
        self.earlier = QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True)
        self._lay_out()
        self.done.refused.connect(self.refused)
        self.next.refused.connect(self.refused)
        self.take.clicked.connect(self._take)
        self.carry.clicked.connect(self._carry)
        self.submit.clicked.connect(self._submit)
        self.accept.clicked.connect(self._accept)
        self.back.clicked.connect(self.send_back)
        self.show_row(None)

    def _lay_out(self) -> None:
        line = self.fontMetrics().lineSpacing()
        self.done.setFixedHeight(4 * line + 14)
        self.next.setFixedHeight(2 * line + 14)
        for label in (self.carried, self.signed):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.earlier.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        texts = QGridLayout()
        texts.setHorizontalSpacing(6)
        texts.setVerticalSpacing(4)
        for place, (title, text) in enumerate((("Done", self.done), ("Next", self.next))):
            label = QLabel(title)
            label.setBuddy(text)
            texts.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            texts.addWidget(text, place, 1)
        texts.setColumnStretch(1, 1)
        buttons = QGridLayout()
        buttons.setSpacing(4)
        for place, button in enumerate((self.carry, self.submit, self.accept, self.back)):
            buttons.addWidget(button, place // 2, place % 2)
        buttons.setColumnStretch(2, 1)
        for button in (self.take, self.carry, self.submit, self.accept, self.back):
            button.setAutoDefault(False)
        proposal = QHBoxLayout()
        proposal.setSpacing(4)
        proposal.addWidget(self.proposed, 1)
        proposal.addWidget(self.take, 0, Qt.AlignmentFlag.AlignTop)
        within = _column(self.of_period)
        within.addWidget(self.heading)
        within.addLayout(texts)
        for widget in (self.carried, self.signed):
            within.addWidget(widget)
        within.addWidget(self.changed)
        within.addLayout(buttons)
        within.addWidget(self.earlier)
        column = _column(self)
        column.addLayout(proposal)
        column.addWidget(self.of_period)

    # Showing an activity

    def show_row(self, row: ActivityRow | None) -> None:
        """Show what is said of this activity for the period in view."""
        self.row = row
        every = self.reporting.signals.read(monitored.reports, None, row.key) if row else []
        period = self.reporting.period
        self.report = next((each for each in every if period is not None and each.period_key == period.key), None)
        self.of_period.setVisible(period is not None)
        self.heading.setText(f"<b>{escape(self.reporting.words())}</b>")
        locked = self.reporting.locked or ("" if row else "none")
        for text, name in ((self.done, "done"), (self.next, "next")):
            key = f"{row.key} {period.key}" if row and period else ""
            text.load(key, getattr(self.report, name) if self.report else "", None if locked else self._writes(name))
            text.setEnabled(row is not None)
            text.setForegroundRole(
                QPalette.ColorRole.PlaceholderText if self._is_carried() else QPalette.ColorRole.Text
            )
        self.carried.setVisible(self._is_carried())
        self._show_proposal(row)
        self._show_sign_off(locked)
        starts = period.starts if period else None
        known = {each.key: each for each in self.reporting.periods}
        before = [each for each in every if starts is not None and known[each.period_key].starts < starts]
        written = bool(self.report and (self.report.done or self.report.next))
        self.carry.setEnabled(not locked and not written and any(each.done or each.next for each in before))
        self._show_earlier(before, known)

    def _show_proposal(self, row: ActivityRow | None) -> None:
        """Show how it stands by the plan's rule and why, and whether a person has set it otherwise."""
        signals = self.reporting.signals
        proposal = self._proposal_of(row.key) if row else None
        self.proposed.setText(proposal_words(row, proposal) if row and proposal else "")
        self.proposed.setVisible(proposal is not None)
        other = row is not None and proposal is not None and proposal.status_key not in (None, row.status_key)
        self.take.setVisible(other and not signals.workspace.read_only)

    def _proposal_read(self, key: str) -> Proposal | None:
        return self.reporting.signals.read(proposed.proposals, None, key).get(key)

    def _is_carried(self) -> bool:
        return self.report is not None and self.report.carried

    def _show_sign_off(self, locked: str) -> None:
        state = self.report.state if self.report else "being written"
        was_at = self.window().focusWidget()
        self.signed.setText(signed_words(self.report))
        self.signed.setVisible(bool(self.signed.text()))
        self.changed.setText("\n".join(self._changes()))
        self.changed.setVisible(bool(self.changed.text()))
        self.submit.setVisible(not locked and state in ("being written", "sent back"))
        self.accept.setVisible(not locked and state == "submitted")
        self.back.setVisible(not locked and state in ("submitted", "accepted"))
        self._stay(was_at)

    def _stay(self, was_at: QWidget | None) -> None:
        """Keep the keyboard here where the button in which it was has gone: in another one, or in what was done."""
        buttons = (self.accept, self.submit, self.back)
        if isinstance(was_at, QPushButton) and was_at in buttons and was_at.isHidden():
            next((each for each in buttons if not each.isHidden()), self.done).setFocus()

    def _changes(self) -> list[str]:
        """What has changed since it was accepted, each with who changed it and when."""
        report = self.report
        if report is None or report.accepted_on is None:
            return []
        read = self.reporting.signals.read
        titles = {each.key: each.title for each in read(queries.statuses)}
        changes = read(signed_off.changed_since_accepted, report.period_key, report.activity_key)
        return [change_words(each, titles) for each in changes]

    def _show_earlier(self, before: list[ReportRow], known: dict[str, PeriodRow]) -> None:
        lines = []
        titles = {each.key: each.title for each in self.reporting.signals.read(queries.statuses)} if before else {}
        for each in reversed(before):
            stood = ", ".join(
                filter(
                    None, (titles.get(each.status_key or "", ""), "" if each.percent is None else f"{each.percent}%")
                )
            )
            carried = " (carried forward)" if each.carried else ""
            texts = [f"{escape(each.done)}{carried}"] if each.done else []
            texts += [f"Next: {escape(each.next)}"] if each.next else []
            head = escape(known[each.period_key].title) + (f": {escape(stood)}" if stood else "")
            lines.append("<br>".join([f"<b>{head}</b>", *texts]))
        self.earlier.setText("<br>".join(lines))
        self.earlier.setVisible(bool(lines))

    def commit_pending(self) -> bool:
        """Keep what is being typed. Returns whether the plan now has all of it."""
        return all([self.done.keep_all(), self.next.keep_all()])

    # What the person does

    def _writes(self, name: str) -> Callable[[str], None]:
        """What keeps one of the texts of the activity shown now."""
        row = self.row
        assert row is not None
        return lambda text: self.reporting.write([(row.key, name, text)], called([row.ref]))

    def _take(self) -> None:
        self._tried(lambda key, _: take_proposed(self.reporting.signals, [key]))

    def _carry(self) -> None:
        self._tried(lambda key, _: self.reporting.carry_forward([key]))

    def _submit(self) -> None:
        if self.commit_pending() and self.row is not None:
            self.refused.emit(self._sign_off.submit([SignedRow(self.row.key, self.row.ref, self.row.text)]))

    def _accept(self) -> None:
        if self.row is not None:
            self.refused.emit(self._sign_off.accept([SignedRow(self.row.key, self.row.ref, self.row.text)]))

    def send_back(self) -> None:
        """Ask what is to be put right, and send the report back with that."""
        row = self.row
        if row is None or self.back.isHidden():
            return

        def send(answer: Said) -> None:
            """Send it back with the remark that was given."""
            self.reporting.send_back(row.key, answer.words, called([row.ref]))

        about = f"{row.ref} goes back to its owner, who submits it again. Your name and the day are kept."
        ReasonDialog(ReasonAsked("Send back", about, "Remark", "Send it &back"), send, self).open()

    def _tried(self, deed: Callable[[str, str], object]) -> None:
        if self.row is None:
            return
        try:
            deed(self.row.key, called([self.row.ref]))
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))
        else:
            self.refused.emit("")


CELLS = {"status_id": "Status", "percent": "% done", "forecast": "Forecast", "reason": "Reason", "done": "Done"}
"""What the cells are called whose changes are told; any other by its own name."""


def change_words(changed: ChangedAfter, titles: Mapping[str, str]) -> str:
    """A change after sign-off in a line: "After sign-off: % done 40 → 60, by J. Smith, 3 Jan 2009 14:02"."""

    def value(of: object) -> str:
        """A value as a person reads it."""
        return "none" if of in (None, "") else titles.get(str(of), str(of))

    step = changed.revision
    cell = CELLS.get(changed.cell, changed.cell.capitalize())
    was, now = value(changed.before), value(changed.after)
    return f"After sign-off: {cell} {was} → {now}, by {step.author}, {clock.local_time(step.at)}"


def _column(widget: QWidget) -> QVBoxLayout:
    """A column of parts that fills a widget."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    return column


def proposal_words(row: ActivityRow, proposal: Proposal) -> str:
    """What the plan's rule proposes and why, and what a person has set where that is another."""
    if not proposal.differs:
        return f"Proposed: {proposal.sentence}"
    reason = f" ({row.reason})" if row.reason else ""
    return f"Set by a person: {row.status}{reason}. Proposed: {proposal.sentence}"


def signed_words(report: ReportRow | None) -> str:
    """Who submitted, accepted or sent back what is said, and when."""
    if report is None:
        return ""
    parts = []
    if report.submitted_on is not None:
        parts.append(f"Submitted by {report.submitted_by} on {short_day(report.submitted_on)}.")
    if report.accepted_on is not None:
        parts.append(f"Accepted by {report.accepted_by} on {short_day(report.accepted_on)}.")
    elif report.submitted_on is None and report.returned_on is not None:
        parts.append(f"Sent back by {report.returned_by} on {short_day(report.returned_on)}: {report.remark}")
    return " ".join(parts)
