"""What a person is told about filling in a return, in words: the same on its first sheet and on its page."""

from collections.abc import Iterator, Sequence

from spp_desktop.plan.kinds.days import in_words
from spp_desktop.returns.definition import Content, Listing, Return, ReturnColumn, ReturnRow
from spp_desktop.returns.values import CLEAR

FILL_IN = "▼ fill in"
"""What stands above the heading of a column that is filled in."""

RULES = (
    "A cell left as it is says that nothing has changed.",
    f"A cell left empty is no answer: what the plan holds stays. To empty it in the plan, write {CLEAR}.",
    "Dates are day/month/year, such as 31/03/2009; 31 Mar 09 and 2009-03-31 are understood too. 31/3 is read in the "
    "year that the return is about. “End of Q3” is asked about: it is no date.",
    "Percentages are whole, from 0% to 100%; 35%, 35 and 0.35 are the same.",
    "Other numbers may have decimals, and commas between thousands, such as 2,336 or 23.1. “1,5” is asked about, and "
    "so are words such as “nil”, “n/a” and “-”.",
    "A change in a shaded cell is read as a request, and a row that the plan does not have as a proposal.",
    "Rows may be filtered and hidden, and columns made wider. To sort, take off the protection of the sheet (it has no "
    "password) and sort whole rows. A row that is missing changes nothing, and is asked for again.",
    "Nothing is taken into the plan before a person has looked at it.",
)
"""How a workbook that comes back is read."""

PROJECT_RULES = (
    "A task's deadline is the date agreed, and its finish the date now expected: whoever drags a bar proposes a "
    "forecast. A task that begins and ends on one day may stand for a day that the plan does not know; the field “Left "
    "open in the plan” (Text4) says so.",
    "The reference, the status and the order of the owners are fields of the task (Text1 to Text3), its notes are the "
    "reason. Insert their columns to see them.",
    "The resources that are assigned own the activity. Who led goes on leading, and a resource that is no post of the "
    "plan is asked about.",
    "A milestone that is 100% complete was done on the day on which it finished.",
    "A new task is proposed as an activity of the priority that it stands below; a new milestone as one of the "
    "activity above it.",
    "A task that is missing changes nothing, and is asked for again. What was emptied is no answer: what the plan "
    "holds stays.",
    "Other links between tasks than went out, and other names of priorities, are not taken in, and that is said.",
    "Save it as XML (MS Project: File, Save As, XML Format); a file .mpp is not read.",
    "Nothing is taken into the plan before a person has looked at it.",
)
"""How a project that comes back is read."""


def of_layout(definition: Return) -> str:
    """What is said of the layout of a return that stands for one to somebody outside."""
    return (
        f"{definition.layout.capitalize()}. It stands for {definition.stands_for}. No official form of it was seen: "
        "the layout is this program's own, and is no form of the Home Office."
    )


def takes(column: ReturnColumn) -> str:
    """What a cell of a column takes."""
    return column.kind.takes.format(choices=column.choices)


def and_so(titles: tuple[str, ...], last: str = "and") -> str:
    """Several titles in a sentence: “A, B and C”."""
    return f" {last} ".join(filter(None, (", ".join(titles[:-1]), *titles[-1:])))


def reason_asked(asking: tuple[str, ...]) -> str:
    """Which values ask for a reason: “Needed for At risk and Off track.”; empty if none does."""
    return f"Needed for {and_so(asking)}." if asking else ""


def is_asked(listing: Listing, rows: Sequence[ReturnRow], content: Content) -> bool:
    """Whether a sheet has any row, or room for one that is to be added."""
    return bool(rows or listing.spare or content.blank)


def asked_for(definition: Return, content: Content) -> list[Listing]:
    """The listings that have any row, or room for one."""
    tables = zip(definition.listings, content.tables, strict=True)
    return [listing for listing, rows in tables if is_asked(listing, rows, content)]


def steps(definition: Return, content: Content) -> list[tuple[str, str]]:
    """What to do, one thing after another: what each step is called, and what is done in it."""
    named = [f"“{listing.title}”" for listing in asked_for(definition, content) if not listing.only_tells]
    sheets = f"the sheet{'s' if len(named) > 1 else ''} {and_so(tuple(named))}"
    todo = [
        ("Fill in", f"On {sheets}: the white boxed cells, below “{FILL_IN}”. The shaded cells are for reference."),
        *_joint(definition, content),
    ]
    for asking, reason in _asking(definition):
        values = content.plan.asking(reason)
        if values:
            needs = f"{and_so(values)} need{'s' if len(values) == 1 else ''} a {reason.title.lower()}"
            todo.append(
                (asking.title, f"Choose it from the list. {needs}: until there is one, “why?” stands behind it.")
            )
    if content.blank:
        todo.append(("Leave", "Rows that you do not need stay empty."))
    else:
        todo.append(("Leave", f"What has not changed stays as it is. To empty a cell in the plan, write {CLEAR}."))
        todo += [("Add", _spare(listing)) for listing in definition.listings if listing.spare]
    by = f" by {in_words(content.due)}" if content.due else ""
    how = f"Save it as Excel Workbook (.xlsx), reply to the mail that it came with, and attach it to the reply{by}."
    todo.append(("Reply with this file", how))
    return todo


def _asking(definition: Return) -> Iterator[tuple[ReturnColumn, ReturnColumn]]:
    """The columns that may ask for a reason, each with the one in which it is given."""
    for listing in definition.listings:
        titled = {column.field: column for column in listing.columns}
        for column in listing.columns:
            if column.reason_for:
                yield titled[column.reason_for], column


def _joint(definition: Return, content: Content) -> list[tuple[str, str]]:
    """What is said of rows that several posts own, where there are any that only one of them leads."""
    joint = any(isinstance(value, tuple) and len(value) > 1 for value in _values(content))
    own = any(column.own for listing in definition.listings for column in listing.columns)
    if not (joint and own):
        return []
    who_counts = (
        "Where several own a row, the first leads, and their answer counts; what another answers is shown beside it."
    )
    return [("Joint rows", who_counts)]


def _values(content: Content) -> list[object]:
    return [value for table in content.tables for line in table for value in line.values.values()]


def _spare(listing: Listing) -> str:
    return (
        f"The empty rows at the end of “{listing.title}” are for {listing.word.with_article} that the plan does not "
        "have yet."
    )
