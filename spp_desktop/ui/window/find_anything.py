"""The dialog of Ctrl+K: it finds any item of the plan by its words or reference, and any command by its name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from spp_desktop.plan import registers
from spp_desktop.plan.identity import Section
from spp_desktop.plan.kinds.spelling import caseless, searched
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.priorities import Commitment
from spp_desktop.plan.register import Register
from spp_desktop.plan.spoken import spoken
from spp_desktop.store import asked, attached, editions, queries, versions
from spp_desktop.store.naming import short
from spp_desktop.store.plain import Node
from spp_desktop.store.registered import register_rows
from spp_desktop.ui.common.hit_list import walk
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.common.style import without_keys

SHOWN_AT_MOST = 50
"""The most hits that are shown; typing on narrows them."""


@dataclass(frozen=True)
class Entry:
    """Something that can be found.

    Attributes:
        kind: "activity", "indicator" and so on, or "page" or "command".
        key, ref, text: its key, its reference and its words, as far as it has them.
        action: what is done, if the entry is no item of the plan.
        word: the word for its kind, if that is not the kind's name.
        year: its year, where an activity of another has its reference, too: "2008-2009".
    """

    kind: str
    key: str
    ref: str
    text: str
    action: QAction | None = None
    word: str = ""
    year: str = ""

    @property
    def sought(self) -> str:
        """The text that is searched."""
        return searched(f"{self.ref} {self.text} {self.word or self.kind} {self.year}")

    @property
    def line(self) -> str:
        """The line that is shown: its kind, its reference and its words."""
        head = f"{(self.word or self.kind).capitalize()} {self.ref}".strip()
        return f"{head}{f' ({self.year})' if self.year else ''}:  {' '.join(self.text.split())}"


def ranked(entries: Sequence[tuple[Entry, str]], typed: str) -> list[Entry]:
    """The entries that hold all the words typed. Those that begin with them come first, then the plan's order counts.

    Args:
        entries: the entries, each with the text that is searched.
        typed: the words, in any order.
    """
    whole = " ".join(caseless(typed).split())
    words = whole.split()
    hits = [entry for entry, sought in entries if all(word in sought for word in words)]

    def rank(entry: Entry) -> int:
        """How near an entry is: its reference is what was typed, or begins with it, or the entry holds the words."""
        ref, text = caseless(entry.ref), caseless(entry.text)
        if whole and whole == ref:
            return 0
        return 1 if whole and (ref.startswith(whole) or text.startswith(whole)) else 2

    return sorted(hits, key=rank)


class FindAnything(QDialog):
    """A box to type in and what it finds. The arrow keys choose, Enter goes there, Escape leaves.

    Args:
        signals: the plan that is searched.
        pages: the actions that lead to pages, by the words a person looks for a page by.
        commands: the commands of the menus.
        parent: the window.

    Signals:
        went: the kind and the key of the chosen item. A page is shown, and a command done, without it.
    """

    went = Signal(str, str)

    def __init__(
        self,
        signals: PlanSignals,
        pages: Mapping[str, QAction],
        commands: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self.setWindowTitle("Find anything")
        self.resize(720, 440)
        items = [*_items(signals)]
        entries = (*items, *_files(signals, items), *_pages(pages), *_commands(commands))
        self._entries = [(entry, entry.sought) for entry in entries]
        self.box = QLineEdit(self)
        self.box.setPlaceholderText("Words or a reference of an item, or the name of a command")
        self.box.setAccessibleName("Find")
        self.box.setClearButtonEnabled(True)
        self.hits = QListWidget(self)
        self.hits.setAccessibleName("Found")
        self.hits.setUniformItemSizes(True)
        self.hits.setSpacing(2)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.count = QLabel(self)
        self.count.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for widget in (self.box, self.hits, self.count):
            column.addWidget(widget)
        self._shown: list[Entry] = []
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._look)
        self.box.returnPressed.connect(self.go)
        self.hits.itemClicked.connect(lambda _: self.go())
        self._look("")

    def go(self) -> None:
        """Go to the chosen item or page, or do the chosen command."""
        row = self.hits.currentRow()
        if not 0 <= row < len(self._shown):
            return
        entry = self._shown[row]
        self.accept()
        if entry.action is not None:
            QTimer.singleShot(0, entry.action, entry.action.trigger)
        else:
            self.went.emit(entry.kind, entry.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move among the hits by the arrow keys, while the cursor stays in the box."""
        moves = watched is self.box and bool(self._shown) and walk(self.hits, event)
        return moves or super().eventFilter(watched, event)

    def _look(self, typed: str) -> None:
        hits = ranked(self._entries, typed)
        self._shown = hits[:SHOWN_AT_MOST]
        self.hits.clear()
        for entry in self._shown:
            line = QListWidgetItem(entry.line)
            line.setToolTip(entry.text)
            self.hits.addItem(line)
        self.hits.setCurrentRow(0 if self._shown else -1)
        if not hits:
            self.count.setText(f"Nothing in the plan or the menus holds “{typed}”.")
        elif len(hits) > SHOWN_AT_MOST:
            self.count.setText(f"{len(hits):,} found, {SHOWN_AT_MOST} shown. Type on to narrow them.")
        else:
            self.count.setText(f"{len(hits)} found. Enter goes there.")


