"""The map of the golden thread as plain values: columns of rows, the lines between those linked, and where it has gaps.

Each column holds rows of one sort, from what the plan is for on the left to what is done about it on the right. What
belongs to one priority stands side by side, so that most lines are short. It is drawn elsewhere.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from spp_desktop.figures.table_cell import TableCell
from spp_desktop.plan.spoken import in_words_of_plan

NOTHING = "This plan has no priorities yet, so that nothing can be linked to one."
NO_MATCH = "Nothing on the map holds that."
HEADINGS = ("Link", "From", "What it is", "To", "What it is linked to")


@dataclass(frozen=True, slots=True)
class MapRow:
    """A row of the plan, before it has a place on the map.

    Attributes:
        key: its key.
        table: its table, by which a program knows what it is.
        word: what a row of that table is called.
        ref: its reference.
        text: its words.
        gap: what it lacks, in a word or two; "" if nothing.
        depth: how deep it stands below others of its column.
        home: the key of the priority that it belongs to, where the plan itself says it; "" else.
    """

    key: str
    table: str
    word: str
    ref: str
    text: str
    gap: str = ""
    depth: int = 0
    home: str = ""


@dataclass(frozen=True, slots=True)
class MapColumn:
    """A column before its rows have places: its heading, how much of it is covered in words, and its rows in order."""

    title: str
    coverage: str
    rows: tuple[MapRow, ...]


@dataclass(frozen=True, slots=True)
class MapNode:
    """A row on the map.

    Attributes:
        row: the row.
        column: the column that it stands in, from the left.
        line: the line that it stands on, from the top.
    """

    row: MapRow
    column: int
    line: int

    @property
    def words(self) -> str:
        """What it is, and what it lacks, in a sentence."""
        row = self.row
        return f"{row.word.capitalize()} {row.ref}: {row.text}{f' ({row.gap})' if row.gap else ''}"


@dataclass(frozen=True, slots=True)
class ThreadMap:
    """The map, with everything on it decided.

    Attributes:
        title: what it shows.
        heads: the heading of each column, with how much of it is covered.
        nodes: the rows, by column and from the top.
        links: which nodes are linked, by their numbers: the one a link begins at, and the one it leads to.
        words_of_links: how each link is read.
        lines: how many lines of rows there are.
        notes: the sentences printed under it.
        empty: what to say where there is nothing to draw, or "".
    """

    title: str
    heads: tuple[tuple[str, str], ...]
    nodes: tuple[MapNode, ...]
    links: tuple[tuple[int, int], ...]
    words_of_links: tuple[str, ...]
    lines: int
    notes: tuple[str, ...] = ()
    empty: str = ""

    def linked(self) -> dict[int, list[int]]:
        """The nodes that each node is linked to, by their numbers."""
        near: dict[int, list[int]] = defaultdict(list)
        for begins, leads in self.links:
            near[begins].append(leads)
            near[leads].append(begins)
        return near


MapLink = tuple[str, str, str]
"""A link: how it is read, the key of the row it begins at, and of the one it leads to."""


def thread_map(
    title: str, columns: Sequence[MapColumn], links: Sequence[MapLink], notes: Sequence[str] = ()
) -> ThreadMap:
    """The map of some columns, the priorities first.

    Args:
        title: what it shows.
        columns: the columns from the left; the rows of the first are those that others belong to.
        links: the links between rows; those of rows that are in no column are left out.
        notes: sentences that must be known of it.
    """
    nodes, lines = _placed(columns, _bands(columns, links))
    numbers = {node.row.key: number for number, node in enumerate(nodes)}
    drawn = [link for link in links if link[1] in numbers and link[2] in numbers]
    return ThreadMap(
        title,
        tuple((column.title, column.coverage) for column in columns),
        tuple(nodes),
        tuple((numbers[begins], numbers[leads]) for _, begins, leads in drawn),
        tuple(words for words, _, _ in drawn),
        lines,
        tuple(notes),
        "" if nodes else in_words_of_plan(NOTHING),
    )


def narrowed(whole: ThreadMap, words: str, *, gaps_only: bool = False) -> ThreadMap:
    """The part of a map that holds all of some words, with what that is linked to; or has gaps and holds them.

    The heads go on saying what they say of the whole.
    """
    sought = words.casefold().split()
    if not sought and not gaps_only:
        return whole
    kept = {
        number
        for number, node in enumerate(whole.nodes)
        if (node.row.gap or not gaps_only) and all(word in _sought(node.row) for word in sought)
    }
    if not gaps_only:
        kept |= _around(whole, kept)
    columns = [
        MapColumn(title, coverage, tuple(node.row for number, node in enumerate(whole.nodes)
                                         if node.column == at and number in kept))
        for at, (title, coverage) in enumerate(whole.heads)
    ]  # fmt: skip
    links = [
        (words, whole.nodes[begins].row.key, whole.nodes[leads].row.key)
        for words, (begins, leads) in zip(whole.words_of_links, whole.links, strict=True)
        if begins in kept and leads in kept
    ]
    return replace(thread_map(whole.title, columns, links, whole.notes), empty="" if kept else NO_MATCH)


def table(shown: ThreadMap) -> list[list[TableCell]]:
    """The table behind a map: every link in words."""
    rows: list[list[TableCell]] = [list(HEADINGS)]
    for words, (begins, leads) in zip(shown.words_of_links, shown.links, strict=True):
        row, other = shown.nodes[begins].row, shown.nodes[leads].row
        rows.append([words, row.ref, row.text, other.ref, other.text])
    return rows


def describe(shown: ThreadMap) -> str:
    """A map in sentences: how much of each column is covered."""
    return " ".join([f"{shown.title}.", *(f"{title}: {coverage}." for title, coverage in shown.heads)])


def _sought(row: MapRow) -> str:
    return f"{row.ref} {row.text} {row.word} {row.gap}".casefold()


def _around(whole: ThreadMap, kept: Collection[int]) -> set[int]:
    """The nodes that some nodes are linked to."""
    near = set()
    for begins, leads in whole.links:
        if begins in kept:
            near.add(leads)
        if leads in kept:
            near.add(begins)
    return near


def _bands(columns: Sequence[MapColumn], links: Iterable[MapLink]) -> dict[str, str]:
    """The priority that each row stands beside: its home, else that of the first row it is linked to that has one."""
    first = columns[0].rows if columns else ()
    bands = {row.key: row.key for row in first}
    bands |= {row.key: row.home for column in columns[1:] for row in column.rows if row.home in bands}
    near: dict[str, str] = {}
    for _, begins, leads in links:
        for own, other in ((begins, leads), (leads, begins)):
            if own not in bands and other in bands:
                near.setdefault(own, bands[other])
    return near | bands


def _placed(columns: Sequence[MapColumn], bands: Mapping[str, str]) -> tuple[list[MapNode], int]:
    """The nodes, band by band of what belongs to one priority; what belongs to none comes last. And all lines."""
    in_band: dict[str, list[list[MapRow]]] = {}
    for row in columns[0].rows if columns else ():
        in_band[row.key] = [[] for _ in columns]
    for at, column in enumerate(columns):
        for row in column.rows:
            in_band.setdefault(bands.get(row.key, ""), [[] for _ in columns])[at].append(row)
    begins, line = {}, 0
    for band, several in in_band.items():
        begins[band] = line
        line += max(map(len, several))
    nodes = [
        MapNode(row, at, begins[band] + place)
        for at in range(len(columns))
        for band, several in in_band.items()
        for place, row in enumerate(several[at])
    ]
    return nodes, line
