"""The dialog that saves the days of a plan as a calendar: whose, and whether it is to remind."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import calendar_events, issuing
from spp_desktop.plan import file_names
from spp_desktop.returns import calendar_file
from spp_desktop.returns.aside import NotWritten
from spp_desktop.store import queries
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.files import CALENDARS, ask_save
from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.common.question import tell
from spp_desktop.ui.common.signals import PlanSignals

ALL = "All posts"
REMIND = 7
"""Days before a date, where a reminder is asked for."""
ABOUT = (
    "The days on which activities, milestones and returns are due, for Outlook and other calendars. Save it again when "
    "the plan has changed and take that in: nothing stands in the calendar twice, and what was dropped is cancelled."
)


READ_ONLY = " The plan is open for reading only and keeps no record of it, so that a later one cancels nothing of it."


class SaveCalendarDialog(QDialog):
    """Asks whose days are saved, says how many there are, and saves them. ``outcome`` says what was done, or is ""."""

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Save calendar")
        self.setMinimumWidth(480)
        self._signals = signals
        self.outcome = ""
        self.whose, self.remind = QComboBox(self), QCheckBox(f"Re&mind {REMIND} days before each", self)
        self.whose.addItem(ALL, "")
        for post in signals.read(issuing.all_posts):
            self.whose.addItem(post, post)
        self.whose.setMaxVisibleItems(20)
        self.count, about = QLabel(self, wordWrap=True), QLabel(ABOUT, self, wordWrap=True)
        about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        form = QFormLayout()
        form.addRow("&Dates of", self.whose)
        form.addRow("", self.count)
        form.addRow("", self.remind)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.save_button = buttons.addButton("&Save…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(about)
        column.addLayout(form)
        column.addWidget(buttons)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        self.whose.currentIndexChanged.connect(self._show)
        self._show()

    def _show(self) -> None:
        """Say how many dates there are of the post that is chosen."""
        self._events = calendar_events.events(self._signals.workspace, self.post())
        self.count.setText(f"{calendar_events.counted(self._events)}.")
        self.save_button.setEnabled(bool(self._events))

    def post(self) -> str:
        """The post that is chosen; "" for all."""
        return str(self.whose.currentData())

    def save(self) -> None:
        """Ask for the file and write it; say so if that failed."""
        workspace = self._signals.workspace
        marking = calendar_events.marking_of(workspace, self._events)
        name = calendar_events.name_of(self._signals.read(queries.plan), self.post(), marking)
        path = ask_save(self, "Save calendar", CALENDARS, workspace.path.with_name(f"{file_names.part(name)}.ics"))
        if path is None:
            return
        try:
            with busy():
                remind = REMIND if self.remind.isChecked() else None
                calendar_file.write(path, calendar_file.written(name, self._events, remind))
        except NotWritten as refusal:
            tell(self, str(refusal))
            return
        self.outcome = f"Wrote {calendar_events.counted(self._events)} to {path}.{READ_ONLY * workspace.read_only}"
        try:
            calendar_events.record(workspace, self.post(), path, self._events)
        except NotKept as loss:
            self.outcome += f" That it was saved is not recorded in the plan. {loss}"
        self.accept()


def save_calendar(window: PlanWindow) -> None:
    """Save the days of the plan that is open as a calendar."""
    view = window.plan_view
    if view is None:
        return
    view.commit_pending()
    dialog = SaveCalendarDialog(view.signals, window)
    dialog.exec()
    if dialog.outcome:
        view.say(dialog.outcome)
    dialog.deleteLater()