def _items(signals: PlanSignals) -> Iterator[Entry]:
    """All items of the plan that a page shows."""
    for node in signals.read(queries.priority_tree):
        yield from _nodes(node, 0)
    yield from _activities(signals)
    for indicator in signals.read(queries.indicators):
        yield Entry("indicator", indicator.key, indicator.ref, indicator.title)
    for section in signals.read(queries.register, Section):
        yield Entry("section", section.id, section.number, section.title)
    for version in signals.read(versions.versions):
        yield Entry("plan_version", version.key, str(version.number), version.state, word="version")
    for edition in signals.read(editions.editions):
        yield Entry("edition", edition.key, str(edition.number), edition.title)
    for register in registers.REGISTERS:
        if register.page is not None:
            yield from _rows(signals, register)
    for asked_item in signals.read(asked.asked):
        yield Entry(asked.SHOWN_AS, asked_item.key, asked_item.code, asked_item.title, word="asked by the law")


def _activities(signals: PlanSignals) -> Iterator[Entry]:
    """The activities, those of years that have passed last; with their year where a reference is of several."""
    every, plan = signals.read(queries.activities), signals.read(queries.plan)
    times = Counter(activity.ref for activity in every)
    for activity in sorted(every, key=lambda each: each.year < plan.first_year):
        year = year_name(activity.year) if times[activity.ref] > 1 else ""
        yield Entry("activity", activity.key, activity.ref, activity.text, year=year)


def _files(signals: PlanSignals, items: Sequence[Entry]) -> Iterator[Entry]:
    """The files and pages that are attached to items, each of which leads to its item; those of milestones, too."""
    known = {item.key: item for item in items}
    rows = signals.read(attached.attached)
    steps = {step.key: step for step in signals.read(queries.milestones)} if rows else {}
    for file in rows:
        step = steps.get(file.row_key)
        item = known.get(step.activity_key if step else file.row_key)
        if item is not None:
            of = f"{item.word or item.kind} {item.ref or short(item.text)}" + (f", {short(step.title)}" if step else "")
            yield Entry(item.kind, item.key, "", f"{file.title} ({of})", word="file")


def _rows(signals: PlanSignals, register: Register) -> Iterator[Entry]:
    """The rows of a register that are shown on its page."""
    for row in signals.read(register_rows, register):
        ref, text = (str(row.values.get(name) or "") for name in (register.ref, register.text))
        yield Entry(register.name, row.key, ref, text, word=register.word.singular)


def _nodes(node: Node, depth: int) -> Iterator[Entry]:
    word = Commitment.word if node.kind == "commitment" else spoken().heading(depth)
    yield Entry(node.kind, node.key, "", node.text, word=word.singular)
    for child in node.children:
        yield from _nodes(child, depth + 1)


def _pages(actions: Mapping[str, QAction]) -> Iterator[Entry]:
    """The pages of the window, by their titles."""
    for title, action in actions.items():
        yield Entry("page", "", "", _with_keys(title, action), action)


def _commands(actions: Sequence[QAction]) -> Iterator[Entry]:
    """The commands that can be done now, by their names without the mnemonics."""
    for action in actions:
        name = without_keys(action.text()).rstrip("…")
        if name and action.isEnabled():
            yield Entry("command", "", "", _with_keys(name, action), action)


def _with_keys(name: str, action: QAction) -> str:
    keys = action.shortcut().toString()
    return f"{name} ({keys})" if keys else name
