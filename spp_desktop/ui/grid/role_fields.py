"""The fields of posts in roles in a side panel: one for each role of the plan, with who holds the posts beneath."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from spp_desktop.plan.role_names import role_of
from spp_desktop.ui.common.style import as_label
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.fields import Commit, ListField


class PostField(QWidget):
    """The field of a column of posts, and beneath it a quiet line that says who holds them.

    Args:
        column: the column; its tip says who holds the posts.
        commit: takes what is chosen.
    """

    def __init__(self, column: GridColumn, commit: Commit) -> None:
        super().__init__()
        self.column = column
        self.choice = ListField(column, commit)
        self.held = QLabel(wordWrap=True)
        self.held.setTextFormat(Qt.TextFormat.PlainText)
        self.held.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.held.setAccessibleName(f"Who holds it: {column.title}")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(1)
        box.addWidget(self.choice)
        box.addWidget(self.held)
        self.setFocusProxy(self.choice)
        self.refused = self.choice.refused

    def show_row(self, row: Any, *, locked: bool) -> None:
        """Show this row's posts, and who holds them where that is known."""
        self.choice.show_row(row, locked=locked)
        told = self.column.tip(row) if row is not None and self.column.tip is not None else ""
        told = told.removeprefix(f"{self.column.title}: ")
        self.held.setText(told if told != self.column.show(row) else "") if row is not None else self.held.clear()
        self.held.setVisible(bool(self.held.text()))
        self.choice.setToolTip(told)

    def keep(self) -> bool:
        """Do nothing, and be content: a choice is kept when it is made."""
        return True


class RoleFields:
    """Fields of posts in roles that stand in a form behind one of its rows.

    Args:
        form: the form.
        behind: the field of the form behind which they stand; ``None`` for last.
        commit: takes what is chosen.
        refused: is told why a choice is not kept.
    """

    def __init__(
        self, form: QFormLayout, behind: QWidget | None, commit: Commit, refused: Callable[[str], object]
    ) -> None:
        self._form, self._behind, self._commit, self._refused = form, behind, commit, refused
        self.fields: dict[str, PostField] = {}

    def take(self, columns: Sequence[GridColumn]) -> None:
        """Have a field for each of the columns that are of a role."""
        wanted = [column for column in columns if role_of(column.field)]
        if [(c.field, c.title) for c in wanted] == [(f.column.field, f.column.title) for f in self.fields.values()]:
            for column in wanted:
                self.fields[column.field].column = self.fields[column.field].choice.column = column
            return
        for field in self.fields.values():
            self._form.removeRow(field)
        self.fields = {}
        at = self._form.rowCount()
        if self._behind is not None:
            place: Any = self._form.getWidgetPosition(self._behind)
            at = int(place[0]) + 1
        for n, column in enumerate(wanted):
            field = self.fields[column.field] = PostField(column, self._commit)
            field.refused.connect(self._refused)
            title = QLabel(as_label(column.title), wordWrap=True)
            title.setToolTip(column.about)
            title.setBuddy(field)
            self._form.insertRow(at + n, title, field)

    def show_row(self, row: Any, *, locked: bool) -> None:
        """Show the posts in roles of this row."""
        for field in self.fields.values():
            field.show_row(row, locked=locked)
