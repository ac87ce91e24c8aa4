"""The notes of a document as Word's own footnotes."""

from collections.abc import Sequence
from dataclasses import replace

from spp_desktop.documents.inline import before_changes
from spp_desktop.documents.numbering import NumberedNote
from spp_desktop.documents.word.lines import WordLines
from spp_desktop.documents.word.markup import paragraph, root, run, w

_LINES = (("separator", -1), ("continuationSeparator", 0))
"""The lines above notes, which are notes themselves in Word, with ids of their own."""


def part(lines: WordLines, repeated: Sequence[str] = ()) -> str:
    """The part of the file that holds the notes; ``lines`` writes them.

    Those that are ``repeated``, by their keys, stand behind the others once more, with the words that they had before.
    """
    notes = lines.document.notes
    again = (next(note for note in notes if note.key == key) for key in repeated)
    before = (
        replace(note, number=number, text=before_changes(note.text))
        for number, note in enumerate(again, len(notes) + 1)
    )
    rules = (w("footnote", paragraph("", w("r", w(kind))), type=kind, id=number) for kind, number in _LINES)
    return root("footnotes", *rules, *(_note(note, lines) for note in (*notes, *before)))


def _note(note: NumberedNote, lines: WordLines) -> str:
    mark = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"))
    return w("footnote", paragraph("FootnoteText", mark + run(" ") + lines.runs(note.text)), id=note.number)
