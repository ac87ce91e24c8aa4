"""What the pane beside the review's table says, as HTML: the three states of a cell, a row, a file."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtGui import QPalette

from spp_desktop.edits.differences import EMPTY, Difference
from spp_desktop.edits.sources.source import Parent
from spp_desktop.returns.definition import Value
from spp_desktop.returns.values import shown
from spp_desktop.store import clock
from spp_desktop.ui.common.theme import is_dark
from spp_desktop.ui.review.desk import Desk
from spp_desktop.ui.review.kinds import KINDS
from spp_desktop.ui.review.lines import cells, said_of
from spp_desktop.ui.review.text_changes import lines, marked

MOST_LISTED = 60
"""Differences that are listed one by one where several are chosen."""

_GONE, _NEW = ("#b42318", "#ff7b72"), ("#1a7f37", "#56d364")


class Words:
    """Writes for one palette."""

    def __init__(self, desk: Desk, palette: QPalette) -> None:
        dark = is_dark(palette)
        self._desk = desk
        self._gone, self._new = _GONE[dark], _NEW[dark]
        self._quiet = palette.color(QPalette.ColorRole.PlaceholderText).name()

    def item(self, n: int) -> str:
        """One difference: as issued, as returned, as it is now, and what was put in its place."""
        one, decision = self._desk.items[n].difference, self._desk.decision(n)
        if one.kind == "new row":
            return self._new_row(n, one)
        if not one.field:
            return self._part("In the file", lines(one.text)) + self._part("Where", escape(one.place))
        returned = self._between(one.issued_text, one.returned_text)
        if one.kind == "duplicate":
            returned = "<br>".join(f"{place}. {lines(text)}" for place, text in enumerate(one.answers, 1))
        now = self._between(one.issued_text, one.now_text)
        parts = [
            self._part("As issued", lines(one.issued_text)),
            self._part("As returned", returned),
            self._part("As it is now", now if one.now_text != one.issued_text else self._faint("as issued")),
        ]
        meant = self._desk.meant(n)
        if meant and decision is None:
            parts.insert(2, self._part("If accepted", lines(meant)))
        if decision is not None and decision.value:
            parts.append(self._part("Taken in as", self._between(one.returned_text, decision.value)))
        return "".join((*parts, self._part("Where", escape(one.place))))

    def several(self, those: Sequence[int]) -> str:
        """Some differences, a line each."""
        said = [self._line(n) for n in those[:MOST_LISTED]]
        if len(those) > MOST_LISTED:
            said.append(self._faint(f"and {len(those) - MOST_LISTED:,} more"))
        return "<br>".join(said)

    def file(self, file: int) -> str:
        """One file: what it is, who answers, what was found in it, and which cells were left empty."""
        review = self._desk.reviews[file]
        received, said = review.received, review.identity
        return_title = f"{review.definition.title} {said.when}".strip()
        saved = " ".join(filter(None, (received.modified_by, _when(received.modified_at))))
        empty = [f"{one.ref} {one.column}" for one in review.left_empty]
        parts = (
            ("File", escape(review.file)),
            ("Return", escape(return_title)),
            ("Sent to", escape(said.owner)),
            ("Last saved", escape(saved)),
            ("Found", escape(review.summary)),
            ("To know", "<br>".join(escape(text) for text in said_of(self._desk, file))),
            ("Left empty", escape(", ".join(empty))),
        )
        return "".join(self._part(title, text) for title, text in parts if text)

    def _new_row(self, n: int, one: Difference) -> str:
        columns = {column.field: column for column in self._desk.columns(n)}
        parts = [
            self._part(columns[name].title, lines(shown(columns[name], value)))
            for name, value in one.row
            if name in columns and value is not None
        ]
        if one.source.parent is not None and one.source.bears_ref:
            parent = self._parent(n, one.source.parent, dict(one.row))
            parts.insert(0, self._part(f"Would be {one.source.word.with_article} of", parent))
        return "".join((*parts, self._part("Where", escape(one.place))))

    def _parent(self, n: int, parent: Parent, row: Mapping[str, Value]) -> str:
        """What a new row would be a part of, by its reference and words."""
        named = f"{self._desk.items[n].difference.ref}  {self._desk.title(n)}"
        return escape(named) if row.get(parent.field) else self._faint(f"no {parent.word.singular} of the plan")

    def _line(self, n: int) -> str:
        one = self._desk.items[n].difference
        state, kind, what, issued, returned, *_ = cells(self._desk, n)
        change = f": {escape(issued)} → {escape(returned)}" if one.field else ""
        said = self._faint(f"{escape(kind.lower())}{', ' if state else ''}{escape(state.lower())}")
        return f"<b>{escape(one.ref)}</b> {escape(what)}{change} {said}"

    def _between(self, before: str, after: str) -> str:
        """A text with what it changes in another; a text in the place of nothing is simply there."""
        return marked(before, after, self._gone, self._new) if after else ""

    def _part(self, title: str, text: str) -> str:
        said = text or self._faint(f"({EMPTY})")
        return f'<p style="margin:0 0 10px 0">{self._faint(escape(title))}<br>{said}</p>'

    def _faint(self, text: str) -> str:
        return f'<span style="color:{self._quiet}">{text}</span>'


def title_of(desk: Desk, n: int) -> str:
    """What one difference is about, in a heading."""
    one = desk.items[n].difference
    return "  ".join(filter(None, (one.ref, one.column or KINDS[one.kind].title)))


def _when(at: str) -> str:
    return clock.time_in_words(at) if clock.moment(at) else ""
