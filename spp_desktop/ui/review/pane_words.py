"""The words of the pane beside the table for returned files, as HTML: the three states of a cell, a row, a file."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtGui import QPalette

from spp_desktop.edits.differences import Difference
from spp_desktop.edits.sources.source import Parent
from spp_desktop.returns.definition import Value
from spp_desktop.returns.intake import MailHead
from spp_desktop.returns.values import shown
from spp_desktop.store import clock
from spp_desktop.ui.common.marked_text import lines
from spp_desktop.ui.review.desk import Desk
from spp_desktop.ui.review.pane_ink import PaneInk
from spp_desktop.ui.review.returned_lines import cells, notices_of


class ReturnedWords(PaneInk):
    """Writes the words of returned files in the colours of one palette."""

    def __init__(self, desk: Desk, palette: QPalette) -> None:
        super().__init__(palette)
        self._desk = desk

    def item(self, n: int) -> str:
        """A difference: as issued, as returned, as it is now, and what was put in its place."""
        difference, decision = self._desk.items[n].difference, self._desk.decision(n)
        if difference.kind == "new row":
            return self._new_row(n, difference)
        if difference.kind == "aside":
            return self.part("In the file", lines(difference.remark)) + self.part("Where", escape(difference.where))
        if not difference.field:
            return self.part("In the file", lines(difference.text)) + self.part("Where", escape(difference.where))
        returned = self.between(difference.issued_text, difference.returned_text)
        if difference.kind == "duplicate":
            returned = "<br>".join(f"{place}. {lines(text)}" for place, text in enumerate(difference.answers, 1))
        now = self.between(difference.issued_text, difference.now_text)
        unchanged = difference.now_text == difference.issued_text
        parts = [
            self.part("As issued", lines(difference.issued_text)),
            self.part("As returned", returned),
            self.part("As it is now", self.faint("as issued") if unchanged else now),
        ]
        meant = self._desk.meant(n)
        if meant and decision is None:
            parts.insert(2, self.part("If accepted", lines(meant)))
        if decision is not None and decision.value:
            parts.append(self.part("Taken in as", self.between(difference.returned_text, decision.value)))
        return "".join((*parts, self.part("Where", escape(difference.where))))

    def file(self, file: int) -> str:
        """A file: what it is, who answers, what differs in it, and which cells were left empty."""
        review = self._desk.reviews[file]
        received, identity = review.received, review.identity
        return_title = f"{review.definition.title} {identity.when}".strip()
        saved = " ".join(filter(None, (received.modified_by, _when(received.modified_at))))
        empty = [f"{cell.ref} {cell.column}" for cell in review.left_empty]
        told = [*notices_of(self._desk, file), *review.told]
        parts = (
            ("File", escape(review.file)),
            ("Return", escape(return_title)),
            ("Sent to", escape(identity.owner)),
            *self._mail(received.mail),
            ("Last saved", escape(saved)),
            ("Found", escape(review.summary)),
            ("To know", "<br>".join(escape(text) for text in told)),
            ("Left empty", escape(", ".join(empty))),
        )
        return "".join(self.part(title, text) for title, text in parts if text)

    def _mail(self, mail: MailHead | None) -> Sequence[tuple[str, str]]:
        """The mail in which a file came, by its own word."""
        if mail is None:
            return ()
        in_what = escape(mail.file) + (f"<br>{escape(mail.subject)}" if mail.subject else "")
        return (
            ("Came from, as its mail says", escape(mail.from_whom or "nobody named")),
            ("Sent, as its mail says", escape(_when(mail.sent_at))),
            ("Forwarded by", escape(mail.forwarded_by)),
            ("In the mail", in_what),
        )

    def _new_row(self, n: int, difference: Difference) -> str:
        columns = {column.field: column for column in self._desk.columns(n)}
        parts = [
            self.part(columns[name].title, lines(shown(columns[name], value)))
            for name, value in difference.row
            if name in columns and value is not None
        ]
        if difference.source.parent is not None and difference.source.bears_ref:
            parent = self._parent(n, difference.source.parent, dict(difference.row))
            parts.insert(0, self.part(f"Would be {difference.source.word.with_article} of", parent))
        return "".join((*parts, self.part("Where", escape(difference.where))))

    def _parent(self, n: int, parent: Parent, row: Mapping[str, Value]) -> str:
        """The row that a new one would be a part of, by its reference and words."""
        named = f"{self._desk.items[n].difference.ref}  {self._desk.title(n)}"
        return escape(named) if row.get(parent.field) else self.faint(f"no {parent.word.singular} of the plan")

    def _line(self, n: int) -> str:
        """A difference in one line."""
        difference = self._desk.items[n].difference
        state, kind, subject, issued, returned, *_ = cells(self._desk, n)
        change = f": {escape(issued)} → {escape(returned)}" if difference.field else ""
        state_words = self.faint(f"{escape(kind.lower())}{', ' if state else ''}{escape(state.lower())}")
        return f"<b>{escape(difference.ref)}</b> {escape(subject)}{change} {state_words}"


def _when(at: str) -> str:
    return clock.time_in_words(at) if clock.moment(at) else ""
