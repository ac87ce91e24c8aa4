"""What the rows of a plan's table say: levels with what hangs below them, activities, milestones, indicators.

Nothing here knows a plan that is open but by the words of its levels. What a row says is kept as it stands, with the
cell in which it stands; what cannot be placed is named, and never dropped in silence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from spp_desktop.plan.kinds.spelling import fold, quoted, shows
from spp_desktop.returns.mapped import SheetLook
from spp_desktop.returns.plan_tables.cells import PlanCell, cell_place
from spp_desktop.returns.plan_tables.columns import AS_TITLED, LEVEL, levels
from spp_desktop.returns.plan_tables.guessing import guessed_roles, heading_merit, level_role
from spp_desktop.returns.plan_tables.milestone_lines import milestone_lines
from spp_desktop.returns.plan_tables.reading import PlanReading, heading_above

EntryKind = Literal["level", "activity", "milestone", "indicator"]

_NAMED = re.compile(r"(?P<name>\D+?)\s+[0-9]+(?:\.[0-9]+)*[a-z]?\s*[.:)\-\u2013]*\s*(?P<rest>.+)")
_NUMBERED = re.compile(r"(?P<number>[0-9]{1,2}(?:\.[0-9]{1,3})*[a-z]?)[.):]?[\s\-\u2013:]+(?=\D)", re.IGNORECASE)
_A_NOTE = re.compile(
    r"(?:source|notes?|n\.?b\.?|page|totals?|prepared|produced|printed|version|(?:last )?updated)\b|[*\u2020\u00a9]"
    r"|\(c\)", re.IGNORECASE,
)  # fmt: skip
"""How a line begins that people write below a table."""
_REF_BEFORE = re.compile(r"(?P<ref>[A-Z]{0,3}[0-9]{1,3}(?:\.[0-9]{1,3})+[a-z]?)[.):]?\s+(?=\D)")
_OTHER_TABLE, _LONG = 3, 60
_LINES = ("owners", "reason", "notes")
"""What an activity may have several lines of."""
_OF_ACTIVITY = (*_LINES, "start", "due", "forecast", "status", "percent", "budget")


@dataclass(frozen=True, eq=False)
class PlanEntry:
    """Something that a row says.

    Attributes:
        kind: What it is.
        words: Its words, without the number before them.
        place: The cell that says them, as a person finds it.
        above: What it stands under; ``None`` for nothing.
        depth: The level of a level, 0 at the top.
        ref: Its reference; "" for none.
        whole: Its words as they stand.
        cells: What else the row says of it, by the roles of the columns.
        targets: An indicator's yearly targets, by what heads their columns.
    """

    kind: EntryKind
    words: str
    place: str
    above: "PlanEntry | None" = None
    depth: int = 0
    ref: str = ""
    whole: str = ""
    cells: Mapping[str, PlanCell] = field(default_factory=dict)
    targets: Mapping[str, PlanCell] = field(default_factory=dict)


class PlanSayings(NamedTuple):
    """All that a table says: its entries in their order, and sentences on rows that say nothing that can be placed."""

    entries: list[PlanEntry]
    left: list[str]


def sayings(reading: PlanReading) -> PlanSayings:
    """What the tables of a reading say."""
    gathered = _GatheredEntries(reading)
    for sheet, at in reading.tables():
        gathered.table(sheet, at)
    return PlanSayings(gathered.entries, gathered.left)


def bare_words(text: str) -> str:
    """The words of a level without what numbers it: "Priority 1: Safer streets" is "Safer streets"."""
    words = " ".join(text.split())
    named = _NAMED.fullmatch(words)
    if named is not None and level_role(fold(named["name"])):
        return named["rest"]
    numbered = _NUMBERED.match(words)
    return words[numbered.end() :] if numbered and words[numbered.end() :] else words


def _heads_a_table(texts: Sequence[str]) -> bool:
    """Whether a row holds the headings of another table: short texts, most of which say what a column may hold.

    A row of values may hold a few that say as much, such as "%", "No" and "Level".
    """
    filled = [text for text in texts if text]
    known = len(guessed_roles(texts))
    return heading_merit(texts) >= _OTHER_TABLE and 2 * known >= len(filled) and max(map(len, filled)) < _LONG


class _GatheredEntries:
    """What has been said so far."""

    def __init__(self, reading: PlanReading) -> None:
        self.entries: list[PlanEntry] = []
        self.left: list[str] = []
        self._columns = reading.columns
        self._roles = reading.columns.places(reading.table.headings)
        self._headings = reading.table.headings
        self._several = len(reading.look.sheets) > 1
        self._levels = levels()
        self._path: list[PlanEntry | None] = [None] * len(self._levels)
        self._known: dict[tuple[int, int, str], PlanEntry] = {}
        self._activity: PlanEntry | None = None
        self._cells: dict[str, PlanCell] = {}
        self._cells_of: dict[PlanEntry, dict[str, PlanCell]] = {}
        self._indents: list[int] = []
        self._sheet = ""
        self._ends = 0

    def table(self, sheet: SheetLook, at: int) -> None:
        """All rows of a table."""
        self._sheet, self._activity, self._indents = sheet.title, None, []
        if self._columns.under:
            heading = heading_above(sheet.title) if self._columns.under == AS_TITLED else self._columns.under
            self._path = [None] * len(self._levels)
            if heading:
                place = sheet.title if self._columns.under == AS_TITLED else "all rows"
                self._set_level(0, PlanCell(heading, place))
        rows = list(zip(sheet.numbers[at + 1 :], sheet.rows[at + 1 :], strict=True))
        self._ends = max((number for number, row in rows if sum(map(shows, row)) > 1), default=0)
        for number, row in rows:
            texts = [text if shows(text) else "" for text in row]
            if not any(texts) or self._repeats(texts):
                continue
            if _heads_a_table(texts):
                self.left.append(f"{self._place(number, 1)}: other headings begin here. Import that table by itself.")
                break
            self._row(number, texts)

    def _repeats(self, texts: Sequence[str]) -> bool:
        """Whether a row says the headings again, as a table that goes on on the next page does."""
        own = {fold(text) for text in texts if text}
        return own <= {fold(heading) for heading in self._headings} or own <= {
            fold(part) for heading in self._headings for part in heading.split(": ")
        }

    def _place(self, row: int, column: int) -> str:
        return cell_place(self._sheet, row, column, several=self._several)

    def _row(self, number: int, texts: Sequence[str]) -> None:
        cells = {n: PlanCell(text, self._place(number, n + 1)) for n, text in enumerate(texts) if text}
        by_role: dict[str, PlanCell] = {}
        for n, cell in cells.items():
            if role := self._roles.get(n):
                by_role.setdefault(role, cell)
        below = number > self._ends and len(cells) == 1
        if below and _A_NOTE.match(next(iter(cells.values())).text.strip()):
            self._leave_below(next(iter(cells.values())))
            return
        if self._is_section(cells):
            self._section(next(iter(cells.values())), below=below)
            return
        for n in range(len(self._levels)):
            if level := by_role.get(f"{LEVEL}{n + 1}"):
                self._set_level(n, level)
        words = by_role.get("text")
        if "outline" in by_role:
            words = self._outline(by_role["outline"], by_role.get("ref")) or words
        if words is not None:
            self._add_activity(words, by_role)
        elif "ref" in by_role and "outline" not in by_role and self._columns.has("text"):
            self.left.append(f"{by_role['ref'].place}: the reference {by_role['ref'].text} has no words beside it.")
        elif self._columns.has("text", "outline") and "indicator" not in by_role:
            self._go_on(by_role)
        if "indicator" in by_role:
            self._add_indicator(by_role, cells)
        self._add_milestones(
            [cells[n] for n, role in self._roles.items() if role == "milestone" and n in cells], by_role
        )

    # Levels

    def _is_section(self, cells: Mapping[int, PlanCell]) -> bool:
        """Whether a row is a heading over all columns: one cell alone, which no column of a level says."""
        if len(cells) != 1 or not self._columns.has("text", "indicator") or len(self._roles) < 2:  # noqa: PLR2004
            return False
        ((place, cell),) = cells.items()
        role = self._roles.get(place, "")
        if role.startswith(LEVEL) or role in ("outline", "milestone", "owners") or place > min(self._roles):
            return False
        return role not in ("text", "indicator") or bare_words(cell.text) != " ".join(cell.text.split())

    def _section(self, cell: PlanCell, *, below: bool) -> None:
        """A heading over all columns: at the level that it names or is numbered as, else at the top.

        Below the last row of the table a line that neither names a level nor is numbered is a note on it.
        """
        depth = next(
            (n for n, word in enumerate(self._levels) if fold(cell.text).startswith(f"{word.singular} ")), None
        )
        named = _NAMED.fullmatch(" ".join(cell.text.split()))
        if depth is None and named is not None and (role := level_role(fold(named["name"]))):
            depth = int(role.removeprefix(LEVEL)) - 1
        numbered = _NUMBERED.match(cell.text.strip())
        if depth is None and numbered is None and below:
            self._leave_below(cell)
            return
        if depth is None:
            depth = min(numbered["number"].count("."), len(self._levels) - 1) if numbered else 0
        base = 1 if self._columns.under and self._path[0] is not None and depth == 0 else 0
        self._set_level(min(depth + base, len(self._levels) - 1), cell)

    def _leave_below(self, cell: PlanCell) -> None:
        self.left.append(f"{cell.place}: {quoted(cell.text)} stands below the table, and no row under it.")

    def _set_level(self, depth: int, cell: PlanCell) -> None:
        """From here on, rows stand under this."""
        words = bare_words(cell.text)
        above = next((entry for entry in reversed(self._path[:depth]) if entry is not None), None)
        key = (id(above), depth, fold(words))
        if self._path[depth] is not None and self._known.get(key) is self._path[depth]:
            return
        entry = self._known.get(key)
        if entry is None:
            entry = PlanEntry("level", words, cell.place, above, depth, whole=" ".join(cell.text.split()))
            self._known[key] = entry
            self.entries.append(entry)
        self._path = [*self._path[:depth], entry, *[None] * (len(self._levels) - depth - 1)]
        self._activity = None

    def _outline(self, cell: PlanCell, ref: PlanCell | None) -> PlanCell | None:
        """A row of an outline: it sets a level, or is an activity, which stands below the last level."""
        text = cell.text.strip()
        numbered = _NUMBERED.match(text) or (ref and re.match(r"(?P<number>[0-9]+(?:\.[0-9]+)*)", ref.text.strip()))
        indent = len(cell.text.expandtabs(4)) - len(cell.text.expandtabs(4).lstrip())
        if numbered:
            depth = re.sub(r"(?:\.0)+$", "", numbered["number"]).count(".")
        else:
            while self._indents and indent < self._indents[-1]:
                self._indents.pop()
            if not self._indents or indent > self._indents[-1]:
                self._indents.append(indent)
            depth = len(self._indents) - 1
        if depth >= len(self._levels):
            return cell
        self._set_level(depth, cell)
        return None

    def _home(self) -> PlanEntry | None:
        return next((entry for entry in reversed(self._path) if entry is not None), None)

    # What hangs below

    def _add_activity(self, cell: PlanCell, by_role: Mapping[str, PlanCell]) -> None:
        words = " ".join(cell.text.split())
        ref = by_role["ref"].text.strip() if "ref" in by_role else ""
        before = _REF_BEFORE.match(words)
        if not ref and before:
            ref, words = before["ref"], words[before.end() :]
        cells = {role: kept for role, kept in by_role.items() if role not in ("text", "outline")}
        key = (0, -1, f"{fold(ref)}\0{fold(words)}")
        again = self._known.get(key) if ref else None
        if again is not None and again.above is self._home():
            self._activity, self._cells = again, self._cells_of[again]
            self._go_on(cells)
            return
        self._cells = cells
        self._activity = PlanEntry("activity", words, cell.place, self._home(), ref=ref, whole=words, cells=cells)
        self._known[key], self._cells_of[self._activity] = self._activity, cells
        self.entries.append(self._activity)

    def _go_on(self, cells: Mapping[str, PlanCell]) -> None:
        """A row that goes on with the activity above it: one more owner, a note. What else it says is named."""
        beside = "milestone" if "milestone" in cells else "" if self._activity is not None else "activity"
        for role, cell in cells.items():
            if role not in _OF_ACTIVITY or (role == "due" and beside == "milestone"):
                continue
            above = self._cells.get(role) if self._activity is not None else None
            if above is not None and fold(cell.text) in map(fold, [above.text, *above.text.splitlines()]):
                continue
            if beside:
                what = "a milestone alone" if beside == "milestone" else "no activity"
                self.left.append(f"{cell.place}: “{cell.text.strip()}” stands beside {what}.")
            elif above is None or role in _LINES:
                self._cells[role] = cell if above is None else PlanCell(f"{above.text}\n{cell.text}", above.place)
            else:
                self.left.append(f"{cell.place}: “{cell.text.strip()}” is not what the row above says of the same.")

    def _add_indicator(self, by_role: Mapping[str, PlanCell], cells: Mapping[int, PlanCell]) -> None:
        cell = by_role["indicator"]
        words = " ".join(cell.text.split())
        ref = by_role["indicator ref"].text.strip() if "indicator ref" in by_role else ""
        targets = {
            self._headings[n]: cells[n] for n, role in self._roles.items() if role == "yearly target" and n in cells
        }
        entry = PlanEntry(
            "indicator", words, cell.place, self._home(), ref=ref, whole=words, cells=by_role, targets=targets
        )
        self.entries.append(entry)

    def _add_milestones(self, columns: Sequence[PlanCell], by_role: Mapping[str, PlanCell]) -> None:
        if columns and self._activity is None:
            self.left.append(f"{columns[0].place}: these milestones stand beside no activity.")
            return
        alone = not {"text", "outline"} & set(by_role)  # the day of such a row is that of its milestone
        due = by_role.get("milestone due") or (by_role.get("due") if alone else None)
        for column in columns:
            for words, cells in milestone_lines(column, due, by_role.get("milestone done")):
                place = column.place
                self.entries.append(PlanEntry("milestone", words, place, self._activity, whole=words, cells=cells))
