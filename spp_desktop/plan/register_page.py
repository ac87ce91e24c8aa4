"""The page of the documentation that tells of a register which has a page of the window, made from its declaration.

``python -m spp_desktop.plan.register_page FOLDER`` writes the page of every register that has one into a folder, each
named as its page of the window is. A page that a person has written stays as it is.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.register import Page, Register
from spp_desktop.plan.registers import REGISTERS
from spp_desktop.plan.rows import kinds_of_row, title_of
from spp_desktop.plan.words import listed

MADE = "<!-- Made from the declaration of the register by make pictures; a change here is written over. -->"


def file_of(page: Page) -> str:
    """The name of the file that tells of a page of the window: "efficiency-plan.md"."""
    return f"{page.slug}.md"


def page(register: Register) -> str:
    """The page of a register, as Markdown."""
    assert register.page is not None
    word = register.word
    parts = [
        f"# {register.title}",
        MADE,
        f"{register.about} It is a page of the tab *{register.page.tab}*.",
        f"## Write {word.with_article}",
        f"Type into the last line, *New {word.singular}*, or press *Add {word.singular}*. A block of cells can be "
        "pasted from Excel. A row comes into the plan as soon as it has what it needs, and Ctrl+Z takes it back.",
        "## The columns",
        "\n".join(f"- **{title}**: {about}" for title, about in _columns(register)),
        f"## The whole {word.singular}",
        " ".join(_whole(register)),
        *(f"## {heading}\n\n{text}" for heading, text in register.besides),
    ]
    return "\n\n".join(parts) + "\n"


def _columns(register: Register) -> Iterator[tuple[str, str]]:
    for shown in register.columns:
        takes = kind_of(register.model, shown.name).takes
        yield register.heading(shown.name), shown.about or f"{takes[0].upper()}{takes[1:]}."
    if register.yearly is not None:
        titles = [title_of(register.yearly.model, name) for name in register.yearly.names]
        takes = kind_of(register.yearly.model, register.yearly.names[0]).takes
        yield f"Each year {listed(titles)}", f"{takes[0].upper()}{takes[1:]}, for each year of the plan."
    for computed in register.computed:
        yield computed.title, f"{computed.about} It is worked out, and cannot be typed."


def _whole(register: Register) -> Iterator[str]:
    word = register.word
    yield f"The panel (F4) holds every field of the {word.singular}, and its history."
    if register.log:
        yield "Below them stands its log: what was reported of it, on which day and by which post."
    if register.links:
        kinds = kinds_of_row()
        yield f"It can be linked to {listed([kinds[table].word.plural for table in register.links])}."
    if register.totals:
        yield f"The head of a group says what its {word.plural} come to."
    if register.returned is not None:
        answered = listed([_heading(register, name).lower() for name in register.returned.answered])
        yield f"It goes out with the [status return](../returns/status.md) of its owner, who fills in: {answered}."


def _heading(register: Register, name: str) -> str:
    yearly = register.yearly
    return title_of(yearly.model, name) if yearly is not None and name in yearly.names else register.heading(name)


def main(arguments: list[str]) -> int:
    """Write the pages into the folder that is named."""
    folder = Path(arguments[0])
    for register in REGISTERS:
        path = folder / file_of(register.page) if register.page is not None else None
        if path is not None and (not path.exists() or MADE in path.read_text(encoding="utf-8")):
            path.write_text(page(register), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
