"""The dialog that issues returns: a workbook for each post in one go, and then the mails to send them with."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import issuing
from spp_desktop.edits.issuing import Mail, not_asked
from spp_desktop.edits.return_checks import before_sending
from spp_desktop.plan import file_names
from spp_desktop.plan.kinds import Day
from spp_desktop.plan.periods import first_month, short_time_name, year_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.definition import Content, Return
from spp_desktop.returns.instructions import of_layout
from spp_desktop.store import clock, exports, queries
from spp_desktop.ui.common.fitting import room as room_for
from spp_desktop.ui.common.folder_field import FolderField
from spp_desktop.ui.common.jobs import Jobs, ProgressStrip
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.fields import DayField
from spp_desktop.ui.returned.drafts import save_drafts
from spp_desktop.ui.returned.mail_text import MailView
from spp_desktop.ui.returned.preview import ReturnPreview
from spp_desktop.ui.returned.return_choice import ReturnChoice
from spp_desktop.ui.returned.ticked_table import TickedTable
from spp_desktop.ui.returned.writing import Order, Writing

READ_ONLY = (
    "This plan is open for reading only: workbooks can be written, but that they went out is not recorded in it, and "
    "the Returns tab will not show them."
)
NOBODY = "Nobody owns a row of it. Give its rows owners first, such as the activities in the annual delivery plan."
NOBODY_IN_ROLE = (
    "No post stands as {role} to a row of this year. Give the activities one first, in its column of the delivery plan."
)
NO_AREA = "No area is asked for a figure. Make areas in Plan > Lists… first, or enter results of them."
WIDTH, HEIGHT, MARGIN = 1180, 620, 40
DAY_ROOM = 52
"""The pixels beside a day for its button and its frame."""
TITLES = ("Post", "What it holds", "Sent already")
WHOLE = "Whole plan"
"""The entry that stands for the whole plan, where a return is not made for each post."""


class IssueReturnsDialog(QDialog):
    """Asks for whom, of what period and where to; writes the workbooks; then shows where they are, and the mails.

    It serves every return that is asked for about a year or a part of it: for each post, for each area with its own
    rows, or for the whole plan.
    """

    def __init__(
        self, signals: PlanSignals, jobs: Jobs, parent: QWidget | None = None, definition: Return = STATUS_RETURN
    ) -> None:
        super().__init__(parent)
        self._signals = signals
        self._jobs = jobs
        self.choice = ReturnChoice(signals, signals.read(queries.plan), definition, self)
        self.which, self.year, self.part = self.choice.which, self.choice.year, self.choice.part
        self.role = self.choice.to
        self._contents: dict[str, Content] = {}
        self._placed = False
        self.writing: Writing | None = None
        self.finished.connect(self.deleteLater)
        room = room_for(self)
        self.resize(min(WIDTH, room.width() - MARGIN), min(HEIGHT, room.height() - MARGIN))
        self.due = DayField(self, "Due", Day(lambda: year_of(self._usual_due())))
        self.place = FolderField(self)
        self.choose = QPushButton("&Choose…", self)
        self.whom = TickedTable("Posts", TITLES, 2, self)
        self.posts = self.whom.table
        self.preview = ReturnPreview(self)
        self.layout_note, self.checks = QLabel(self, wordWrap=True), QLabel(self, wordWrap=True)
        self.left_out = QCheckBox(self)
        self.unowned, self.notice = QLabel(self, wordWrap=True), QLabel(self, wordWrap=True)
        self.progress = ProgressStrip(jobs, self)
        self.write_button = QPushButton(self)
        self.close_button = QPushButton("Cancel", self)
        self.outcome, self.mails = QLabel(self, wordWrap=True), MailView(self)
        self.folder_button = QPushButton("&Open the folder", self)
        self.pages = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._something_chosen()

    # What is asked

    def period(self) -> tuple[int, str]:
        """The financial year and the quarter or month that are chosen."""
        return self.choice.period()

    def chosen(self) -> list[str]:
        """The posts that are ticked; an empty name stands for the whole plan."""
        posts = list(self._contents)
        return [posts[n] for n in self.whom.chosen()]

    def orders(self) -> list[Order]:
        """The workbooks to be written.

        Raises:
            RuleBroken: with a sentence, if the field for the day they are due holds no day.
        """
        year, period = self.period()
        folder = self.place.folder()
        due = self.due.day()
        definition = self.choice.definition()
        everybody = self._signals.read(issuing.everybody, definition)
        return [
            Order(
                definition,
                post,
                year,
                period,
                due,
                folder
                / issuing.file_name(
                    definition, self._contents[post].identity, everybody, self._contents[post].plan.marking
                ),
                self.left_out.isChecked(),
            )
            for post in self.chosen()
        ]

    def choose_place(self) -> None:
        """Ask for the folder."""
        self._placed = self.place.choose("Where to write the workbooks") or self._placed

    # What is done

    def write(self) -> None:
        """Write the workbooks, after asking once whether to replace those that exist."""
        try:
            orders = self.orders()
        except RuleBroken as refusal:
            self._say(str(refusal))
            return
        if sentence := next(filter(None, (file_names.unfit(order.path) for order in orders)), None):
            self._say(sentence)
            return
        existing = [order.path.name for order in orders if order.path.exists()]
        if existing:
            files = f"{len(existing)} {'file' if len(existing) == 1 else 'files'}"
            if not ask(self, f"Replace {files} in {orders[0].path.parent}?", "Replace", detail="\n".join(existing)):
                return
        try:
            orders[0].path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            self._say(f"{orders[0].path.parent} cannot be made: {problem.strerror}. Choose another folder.")
            return
        self._say("")
        self.writing = Writing(self._signals.workspace, self._jobs, orders, self)
        self._ask_nothing(while_writing=True)
        self.writing.ended.connect(self._ended)
        self.writing.go_on()

    def reject(self) -> None:
        """Stop the writing of workbooks, or close if none are being written."""
        if self.writing is not None and self.pages.currentIndex() == 0:
            self.writing.stop()
        else:
            super().reject()

    def open_folder(self) -> None:
        """Show where the workbooks are."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.place.folder())))

    def _ended(self) -> None:
        """Say what was written and where, and show the mails; or say why nothing was written."""
        assert self.writing is not None
        done = self.writing
        if not done.written:
            self.writing = None
            self._ask_nothing(while_writing=False)
            self._say("\n".join(done.problems) or "You stopped before anything was written.")
            return
        unrecorded = [READ_ONLY] if self._signals.workspace.read_only else []
        self.outcome.setText("\n".join([_outcome(done), *done.problems, *self._unowned(), *unrecorded]))
        mails = [
            issuing.covering_mail(written.order.definition, written.content, written.order.path)
            for written in done.written
        ]
        self.mails.show_mails(issuing.with_addresses(self._signals.workspace, mails), self._save_drafts)
        self.pages.setCurrentIndex(1)
        self.write_button.hide()
        self.folder_button.show()
        self.close_button.setText("Close")
        self.close_button.show()
        self.mails.drafts_button.setFocus()

    def _save_drafts(self, mails: Sequence[Mail]) -> str:
        """Save the mails as drafts beside their workbooks, and say what became of that."""
        assert self.writing is not None
        return save_drafts(self._signals.workspace, mails, self.writing.orders[0].path.parent, self)

    def _ask_nothing(self, *, while_writing: bool) -> None:
        self.asking.setDisabled(while_writing)
        self.close_button.setHidden(while_writing)
        self._count()

    # What is shown

    def _usual_due(self) -> date:
        """The day by which answers about the chosen period are usually due."""
        return issuing.usual_due(self.choice.catalogued, *self.period())

    def _something_chosen(self) -> None:
        """Show whom the return that is chosen would go to, when it would be due, and where it would be written."""
        year, period = self.period()
        workspace, definition = self._signals.workspace, self.choice.definition()
        titles = _titles(self.choice.catalogued)
        self.setWindowTitle(f"Issue {titles}")
        self.due.put(self._usual_due())
        if not self._placed:
            self.place.setText(str(workspace.path.parent / f"{short_time_name(year, period)} {titles}"))
        self.layout_note.setText(of_layout(definition) if definition.stands_for else "")
        self.layout_note.setVisible(bool(definition.stands_for))
        self._send_to.setVisible(self.role.count() > 1)
        self.role.setVisible(self.role.count() > 1)
        whole = self._ask_of_left_out(year, period)
        whom = [""]
        if self.choice.parted():
            whom = self._signals.read(issuing.recipients, definition, year, period, whole=whole)
        self._contents = {
            post: issuing.prepare(workspace, definition, post, year=year, period=period, whole=whole) for post in whom
        }
        sent: dict[str, str] = {}
        for export in workspace.read_beside(exports.issued, definition.id, year, period):
            if export.begins != first_month():
                continue  # it was of other months
            sent.setdefault(export.owner, f"sent {clock.local_day(export.at):%d/%m/%Y}")
        self._fill_posts(sent)
        self.unowned.setText("\n".join(self._unowned()))
        self.unowned.setVisible(bool(self.unowned.text()))
        read_only = READ_ONLY if workspace.read_only else ""
        notes = (read_only, not_asked(definition, year)) if self._contents else (_nobody(definition),)
        self._say("\n".join(filter(None, notes)))

    def _ask_of_left_out(self, year: int, period: str) -> bool:
        """Say how many rows are left out, with the choice to send all; whether all are to go."""
        sentence = self._signals.read(issuing.left_out, self.choice.definition(), year, period)
        self.left_out.setText(f"{sentence} &Send them too")
        self.left_out.setVisible(bool(sentence))
        if not sentence:
            self.left_out.setChecked(False)
        return self.left_out.isChecked()

    def _unowned(self) -> list[str]:
        """What goes to nobody, since no post owns it."""
        (year, _), definition = self.period(), self.choice.definition()
        owned = definition.by_owner and self.choice.parted()
        return self._signals.read(issuing.unowned, definition, year) if owned else []

    def _fill_posts(self, sent: dict[str, str]) -> None:
        definition = self.choice.definition()
        self.posts.setHorizontalHeaderLabels(("Area" if definition.to_areas else TITLES[0], *TITLES[1:]))
        self.whom.fill([
            (post not in sent, (post or WHOLE, issuing.counted(definition, content), sent.get(post, "")))
            for post, content in self._contents.items()
        ])  # fmt: skip
        self._show_preview()
        self._count()

    def _show_preview(self) -> None:
        """Show what the workbook of the current row holds, and what the checks of the return say of it."""
        contents, definition = list(self._contents.values()), self.choice.definition()
        at = self.posts.currentRow()
        content = contents[at] if 0 <= at < len(contents) else None
        self.preview.show_content(definition, content)
        faults = before_sending(self._signals.workspace, definition, content) if content is not None else []
        self.checks.setText("\n".join(faults))
        self.checks.setVisible(bool(faults))

    def _count(self) -> None:
        """Say on the button what it will do."""
        count = len(self.chosen())
        self.write_button.setText(f"&Write {count} {'workbook' if count == 1 else 'workbooks'}")
        self.write_button.setEnabled(bool(count) and self.place.is_filled() and self.writing is None)

    def _say(self, sentence: str) -> None:
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    # Laying out

    def _connect(self) -> None:
        self.choice.changed.connect(self._something_chosen)
        self.left_out.clicked.connect(self._something_chosen)
        self.choose.clicked.connect(self.choose_place)
        self.place.textEdited.connect(self._placed_by_hand)
        self.whom.ticked.connect(self._count)
        self.posts.currentCellChanged.connect(self._show_preview)
        self.write_button.clicked.connect(self.write)
        self.close_button.clicked.connect(self.reject)
        self.folder_button.clicked.connect(self.open_folder)

    def _placed_by_hand(self) -> None:
        self._placed = True
        self._count()

    def _lay_out(self) -> None:
        self.due.setFixedWidth(self.fontMetrics().horizontalAdvance("00/00/0000") + DAY_ROOM)
        for sentence in (self.unowned, self.notice, self.checks):
            sentence.setForegroundRole(QPalette.ColorRole.BrightText)
        self.unowned.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.write_button.setDefault(True)
        for button in (self.choose, self.close_button, self.folder_button):
            button.setAutoDefault(False)
        self.asking = self._question()
        self.pages.addWidget(self.asking)
        self.pages.addWidget(self._answer())
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.folder_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.write_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.folder_button.hide()
        below = QHBoxLayout()
        below.addWidget(self.progress)
        below.addWidget(buttons, 1)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.pages, 1)
        column.addLayout(below)

    def _question(self) -> QWidget:
        page = QWidget()
        form = QGridLayout()
        form.setHorizontalSpacing(8)
        due, where = QLabel("&Due"), QLabel("&Folder")
        due.setBuddy(self.due)
        where.setBuddy(self.place)
        above = QHBoxLayout()
        above.setSpacing(8)
        for widget in (self.choice, due, self.due):
            above.addWidget(widget)
        above.addStretch(1)
        form.addLayout(above, 0, 0, 1, 3)
        form.addWidget(where, 1, 0)
        form.addWidget(self.place, 1, 1)
        form.addWidget(self.choose, 1, 2)
        self.layout_note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        form.addWidget(self.layout_note, 2, 0, 1, 3)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._whom())
        splitter.addWidget(self.preview)
        splitter.setSizes([470, 690])
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(splitter, 1)
        column.addWidget(self.checks)
        column.addWidget(self.left_out)
        column.addWidget(self.unowned)
        column.addWidget(self.notice)
        return page

    def _whom(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        whom, self._send_to = QHBoxLayout(), QLabel("&Send to", part)
        self._send_to.setBuddy(self.role)
        whom.addWidget(self._send_to)
        whom.addWidget(self.role, 1)
        column.addLayout(whom)
        column.addWidget(self.whom, 1)
        return part

    def _answer(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.outcome)
        column.addWidget(self.mails, 1)
        return page


def _titles(definition: Return) -> str:
    """What several workbooks of a return are called: "status returns", "monthly results"."""
    title = definition.title.lower()
    return f"{title.removesuffix('s')}s" if definition.by_owner and not definition.stands_for else title


def _nobody(definition: Return) -> str:
    """What is said where there is nobody to whom a return goes."""
    if definition.to_areas:
        return NO_AREA
    if definition.role_title:
        return NOBODY_IN_ROLE.format(role=definition.role_title.lower())
    return NOBODY


def _outcome(done: Writing) -> str:
    """What was written and where, in one or two sentences."""
    count, asked, folder = len(done.written), len(done.orders), done.orders[0].path.parent
    if done.stopped and count < asked:
        return f"{count} of {asked} were written before you stopped; they are in {folder}."
    if count < asked:
        return f"{count} of {asked} were written; they are in {folder}."
    files = "The workbook was" if count == 1 else f"All {count} workbooks were"
    draft = "a mail with the workbook attached" if count == 1 else "mails with the workbooks attached"
    return (
        f"{files} written to {folder}. “Save as mail draft{'' if count == 1 else 's'}” makes {draft}, for Outlook or "
        "Thunderbird to open; or copy the text from here, and attach the workbook yourself."
    )
