"""The delivery plan as the plan's document prints it: a table for each priority, of each year that has activities."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from spp_desktop.documents.blocks import DocumentBlock, DocumentColumn, DocumentHeading, DocumentTable, TableGroup
from spp_desktop.documents.inline import Line, line
from spp_desktop.edits.documents.plan.priorities import Spellings
from spp_desktop.edits.documents.plan.sections import PlanSections
from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.plan.identity import years_passed
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.posts import Post
from spp_desktop.plan.role_names import in_role
from spp_desktop.plan.spoken import USUAL, spoken
from spp_desktop.plan.words import capital
from spp_desktop.store import in_roles, queries
from spp_desktop.store.plain import ActivityRow, RoleRow

TITLE, STRATEGIC = "Delivery plan", "Strategic priority"

_ActivityCell = Callable[[ActivityRow], Line]


def delivery(plan: DocumentPlan) -> Iterator[DocumentBlock]:
    """What is to be done: each year's activities, in a table for each priority, with the posts that own them.

    Those of years that have passed stood in the plans of then.
    """
    passed = years_passed(plan.plan)
    activities = [row for row in plan.read(queries.activities) if row.year not in passed]
    sections = plan.reading(PlanSections)
    begin, rest = sections.begin("delivery", TITLE)
    if not activities and not sections.number("delivery"):
        return
    yield from begin
    years = [(year, list(rows)) for year, rows in groupby(activities, lambda row: row.year)]
    for year, rows in years:
        if len(years) > 1:
            yield DocumentHeading(line(year_name(year)), level=2, key=f"delivery-{year}")
        yield from _tables(plan, sections, year, rows)
    yield from rest


def _tables(
    plan: DocumentPlan, sections: PlanSections, year: int, activities: Sequence[ActivityRow]
) -> Iterator[DocumentBlock]:
    spellings = plan.reading(Spellings)
    place = f"section {sections.number('delivery')}"
    narratives = {row.key: row.narrative for row in plan.read(queries.priority_tree)}
    columns, cells = _columns(plan, activities)
    for key, own in groupby(activities, lambda row: row.priority_key):
        rows = list(own)
        title = spellings.title(key, rows[0].priority, place)
        marks = sections.notes.marks(key, besides=narratives.get(key, ""))
        caption = (*line(f"{_level()}: {title}"), *marks)
        printed = tuple(tuple(cell(row) for cell in cells) for row in rows)
        groups = (TableGroup(printed, keys=tuple(row.key for row in rows)),)
        yield DocumentTable(caption, columns, groups, key=f"delivery-{year}-{key}")


def _level() -> str:
    """What stands above the title of a priority: what the plan calls its top level."""
    word = spoken().headings[0]
    return STRATEGIC if word == USUAL[0] else capital(word.singular)


def _columns(
    plan: DocumentPlan, activities: Sequence[ActivityRow]
) -> tuple[tuple[DocumentColumn, ...], list[_ActivityCell]]:
    """The columns that say something of these activities, with what gives the cell of each."""
    posts = {row.id: row.title for row in plan.read(queries.register, Post)}
    holders = plan.read(in_roles.holders, plan.today) if plan.asked.with_names else {}
    known: list[tuple[DocumentColumn, _ActivityCell]] = [
        (DocumentColumn(line("Ref"), share=0.8), lambda row: line(row.ref)),
        (DocumentColumn(line("Activity"), share=6), lambda row: line(row.text)),
        (DocumentColumn(line("Owner"), share=2), lambda row: _named(row.owner_keys, posts, holders)),
    ]
    known += [
        (DocumentColumn(line(role.title), share=2), partial(_standing, role, posts, holders))
        for role in plan.read(in_roles.roles)
        if any(row.roles.get(in_role(role.key)) for row in activities)
    ]
    if any(row.due for row in activities):
        known.append((DocumentColumn(line("Due"), share=1.4), lambda row: line(short_day(row.due) if row.due else "")))
    return tuple(column for column, _ in known), [cell for _, cell in known]


def _standing(role: RoleRow, posts: Mapping[str, str], holders: Mapping[str, str], row: ActivityRow) -> Line:
    return _named(row.roles.get(in_role(role.key), ()), posts, holders)


def _named(keys: Sequence[str], posts: Mapping[str, str], holders: Mapping[str, str]) -> Line:
    """Posts, one below the other, each with who holds it where that is asked for."""
    return line("\n".join(posts[key] + (f" ({holders[key]})" if key in holders else "") for key in keys))
