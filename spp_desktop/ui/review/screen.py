"""The screen of a review: a person decides about all that differs, and takes it in as one step."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QSplitter, QVBoxLayout, QWidget

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.memory import Memory, take_up
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.common.style import as_title
from spp_desktop.ui.review.detail import ReviewDetail
from spp_desktop.ui.review.filter_bar import FilterBar
from spp_desktop.ui.review.footer import Footer
from spp_desktop.ui.review.kinds import Filter
from spp_desktop.ui.review.model import ReviewModel
from spp_desktop.ui.review.surface import ReviewDesk
from spp_desktop.ui.review.table import ReviewTable

T = TypeVar("T")

WIDTH, HEIGHT, MARGIN = 1280, 700, 40
REMEMBERED = "review"
PANE, PANE_SHARE = 380, 0.36
"""The points that the pane beside the table has at first, and the share of a narrow window."""


class ReviewScreen(QDialog):
    """The screen on which differences are reviewed, of returned files or of a merge, as its desk has them.

    Every decision is kept at once. Only Apply changes the plan, in one step.

    Attributes:
        applied: what was taken in; ``None`` while the plan is as it was.
    """

    REFUSALS: ClassVar[tuple[type[Exception], ...]] = ()
    """What else the desk may raise as a sentence, after which the plan is as it was."""

    def __init__(self, signals: PlanSignals, desk: ReviewDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self._signals = signals
        self._warned = False
        self.applied: Any = None
        self.desk = desk
        self.model = ReviewModel(desk, self)
        self.model.listing.folded.update(desk.folded_at_first)
        self.model.lay_out()
        self.bar = FilterBar(desk.words.filters, self)
        self.table = ReviewTable(self.model, self)
        self.detail = ReviewDetail(desk, self)
        self.footer = Footer(desk.words, self)
        self._lay_out()
        self._connect()
        self._refresh()
        self.table.begin()
        first = self._next_open(1, -1)
        if first is not None:
            self.table.go_to(first)

    # Deciding.

    def do(self, deed: str) -> None:
        """Do a deed that a key of the table asks for."""
        deeds: dict[str, Callable[[], object]] = {
            "accept": self.accept_chosen,
            "refuse": self.ask_reason,
            "edit": self.edit_chosen,
            "take back": self.take_back,
            "next": lambda: self.go_on(1),
            "previous": lambda: self.go_on(-1),
            "confirm": self.confirm_rows,
        }
        deeds[deed]()

    def accept_chosen(self, value: str = "") -> None:
        """Accept the chosen items, as they came back or as this value, and move on; or ask for a value."""
        items, value = self.detail.shown(), value or self.detail.typed()
        was = self._undecided(items)
        done = self._attempt(lambda: self.desk.accept(items, value))
        if done is None:
            return
        left = [n for n in self._undecided(items) if self.desk.answer(n).doubt]
        if left and not done:
            self._refresh()
            self._ask_value(left)
            return
        conflicts = sum(self.desk.items[n].kind == "conflict" for n in done)
        sentences = [self._counted(self.desk.words.accepted, done)]
        if conflicts and len(done) > 1:
            sentences.append(f"{conflicts} of them {'is a conflict' if conflicts == 1 else 'are conflicts'}.")
        if left:
            sentences.append(self._counted("An answer is still to be typed or refused for", left))
        self._after(items, was, " ".join(sentences))

    def ask_reason(self) -> None:
        """Ask why the chosen items are refused."""
        if any(self.desk.items[n].decidable for n in self.detail.shown()):
            if self._demand_unlocked() and self.desk.words.refuse.endswith("…"):
                self.detail.ask_reason()
            elif not self.desk.locked:
                self.refuse_chosen("")
        else:
            self.footer.say("There is nothing to decide about that.")

    def refuse_chosen(self, reason: str) -> None:
        """Refuse the chosen items for this reason, and move on."""
        items = self.detail.shown()
        was = self._undecided(items)
        done = self._attempt(lambda: self.desk.refuse(items, reason))
        if done is not None:
            self._after(items, was, self._counted(self.desk.words.refused, done))

    def take_back(self) -> None:
        """Forget the decisions about the chosen items."""
        done = self._attempt(lambda: self.desk.take_back(self.detail.shown()))
        if done is not None:
            self._refresh()
            self.footer.say(self._counted("Taken back:", done) if done else "Nothing was decided there.")

    def undo(self) -> None:
        """Undo the latest deciding, and go to its first item."""
        done = self._attempt(self.desk.undo)
        if done is None:
            return
        self.detail.forget_draft(done)
        self._refresh()
        if done and self.model.place_of(done[0]) >= 0:
            self.table.go_to(self.model.place_of(done[0]))
        self.footer.say(self._counted("As before:", done) if done else "There is no decision to undo.")

    def confirm_rows(self) -> None:
        """Confirm all rows of the current file that were recognised by their words, and move on."""
        items = self.desk.matches(self._file())
        done = self._attempt(lambda: self.desk.accept(items)) if items else []
        if done is None:
            return
        rows = "1 row" if len(done) == 1 else f"{len(done)} rows"
        self._after(items, items, f"Confirmed {rows}." if done else "No row of this file waits to be confirmed.")

    def edit_chosen(self) -> None:
        """Go into the field for the value to be taken in."""
        if self._demand_unlocked() and not self.detail.begin_edit():
            self.footer.say(self.desk.words.untyped)

    def _ask_value(self, left: list[int]) -> None:
        several = "None of these can be taken in as it is."
        if self.desk.asking_why(left):
            several = "These change only for a reason: type it once for all of them."
        self.footer.say(self.desk.answer(left[0]).doubt if len(left) == 1 else several, wrong=True)
        if len(left) == 1 or self.desk.asking_why(left):
            self.detail.begin_edit()

    def _undecided(self, items: Sequence[int]) -> list[int]:
        return [n for n in items if self.desk.states[n] in ("to decide", "waits")]

    def _after(self, items: Sequence[int], was: Sequence[int], sentence: str) -> None:
        """Show what was decided, and move on to the next difference to decide, or to the next line."""
        self.detail.forget_draft(items)
        self._refresh()
        self.table.setFocus()
        if was:
            moved = self.go_on(1, quietly=True)
            sentence = sentence if moved or self.desk.left else f"{sentence} Nothing is left to decide."
        else:
            self.table.step()
        self.footer.say(sentence)

    def _counted(self, did: str, done: Sequence[int]) -> str:
        if len(done) == 1:
            return f"{did} {' '.join(self.desk.heading(done[0]).split())}."
        return f"{did} {len(done):,} differences." if done else "That was decided so before."

    # Going about.

    def go_on(self, step: int, *, quietly: bool = False) -> bool:
        """Go to the next difference to decide (``step`` 1), or the one before (-1). Returns whether there is one.

        Unless ``quietly``, all differences are shown again if none of those shown is left to decide.
        """
        place = self._next_open(step, self.table.line())
        if place is None and not quietly and self.desk.counts()["to decide"]:
            self._show_all()
            place = self._next_open(step, -1 if step > 0 else 0)
        if place is not None:
            self.table.go_to(place)
        elif not quietly:
            self.footer.say("Nothing is left to decide.")
        return place is not None

    def _next_open(self, step: int, start: int) -> int | None:
        lines = self.model.lines
        for away in range(1, len(lines) + 1):
            place = (start + step * away) % len(lines)
            line = lines[place]
            if isinstance(line, int) and self.desk.states[line] == "to decide":
                return place
        return None

    def _show_all(self) -> None:
        self.model.listing.folded.clear()
        self.bar.words.clear()
        self.bar.press(self.desk.words.filters[0])

    def _choose(self, chosen: Filter) -> None:
        self._rearrange(lambda: self.model.choose(chosen))

    def _rearrange(self, change: Callable[[], None]) -> None:
        """Change what is shown, and stay on the chosen difference if it is still there."""
        line = self.model.lines[self.table.line()] if self.table.line() >= 0 else None
        change()
        place = self.model.place_of(line) if isinstance(line, int) else -1
        if place >= 0:
            self.table.go_to(place)

    def _file(self) -> int:
        """The file of the current line."""
        line = self.model.lines[self.table.line()] if self.table.line() >= 0 else None
        if line is None:
            return 0
        return self.desk.items[line].file if isinstance(line, int) else line.file

    # With whole files.

    def apply(self) -> None:
        """Take in what is accepted as one step and close, or say why nothing was taken in."""
        if not self.footer.apply.isEnabled():
            self.footer.say(self.desk.locked or self.desk.words.unready, wrong=bool(self.desk.locked))
            return
        if self._waits_typed():
            return
        applied = self._attempt(self._take_in)
        if applied is not None:
            self.applied = applied
            self.accept()

    def _take_in(self) -> Any:
        """Take in what is accepted, and give what came of it."""
        return self.desk.apply()

    def keep_for_later(self) -> None:
        """Keep the files with the plan, and close."""
        if self._attempt(self.desk.keep) is not None:
            self.reject()

    def set_aside(self) -> None:
        """Close the current file without taking anything in, if the person confirms it."""
        file = self._file()
        name = self.desk.part_name(file)
        detail = "Nothing of it is taken in and the plan stays as it is. The file stays on record as set aside."
        if not self._demand_unlocked() or not ask(self, f"Set aside {name}?", "Set aside", detail=detail):
            return
        if self._attempt(lambda: self.desk.set_aside(file)) is None:
            return
        if not self.desk.parts:
            self.reject()
            return
        self._lay_anew()
        self.footer.say(f"{name} was set aside.")

    def compare_again(self) -> bool:
        """Compare the files with the plan as it is now. Decisions stay. Returns whether they could be compared."""
        if self._attempt(self.desk.read_again) is None:
            return False
        self._lay_anew()
        self.footer.say(self.desk.words.compared)
        return True

    def reject(self) -> None:
        """Close. If something was typed but not accepted, only point at it the first time."""
        if self._warned or not self._waits_typed():
            super().reject()
        self._warned = True

    def _waits_typed(self) -> bool:
        """Whether something was typed and neither accepted nor given up. If so, show it and say so."""
        waiting = self.detail.waiting()
        if not waiting:
            return False
        if self.model.place_of(waiting[0]) < 0:
            self._show_all()
        self.table.go_to(self.model.place_of(waiting[0]))
        self.detail.begin_edit()
        title = " ".join(self.desk.heading(waiting[0]).split())
        self.footer.say(
            f"What you typed for {title} is not accepted yet: Enter accepts it, Esc gives it up.", wrong=True
        )
        return True

    def _lay_anew(self) -> None:
        self.detail.forget_all()
        self._rearrange(self.model.lay_out)
        self._refresh()

    def done(self, result: int) -> None:
        """Remember the widths of the two panes, and close."""
        Memory().keep_page_state(REMEMBERED, {"panes": self.splitter.sizes()})
        super().done(result)

    # Showing.

    def _attempt(self, deed: Callable[[], T]) -> T | None:
        """Do a deed. Returns what it gives, or ``None`` if it was refused, and says why."""
        if not self._demand_unlocked():
            return None
        try:
            return deed()
        except RuleBroken as broken:
            self.footer.say(str(broken), wrong=True)
            self.footer.again.setVisible(True)
        except self.REFUSALS as refusal:
            self.footer.say(str(refusal), wrong=True)
        except NotKept as loss:
            self.footer.say(str(loss), wrong=True)
            self._signals.lost.emit(str(loss))
        return None

    def _demand_unlocked(self) -> bool:
        if self.desk.locked:
            self.footer.say(self.desk.locked, wrong=True)
        return not self.desk.locked

    def _refresh(self) -> None:
        """Show the decisions as they are now."""
        self.model.decided()
        self.bar.show_counts(self.model.listing.counts())
        self.footer.show_desk(self.desk)
        self._show_chosen()

    def _show_chosen(self) -> None:
        at = self.table.line()
        line = self.model.lines[at] if 0 <= at < len(self.model.lines) else None
        self.detail.show_line(None if self.table.several() else line, self.table.chosen())
        self.footer.aside.setEnabled(line is not None and not self.desk.locked and self.desk.is_open(self._file()))

    def _connect(self) -> None:
        self.bar.chose.connect(self._choose)
        self.bar.searched.connect(lambda words: self._rearrange(lambda: self.model.find(words)))
        self.bar.left.connect(self.table.setFocus)
        self.table.moved.connect(self._show_chosen)
        self.table.asked.connect(self.do)
        self.table.chose_answer.connect(self.detail.take_answer)
        self.detail.accepted.connect(self.accept_chosen)
        self.detail.refused.connect(self.refuse_chosen)
        self.detail.gave_back.connect(self.take_back)
        self.detail.confirmed.connect(self.confirm_rows)
        self.detail.edited.connect(self.edit_chosen)
        self.detail.left.connect(self._leave_detail)
        self.footer.again.clicked.connect(self.compare_again)
        self.footer.aside.clicked.connect(self.set_aside)
        self.footer.later.clicked.connect(self.keep_for_later)
        self.footer.close_button.clicked.connect(self.reject)
        self.footer.apply.clicked.connect(self.apply)
        for keys, deed in (("Ctrl+Return", self.apply), ("Ctrl+Enter", self.apply), ("F6", self._next_pane)):
            QShortcut(QKeySequence(keys), self).activated.connect(deed)
        undo = QShortcut(QKeySequence("Ctrl+Z"), self.table, context=Qt.ShortcutContext.WidgetShortcut)
        undo.activated.connect(self.undo)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.bar.words.setFocus)

    def _leave_detail(self) -> None:
        self.table.setFocus()
        self._show_chosen()

    def _next_pane(self) -> None:
        (self.detail.states if self.table.hasFocus() else self.table).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        self.setWindowTitle(as_title(self.desk.called))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        room = room_for(self).size()
        self.resize(min(WIDTH, room.width() - MARGIN), min(HEIGHT, room.height() - MARGIN))
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.detail)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 1)
        pane = min(PANE, round(self.width() * PANE_SHARE))
        self.splitter.setSizes([self.width() - pane, pane])
        take_up(Memory().page_state(REMEMBERED), lambda state: self.splitter.setSizes(state["panes"]))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.footer)
        self.table.setFocus()
