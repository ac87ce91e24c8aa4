"""One thing in which a returned workbook differs from the plan, and what it asks of a person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spp_desktop.edits.sources.source import AskedWhy, RowSource
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.words import Word
from spp_desktop.returns.definition import Value

DifferenceKind = Literal[
    "change",
    "conflict",
    "disagreement",
    "request",
    "question",
    "duplicate",
    "match",
    "new row",
    "not returned",
    "no answer",
    "aside",
]
"""What a difference asks of a person. Only a "change" asks nothing; a "no answer" is only counted.

"conflict": the plan has changed there since. "disagreement": a joint owner answers otherwise than the lead.
"request": a locked cell was changed. "duplicate": one row came back twice with different answers. "match": a row is
known by its words only. "new row": a row that the plan does not have. "aside": something stands in the file that
answers nothing, such as a comment or a text beside the table.
"""

TOLD: frozenset[DifferenceKind] = frozenset({"not returned", "no answer", "aside"})
"""What a person is told of, and cannot decide."""

EMPTY = "empty"


@dataclass(frozen=True)
class Difference:
    """One thing that a return says otherwise than the plan did when it went out.

    Attributes:
        kind: what it asks of a person.
        source: which kind of row it is about.
        key: the row's key; empty for a row that the plan does not have.
        ref: the row's reference.
        text: the row's words, by which a person knows it.
        field: the column; empty where a whole row is meant.
        column: the column's heading.
        issued: what the workbook said when it went out; ``issued_text`` as a person reads it.
        returned: what came back. Of a question it is what was meant at best.
        now: what the plan holds.
        remark: what a rule made of what was typed, or why a person is asked.
        place: where in the file its row begins, by which the row is known; ``cell`` the very cell.
        usable: whether what came back can be taken in as it is.
        waits: whether the row is known by its words only, which must be confirmed first.
        lead: the post that leads the row, if it is one that has owners.
        answers: the answers of a row that came back more than once, as texts.
        row: the values of a row that the plan does not have, by field.
        gone: whether the row is no longer in the plan, so that nothing can be taken in for it.
        cell: the very cell in the file.
        why: whether it is to hold the reason that a change of the row asks for, or waits for that alone.
    """

    kind: DifferenceKind
    source: RowSource
    key: str
    ref: str
    text: str
    field: str = ""
    column: str = ""
    issued: Value = None
    returned: Value = None
    now: Value = None
    issued_text: str = ""
    returned_text: str = ""
    now_text: str = ""
    remark: str = ""
    place: str = ""
    usable: bool = False
    waits: bool = False
    lead: str = ""
    answers: tuple[str, ...] = ()
    row: tuple[tuple[str, Value], ...] = ()
    gone: bool = False
    cell: str = ""
    why: AskedWhy = ""

    @property
    def where(self) -> str:
        """Where in the file it stands: the very cell, as far as it is one."""
        return self.cell or self.place

    @property
    def subject(self) -> str:
        """What it is about, the same whenever the same file is read: a row and a column."""
        if self.kind == "aside":
            return f"{self.source.name}|{self.cell}|{self.column}|aside"
        own_row = self.key and self.kind != "match"
        return f"{self.source.name}|{self.key if own_row else self.place}|{self.field}"

    @property
    def row_subject(self) -> str:
        """The subject of the match that a difference waits for."""
        return f"{self.source.name}|{self.place}|"

    @property
    def sentence(self) -> str:
        """All of it in one line: "1.01 Status: Complete (was empty)."."""
        if not self.field:
            what = self.ref or self.where, *self.text.split(), *self.column.split()
            return f"{' '.join(what)}: {self.remark}"
        named = " ".join(filter(None, (self.ref, self._own_words, self.column)))
        answered = f"{named}: {self.returned_text or EMPTY} (was {self.issued_text or EMPTY})"
        since = f"; the plan now holds {self.now_text or EMPTY}" if self.kind == "conflict" else ""
        return f"{answered}{since}. {self.remark}".strip()

    @property
    def _own_words(self) -> str:
        """The words by which a row is known that bears the reference of what it is a part of, such as a milestone."""
        return quoted(self.text) if self.source.bears_ref and self.text else ""

    @property
    def asks(self) -> bool:
        """Whether it wants a person's eye before anything is done."""
        return self.kind != "change" or self.waits

    @property
    def decidable(self) -> bool:
        """Whether a person can accept or refuse it."""
        return self.kind not in TOLD


_WORDS: dict[DifferenceKind, Word] = {
    "change": Word("change", "changes"),
    "conflict": Word("conflict", "conflicts"),
    "disagreement": Word("answer that differs from the lead's", "answers that differ from the lead's"),
    "request": Word("change to a locked cell", "changes to locked cells"),
    "question": Word("question", "questions"),
    "duplicate": Word("row answered twice", "rows answered twice"),
    "match": Word("row to be recognised", "rows to be recognised"),
    "new row": Word("new row", "new rows"),
    "not returned": Word("row not returned", "rows not returned"),
    "no answer": Word("cell left empty", "cells left empty"),
    "aside": Word("thing to be seen in the file", "things to be seen in the file"),
}


def summary(differences: Sequence[Difference]) -> str:
    """Some differences counted by kind, in one line."""
    counts = Counter(difference.kind for difference in differences)
    parts = [word.counted(counts[kind]) for kind, word in _WORDS.items() if counts[kind]]
    return (", ".join(parts) if counts.keys() - {"no answer"} else ", ".join(["No changes", *parts])) + "."


def joined(*sentences: str) -> str:
    """Sentences as one remark, those that are empty left out."""
    return " ".join(filter(None, sentences))
