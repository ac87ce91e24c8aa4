"""The model of the tree of priorities: sections, priorities, themes and commitments, edited in place and moved."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from spp_desktop.plan.identity import Section, goes_on
from spp_desktop.plan.kinds.spelling import caseless, searched
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import capital
from spp_desktop.store import queries
from spp_desktop.store.plain import Node
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.item_models import NOWHERE, Index, ItemRole
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.priorities.kinds import (
    HEADING,
    KINDS,
    ROOT,
    SECTIONS_KEY,
    TreeItem,
    TreePlace,
    drop_place,
    first_child,
    short,
)
from spp_desktop.ui.priorities.row_words import named, word_below, word_of

TEXT, WORD = 0, 1
MIME = "application/x-spp-tree-row"
UNKEPT = ItemRole.UserRole + 1
"""Role: whether the words shown were typed but refused."""
DIM = ItemRole.UserRole + 2
"""Role: whether the words shown say what to type."""


class PriorityTree(QAbstractItemModel):
    """The plan's narrative sections, and its priorities with all that stands under them.

    Signals:
        refused: why something was not kept; "" once what was typed last is kept.
        placed: the key of the row that was just added or moved.
    """

    refused = Signal(str)
    placed = Signal(str)

    def __init__(self, signals: PlanSignals, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._words: list[str] = []
        self._unkept: dict[str, str] = {}
        self._draft: TreeItem | None = None
        self._root = TreeItem("", ROOT, "")
        self._items: list[TreeItem] = []
        self._take(*self._fresh())

    # What Qt asks.

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """The index of the text or the word of a row."""
        children = self.item(parent).children
        if 0 <= row < len(children) and column in (TEXT, WORD):
            return self.createIndex(row, column, children[row].number)
        return QModelIndex()

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override] # QObject's own, of no index
        """The index of the row that another stands under."""
        item = self.item(index)
        return self.index_of(item.parent) if item.parent else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """The number of rows under another."""
        return 0 if parent.column() > 0 else len(self.item(parent).children)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: ARG002 - Qt's signature
        """Two: the text, and the word that says what the row is."""
        return 2

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> object:
        """The text of a row, its word, and how they look."""
        item = self.item(index)
        if role == ItemRole.DisplayRole:
            return self._shown(item) if index.column() == TEXT else self._word(item)
        if role == ItemRole.EditRole:
            return self._unkept.get(item.key, item.text)
        if role == ItemRole.FontRole and index.column() == TEXT:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold if item.kind in ("priority", HEADING) else QFont.Weight.Normal)
            return font
        if role == ItemRole.AccessibleTextRole:
            return f"{self._word(item)}: {self._shown(item)}"
        if role == UNKEPT:
            return item.key in self._unkept
        return (not item.key or item.ended is not None) if role == DIM else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What may be done with a row."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item = self.item(index)
        if self._signals.workspace.read_only:
            return flags
        if item.kind in KINDS and index.column() == TEXT:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags | (Qt.ItemFlag.ItemIsDragEnabled if item.kind in KINDS else flags) | Qt.ItemFlag.ItemIsDropEnabled

    def setData(self, index: Index, value: object, role: int = ItemRole.EditRole) -> bool:
        """Keep what was typed in place. A refused text stays on screen and says so."""
        item = self.item(index)
        text = str(value).strip()
        if role != ItemRole.EditRole or item.kind not in KINDS or (not item.key and not text):
            return False
        if item.key and text == item.text:
            self.give_up(item)
            return True
        return self._write(item, text)

    # What the page asks.

    def item(self, index: Index) -> TreeItem:
        """The item at an index; the root for no index."""
        number = index.internalId() if index.isValid() else -1
        return self._items[number] if 0 <= number < len(self._items) else self._root

    def index_of(self, item: TreeItem | None, column: int = TEXT) -> QModelIndex:
        """The index of an item."""
        if item is None or item.kind == ROOT:
            return QModelIndex()
        return self.createIndex(item.row, column, item.number)

    def find(self, key: str) -> TreeItem | None:
        """The item of a key, if it is shown."""
        return next((item for item in self._items if item.key == key), None) if key else None

    def items(self) -> Sequence[TreeItem]:
        """All items shown, from the top down."""
        return self._items

    @property
    def draft(self) -> TreeItem | None:
        """The new row that is being typed and is not in the plan yet."""
        return self._draft

    def has_unkept(self) -> bool:
        """Whether something that was typed was refused and is not kept."""
        return bool(self._unkept)

    def filter(self, text: str) -> None:
        """Show only the rows that hold all these words, with those above and below them."""
        self._words = caseless(text).split()
        self.reload()

    def is_filtered(self) -> bool:
        """Whether rows may be hidden."""
        return bool(self._words)

    def reload(self) -> None:
        """Take in what the plan holds now. Rows that stayed keep their indices."""
        root, items = self._fresh()
        kept = [item for item in self._items if item is not self._draft]
        if [_place(item) for item in kept] != [_place(item) for item in items]:
            self.beginResetModel()
            self._take(root, items)
            self.endResetModel()
            return
        for was, now in zip(kept, items, strict=True):
            if (was.text, was.body, was.mark, self._word(was)) != (now.text, now.body, now.mark, self._word(now)):
                was.text, was.body, was.mark = now.text, now.body, now.mark
                self.dataChanged.emit(self.index_of(was), self.index_of(was, WORD))

    def begin(self, kind: str, parent: TreeItem, after: TreeItem | None) -> QModelIndex:
        """Open an empty row for a new item, which comes into the plan once it has text."""
        self.drop_draft()
        siblings = parent.children
        last = len(parent.of_kind(kind)) if kind == "commitment" else len(siblings)
        row = after.row + 1 if after else last
        self.beginInsertRows(self.index_of(parent), row, row)
        self._draft = TreeItem("", kind, "", parent, number=len(self._items))
        siblings.insert(row, self._draft)
        self._items.append(self._draft)
        self.endInsertRows()
        return self.index_of(self._draft)

    def drop_draft(self) -> None:
        """Close the empty row, if one is open."""
        draft, self._draft = self._draft, None
        if draft is None or draft.parent is None or draft not in draft.parent.children:
            return
        row = draft.row
        self.beginRemoveRows(self.index_of(draft.parent), row, row)
        draft.parent.children.remove(draft)
        self._items[:] = [item for item in self._items if item is not draft]  # rows read again may have left it out
        self.endRemoveRows()
        self._unkept.pop("", None)

    def give_up(self, item: TreeItem) -> None:
        """Forget what was typed over an item and refused."""
        if self._unkept.pop(item.key, None) is not None:
            self.dataChanged.emit(self.index_of(item), self.index_of(item))
            self.refused.emit("")

    def take_back(self) -> bool:
        """Give up the latest text that was refused. Returns whether there was any."""
        key = next(reversed(self._unkept), None)
        if key is None:
            return False
        item = self.find(key)
        if item is not None:
            self.give_up(item)
        else:
            self.drop_draft()
            self._unkept.pop(key, None)
            self.refused.emit("")
        return True

    def move(self, item: TreeItem, place: TreePlace) -> None:
        """Move an item, with what stands under it."""
        kind, (parent, after) = KINDS[item.kind], place
        arguments = (*kind.first, item.key, *kind.place(parent), after.key if after else None)
        try:
            self._signals.edit(f"move {named(item)}", kind.move, *arguments)
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))
        else:
            self.refused.emit("")
            self.placed.emit(item.key)

    def remove(self, item: TreeItem) -> bool:
        """Delete an item, with what depends on it. Returns whether it was deleted."""
        kind = KINDS[item.kind]
        try:
            self._signals.edit(f"delete {named(item)}", kind.remove, *kind.first, item.key)
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))
            return False
        self.refused.emit("")
        return True

    # Drag and drop.

    def supportedDropActions(self) -> Qt.DropAction:
        """A move: rows are never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Rows of this tree only."""
        return [MIME]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """The key of the row that is dragged."""
        data = QMimeData()
        keys = [self.item(index).key for index in indexes]
        data.setData(MIME, QByteArray(keys[0].encode() if keys else b""))
        return data

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:  # noqa: ARG002 - Qt's signature
        """Whether the row that is dragged can stand here."""
        return self._drop(data, row, parent) is not None

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:  # noqa: ARG002 - Qt's signature
        """Move the row that was dragged. Returns false, since it leaves nothing for Qt to remove."""
        drop = self._drop(data, row, parent)
        if drop:
            self.move(*drop)
        return False

    def _drop(self, data: QMimeData, row: int, parent: Index) -> tuple[TreeItem, TreePlace] | None:
        item = self.find(bytes(data.data(MIME).data()).decode()) if data.hasFormat(MIME) else None
        place = drop_place(item, self.item(parent), row) if item and not self._words else None
        return (item, place) if item and place else None

    # How it is done.

    def _write(self, item: TreeItem, text: str) -> bool:
        """Add or rename an item, and keep the words on screen if the plan refuses them."""
        kind = KINDS[item.kind]
        try:
            if item.key:
                label = f"rename {named(item)}" if kind.title == "title" else f"edit {word_of(item).singular}"
                self._signals.edit(label, kind.change, *kind.first, item.key, **{kind.title: text})
                key = item.key
            else:
                key = self._add(item, text)
        except (RuleBroken, NotKept) as refusal:
            self._unkept[item.key] = text
            self.refused.emit(str(refusal))
            return False
        self._unkept.pop(item.key, None)
        self.refused.emit("")
        self.placed.emit(key)
        return True

    def _add(self, item: TreeItem, text: str) -> str:
        kind, parent = KINDS[item.kind], item.parent
        assert parent is not None
        before = [child for child in parent.of_kind(item.kind) if child.row < item.row]
        values, named = kind.made(parent, text)
        if before:
            named = {**named, "after": before[-1].key}
        draft, self._draft = self._draft, None
        try:
            return self._signals.edit(f"add {word_of(item).singular} {short(text)}", kind.add, *values, **named)
        except BaseException:
            self._draft = draft
            raise

    def _fresh(self) -> tuple[TreeItem, list[TreeItem]]:
        """The root and the items of the tree, as the plan and the filter have them now."""
        root = TreeItem("", ROOT, "")
        heading = TreeItem(SECTIONS_KEY, HEADING, "Narrative sections", root)
        for row in self._signals.read(queries.register, Section):
            heading.children.append(TreeItem(row.id, "section", row.title, heading, body=row.body, mark=row.number))
        root.children.append(heading)
        first = self._signals.read(queries.plan).first_year
        for node in self._signals.read(queries.priority_tree):
            grown = _grown(node, root)
            grown.ended = None if goes_on(node.last_year, first) else node.last_year
            root.children.append(grown)
        if self._words:
            root.children = [child for child in root.children if self._narrow(child)]
        return root, [item for item in root.below() if item.kind != ROOT]

    def _take(self, root: TreeItem, items: list[TreeItem]) -> None:
        """Show a tree that was read again. The row being typed stays in its place, if its parent is still there."""
        draft = self._draft
        if draft is not None and draft.parent is not None:
            row, above = draft.row, draft.parent.key
            parent = root if draft.parent.kind == ROOT else next((item for item in items if item.key == above), None)
            if parent is None:
                self._draft = None
            else:
                parent.children.insert(min(row, len(parent.children)), draft)
                draft.parent = parent
                items.append(draft)
        for number, item in enumerate(items):
            item.number = number
        self._root, self._items = root, items

    def _narrow(self, item: TreeItem) -> bool:
        """Filter the children of an item, unless it holds the words itself. Returns whether the item is shown."""
        text = searched(f"{item.text} {item.mark}")
        if all(word in text for word in self._words):
            return True
        item.children = [child for child in item.children if self._narrow(child)]
        return bool(item.children)

    def _word(self, item: TreeItem) -> str:
        """What a row is, and how many rows stand right under it: "Theme, 3 commitments". A filter hides how many."""
        if item.kind == HEADING:
            return "" if self._words else KINDS["section"].word.counted(len(item.children))
        word = capital(word_of(item).singular)
        if item.ended is not None:
            return f"{word}, until {year_name(item.ended)}"
        for kind in (first_child(item), "theme", "commitment"):
            count = len(item.of_kind(kind)) if kind and not self._words else 0
            if kind and count:
                return f"{word}, {word_below(item, kind).counted(count)}"
        return word

    def _shown(self, item: TreeItem) -> str:
        if item.key in self._unkept:
            return f"{self._unkept[item.key]} (not kept)"
        if not item.key:
            return f"New {word_of(item).singular}"
        return f"{item.mark}  {item.text}" if item.mark else item.text


def _grown(node: Node, parent: TreeItem) -> TreeItem:
    item = TreeItem(node.key, node.kind, node.text, parent, body=node.narrative)
    item.children = [_grown(child, item) for child in node.children]
    return item


def _place(item: TreeItem) -> tuple[str, str, str]:
    return item.key, item.kind, item.parent.key if item.parent else ""
