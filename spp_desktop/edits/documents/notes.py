"""The plan's notes where a document prints them: which stand at a row, and the narrative with their marks in it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from spp_desktop.documents.blocks import Bullets, DocumentBlock, Paragraph
from spp_desktop.documents.inline import Inline, Line, NoteMark, PrintedWords, line
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.plan.narrative import (
    NarrativeLine,
    NarrativeList,
    NarrativeNote,
    NarrativeParagraph,
    lines_of_block,
    note_mark,
    parse,
    parse_line,
)
from spp_desktop.plan.priorities import NOTE_PLACES, Note, NoteUse
from spp_desktop.store import queries


@dataclass(frozen=True)
class NoteUses:
    """Where notes stand in a plan, and which note a number means.

    Attributes:
        at: the numbers and notes at each row, by its key; ``None`` for a note that has no number there.
        everywhere: the notes of each number, wherever in the plan they stand under it.
    """

    at: Mapping[str, Sequence[tuple[int | None, str]]]
    everywhere: Mapping[int, Collection[str]]

    @classmethod
    def read(cls, connection: Connection) -> "NoteUses":
        """Where the notes of a plan stand."""
        at: dict[str, list[tuple[int | None, str]]] = defaultdict(list)
        everywhere: dict[int, set[str]] = defaultdict(set)
        for use in sorted(queries.register(connection, NoteUse), key=lambda row: row.number or 0):
            row = next(key for name in NOTE_PLACES if (key := getattr(use, name)) is not None)
            at[row].append((use.number, use.note_id))
            if use.number is not None:
                everywhere[use.number].add(use.note_id)
        return cls(dict(at), dict(everywhere))

    def named(self, row: str, number: int) -> str | None:
        """The note that a number in the text of a row means: one of the row's own, else the only one of the plan."""
        own = [note for known, note in self.at.get(row, ()) if known == number]
        if own:
            return own[0]
        others = self.everywhere.get(number, ())
        return next(iter(others)) if len(others) == 1 else None


@dataclass
class PlanNotes:
    """The notes of a plan, and where their marks stand. What is marked is put among the notes of the document."""

    plan: DocumentPlan

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {row.id: row.text for row in self.plan.read(queries.register, Note)}

    @cached_property
    def _uses(self) -> NoteUses:
        return self.plan.read(NoteUses.read)

    def named(self, row: str, number: int) -> str | None:
        """The note that a number in the text of a row means; ``None`` if it means none."""
        return self._uses.named(row, number)

    def at(self, row: str, *, numbered: bool = False) -> tuple[str, ...]:
        """The notes whose marks stand at a row, each once; only those that have a number there, if asked."""
        uses = self._uses.at.get(row, ())
        return tuple(dict.fromkeys(note for number, note in uses if number is not None or not numbered))

    def text(self, note: str) -> Line:
        """The words of a note."""
        return tuple(self._inline(parse_line(self._texts[note]), ""))

    def mark(self, note: str) -> NoteMark:
        """The mark of a note, which the document then has."""
        if note not in self.plan.notes:
            self.plan.notes[note] = ()  # a note that marks itself, or a ring of them, is read once
            self.plan.notes[note] = self.text(note)
        return NoteMark(note)

    def marks(self, row: str, *, besides: str = "", numbered: bool = False) -> Line:
        """The marks that stand behind the words of a row: of its notes but those that have a mark in a text of it.

        Args:
            row: the key of the row.
            besides: the text.
            numbered: whether those alone are meant that have a number there.
        """
        narrative = parse(besides)
        parts = (part for block in narrative for each in lines_of_block(block) for part in each)
        printed = {self.named(row, part.number) for part in parts if isinstance(part, NarrativeNote)}
        return tuple(self.mark(note) for note in self.at(row, numbered=numbered) if note not in printed)

    def words(self, row: str, text: str) -> Line:
        """A text of one line with the marks in it, and those of the row's other notes behind it."""
        return (*self._inline(parse_line(text), row), *self.marks(row, besides=text))

    def blocks(self, row: str, text: str) -> Iterator[DocumentBlock]:
        """A narrative as blocks, with the marks that are typed in it."""
        for block in parse(text):
            match block:
                case NarrativeParagraph(line=words):
                    yield Paragraph(tuple(self._inline(words, row)))
                case NarrativeList(items=items):
                    yield Bullets(tuple(tuple(self._inline(item, row)) for item in items))

    def _inline(self, words: NarrativeLine, row: str) -> Iterator[Inline]:
        for part in words:
            if not isinstance(part, NarrativeNote):
                yield PrintedWords(part.text, part.strong)
            elif (note := self.named(row, part.number)) is not None:
                yield self.mark(note)
            else:
                yield from line(note_mark(part.number))
