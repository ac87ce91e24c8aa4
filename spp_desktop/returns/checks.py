"""What is looked over in a return before it goes out, and when it comes in: totals, gaps, and what has changed.

Each check is a pure function of one shape: it is given the rows of one sheet, and says in sentences what is amiss.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spp_desktop.plan.kinds.numbers import in_words
from spp_desktop.plan.results import NO_FIGURE
from spp_desktop.plan.words import counted, listed

NAMED_AT_MOST = 5
"""So many rows are named in a sentence; of more, how many."""

_NEAR = 0.005
"""Two figures that differ by less are the same: numbers of a file are not always exact."""

CheckedCells = Mapping[str, object]
"""What one row holds, by field."""

WHOLE, AREA, BELOW = "whole", "area", "below"
"""What the cell "part" of a result says: it is of the whole force, of an area straight under it, or of one below."""


@dataclass(frozen=True)
class CheckedTable:
    """The rows of one sheet of a return, as they are checked.

    Attributes:
        title: the sheet's title.
        ref, text: the fields by which a person tells one row from another.
        headings: the headings of its columns, by field.
        answered: the fields that are filled in.
        rows: what each row holds, by its key.
        before: the same as it was sent the last time about the same period; empty where it was not.
        year: the financial year that the return is about, by its first calendar year, if it is about one.
        own: the keys of the rows that it is to answer, where others stand here only to add up with them.
        answers: what came in for its rows, by key and field; ``rows`` hold it already.
    """

    title: str
    ref: str
    text: str
    headings: Mapping[str, str]
    answered: frozenset[str]
    rows: Mapping[str, CheckedCells]
    before: Mapping[str, CheckedCells] = field(default_factory=dict)
    year: int | None = None
    own: frozenset[str] | None = None
    answers: Mapping[str, CheckedCells] = field(default_factory=dict)

    @property
    def asked(self) -> list[CheckedCells]:
        """The rows that it is to answer."""
        return [cells for key, cells in self.rows.items() if self.own is None or key in self.own]

    def with_answers(self, answers: Mapping[str, CheckedCells]) -> "CheckedTable":
        """The same with cells of its rows answered, by key and field."""
        rows = {key: {**cells, **answers.get(key, {})} for key, cells in self.rows.items()}
        return replace(self, rows=rows, answers={**self.answers, **answers})

    def beside(self, other: "CheckedTable") -> "CheckedTable":
        """The same with what another file of the same return and period answers, too."""
        own = None if self.own is None or other.own is None else self.own | other.own
        return replace(self.with_answers(other.answers), own=own)

    def called(self, cells: CheckedCells) -> str:
        """What a row is called: its reference, or else its words."""
        return str(cells.get(self.ref) or cells.get(self.text) or "a row without a name")

    def number(self, cells: CheckedCells, name: str) -> float | None:
        """The number in a cell of a row; ``None`` where there is none."""
        value = cells.get(self.field(name))
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def field(self, name: str) -> str:
        """The field of a column; "actual:{year}" is that of the year that the return is about."""
        return name.replace("{year}", str(self.year))

    def heading(self, name: str) -> str:
        """The heading of a column in quotes, as it stands within a sentence."""
        return f"“{self.headings.get(self.field(name), name)}”"


Check = Callable[[CheckedTable], Iterator[str]]
"""A check: sentences on what is amiss; none where all is well."""


def rows_complete(*names: str) -> Check:
    """The check that every row has something in one of some columns, or says in its state why it has nothing."""

    def look(table: CheckedTable) -> Iterator[str]:
        """The rows that lack it."""
        lacking = [
            table.called(cells)
            for cells in table.asked
            if cells.get("state") not in NO_FIGURE and all(cells.get(table.field(name)) is None for name in names)
        ]
        if lacking:
            columns = " or ".join(map(table.heading, names))
            rows = counted(len(table.asked), "row")
            yield f"{len(lacking)} of {rows} of “{table.title}” still lack {columns}: {_first(lacking)}."

    return look


def areas_add(name: str) -> Check:
    """The check that the figures of areas come to that of the force, of what is counted and has figures of all."""

    def look(table: CheckedTable) -> Iterator[str]:
        """The rows of the force whose areas come to something else."""
        force: dict[tuple[object, ...], CheckedCells] = {}
        parts: defaultdict[tuple[object, ...], list[float | None]] = defaultdict(list)
        for cells in table.rows.values():
            of = tuple(cells.get(part) for part in ("text", "unit", "period"))
            if cells.get("measure") == "count" and cells.get("part") == WHOLE:
                force[of] = cells
            elif cells.get("measure") == "count" and cells.get("part") == AREA:
                parts[of].append(table.number(cells, name))
        for of, cells in force.items():
            whole, figures = table.number(cells, name), [figure for figure in parts[of] if figure is not None]
            if whole is None or not figures or len(figures) < len(parts[of]):
                continue
            if abs(sum(figures) - whole) > _NEAR:
                come_to = f"the areas come to {in_words(sum(figures))}, and the force to {in_words(whole)}"
                yield f"{table.called(cells)}: {come_to}."

    return look


def no_more_than(part: str, whole: str) -> Check:
    """The check that a figure is no more than another of its row, such as women than all."""

    def look(table: CheckedTable) -> Iterator[str]:
        """The rows where it is more."""
        for cells in table.asked:
            some, everybody = table.number(cells, part), table.number(cells, whole)
            if some is not None and everybody is not None and some > everybody + _NEAR:
                more = f"{table.heading(part)} is {in_words(some)}, and {table.heading(whole)} {in_words(everybody)}"
                yield f"{table.called(cells)}: {more}."

    return look


def changed_since_sent(table: CheckedTable) -> Iterator[str]:
    """What has changed since the return was sent the last time about the same period."""
    changed = []
    for key, cells in table.rows.items():
        before = table.before.get(key, cells)
        fields = [name for name in table.headings if name in table.answered and before.get(name) != cells.get(name)]
        if fields:
            changed.append(f"{table.called(cells)} {listed(map(table.heading, fields))}")
    gone = [table.called(cells) for key, cells in table.before.items() if key not in table.rows]
    if changed:
        yield f"Changed in “{table.title}” since it was last sent: {_first(changed)}."
    if gone:
        yield f"No longer in “{table.title}” since it was last sent: {_first(gone)}."


def _first(names: Sequence[str]) -> str:
    """The first of some names, and how many there are more."""
    more = len(names) - NAMED_AT_MOST
    return listed([*names[:NAMED_AT_MOST], *([f"{more} more"] if more > 0 else [])])
