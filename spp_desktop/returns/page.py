"""The page of the documentation that tells of a return, made from its definition.

``python -m spp_desktop.returns.page FOLDER`` writes the page of every return into a folder, each named by its id.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from spp_desktop.plan.words import listed
from spp_desktop.returns.catalogue import every_return
from spp_desktop.returns.definition import Listing, Return, ReturnColumn, Span
from spp_desktop.returns.instructions import PROJECT_RULES, RULES, of_layout, takes

_ABOUT: Mapping[Span, str] = {
    "plan": "One issue is about the whole plan.",
    "year": "One issue is about one financial year.",
    "half": "One issue is about one half of a financial year.",
    "quarter": "One issue is about one quarter of a financial year.",
    "month": "One issue is about one month.",
}


def page(definition: Return) -> str:
    """The page of a return, as Markdown."""
    parts = [
        f"# {definition.title}",
        *_standing_for(definition),
        f"{definition.help} {_ABOUT[definition.span]}",
        *_when_asked(definition),
        _whom(definition),
        f"On the command line it is called `{definition.id}`.",
        *(part for listing in definition.listings for part in _listing(definition, listing)),
        "## How answers are read",
        "\n".join(f"- {rule}" for rule in (PROJECT_RULES if definition.form == "project" else RULES)),
    ]
    return "\n\n".join(parts) + "\n"


def _standing_for(definition: Return) -> list[str]:
    """What a return to somebody outside stands for, and that its layout is the program's own."""
    if not definition.stands_for:
        return []
    return [f"**{of_layout(definition)}**"]


def _when_asked(definition: Return) -> list[str]:
    """How often it is asked for, in which years, and by when an answer is due."""
    if not definition.frequencies:
        return []
    sentences = f"It is asked for {listed(definition.frequencies)}{_years(definition)}."
    if definition.due is not None:
        due = f"{definition.due.in_words()}{_read_where(definition)}"
        sentences += f" An answer is usually due {due}. Whoever sends it may set another day."
    return [sentences]


def _read_where(definition: Return) -> str:
    """Where its due rule was read, or that it is a proposal; "" for a return within the force."""
    if not definition.stands_for or definition.due is None:
        return ""
    return f" ({definition.due.source})" if definition.due.verified else " (a proposal, read in no source)"


def _years(definition: Return) -> str:
    first, last = definition.asked_from, definition.asked_to
    if first is not None and last is not None:
        return f", from {first}-{first + 1} to {last}-{last + 1}"
    if first is not None:
        return f", from {first}-{first + 1} on"
    return "" if last is None else f", to {last}-{last + 1}"


def _whom(definition: Return) -> str:
    """To whom it goes."""
    if definition.by_owner:
        return "One goes to each post that owns any of it, with its own rows; or one goes out whole."
    if definition.by_area:
        return "One goes out whole; or one to each area, with its own rows."
    return "One goes out whole."


def _listing(definition: Return, listing: Listing) -> list[str]:
    """A table of a return: what it lists, and its columns."""
    lines = ["| Column | Who fills it in | What it takes | What to write |", "|---|---|---|---|"]
    lines += [
        f"| {' | '.join(map(_cell, (_title(column), _who(definition, column), takes(column), _help(column))))} |"
        for column in listing.columns
    ]
    spare = f"Below them stand {listing.spare} empty rows for what the plan does not have yet." if listing.spare else ""
    about = " ".join(filter(None, (listing.help or f"One row for each of the plan's {listing.word.plural}.", spare)))
    return [f"## {listing.title}", about, "\n".join(lines)]


def _title(column: ReturnColumn) -> str:
    if column.each_role:
        return "Each role of the plan, such as Portfolio holder"
    if column.each_year:
        return f"Each year, such as {column.title.format(year='2008-2009')}"
    return f"The whole plan, such as {column.title.format(years=3)}" if "{years}" in column.title else column.title


def _who(definition: Return, column: ReturnColumn) -> str:
    if not column.editable:
        return "for reference"
    if not definition.by_owner:
        return "whoever has it"
    return "each owner" if column.own else "the lead owner"


def _help(column: ReturnColumn) -> str:
    first, second = "ACC Crime", "ACC Operations"
    help_text = (
        column.help.replace("{first}", first)
        .replace("{second}", second)
        .replace("{year}", "that year")
        .replace("{role}", "that role")
    )
    asks = "Needed where the status asks for one." if column.reason_for else ""
    return " ".join(filter(None, (help_text, asks)))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main(arguments: list[str]) -> int:
    """Write the pages into the folder that is named."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for definition in every_return():
        (folder / f"{definition.id}.md").write_text(page(definition), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
