"""The dialog by which a plan is shared: where its hub is, how the two stand, what is sent and taken in."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.hub import pulling, remembered
from spp_desktop.hub.making import identity_of
from spp_desktop.hub.problems import HubRefused
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.merging.items import MergeRefused
from spp_desktop.store.merging.outcome import Decisions
from spp_desktop.store.problems import NotKept, PlanRefused, UndoRefused
from spp_desktop.ui.common.busy import busy
from spp_desktop.ui.common.jobs import JobProgress, ProgressStrip
from spp_desktop.ui.common.open_plan import OpenPlan
from spp_desktop.ui.common.question import ask
from spp_desktop.ui.sharing import at_hub
from spp_desktop.ui.sharing.at_hub import HubPull, LookedAt
from spp_desktop.ui.sharing.in_step import in_step, key_of
from spp_desktop.ui.sharing.pull_dialog import PullDialog

T = TypeVar("T")

ABOUT = (
    "A hub holds the plan with its whole history in a PostgreSQL database of the force. You work on in your own file, "
    "and send and take in steps when the hub can be reached. No password is kept by this program: it stands in "
    "PostgreSQL's own files."
)
ADDRESS_HINT = "A service of PostgreSQL's service file, or postgresql://name@server/database"
DECIDED = "hub decisions"
"""Under which name it is remembered on this computer what was decided and not applied yet."""
SENT_WHOLE = (
    "All that the plan holds goes there, with its whole history and its files. You become a planning officer of it; "
    "others see it once you let them in. Your plan here stays as it is."
)
"""What is sent where a hub is made."""
READING = "The plan is open for reading only, so nothing can be taken in. Nothing changed."
STOPPED = "That was stopped. Your plan is as it was."
_SERVICE = "service="


def _let_go(pulled: HubPull | LookedAt) -> None:
    """Let go of what was fetched."""
    if isinstance(pulled, HubPull):
        pulled.close()


def _as_typed(address: str) -> str:
    """An address as a person types it: of a service, its name."""
    name = address.removeprefix(_SERVICE)
    return address if "=" in name else name


class ShareDialog(QDialog):
    """Says where the hub is, and sends and takes in steps beside the window.

    Signals:
        told: something was sent, taken in or looked at, so that the status bar says it anew.
    """

    told = Signal()

    def __init__(self, view: OpenPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self._view, self._workspace = view, view.signals.workspace
        self._closed = False
        known = remembered.of(key_of(self._workspace))
        self.address = QLineEdit(_as_typed(known.address) if known is not None else "", self)
        self.state, self.message = QLabel(in_step(self._workspace), self), QLabel(self)
        self.strip = ProgressStrip(view.jobs, self)
        self.look_button = QPushButton("&Look", self)
        self.make_button = QPushButton("&Make the hub", self)
        self.send_button = QPushButton("&Send", self)
        self.take_button = QPushButton("&Take in", self)
        self._lay_out()
        self._offer()

    # What a person does.

    def look(self) -> None:
        """Ask how the plan and its hub stand to one another."""
        self._run(at_hub.look, self._looked, "Asking the hub")

    def send(self) -> None:
        """Send what the hub does not have."""
        self._run(at_hub.send, self._looked, "Sending steps")

    def make(self) -> None:
        """Make the hub, where there is none yet, once a person has said that the plan may go there."""
        _, title = self._workspace.read_beside(identity_of)
        sentence = f"Send “{title}” to {self.address.text().strip()}, and make its hub there?"
        if not ask(self, sentence, "Make the hub", detail=SENT_WHOLE):
            return
        self._run(at_hub.make, self._done, "Making the hub")

    def take_in(self) -> None:
        """Take in what the hub has, once a person has decided what both changed."""
        if self._workspace.read_only:
            self._say(READING, wrong=True)
        else:
            self._run(at_hub.fetched, self._fetched, "Asking the hub", _let_go)

    def done(self, result: int) -> None:
        """Close; what runs is stopped."""
        self._closed = True
        if self.strip.isVisible():
            self._view.jobs.cancel()
        super().done(result)

    # How it goes on.

    def _run(
        self,
        deed: Callable[..., T],
        done: Callable[[T], None],
        title: str,
        unwanted: Callable[[T], object] = lambda _: None,
    ) -> None:
        """Do something at the hub; what came of it once the dialog was closed goes to ``unwanted``."""
        if self._view.jobs.busy:
            self._say("Something else is still being done. Do this when that has ended.", wrong=True)
            return
        if not self._view.commit_pending():
            self._say("Something typed is not kept yet: the sentence beside it says why.", wrong=True)
            return
        path, address = self._workspace.path, self.address.text().strip()

        def job(progress: JobProgress) -> T:
            """Do it at the hub."""
            return deed(path, address, progress)

        self._say("")
        failed: Callable[[str], None] = self._unless_closed(self._failed, lambda _: None)
        self._view.jobs.run(job, self._unless_closed(done, unwanted), failed, title, self._given_up)
        self._offer()

    def _unless_closed(self, then: Callable[[T], object], unwanted: Callable[[T], object]) -> Callable[[T], None]:
        def answer(value: T) -> None:
            """Go on with what came, or let it go."""
            (unwanted if self._closed else then)(value)

        return answer

    def _failed(self, sentence: str) -> None:
        self._say(sentence, wrong=True)
        self._told_anew()

    def _given_up(self) -> None:
        if not self._closed:
            self._failed(STOPPED)

    def _looked(self, looked: LookedAt) -> None:
        self._say(looked.sentence)
        self.make_button.setVisible(looked.can_make)
        self._told_anew()

    def _done(self, sentence: str) -> None:
        self._say(sentence)
        self.make_button.hide()
        self._told_anew()

    def _fetched(self, pulled: HubPull | LookedAt) -> None:
        """Have what is in conflict decided, and take the steps in."""
        if isinstance(pulled, LookedAt):
            self._looked(pulled)
            return
        decisions: Decisions | None = {}
        try:
            if pulled.merge is not None and pulled.merge.asked:
                dialog = PullDialog(self._view.signals, pulled, self._view.left(DECIDED), self._keep, self)
                dialog.exec()
                decisions = dialog.applied
            if decisions is None:
                kept = " What you decided is kept on this computer." if self._view.left(DECIDED) else ""
                self._say(f"{pulled.pull.sentence} Nothing was taken in.{kept}")
            else:
                self._take(pulled, decisions)
        finally:
            pulled.close()
            self._told_anew()

    def _take(self, pulled: HubPull, decisions: Decisions) -> None:
        pull = pulled.pull
        try:
            with busy():
                told = pulling.take(self._workspace, pull, decisions)
        except (HubRefused, MergeRefused, PlanRefused, NotKept, UndoRefused, RuleBroken) as refusal:
            self._say(str(refusal), wrong=True)
            return
        self._keep({})
        self._say(told)

    def _keep(self, made: Mapping[str, str]) -> None:
        self._view.leave(DECIDED, made)

    # Showing.

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self.message.setText(sentence)
        self.message.setAccessibleName(sentence)
        self.message.setForegroundRole(QPalette.ColorRole.BrightText if wrong else QPalette.ColorRole.WindowText)

    def _told_anew(self) -> None:
        self.state.setText(in_step(self._workspace))
        self._offer()
        self.told.emit()

    def _offer(self) -> None:
        able = bool(self.address.text().strip()) and not self._view.jobs.busy
        for button in (self.look_button, self.make_button, self.send_button, self.take_button):
            button.setEnabled(able)

    def _lay_out(self) -> None:
        self.setWindowTitle("Share the plan")
        self.setMinimumWidth(560)
        self.address.setPlaceholderText(ADDRESS_HINT)
        self.address.setToolTip(ADDRESS_HINT)
        self.address.textChanged.connect(self._offer)
        self.address.textChanged.connect(self.make_button.hide)
        about = QLabel(ABOUT, self)
        for label in (about, self.state, self.message):
            label.setWordWrap(True)
        self.message.setMinimumHeight(3 * self.message.fontMetrics().lineSpacing())
        form = QFormLayout()
        form.addRow("&Hub", self.address)
        buttons = QDialogButtonBox(self)
        deeds = (
            (self.make_button, self.make),
            (self.look_button, self.look),
            (self.send_button, self.send),
            (self.take_button, self.take_in),
        )
        for button, deed in deeds:
            button.setAutoDefault(False)
            button.clicked.connect(deed)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.look_button.setDefault(True)
        self.look_button.setToolTip("Ask how the plan and its hub stand to one another")
        self.make_button.setToolTip(
            "Make the hub there, with all that the plan holds; you become a planning officer of it"
        )
        self.make_button.hide()
        self.send_button.setToolTip("Send the steps that the hub does not have, all of them or none")
        self.take_button.setToolTip("Take in the steps of the hub; what both changed is asked first")
        close = buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(about)
        column.addLayout(form)
        for widget in (self.state, self.message, self.strip, buttons):
            column.addWidget(widget)
