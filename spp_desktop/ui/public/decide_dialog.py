"""The dialog in which a person releases rows and columns to the public, or withholds them: who, when and why."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from spp_desktop.plan.disclosures import PARAGRAPHS
from spp_desktop.plan.kinds import Day
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.store.problems import NotKept
from spp_desktop.store.public_items import PublicItemRow
from spp_desktop.ui.grid.fields import DayField

MOST_NAMED = 4
"""Items that are named in the dialog, at most."""

RELEASES = "What is released can be in a public edition as it stands now; what changes of it after that is listed."
WITHHOLDS = "What is withheld is in no public edition, whatever it is a part of."

Decided = Callable[["DecideDialog"], object]
"""Takes what was chosen in the dialog into the plan."""


class DecideDialog(QDialog):
    """Asks who releases or withholds some items, and when; of what is withheld, why and when to look again.

    What the plan refuses is said in the dialog, which stays open.
    """

    def __init__(
        self, rows: Sequence[PublicItemRow], decide: Decided, *, by: str, today: date, withhold: bool,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Make the dialog.

        Args:
            rows: the items.
            decide: takes the decision into the plan; what it raises is said.
            by: who is offered as the one who decides.
            today: the day that is offered.
            withhold: whether they are withheld, and not released.
            parent: the window that it belongs to.
        """
        super().__init__(parent)
        self.setWindowTitle("Withhold from the public" if withhold else "Release to the public")
        self.setMinimumWidth(520)
        self._decide = decide
        self.by, self.reason = QLineEdit(by, self), QLineEdit(self)
        self.on, self.again = (DayField(self, name, Day(lambda: year_of(today))) for name in ("On", "Look again on"))
        self.on.put(today)
        self.paragraph = QComboBox(self)
        self.paragraph.addItem("none", None)
        for number in range(1, PARAGRAPHS + 1):
            self.paragraph.addItem(f"Paragraph {number}", number)
        self.what, self.about = QLabel(_named(rows), self, wordWrap=True), QLabel(self, wordWrap=True)
        self.about.setText(WITHHOLDS if withhold else RELEASES)
        self.refusal = QLabel(self, wordWrap=True)
        self.refusal.setAccessibleName("Why this is not kept")
        self.refusal.hide()
        self._offer(rows)
        self._lay_out(withhold=withhold)

    def _lay_out(self, *, withhold: bool) -> None:
        form = QFormLayout()
        if withhold:
            form.addRow("&Reason", self.reason)
        form.addRow("&By", self.by)
        form.addRow("&On", self.on)
        if withhold:
            form.addRow("&Look again on", self.again)
            form.addRow("&Schedule 12A", self.paragraph)
            self.paragraph.setToolTip("The paragraph of Schedule 12A to the Local Government Act 1972 that it rests on")
        for field in (self.reason, self.again, self.paragraph):
            field.setVisible(withhold)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.done_button = buttons.addButton(
            "&Withhold" if withhold else "Re&lease", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.done_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.what)
        column.addLayout(form)
        column.addWidget(self.about)
        column.addWidget(self.refusal)
        column.addWidget(buttons)
        buttons.accepted.connect(self.keep)
        buttons.rejected.connect(self.reject)
        first = self.reason if withhold else self.by
        first.selectAll()
        first.setFocus()

    def _offer(self, rows: Sequence[PublicItemRow]) -> None:
        """Offer what was decided of the items before, where that is the same of all."""
        before = {row.decision and (row.decision.reason, row.decision.paragraph) for row in rows}
        if len(before) == 1 and (same := before.pop()):
            self.reason.setText(same[0])
            self.paragraph.setCurrentIndex(max(self.paragraph.findData(same[1]), 0))

    def look_again(self) -> date | None:
        """The day on which it is to be looked at again; ``None`` where none is typed.

        Raises:
            RuleBroken: if what is typed is no day.
        """
        return self.again.day() if self.again.text().strip() else None

    def keep(self) -> None:
        """Take the decision into the plan, and close where the plan takes it."""
        try:
            self._decide(self)
        except (RuleBroken, NotKept) as refusal:
            self.refusal.setText(str(refusal))
            self.refusal.show()
        else:
            self.accept()


def _named(rows: Sequence[PublicItemRow]) -> str:
    """The items, the first of them by name: "3 items: 1.01 Train all officers; 1.02 …"."""
    named = "; ".join(row.title for row in rows[:MOST_NAMED])
    more = f" and {len(rows) - MOST_NAMED:,} more" if len(rows) > MOST_NAMED else ""
    return f"{counted(len(rows), 'item')}: {named}{more}"
