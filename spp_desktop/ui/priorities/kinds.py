"""The kinds of items in the tree of priorities, as data: what each can stand under, and the verbs that edit it.

What may stand where follows the plan's levels. What stands deeper already than they reach goes on standing there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from spp_desktop.edits import priorities, registers
from spp_desktop.plan.identity import Section
from spp_desktop.plan.priorities import Commitment, Priority, Theme
from spp_desktop.plan.rows import Row
from spp_desktop.plan.spoken import spoken
from spp_desktop.plan.words import Word

ROOT, HEADING = "root", "heading"
SECTIONS_KEY = "sections"
"""The key of the heading over the narrative sections, which is no row of the plan."""

SHORT = 48
"""The most characters of a title in the label of a step."""


@dataclass(eq=False, slots=True)
class TreeItem:
    """A row of the tree. ``number`` is its index among all rows; an item without a key is not in the plan yet.

    ``ended`` is the last year in which a priority stood that the plan's own years do not have any more.
    """

    key: str
    kind: str
    text: str
    parent: "TreeItem | None" = None
    children: list["TreeItem"] = field(default_factory=list)
    number: int = -1
    body: str = ""
    mark: str = ""
    ended: int | None = None

    @property
    def row(self) -> int:
        """The index of the item under its parent."""
        return self.parent.children.index(self) if self.parent else 0

    def of_kind(self, kind: str) -> list["TreeItem"]:
        """The item's children of one kind that are in the plan."""
        return [child for child in self.children if child.kind == kind and child.key]

    def above(self) -> Iterator["TreeItem"]:
        """The item and everything that it stands under, without the root."""
        item: TreeItem | None = self
        while item is not None and item.kind != ROOT:
            yield item
            item = item.parent

    def below(self) -> Iterator["TreeItem"]:
        """The item and everything under it, from the top down."""
        yield self
        for child in self.children:
            yield from child.below()


Arguments = tuple[tuple[Any, ...], dict[str, Any]]


@dataclass(frozen=True)
class KindOfItem:
    """One kind of row of the tree.

    ``title`` and ``body`` are its columns: what the tree shows, and the long text beside it, if it has one. ``under``
    are the kinds it can stand under. ``first`` are the arguments before the key in every call of its verbs. ``place``
    gives the arguments that say where an item is moved to, and ``made`` those for a new item.
    """

    model: type[Row]
    title: str
    body: str | None
    under: tuple[str, ...]
    note_place: str
    add: Callable[..., str]
    change: Callable[..., None]
    move: Callable[..., None]
    remove: Callable[..., None]
    place: Callable[[TreeItem], tuple[Any, ...]]
    made: Callable[[TreeItem, str], Arguments]
    first: tuple[Any, ...] = ()

    @property
    def word(self) -> Word:
        """The word for such a row."""
        return self.model.word


def _priority_and_theme(parent: TreeItem) -> tuple[str, str | None]:
    """The keys of the priority and of the theme that a theme under this parent belongs to."""
    priority = next(item for item in parent.above() if item.kind == "priority")
    return priority.key, parent.key if parent.kind == "theme" else None


def _new_theme(parent: TreeItem, text: str) -> Arguments:
    priority, theme = _priority_and_theme(parent)
    return (priority, text), {"parent_id": theme}


KINDS = {
    "section": KindOfItem(
        Section,
        "title",
        "body",
        (HEADING,),
        "section_id",
        registers.add,
        registers.change,
        registers.move,
        registers.remove,
        place=lambda _: (),
        made=lambda _, text: ((Section,), {"title": text}),
        first=(Section,),
    ),
    "priority": KindOfItem(
        Priority,
        "title",
        "narrative",
        (ROOT,),
        "priority_id",
        priorities.add_priority,
        priorities.set_priority,
        priorities.move_priority,
        priorities.remove_priority,
        place=lambda _: (),
        made=lambda _, text: ((text,), {}),
    ),
    "theme": KindOfItem(
        Theme,
        "title",
        "narrative",
        ("priority", "theme"),
        "theme_id",
        priorities.add_theme,
        priorities.set_theme,
        priorities.move_theme,
        priorities.remove_theme,
        place=_priority_and_theme,
        made=_new_theme,
    ),
    "commitment": KindOfItem(
        Commitment,
        "text",
        None,
        ("priority", "theme"),
        "commitment_id",
        priorities.add_commitment,
        priorities.set_commitment,
        priorities.move_commitment,
        priorities.remove_commitment,
        place=lambda parent: (parent.key,),
        made=lambda parent, text: ((parent.key, text), {}),
    ),
}
NO_LEVEL = "No level of this plan stands below that. Levels are added in Plan > Lists…, under Levels."
"""What is said where the plan's levels do not reach."""


