"""What a row serves and what serves it, two steps each way: a part of the side panel of every page."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from spp_desktop.edits import links
from spp_desktop.plan.delivery import Activity, Milestone
from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.links import LEVELS, NATIONAL
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.plan.words import counted
from spp_desktop.store import asked, queries, threads
from spp_desktop.store.naming import word_of
from spp_desktop.store.problems import NotKept
from spp_desktop.store.references import References
from spp_desktop.store.threads import LinkedRow, Seen, ThreadLink
from spp_desktop.store.turned import CARRIED
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.thread.picker import KEYS, LinkPicker, LinkWay, few, linked_already, ways
from spp_desktop.ui.turning.lineage_pane import LineagePane

MOST_LINES, LEAST_LINES = 12, 3
SECOND_AT_MOST = 12
"""The most lines of the second step that are shown under one of the first."""
_LINK = Qt.ItemDataRole.UserRole
READ_ONLY = "This plan is open for reading only."


class ThreadTree(QTreeWidget):
    """The links of a row, under how each is read; under each row, what it is for in its turn, or what is for it.

    Signals:
        opened: the table and the key of a row that the person wants to see.
        removed: the keys of links that the person wants to take away.
        pasted: a text that was pasted.
    """

    opened = Signal(str, str)
    removed = Signal(list)
    pasted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setRootIsDecorated(True)
        self.setIndentation(14)
        self.setAccessibleName("What this serves and what serves it")
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWhatsThis(
            "What the row serves and what serves it, two steps each way. Enter or a double click opens a row, Delete "
            "takes a link away, pasted references are linked."
        )
        self.itemDoubleClicked.connect(lambda item, _: self._open(item))

    def fill(self, first: Sequence[ThreadLink], second: dict[str, list[ThreadLink]], at_home: str = "") -> None:
        """Show links of a row.

        Args:
            first: The links.
            second: The links of the rows at their other ends that go on the same way, by the keys of those.
            at_home: How many activities stand in it, in words; "" for none.
        """
        chosen = self.chosen()
        self.clear()
        heads: dict[str, QTreeWidgetItem] = {}
        for link in first:
            head = heads.get(link.words)
            if head is None:
                head = heads[link.words] = QTreeWidgetItem(self, [link.words.capitalize()])
                font = head.font(0)
                font.setBold(True)
                head.setFont(0, font)
                head.setExpanded(True)
            item = _line(head, link)
            further = second.get(link.row.key, ())
            for each in further[:SECOND_AT_MOST]:
                _line(item, each, words=True)
            if len(further) > SECOND_AT_MOST:
                QTreeWidgetItem(item, [f"and {counted(len(further) - SECOND_AT_MOST, 'more row')}"])
            item.setExpanded(len(first) <= LEAST_LINES)
            if chosen is not None and chosen.row.key == link.row.key:
                self.setCurrentItem(item)
        for words, head in heads.items():
            head.setText(0, f"{words.capitalize()} ({head.childCount()})")
        if at_home:
            QTreeWidgetItem(self, [f"{at_home} stand under it, in the list of its activities"])

    def chosen(self) -> ThreadLink | None:
        """The link of the line that the person is in, if it is one."""
        item = self.currentItem()
        link = item.data(0, _LINK) if item is not None else None
        return link if isinstance(link, ThreadLink) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, remove, copy and paste."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._open(item)
        elif event.key() == Qt.Key.Key_Delete:
            self._remove()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            chosen = [each.data(0, _LINK) for each in self.selectedItems()]
            refs = [link.row.ref or link.row.text for link in chosen if isinstance(link, ThreadLink)]
            QApplication.clipboard().setText("; ".join(refs))
        else:
            super().keyPressEvent(event)

    def _open(self, item: QTreeWidgetItem) -> None:
        link = item.data(0, _LINK)
        if isinstance(link, ThreadLink):
            self.opened.emit(link.row.table, link.row.key)
        else:
            item.setExpanded(not item.isExpanded())

    def _remove(self) -> None:
        first = [item for item in self.selectedItems() if (head := item.parent()) is not None and head.parent() is None]
        linked = [item.data(0, _LINK) for item in first]
        self.removed.emit([link for link in linked if isinstance(link, ThreadLink)])


def _line(above: QTreeWidgetItem, link: ThreadLink, *, words: bool = False) -> QTreeWidgetItem:
    """A line for a link: its row, with what it is, and how it is linked where ``words`` say so."""
    row = link.row
    what = "" if row.ref else f"{word_of(row.table).singular} "
    home = "" if link.key else " (its home)"
    note = f" — {link.note}" if link.note else ""
    text = f"{f'{link.words} ' if words else ''}{what}{row.ref}{home}  {' '.join(row.text.split())}{note}"
    item = QTreeWidgetItem(above, [text.strip()])
    item.setToolTip(0, text.strip())
    item.setData(0, _LINK, link)
    return item


class LinksPane(QWidget):
    """What a row serves and what serves it, with a field in which references are typed and a button that finds rows.

    Signals:
        went: the table and the key of a row that the person wants to see.
        refused: why something is not linked; "" once nothing is refused any more.
    """

    went = Signal(str, str)
    refused = Signal(str)

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__()
        self._signals = signals
        self._table = self._key = ""
        self._year: int | None = None
        self._links: Sequence[ThreadLink] = ()
        self._waiting: dict[str, str] = {}  # what was typed and refused, by the row it was typed at
        self.heading = QLabel("<b>Serves and served by</b>")
        self.heading.setTextFormat(Qt.TextFormat.RichText)
        self.tree = ThreadTree()
        self.lineage = LineagePane(signals)
        self.line = QLineEdit()
        self.finder = QPushButton("Lin&k…")
        self._lay_out()
        self.tree.opened.connect(self._open)
        self.tree.removed.connect(self._part)
        self.tree.pasted.connect(self._paste)
        self.lineage.went.connect(self._open)
        self.lineage.removed.connect(self._part_lineage)
        self.line.returnPressed.connect(self.keep)
        self.line.installEventFilter(self)
        self.finder.clicked.connect(self.choose)

    def _lay_out(self) -> None:
        self.line.setPlaceholderText("Link to: references, then Enter")
        self.line.setAccessibleName("Link to rows by their references")
        self.line.setToolTip("References such as P3.2; 1.05, parted by ; or ,")
        self.finder.setAutoDefault(False)
        self.finder.setToolTip(f"Find rows by their words, and link them in any way ({KEYS})")
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self.line, 1)
        below.addWidget(self.finder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.tree, 1)
        column.addLayout(below)
        column.addWidget(self.lineage)

    # Showing a row

    def show_row(self, table: str, key: str, year: int | None = None) -> None:
        """Show the links of a row as they are now; for no key, none.

        Args:
            table: The table of the row.
            key: The key of the row.
            year: The first calendar year of the year in which references are read.
        """
        if key != self._key:
            self._turn(key)
        self._table, self._key, self._year = table, key, year
        locked = self._signals.workspace.read_only or not key
        for part in (self.line, self.finder):
            part.setDisabled(locked)
        self.line.setToolTip(READ_ONLY if self._signals.workspace.read_only else self.line.toolTip())
        self._fill()

    def count(self) -> int:
        """The number of links shown, the home of an activity not counted, nor what stands in its lineage."""
        return sum(1 for link in self._links if link.key and link.kind.name != CARRIED)

    def keep(self) -> bool:
        """Link what is typed, if anything is. Returns whether the plan now has all of it."""
        text = self.line.text().strip()
        if not text:
            return not self._waiting
        if self._link_references(text):
            return not self._waiting
        self.line.setText(text)
        return False

    def _fill(self) -> None:
        links_read = self._signals.read(threads.links_of, self._key) if self._key else []
        self._links = links_read
        further: dict[str, Seen] = {
            link.row.key: "up" if link.up else "down" for link in links_read if link.up or link.down
        }
        second = self._signals.read(threads.links_of_all, further) if further else {}
        home = self._signals.read(threads.at_home, self._key) if self._table in LEVELS else 0
        self.lineage.show_row(self._key)
        self.tree.fill(
            [link for link in links_read if link.kind.name != CARRIED],
            second,
            Activity.word.counted(home) if home else "",
        )
        count = f" · {self.count()}" if self.count() else " · Nothing linked yet."
        self.heading.setText(f"<b>Serves and served by</b>{count}")
        heads = [self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())]
        lines = sum(1 + head.childCount() for head in heads if head is not None)
        height = min(max(lines, LEAST_LINES), MOST_LINES) * (self.tree.fontMetrics().lineSpacing() + 4) + 6
        self.tree.setMinimumHeight(height)

    def _turn(self, after: str) -> None:
        """Put aside the text that waits at the row shown, and take up what waits at another."""
        if text := self.line.text().strip():
            self._waiting[self._key] = text
        self.line.setText(self._waiting.pop(after, ""))

    # What the person does

    def choose(self) -> None:
        """Open the dialog that finds rows to be linked."""
        if self._key:
            choose_links(self, self._signals, Linkable(self._table, [self._key], self._year))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc gives up what is typed."""
        typed = watched is self.line and bool(self.line.text())
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and typed and _is_escape(event):
            self.line.clear()
            self.refused.emit("")
            return True
        return super().eventFilter(watched, event)

    def _open(self, table: str, key: str) -> None:
        """Show a row on its page: a milestone with its activity; say where one stands that no page shows."""
        if table == NATIONAL and self._signals.read(asked.is_asked, key):
            self.went.emit(asked.SHOWN_AS, key)
        elif table == NATIONAL:
            self.refused.emit("National items stand in Plan > Lists…, under Framework items.")
        elif table == Milestone.__tablename__:
            steps = {step.key: step.activity_key for step in self._signals.read(queries.milestones)}
            self.went.emit(Activity.__tablename__, steps[key])
        else:
            self.went.emit(table, key)

    def _paste(self, text: str) -> None:
        if self._key and not self._signals.workspace.read_only and text.strip():
            self._link_references(text)

    def _link_references(self, text: str) -> bool:
        """Link the row to those that references name, each in the first way that fits. Returns whether it was done."""
        known = ways(self._table)
        rows = self._signals.read(threads.rows, None, {table for way in known for table in way.tables})
        named = self._named(text, known, [row for row in rows.values() if row.key != self._key])
        if isinstance(named, Doubt):
            self.refused.emit(named.sentence)
            return False
        pairs = []
        for row in named:
            way = next(way for way in known if row.table in way.tables)
            pairs.append(way.link(self._key, row.key, self._table, row.table))
        self.line.clear()  # an edit shows the row anew
        names = [row.ref for row in named]
        made: list[object] = []
        kept = self._tried(
            f"link {self._name()} to {few(names)}", lambda session: made.extend(links.join_all(session, pairs))
        )
        if kept and not made:
            self.refused.emit(linked_already(self._name(), names))
        return kept

    def _named(self, text: str, known: Sequence[LinkWay], rows: Sequence[LinkedRow]) -> tuple[LinkedRow, ...] | Doubt:
        """The rows that references name: what this can be for comes before what can be linked to it otherwise."""
        named = References((row for row in rows if row.table in known[0].tables), self._year).read(text)
        return References(rows, self._year).read(text) if isinstance(named, Doubt) else named

    def _part_lineage(self, key: str) -> None:
        """Take away the link by which a row came from this one, or this one from it."""
        self._part([link for link in self._links if link.kind.name == CARRIED and link.row.key == key])

    def _part(self, chosen: Sequence[ThreadLink]) -> None:
        if self._signals.workspace.read_only or not chosen:
            return
        kept = [link for link in chosen if link.key]
        if not kept:
            self.refused.emit(
                in_words_of_plan(
                    "An activity serves its home by standing there. Give it another priority to change that."
                )
            )
            return
        names = [link.row.ref or f"“{link.row.text[:30]}”" for link in kept]
        label = f"unlink {self._name()} from {few(names)}"
        self._tried(label, links.part_all, [link.key for link in kept])

    def _name(self) -> str:
        row = self._signals.read(threads.rows, [self._key], [self._table]).get(self._key)
        return "" if row is None else word_of(row.table).called(row.ref or f"“{row.text[:40]}”")

    def _tried(self, label: str, verb: Callable[..., Any], *args: Any) -> bool:
        try:
            self._signals.edit(label, verb, *args)
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))
            return False
        self.refused.emit("")
        return True


