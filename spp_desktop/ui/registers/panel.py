"""The whole of one row of a register, beside its table: every field, its log, its links and its history."""

from functools import partial
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from spp_desktop.plan.kinds import Long
from spp_desktop.plan.register import Register, Shown
from spp_desktop.plan.role_names import role_of
from spp_desktop.store import registered
from spp_desktop.store.registered import RegisterRow
from spp_desktop.ui.attachments.pane import AttachmentsPane
from spp_desktop.ui.common.kept_text import KeptText
from spp_desktop.ui.common.panel_area import PanelArea
from spp_desktop.ui.common.steps import history_of
from spp_desktop.ui.common.style import as_label
from spp_desktop.ui.grid.attached_column import ATTACHED
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.fields import LineField, ListField, field_for
from spp_desktop.ui.grid.role_fields import PostField, RoleFields
from spp_desktop.ui.registers.table import RegisterTable
from spp_desktop.ui.registers.view import RegisterView
from spp_desktop.ui.thread.pane import LinksPane
from spp_desktop.ui.thread.picker import ways

MAIN_LINES, TEXT_LINES, LOG_HEIGHT = 4, 3, 200


class WorkedField(QWidget):
    """The result of a computed column for a row, painted as in the table."""

    def __init__(self, column: GridColumn) -> None:
        super().__init__()
        self._column = column
        self._row: RegisterRow | None = None
        self.setMinimumHeight(self.fontMetrics().height() + 6)

    def show_row(self, row: RegisterRow | None) -> None:
        """Show this row's value."""
        self._row = row
        self.setAccessibleName(f"{self._column.title}: {self.text() or 'none'}")
        self.update()

    def text(self) -> str:
        """Its words."""
        return self._column.show(self._row) if self._row is not None else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shape, and the words beside it."""
        painter = QPainter(self)
        inner = self.rect().adjusted(2, 3, 0, -3)
        if self._row is not None and self._column.picture is not None:
            inner = self._column.picture(painter, inner, self._row, self.palette())
        painter.setPen(self.palette().text().color())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())


class RegisterPanel(PanelArea):
    """One row of a register, all of it to be edited in place.

    Signals:
        went: the table and the key of a linked row that the person wants to see.
    """

    went = Signal(str, str)

    def __init__(self, table: RegisterTable) -> None:
        super().__init__()
        self.table, self.register, self.signals = table, table.register, table.signals
        self.row: RegisterRow | None = None
        self.head = QLabel(wordWrap=True)
        self.texts: dict[str, KeptText] = {}
        self.fields: dict[str, LineField | ListField | PostField] = {}
        self.worked: dict[str, WorkedField] = {}
        self.log_heading = QLabel()
        self.log = self._made_log()
        self.links = LinksPane(self.signals)
        self.files = AttachmentsPane(self.signals)
        self.history = QLabel(wordWrap=True)
        self._lay_out()
        self._connect()
        self.show_row(None)

    # Laying out

    def _lay_out(self) -> None:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(10, 8, 10, 8)
        box.setSpacing(6)
        box.addWidget(self.head)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for column in self.table.columns:
            if not role_of(column.field) and column.field != ATTACHED:
                self._add_field(form, column)
        self.in_roles = RoleFields(form, self.fields.get(self.register.owner), self._set, self.say)
        self.in_roles.take(self.table.columns)
        box.addLayout(form)
        for label in (self.head, self.log_heading, self.history):
            label.setTextFormat(Qt.TextFormat.RichText)
        self.history.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if self.log is not None:
            box.addWidget(self.log_heading)
            box.addWidget(self.log)
        box.addWidget(self.links)
        self.links.setVisible(bool(ways(self.register.name)))
        box.addWidget(self.files)
        box.addWidget(self.history)
        box.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(300)
        self.setAccessibleName(f"The whole {self.register.word.singular}")

    def _add_field(self, form: QFormLayout, column: GridColumn) -> None:
        """Add the field of a column, with its title beside it, or above it for a long text."""
        name, metrics = column.field, self.fontMetrics()
        if not column.editable:
            self.worked[name] = WorkedField(column)
            form.addRow(as_label(column.title), self.worked[name])
        elif isinstance(column.kind, Long):
            text = self.texts[name] = KeptText(column.title)
            text.setFixedHeight((MAIN_LINES if name == self.register.text else TEXT_LINES) * metrics.lineSpacing() + 14)
            title = QLabel(column.title)
            title.setBuddy(text)
            form.addRow(title)
            form.addRow(text)
        else:
            owns = column.tip is not None and name == self.register.owner
            self.fields[name] = PostField(column, self._set) if owns else field_for(column, self._set)
            form.addRow(as_label(column.title), self.fields[name])

    def _made_log(self) -> RegisterView | None:
        """The log as a small table; a new entry is typed into its last line."""
        model = self.register.log_model
        if model is None:
            return None
        columns = (Shown("logged_on", 84), Shown("text"), Shown("post_id", 92))
        log = Register(model, f"Log of this {self.register.word.singular}", columns, named_by=("logged_on",), lines=2)
        view = RegisterView(self.signals, log, {model.part_of: ""}, filtered=False, spelled=True)
        view.table.sort(0, Qt.SortOrder.DescendingOrder)
        view.setFixedHeight(LOG_HEIGHT)
        return view

    def _connect(self) -> None:
        for text in self.texts.values():
            text.refused.connect(self.say)
        for field in (*self.fields.values(), self.links, self.files):
            field.refused.connect(self.say)
        self.links.went.connect(self.went)
        if self.log is not None:
            self.log.table.arranged.connect(self._count_log)

    # Showing a row

    def show_row(self, row: RegisterRow | None) -> None:
        """Show this row as it is now; for ``None``, say that one can be chosen."""
        if self.row is not None and (row is None or row.key != self.row.key):
            self.commit_pending()
            self.say("")
        before, self.row = self.row, row
        locked = bool(self.table.locked)
        for field in self.fields.values():
            field.show_row(row, locked=locked)
        for name, text in self.texts.items():
            text.setEnabled(row is not None)
            write = None if locked or row is None else partial(self._put, row.key, name)
            text.load(row.key if row else "", str(row.values[name] or "") if row else "", write)
        self.in_roles.take(self.table.columns)
        self.in_roles.show_row(row, locked=locked)
        for worked in self.worked.values():
            worked.show_row(row)
        self._show_log(before, row)
        self._show_head(row)
        self.links.show_row(self.register.name, row.key if row else "")
        self.files.show_row(row.key if row else "")
        keys = [row.key, *self.signals.read(registered.parts_of, self.register, row.key)] if row else []
        self.history.setText(history_of(self.signals, keys) if row else "")

    def commit_pending(self) -> bool:
        """Keep what is being typed, if anything is. Returns whether the plan now has all of it."""
        kept = [text.keep_all() for text in self.texts.values()]
        kept += [field.keep() for field in self.fields.values()]
        return all((*kept, self.links.keep(), self.log is None or self.log.commit()))

    def _show_head(self, row: RegisterRow | None) -> None:
        word = self.register.word
        if row is None:
            self.head.setText(f"Choose {word.with_article} to see the whole of it.")
            return
        name = str(row.values[self.register.ref]) if self.register.ref else self.table.called(row.key)
        more = " · late" if registered.late(self.register, row, self.table.today) else ""
        self.head.setText(f"<b>{escape(word.singular.capitalize())} {escape(name)}</b>{more}")

    def _show_log(self, before: RegisterRow | None, row: RegisterRow | None) -> None:
        if self.log is None or self.register.log_model is None:
            return
        self.log.setEnabled(row is not None)
        key = row.key if row else ""
        if key != (before.key if before else None):
            self.log.table.show_only({self.register.log_model.part_of: key})
        owner = row.values.get(self.register.owner) if row else None
        self.log.table.of = f" of {self.register.word.singular} {self.table.called(key)}" if row else ""
        self.log.table.given = {"logged_on": self.table.today, **({"post_id": owner} if owner else {})}
        self._count_log()

    def _count_log(self) -> None:
        if self.log is not None:
            count = len(self.log.table.rows)
            self.log_heading.setText(f"<b>Log</b> · {count}" if count else "<b>Log</b> · Nothing reported yet.")

    # What the person does

    def _set(self, name: str, value: Any) -> None:
        assert self.row is not None
        self._put(self.row.key, name, value)

    def _put(self, key: str, name: str, value: Any) -> None:
        assert self.table.commit is not None
        self.table.commit([(key, name, value)])
