"""Several milestones in a cell, one a line, each with the day that stands beside it or behind its words."""

import re
from collections.abc import Iterator, Mapping

from spp_desktop.returns.plan_tables.cells import PlanCell

_BULLET = re.compile(r"^\s*(?:[\u2022\u25cf\u25aa\u00b7o*\-\u2013]\s+|\(?[0-9]{1,2}[.)]\s+|\(?[a-z]\)\s+)")
_DAY = (
    r"[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|(?:[0-9]{1,2}(?:st|nd|rd|th)?\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+[0-9]{2,4}"
    r"|Q[1-4],?\s+[0-9]{4}(?:[-/][0-9]{2,4})?"
)
_BEHIND = re.compile(
    r"(?P<words>.+?)(?:\s*[,:;\-\u2013]\s*|\s+)?\(?(?:\s(?:by|due|due by|before|end of)\s+)?(?<![0-9/.])"
    rf"(?P<day>{_DAY})\)?\.?",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE = re.compile(rf"(?P<day>{_DAY})\s*[:\-\u2013]\s*(?P<words>.+)", re.IGNORECASE | re.DOTALL)


def milestone_lines(
    cell: PlanCell, due: PlanCell | None, done: PlanCell | None
) -> Iterator[tuple[str, Mapping[str, PlanCell]]]:
    """The milestones of a cell: the words of each, and its days by "due" and "done_on", as cells.

    Days in columns of their own belong to the lines in their order; one day alone belongs to all.
    """
    lines = [line.strip() for line in cell.text.splitlines() if line.strip()]
    days = {"due": _lines(due), "done_on": _lines(done)}
    for n, line in enumerate(lines):
        words, behind = _BULLET.sub("", line), ""
        match = _BEFORE.fullmatch(words) or _BEHIND.fullmatch(words)
        beside = {
            name: texts[n] if len(texts) == len(lines) else texts[0]
            for name, texts in days.items()
            if texts and (len(texts) in (1, len(lines)))
        }
        if "due" not in beside and match is not None and match["words"].strip():
            words, behind = match["words"], match["day"]
        sources = {"due": due or cell, "done_on": done or cell}
        cells = {name: PlanCell(text, sources[name].place) for name, text in beside.items()}
        if behind:
            cells["due"] = PlanCell(behind, cell.place)
        yield " ".join(words.split()), cells


def _lines(cell: PlanCell | None) -> list[str]:
    return [] if cell is None else [line.strip() for line in cell.text.splitlines() if line.strip()]