def _is_escape(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape


class Linkable(NamedTuple):
    """Rows that a person has chosen, to be linked to others.

    Attributes:
        table: their table.
        keys: their keys.
        year: the year in which references are read.
        down: whether rather what is for them is sought than what they are for.
    """

    table: str
    keys: Sequence[str]
    year: int | None = None
    down: bool = False


def choose_links(parent: QWidget, signals: PlanSignals, chosen: Linkable) -> None:
    """Ask what rows are to be linked to, and link them."""
    known = signals.read(threads.rows, chosen.keys, [chosen.table])
    rows: list[LinkedRow] = [known[key] for key in chosen.keys if key in known]
    if rows and ways(chosen.table) and not signals.workspace.read_only:
        LinkPicker(signals, chosen.table, rows, parent, year=chosen.year, down=chosen.down).exec()


def link_action(page: QWidget, signals: PlanSignals, chosen: Callable[[], Linkable | None]) -> QAction:
    """The action of a page that links what is chosen on it, by one key."""

    def choose() -> None:
        """Link what is chosen now."""
        if (now := chosen()) is not None:
            choose_links(page, signals, now)

    action = QAction("&Link to…", page)
    action.setShortcut(QKeySequence(KEYS))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setDisabled(signals.workspace.read_only)
    action.triggered.connect(choose)
    page.addAction(action)
    return action
