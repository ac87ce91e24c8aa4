"""The pane beside the review's table: one difference in full, the value to take in, and the reason to refuse."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from spp_desktop.plan.kinds import TEXT, Option
from spp_desktop.ui.grid.list_editor import shape_icon
from spp_desktop.ui.review.kinds import DecisionLook
from spp_desktop.ui.review.lines import FileHead, FileNote, ReviewLine, RowHead
from spp_desktop.ui.review.surface import ReviewDesk
from spp_desktop.ui.review.value_field import ValueField

ICON = 14
LEAST_WIDTH = 300
"""The points that the pane has at least; more where its buttons need them."""


class ReviewDetail(QWidget):
    """Shows what is chosen in the table, and takes a person's decision about it.

    Signals:
        accepted: the chosen items are to be taken in: as this value, or, if it is empty, as they came back.
        refused: the chosen items are to be refused for this reason, which may be empty.
        gave_back: the decisions about the chosen items are to be forgotten.
        confirmed: all rows of the file that were recognised by their words are the right ones.
        edited: another value is to be typed for what is chosen.
        left: the person is done here, and goes on in the table.
    """

    accepted = Signal(str)
    refused = Signal(str)
    gave_back = Signal()
    confirmed = Signal()
    edited = Signal()
    left = Signal()

    def __init__(self, desk: ReviewDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items: list[int] = []
        self._chosen: int | None = None
        self._drafts: dict[tuple[int, str], str] = {}
        self.kind_icon, self.kind = QLabel(self), QLabel(self)
        self.title, self.about, self.remark = QLabel(self), QLabel(self), QLabel(self)
        self.states = QTextBrowser(self)
        self.answers = [QPushButton(self) for _ in range(2)]
        self.value_label, self.value, self.doubt = QLabel(self), ValueField(self), QLabel(self)
        self.reason_label, self.reason = QLabel("Why is it refused?", self), QLineEdit(self)
        self.confirm_button = QPushButton(self)
        words = desk.words
        self.accept_button, self.refuse_button = QPushButton(words.accept, self), QPushButton(words.refuse, self)
        self.edit_button, self.back_button = QPushButton(words.edit, self), QPushButton("Take back", self)
        self._lay_out()
        self._connect()

    # What is shown.

    def show_line(self, line: ReviewLine | None, items: Sequence[int]) -> None:
        """Show what is chosen: a difference, the head of several, or a note on a file."""
        self._keep_draft()
        self._items = list(items)
        self._chosen = item = items[0] if len(items) == 1 and not isinstance(line, FileHead | FileNote) else None
        words = self._desk.pane(self.palette())
        self._show_head(line, item)
        if item is not None:
            self.states.setHtml(words.item(item))
        elif isinstance(line, FileHead | FileNote):
            self.states.setHtml(words.file(line.file))
        else:
            self.states.setHtml(words.several(self._items))
        self._show_answers(item)
        self._show_value(item)
        self._show_buttons(line, item)
        self.ask_reason(asked=False)

    def shown(self) -> list[int]:
        """The items that are shown."""
        return self._items

    def _show_head(self, line: ReviewLine | None, item: int | None) -> None:
        look, about, remark = DecisionLook(""), "", ""
        if item is not None:
            look, title = self._desk.words.kinds[self._desk.items[item].kind], self._desk.heading(item)
            about, remark = self._desk.about(item), self._desk.remark(item)
        elif isinstance(line, FileHead | FileNote):
            title = self._desk.file_heading(line.file)
        elif isinstance(line, RowHead):
            title, about = line.ref, line.text
        else:
            title = f"{len(self._items)} differences chosen" if self._items else "Nothing is chosen"
        icon = (
            shape_icon(Option("", "", "", look.shape, look.colour, look.dark_colour), self, ICON).pixmap(ICON, ICON)
            if look.shape
            else None
        )
        self.kind_icon.setVisible(icon is not None)
        if icon is not None:
            self.kind_icon.setPixmap(icon)
        for label, text in ((self.kind, look.title), (self.title, title), (self.about, about), (self.remark, remark)):
            label.setText(text)
            label.setVisible(bool(text))

    def _show_answers(self, item: int | None) -> None:
        """Show a button for each answer of a row that came back more than once."""
        texts = self._desk.answers(item) if item is not None else ()
        while len(self.answers) < len(texts):
            self.answers.append(self._answer_button(len(self.answers)))
        for place, button in enumerate(self.answers):
            button.setVisible(place < len(texts))
            if place < len(texts):
                answer_text = " ".join(texts[place].split())
                button.setText(
                    f"{place + 1}   {button.fontMetrics().elidedText(answer_text, Qt.TextElideMode.ElideRight, 300)}"
                )
                button.setAccessibleName(f"Take in answer {place + 1}: {answer_text}")
                button.setEnabled(not self._desk.locked)

    def _show_value(self, chosen: int | None) -> None:
        asked = self._desk.asking_why(self._items) if chosen is None else []
        able = bool(asked) or (chosen is not None and self._desk.can_type(chosen))
        for widget in (self.value_label, self.value):
            widget.setVisible(able)
            widget.setEnabled(not self._desk.locked)
        if asked:
            name = f"Why they change, for {'the one' if len(asked) == 1 else f'all {len(asked)}'} that asked it"
            self.value_label.setText(f"{name}  (E)")
            self.value.load(TEXT, name, "", [])
        if chosen is None or not able:
            self._say_doubt()
            return
        name = self._desk.value_name(chosen)
        self.value_label.setText(f"{name}  (E)")
        draft = self._drafts.pop(self._key(chosen), "")
        kind, options = self._desk.value_kind(chosen), self._desk.options(chosen)
        self.value.load(kind, name, self._desk.at_first(chosen), options)
        if draft:
            self.value.put(draft)
        self._say_doubt()

    def _say_doubt(self) -> None:
        """Say beside the field why its text cannot be taken in, or what a rule made of it."""
        chosen = self._chosen
        sentence, doubtful = "", False
        if chosen is not None and self._desk.states[chosen] not in ("refused", "told"):
            answer = self._desk.answer(chosen, self.typed())
            doubtful = bool(answer.doubt)
            sentence = answer.doubt or answer.note
            if self._desk.decision(chosen) is not None and not self.value.touched():
                sentence = "" if self._desk.states[chosen] == "accepted" else sentence
        self.doubt.setText(sentence)
        self.doubt.setVisible(bool(sentence))
        role = QPalette.ColorRole.BrightText if doubtful else QPalette.ColorRole.PlaceholderText
        self.doubt.setForegroundRole(role)

    def _show_buttons(self, line: ReviewLine | None, chosen: int | None) -> None:
        able = [n for n in self._items if self._desk.items[n].decidable]
        count = "" if chosen is not None or not able else f" {len(able)}"
        words = self._desk.words
        self.accept_button.setText(f"{words.accept}{count}")
        self.refuse_button.setText(f"{words.refuse.removesuffix('…')}{count}{'…' * words.refuse.endswith('…')}")
        free = bool(able) and not self._desk.locked
        self.accept_button.setEnabled(free)
        self.refuse_button.setEnabled(free)
        self.back_button.setEnabled(free and any(self._desk.decision(n) is not None for n in able))
        for button in (self.accept_button, self.refuse_button, self.back_button):
            button.setVisible(bool(able))
        self.edit_button.setVisible(chosen is not None and self._desk.types_apart(chosen))
        self.edit_button.setEnabled(free)
        matches = self._desk.matches(self._file(line)) if line is not None else []
        rows = "1 row known by its" if len(matches) == 1 else f"{len(matches)} rows known by their"
        self.confirm_button.setText(f"Confirm {rows} words  (M)")
        about_rows = isinstance(line, FileHead | FileNote) or (
            chosen is not None and (self._desk.items[chosen].kind == "match" or self._desk.states[chosen] == "waits")
        )
        self.confirm_button.setVisible(bool(matches) and about_rows)
        self.confirm_button.setEnabled(not self._desk.locked)

    def _file(self, line: ReviewLine) -> int:
        return self._desk.items[line].file if isinstance(line, int) else line.file

    # What a person says.

    def typed(self) -> str:
        """The value to take in instead of the answer; "" for the answer itself."""
        if self.value.isHidden() or not self.value.touched():
            return ""
        return self.value.typed()

    def take_answer(self, place: int) -> None:
        """Take in one of several answers to a row, by its index from 0."""
        answers = self._desk.answers(self._chosen) if self._chosen is not None else ()
        if place < len(answers):
            self.accepted.emit(answers[place])

    def begin_edit(self) -> bool:
        """Go into the field for the value, or to the first answer. Returns whether there is either."""
        if not self.value.isHidden() and self.value.isEnabled():
            self.value.begin()
            return True
        return False

    def ask_reason(self, *, asked: bool = True) -> None:
        """Ask why the chosen items are refused; or put the question away, unless a reason is there to be read."""
        chosen = self._chosen
        decision = self._desk.decision(chosen) if chosen is not None else None
        refused = decision is not None and decision.verdict == "reject"
        self.reason.setText(decision.reason if decision is not None and refused else "")
        for widget in (self.reason_label, self.reason):
            widget.setVisible(asked or refused)
            widget.setEnabled(not self._desk.locked)
        if asked:
            self.refuse_button.setText(self.refuse_button.text().removesuffix("…"))
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.reason.selectAll()

    def forget_draft(self, items: Sequence[int]) -> None:
        """Forget what was typed for these items: they are decided now."""
        for n in items:
            self._drafts.pop(self._key(n), None)
        if self._chosen in items:
            self.value.settle()

    def forget_all(self) -> None:
        """Show nothing and forget what was typed: the files are laid out again."""
        self._items, self._chosen = [], None
        self._drafts.clear()

    def waiting(self) -> list[int]:
        """The items for which something was typed but not taken in."""
        self._keep_draft()
        return [n for n in range(len(self._desk.items)) if self._key(n) in self._drafts] if self._drafts else []

    def _keep_draft(self) -> None:
        """Keep what was typed but not taken in, until its difference is shown again."""
        chosen = self._chosen
        if chosen is not None and chosen < len(self._desk.items) and self.typed():
            self._drafts[self._key(chosen)] = self.value.typed()

    def _key(self, n: int) -> tuple[int, str]:
        item = self._desk.items[n]
        return item.file, item.subject

    def _refuse(self) -> None:
        if self.refuse_button.text().endswith("…"):
            self.ask_reason()
        else:
            self.refused.emit(self.reason.text().strip())

    def _accept(self) -> None:
        self.accepted.emit(self.typed())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse by Enter, even without a reason; go back to the table by Escape."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if watched is self.reason and plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.refused.emit(self.reason.text().strip())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        """Give up what is being typed, and go on in the table."""
        chosen = self._chosen
        if chosen is not None:
            self.value.put(self.value.kept())
        self.left.emit()

    # How it is laid out.

    def _answer_button(self, place: int) -> QPushButton:
        button = QPushButton(self)
        button.installEventFilter(self)
        QWidget.setTabOrder(self.answers[-1], button)
        self._answers_box.addWidget(button)
        self._dress_answer(button, place)
        return button

    def _dress_answer(self, button: QPushButton, place: int) -> None:
        button.setAutoDefault(False)
        button.setStyleSheet("text-align: left; padding: 4px 8px;")
        button.clicked.connect(lambda _on=False, place=place: self.take_answer(place))

    def _connect(self) -> None:
        self.value.changed.connect(self._say_doubt)
        self.value.entered.connect(self._accept)
        self.value.left.connect(self._leave)
        self.accept_button.clicked.connect(self._accept)
        self.refuse_button.clicked.connect(self._refuse)
        self.back_button.clicked.connect(self.gave_back)
        self.confirm_button.clicked.connect(self.confirmed)
        self.edit_button.clicked.connect(self.edited)
        for widget in (self.reason, self.states, *self.findChildren(QPushButton)):
            widget.installEventFilter(self)

    def _lay_out(self) -> None:
        bold = self.title.font()
        bold.setBold(True)
        self.title.setFont(bold)
        for label in (self.title, self.about, self.remark, self.doubt, self.reason_label):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.states.setAccessibleName(self._desk.words.states_shown)
        self.states.setOpenLinks(False)
        self.states.setTabChangesFocus(True)
        self.states.setMinimumHeight(80)
        self.reason.setAccessibleName("Why is it refused?")
        self.reason.setPlaceholderText("Enter keeps it; empty: no reason given")
        self.value_label.setBuddy(self.value)
        self.accept_button.setToolTip(self._desk.words.accept_tip)
        self.refuse_button.setToolTip(self._desk.words.refuse_tip)
        self.edit_button.setToolTip("Neither of the two: type what is to stand there (E in the table)")
        self.back_button.setToolTip("Forget this decision (U in the table)")
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self._build_column()

    def _build_column(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.title, 1)
        head.addWidget(self.kind_icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.accept_button, self.refuse_button, self.edit_button, self.back_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._answers_box = QVBoxLayout()
        self._answers_box.setSpacing(4)
        for place, button in enumerate(self.answers):
            self._dress_answer(button, place)
            self._answers_box.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.about)
        column.addWidget(self.remark)
        column.addWidget(self.states, 1)
        column.addLayout(self._answers_box)
        column.addWidget(self.value_label)
        column.addWidget(self.value)
        column.addWidget(self.doubt)
        column.addWidget(self.reason_label)
        column.addWidget(self.reason)
        column.addWidget(self.confirm_button)
        column.addLayout(buttons)
        shown = (
            self.accept_button,
            self.refuse_button,
            self.back_button,
            *([] if self._desk.words.files else [self.edit_button]),
        )
        needed = sum(button.sizeHint().width() + buttons.spacing() for button in shown)
        self.setMinimumWidth(max(LEAST_WIDTH, needed + 2 * column.contentsMargins().left()))
