"""Changes as Word tracks them: runs, paragraphs and rows that were put in or taken out, each with who did it and when.

To accept all of them in Word gives the text as it reads now, to reject all of them the one before (ECMA-376, part 1,
17.13.5).
"""

import re
from collections.abc import Iterator

from spp_desktop.documents.inline import TextChange
from spp_desktop.documents.word.markup import w

UNKNOWN = "Unknown"
"""Who did it where nobody knows: Word asks for a name."""

_TAGS = {"inserted": "ins", "deleted": "del"}
_RUN = re.compile(r"<w:r>.*?</w:r>", re.DOTALL)
_TEXT = re.compile(r"(</?w:)(t|instrText)(?=[ >])")
_DELETED = {"t": "delText", "instrText": "delInstrText"}


def tracked(runs: str, change: TextChange, ids: Iterator[int]) -> str:
    """Runs, each put in or taken out: also those in a link, which cannot stand in a change as a whole.

    Args:
        runs: the runs as markup.
        change: what was done.
        ids: gives the number of each change in the file.
    """
    if change.kind == "deleted":
        runs = _TEXT.sub(lambda tag: tag[1] + _DELETED[tag[2]], runs)
    return _RUN.sub(lambda run: mark(change, ids, run[0]), runs)


def mark(change: TextChange, ids: Iterator[int], inside: str = "") -> str:
    """The element of a change: around runs; or alone, in the properties of a paragraph or a row, of that itself."""
    when = {"date": f"{change.at}Z"} if change.at else {}  # Word takes it for its own clock's, whatever stands behind
    return w(_TAGS[change.kind], inside, id=next(ids), author=change.author or UNKNOWN, **when)


def of_paragraph(change: TextChange | None, ids: Iterator[int]) -> tuple[str, ...]:
    """The properties by which a paragraph itself was put in or taken out; none for one that stayed."""
    return () if change is None else (w("rPr", mark(change, ids)),)
