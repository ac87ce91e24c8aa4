"""How often and how far the dates of an activity have slipped, each move with its reason: a part of the side panel."""

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from spp_desktop.edits import date_moves
from spp_desktop.figures.slippage import slippage
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import monitored
from spp_desktop.store.monitored import MoveRow
from spp_desktop.store.naming import short
from spp_desktop.store.plain import ActivityRow, MilestoneRow
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.performance.reason import ReasonAsked, ReasonDialog, Said

DATES = {"due": "due", "forecast": "expected"}
"""What each date is called in a line."""


class SlippagePane(QWidget):
    """The dates of an activity and its milestones that were moved.

    Signals:
        refused: why something was not kept; "" once nothing is refused any more.
    """

    refused = Signal(str)

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__()
        self._signals = signals
        self._moves: list[MoveRow] = []
        self.words = QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAccessibleName("Dates that were moved")
        self.why, self.approve = QPushButton("Say why…"), QPushButton("Approve")
        self.why.setToolTip("Say why the date was moved that was moved last")
        self.approve.setToolTip("Say that the moves that are not approved yet are approved")
        buttons = QHBoxLayout()
        for button in (self.why, self.approve):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addLayout(buttons)
        self.why.clicked.connect(self.say_why)
        self.approve.clicked.connect(self.approve_all)

    def show_row(self, row: ActivityRow | None, steps: Sequence[MilestoneRow]) -> None:
        """Show how the dates of an activity and of its milestones have moved; nothing where none has."""
        keys = [row.key, *(step.key for step in steps)] if row else []
        known = self._signals.read(monitored.moves, keys) if keys else {}
        self._moves = [move for key in keys for move in known.get(key, ())]
        self.setVisible(bool(self._moves))
        if row is None or not self._moves:
            return
        approved = self._signals.read(monitored.delivery_rule).moves_approved
        own = slippage(row.due, row.forecast, known.get(row.key, ()))
        whole = f" · {escape(own.sentence)}" if own.sentence else ""
        lines = [f"<b>Dates that moved</b>{whole}", *_lines(known.get(row.key, ()), asked=approved)]
        for step in steps:
            if moves := known.get(step.key):
                slip = slippage(step.due, step.forecast, moves, step.done_on).sentence
                lines.append(f"<b>{escape(short(step.title))}</b>" + (f" · {escape(slip)}" if slip else ""))
                lines += _lines(moves, asked=approved)
        self.words.setText("<br>".join(lines))
        free = not self._signals.workspace.read_only
        self.why.setVisible(free)
        self.approve.setVisible(free and approved and bool(self._waiting()))

    def say_why(self) -> None:
        """Ask why the latest move was made, and keep that."""
        if not self._moves:
            return
        move = max(self._moves, key=lambda each: each.moved_on)

        def keep(answer: Said) -> None:
            """Keep the reason."""
            self._signals.edit("say why a date was moved", date_moves.give_reason, move.key, answer.words)

        asked = ReasonAsked("Why it was moved", f"{_line(move)}.", "Reason", "&Keep it", draft=move.reason)
        ReasonDialog(asked, keep, self.window()).open()

    def approve_all(self) -> None:
        """Say that the moves that are not approved yet are approved."""
        try:
            self._signals.edit("approve moved dates", date_moves.approve, [move.key for move in self._waiting()])
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))
        else:
            self.refused.emit("")

    def _waiting(self) -> list[MoveRow]:
        """The moves that are to be approved and are not: all but the first of each row."""
        first: set[str] = set()
        waiting = []
        for move in self._moves:
            if move.row_key in first and move.approved_on is None:
                waiting.append(move)
            first.add(move.row_key)
        return waiting


def _lines(moves: Iterable[MoveRow], *, asked: bool) -> list[str]:
    """The moves of a row, each as a line with its reason, and whether it is approved where that is ``asked``."""
    lines = []
    for n, move in enumerate(moves):
        why = f": {escape(move.reason)}" if move.reason else " (no reason given)"
        signed = f" by {escape(move.moved_by)} on {short_day(move.moved_on)}"
        approval = ""
        if move.approved_on is not None:
            approval = f" Approved by {escape(move.approved_by)} on {short_day(move.approved_on)}."
        elif asked and n:
            approval = " <b>Not approved yet.</b>"
        lines.append(f"{_line(move)},{signed}{why}{approval}")
    return lines


def _line(move: MoveRow) -> str:
    """A move in a few words: "due 10 Mar 2009 → 4 Sep 2009"."""
    return f"{DATES[move.which]} {short_day(move.was)} → {short_day(move.now) if move.now else 'none'}"
