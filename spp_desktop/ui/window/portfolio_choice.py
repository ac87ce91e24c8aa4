"""Choosing the portfolio that the window is confined to, and the strip that says so while it is."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.store import portfolios
from spp_desktop.store.portfolios import Portfolio
from spp_desktop.ui.common.elided_label import ElidedLabel
from spp_desktop.ui.common.open_plan import OpenPlan
from spp_desktop.ui.common.question import tell

KEYS = "Ctrl+M"
"""The keys that confine the window to a portfolio, and that let it show the whole plan again."""
LEFT = "portfolio"
"""The name under which it is remembered which portfolio was chosen last, and whether the window was left in it."""
NOBODY = "This plan has no posts yet. Write them in Plan > Lists…; a portfolio is what one of them answers for."
ABOUT = "The whole window then shows only what this post answers for: alone, with others, or in a role."


class PortfolioStrip(QFrame):
    """The line above the tabs that says whose rows alone are shown, how many they are, and the way out.

    Args:
        leave: shows the whole plan again.
        parent: its owner.
    """

    def __init__(self, leave: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("portfolio")
        self.setStyleSheet(
            "#portfolio { border: 0; background: palette(accent); }#portfolio QLabel { color: palette(base); }"
        )
        self.words = ElidedLabel()
        bold = self.words.font()
        bold.setBold(True)
        self.words.setFont(bold)
        keys = QKeySequence(KEYS).toString(QKeySequence.SequenceFormat.NativeText)
        self.whole = QPushButton(f"Show the whole plan ({keys})")
        self.whole.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.whole.clicked.connect(leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 8, 3)
        row.addWidget(self.words, 1)
        row.addWidget(self.whole)
        self.hide()

    def show_portfolio(self, shown: Portfolio | None) -> None:
        """Say whose rows alone are shown; ``None`` says nothing."""
        if shown is not None:
            self.words.setText(f"Portfolio of {shown.title}: {shown.words}")
            self.words.setAccessibleName(self.words.text())
        self.setVisible(shown is not None)


class PortfolioDialog(QDialog):
    """The posts of the plan, each with what it answers for. Enter chooses one.

    Args:
        known: the portfolios.
        before: the key of the post that was chosen last, if one was.
        parent: the window.

    Attributes:
        post: the key of the post chosen; "" until one is.
    """

    def __init__(self, known: Sequence[Portfolio], before: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("My portfolio")
        self.resize(520, 340)
        self.post = ""
        self.list = QListWidget()
        self.list.setAccessibleName("Posts")
        for each in known:
            item = QListWidgetItem(f"{each.title}: {each.words}")
            item.setData(Qt.ItemDataRole.UserRole, each.post)
            self.list.addItem(item)
        posts = [each.post for each in known]
        self.list.setCurrentRow(posts.index(before) if before in posts else 0)
        self.list.itemActivated.connect(self._choose)
        about = QLabel(ABOUT, wordWrap=True)
        buttons = QDialogButtonBox()
        show = buttons.addButton("&Show it", QDialogButtonBox.ButtonRole.AcceptRole)
        show.setDefault(True)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        label = QLabel("&Post")
        label.setBuddy(self.list)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for widget in (about, label, self.list, buttons):
            column.addWidget(widget)
        self.list.setFocus()

    def _choose(self) -> None:
        if not self.post:
            self.post = str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))
            self.accept()


def turn(plan: OpenPlan) -> None:
    """Show the whole plan again, if the window is confined to a portfolio; else ask to whose."""
    if plan.signals.portfolio.shown is not None:
        plan.signals.portfolio.leave()
    else:
        choose(plan)


def choose(plan: OpenPlan) -> None:
    """Ask for a post, and confine the window to what it answers for."""
    plan.commit_pending()
    read = plan.signals.read
    known = [each for post, _ in read(portfolios.posts) if (each := read(portfolios.portfolio, post)) is not None]
    if not known:
        tell(plan.window(), NOBODY)
        return
    dialog = PortfolioDialog(known, str(plan.left(LEFT).get("post", "")), plan.window())
    if dialog.exec():
        plan.signals.portfolio.choose(dialog.post)
    dialog.deleteLater()
