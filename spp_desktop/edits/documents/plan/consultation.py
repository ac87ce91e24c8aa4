"""What a plan rests on, as its document prints it: who was consulted, what they said, and where the law is answered."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from spp_desktop.documents.blocks import (
    DocumentBlock,
    DocumentColumn,
    DocumentHeading,
    DocumentTable,
    Paragraph,
    TableGroup,
)
from spp_desktop.documents.inline import Line, line
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.plan.consultation import CONSULTATION_FINDINGS, CONSULTATIONS
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.register import Register
from spp_desktop.plan.words import capital
from spp_desktop.store import asked, consulted, registered
from spp_desktop.store.asked import AskedItem
from spp_desktop.store.consulted import SaidRow
from spp_desktop.store.registered import RegisterRow

OWN_PART = frozenset({CONSULTATIONS.name, CONSULTATION_FINDINGS.name})
"""The registers that this part prints, and that stand beside no appendix."""

LAW = "Where this plan answers what the law asks"
DOUBT = (
    "The list of what is asked is not complete. An item that is unverified was not read in the source that it names, "
    "or not all of it."
)
NOT_ANSWERED = "Not answered"


def consultation(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """How people were asked what the plan should hold, and what was done about what they said."""
    events = plan.read(registered.register_rows, CONSULTATIONS)
    findings = plan.read(consulted.findings)
    if events or findings:
        yield DocumentHeading(line(CONSULTATIONS.title), key="consultation", new_page=True)
    if events:
        heads = (("Consultation", 3.0), ("Who was asked", 3.0), ("People", 1.2), ("When", 1.6), ("What was heard", 4.0))
        ordered = sorted(events, key=lambda row: _whose(row.values["whose"]))
        groups = [
            TableGroup(_rows(map(_event, rows)), line(f"Views of {title}"), tuple(row.key for row in rows))
            for title, rows in _parted(ordered, lambda row: WHOSE[row.values["whose"]])
        ]
        yield _table(_captioned(plan, CONSULTATIONS), heads, groups, CONSULTATIONS.name)
    if findings:
        heads = (
            ("You said", 3.6), ("By how many", 1.0), ("Answer", 1.2), ("We did, or why not", 3.4),
            ("What it bears on", 2.6),
        )  # fmt: skip
        groups = [
            TableGroup(_rows(map(_answer, rows)), line(title), tuple(row.key for row in rows))
            for title, rows in _parted(findings, _said_by)
        ]
        yield _table(_captioned(plan, CONSULTATION_FINDINGS), heads, groups, CONSULTATION_FINDINGS.name)


WHOSE = {
    "community": "the community", "partners": "partners", "chief officer": "the chief officer", "staff": "staff",
    "members": "members", "others": "others",
}  # fmt: skip
"""Whose views were asked for, to be read after "views of"."""


def _whose(value: str) -> int:
    return list(WHOSE).index(value)


def _event(row: RegisterRow) -> Sequence[str]:
    values = row.values
    method = row.titles.get("method_id", "")
    says = not method or method.lower() in values["title"].lower()
    title = values["title"] if says else f"{values['title']} ({method.lower()})"
    counts = [
        f"{values[name]:,} {words}"
        for name, words in (("number_asked", "asked"), ("number_answered", "answered"))
        if values[name] is not None
    ]
    days = [short_day(day) for day in (values["held_from"], values["held_to"]) if day is not None]
    return title, values["asked"], ", ".join(counts), " to ".join(days), values["heard"]


def _said_by(row: SaidRow) -> str:
    return f"{row.consultation} (views of {WHOSE[row.whose]})" if row.consultation else "No consultation is named"


def _answer(row: SaidRow) -> Sequence[str]:
    number = "" if row.number is None else f"{row.number:,}"
    return row.text, number, capital(row.answer), row.done, "; ".join(map(asked.row_in_words, row.bears_on))


def law(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """What the law asks a plan to hold, how far that is known, and where this plan answers it."""
    items = plan.read(asked.asked)
    if not items:
        return
    yield DocumentHeading(line(LAW), key="law", new_page=True)
    if any(item.evidence != asked.READ for item in items):
        yield Paragraph(line(DOUBT))
    heads = (("Ref", 0.7), ("What is asked", 3.0), ("Where it is answered", 3.0), ("How far it is known", 3.0))
    groups = [
        TableGroup(_rows(map(_asked, rows)), line(title), tuple(row.key for row in rows))
        for title, rows in _parted(items, lambda item: item.framework)
    ]
    yield _table(LAW, heads, groups, "law")


def _asked(item: AskedItem) -> Sequence[str]:
    known = capital(item.doubt)
    source = f"{known}{':' if item.evidence == asked.READ else '.'} {item.source}" if item.source else known
    return item.code, item.title, "; ".join(item.where) or NOT_ANSWERED, source


def _captioned(plan: DocumentPlan, register: Register) -> str:
    return f"{register.title}, {plan.plan.force}" if plan.plan.force else register.title


def _parted(rows: Sequence[Any], by: Any) -> Iterator[tuple[str, list[Any]]]:
    """Rows in runs of which this says the same."""
    for title, several in groupby(rows, by):
        yield title, list(several)


def _rows(cells: Iterable[Sequence[str]]) -> tuple[tuple[Line, ...], ...]:
    return tuple(tuple(map(line, row)) for row in cells)


def _table(caption: str, heads: Sequence[tuple[str, float]], groups: Sequence[TableGroup], key: str) -> DocumentTable:
    """A table of columns, each with how much of the width it takes, but those in which no row says anything."""
    filled = [n for n in range(len(heads)) if any(row[n] for group in groups for row in group.rows)]
    columns = tuple(DocumentColumn(line(heads[n][0]), heads[n][1]) for n in filled)
    kept = [TableGroup(tuple(tuple(row[n] for n in filled) for row in g.rows), g.title, g.keys) for g in groups]
    return DocumentTable(line(caption), columns, tuple(kept), key=f"register-{key}")
