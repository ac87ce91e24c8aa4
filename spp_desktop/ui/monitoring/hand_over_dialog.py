"""The dialog in which a portfolio is handed over: from which post to which, from which day on, why, and which rows."""

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from spp_desktop.edits import handing_over
from spp_desktop.plan.kinds import Day
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import capital, counted
from spp_desktop.store import owned_then, portfolios, queries
from spp_desktop.store.owned_then import OwnedRow
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.fields import DayField
from spp_desktop.ui.returned.ticked_table import TickedTable

TITLES = ("Row", "What", "As")
ABOUT = (
    "What is ticked is the other post's from that day on. Years that ended before it stay with whom they were, and "
    "each row keeps until when it was whose."
)
NOTHING = "This post owns nothing from that day on."


class HandOverDialog(QDialog):
    """Lists what a post owns from a day on, ticked, and hands over what is ticked as one step.

    What the plan refuses is said in the dialog, which stays open.
    """

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Hand over a portfolio")
        self._signals = signals
        self._owned: list[OwnedRow] = []
        self.post, self.to = QComboBox(self), QComboBox(self)
        for key, title in signals.read(portfolios.posts):
            self.post.addItem(title, key)
            self.to.addItem(title, key)
        self.to.setCurrentIndex(min(1, self.to.count() - 1))
        today = signals.read(queries.plan).today()
        self.on = DayField(self, "From the day", Day(lambda: year_of(today)))
        self.on.put(today)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(1000)
        self.reason.setPlaceholderText("Such as: portfolios were arranged anew")
        self.rows = TickedTable("What is handed over", TITLES, stretch=1, parent=self)
        self.about, self.refusal = QLabel(ABOUT, self, wordWrap=True), QLabel(self, wordWrap=True)
        self.refusal.setAccessibleName("Why nothing was handed over")
        self.refusal.hide()
        self._lay_out()
        self.post.currentIndexChanged.connect(self._list)
        self.on.editingFinished.connect(self._list)
        self.rows.ticked.connect(self._count)
        self._list()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow("&From", self.post)
        form.addRow("&To", self.to)
        form.addRow("From the &day", self.on)
        form.addRow("&Why", self.reason)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.done_button = buttons.addButton("&Hand over", QDialogButtonBox.ButtonRole.AcceptRole)
        self.done_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(self.rows, 1)
        column.addWidget(self.about)
        column.addWidget(self.refusal)
        column.addWidget(buttons)
        buttons.accepted.connect(self.keep)
        buttons.rejected.connect(self.reject)
        self.resize(680, 560)
        self.post.setFocus()

    def chosen(self) -> list[OwnedRow]:
        """The rows that are ticked."""
        return [self._owned[n] for n in self.rows.chosen()]

    def keep(self) -> None:
        """Hand over what is ticked, or say why it is not."""
        keys = {row.key for row in self.chosen()}
        label = f"hand over {counted(len(keys), 'row')} from {self.post.currentText()} to {self.to.currentText()}"
        try:
            self._signals.edit(
                label, handing_over.hand_over, self.post.currentData(), self.to.currentData(), self.on.day(),
                self.reason.text(), keys,
            )  # fmt: skip
        except (RuleBroken, NotKept) as refusal:
            self._refuse(str(refusal))
        else:
            self.accept()

    def _list(self) -> None:
        """List what the post owns from the day on that is typed; a day that cannot be read is said."""
        try:
            on = self.on.day()
        except RuleBroken as refusal:
            self._refuse(str(refusal))
            return
        self._refuse("")
        post = self.post.currentData()
        self._owned = self._signals.read(owned_then.owned_from, post, on) if post else []
        kinds = kinds_of_row()
        self.rows.fill([(True, (capital(kinds[row.table].word.singular), row.words, row.way)) for row in self._owned])
        if not self._owned:
            self._refuse(NOTHING)
        self._count()

    def _count(self) -> None:
        """Say how many rows would be handed over."""
        count = len(self.rows.chosen())
        self.done_button.setText(f"&Hand over {counted(count, 'row')}")
        self.done_button.setEnabled(count > 0 and not self._signals.workspace.read_only)

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))
