"""The first sheet of a return: what to do, what the statuses mean, and what goes into each column."""

from collections.abc import Iterator, Sequence

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.returns import looks
from spp_desktop.returns.definition import Content, Return, ReturnColumn
from spp_desktop.returns.instructions import RULES, asked_for, of_layout, steps
from spp_desktop.returns.looks import at, font, lines_of, put_text, set_height
from spp_desktop.returns.placement import HELP
from spp_desktop.returns.printing import note_of, set_up_page
from spp_desktop.returns.table_sheet import about, return_by, whose

WIDTHS = (18, 84)
"""Characters: together they are as wide as an upright page, and lines are no longer than is read with ease."""

HelpRow = tuple[str, str, Font]
"""A row: what stands in its two columns, and how the first of them looks."""

_HEADING = font(11, looks.HEAD, bold=True)


def fill(sheet: Worksheet, definition: Return, content: Content) -> None:
    """Put the instructions on an empty sheet."""
    for row, (first, second, letters) in enumerate(_rows(definition, content), 1):
        for place, text in enumerate((first, second), 1):
            cell = at(sheet, row, place)
            if text:
                put_text(cell, text)
            cell.font = letters if place == 1 else looks.BODY
            cell.alignment = looks.wrapped(wrap=place > 1 or bool(second))
        lines = lines_of(second, WIDTHS[1]) if first or second else 1 / 2
        set_height(sheet, row, max(lines, float(letters.size or 0) / looks.SIZE))
    for letter, width in zip("AB", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = True
    set_up_page(sheet, definition, content)
    sheet.page_setup.orientation = "portrait"


def _rows(definition: Return, content: Content) -> Iterator[HelpRow]:
    yield HELP, "", font(16, looks.HEAD, bold=True)
    yield " · ".join(filter(None, (about(definition, content), return_by(content)))), "", font(11, bold=True)
    yield whose(definition, content), "", looks.BODY
    if definition.stands_for:
        yield "Layout", of_layout(definition), looks.BOLD
    if note_of(content.plan):
        yield note_of(content.plan), "", font(9, looks.NOTE, bold=True)
    yield from _section("What to do")
    for number, (title, text) in enumerate(steps(definition, content), 1):
        yield f"{number}. {title}", text, looks.BOLD
    yield from _meanings(definition, content)
    for listing in asked_for(definition, content):
        yield from _section(in_words_of_plan(listing.title), in_words_of_plan(listing.help))
        for column in listing.columns_for(content.plan.years, content.plan.roles):
            if column.editable or content.blank:
                yield column.title, _help(column, content), looks.BOLD
    yield from _section("How answers are read")
    yield from (("", text, looks.BODY) for text in RULES)


def _section(title: str, text: str = "") -> Sequence[HelpRow]:
    return ("", "", looks.BODY), (title, text, _HEADING)


def _meanings(definition: Return, content: Content) -> Iterator[HelpRow]:
    """What the values of each list mean that is chosen from, where the plan says so."""
    chosen = {
        column.choices: in_words_of_plan(column.title)
        for listing in definition.listings
        for column in listing.columns
        if column.editable and column.choices
    }
    for name, title in chosen.items():
        meant = [listed for listed in content.plan.lists.get(name, ()) if listed in content.plan.meanings]
        if meant:
            yield from _section(f"{title}: what each means")
        for listed in meant:
            asks = " Needs a reason." if listed in content.plan.reasons.get(name, ()) else ""
            yield listed, content.plan.meanings[listed] + asks, looks.BOLD


def _help(column: ReturnColumn, content: Content) -> str:
    """What goes into a column, with the list that it is chosen from unless that stands above with its meanings."""
    listed = content.plan.lists.get(column.choices, ())
    first, second = (*listed, "", "")[:2]
    help_text = column.help.replace("{first}", first).replace("{second}", second)
    told = not listed or listed[0] in content.plan.meanings
    return help_text if told else f"{help_text} From the list: {'; '.join(listed)}."