def first_child(item: TreeItem) -> str:
    """The kind of what is added under an item: that of the next level down as the plan has it; "" if it has none."""
    if item.kind in (ROOT, HEADING):
        return "priority" if item.kind == ROOT else "section"
    return next((kind for kind in ("theme", "commitment") if _reaches(item, kind)), "")


def holds(parent: TreeItem, item: TreeItem) -> bool:
    """Whether an item, with all that stands under it, can stand under a parent."""
    if parent.kind not in KINDS[item.kind].under or item in parent.above():
        return False
    return parent is item.parent or _reaches(parent, item.kind, item)


def can_begin(parent: TreeItem, kind: str) -> bool:
    """Whether something new of a kind can stand under a parent."""
    return parent.kind in KINDS[kind].under and _reaches(parent, kind)


def _reaches(parent: TreeItem, kind: str, item: TreeItem | None = None) -> bool:
    """Whether the plan's levels, or what stands there already, reach as deep as an item of a kind under a parent."""
    words, deep = spoken(), KINDS[kind]
    if parent.kind not in deep.under:
        return False
    if kind != "theme":
        return kind != "commitment" or words.sentence is not None
    depth = _depth(parent)
    there = max((_height(child) for child in parent.of_kind("theme") if child is not item), default=0)
    return depth + (_height(item) if item is not None else 1) < max(len(words.headings), depth + there + 1)


def _depth(item: TreeItem) -> int:
    """How many headings a priority or theme stands under: none for a priority."""
    return sum(1 for above in item.above() if above.kind in ("priority", "theme")) - 1


def _height(item: TreeItem) -> int:
    """How many levels of headings an item and those under it take."""
    return 1 + max(map(_height, item.of_kind("theme")), default=0)


TreePlace = tuple[TreeItem, TreeItem | None]
"""Where an item goes: its parent, and the item of its kind that it goes behind; ``None`` for the first place."""


def short(text: str) -> str:
    """A title as it stands in the label of a step."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1].rstrip()}…"


def no_level_in(item: TreeItem) -> bool:
    """Whether an item cannot go in because the plan's levels do not reach as deep, though something is above it."""
    siblings = item.parent.of_kind(item.kind) if item.parent is not None else []
    return item.kind == "theme" and siblings[:1] not in ([], [item])


def step_place(item: TreeItem, way: str) -> TreePlace | None:
    """Where an item goes that is moved one step "up", "down", "out" or "in"; ``None`` if it cannot."""
    assert item.parent is not None
    siblings = item.parent.of_kind(item.kind)
    at = siblings.index(item)
    if way == "up":
        return (item.parent, siblings[at - 2] if at > 1 else None) if at else None
    if way == "down":
        return (item.parent, siblings[at + 1]) if at + 1 < len(siblings) else None
    if way == "out":
        return _out(item)
    return _in(item, siblings[at - 1] if at else None)


def _out(item: TreeItem) -> TreePlace | None:
    parent = item.parent
    if parent is None or parent.parent is None or item.kind not in KINDS or parent.kind != "theme":
        return None
    target = parent.parent
    if not holds(target, item):
        return None
    return (target, parent) if item.kind == "theme" else (target, _last(target.of_kind(item.kind)))


def _in(item: TreeItem, before: TreeItem | None) -> TreePlace | None:
    if item.kind == "theme":
        return (before, _last(before.of_kind("theme"))) if before and holds(before, item) else None
    below = item.parent.of_kind("theme") if item.parent and item.kind == "commitment" else []
    return (below[0], None) if below else None


def drop_place(item: TreeItem, parent: TreeItem, row: int) -> TreePlace | None:
    """Where an item goes that is dropped on a parent (``row`` -1) or between its children; ``None`` if it cannot.

    An item that is dropped on one of its own kind, which cannot hold it, goes behind that.
    """
    kind = KINDS[item.kind]
    if row < 0 and parent.kind not in kind.under and parent.kind == item.kind and parent.parent:
        return (parent.parent, parent) if parent is not item else None
    if not holds(parent, item):
        return None
    before = [child for child in parent.of_kind(item.kind) if child is not item and (row < 0 or child.row < row)]
    return parent, _last(before)


def _last(items: list[TreeItem]) -> TreeItem | None:
    return items[-1] if items else None
