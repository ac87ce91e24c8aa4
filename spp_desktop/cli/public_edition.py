"""The public edition on the command line: what can be said of it, and the edition made in a folder."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from spp_desktop.cli.ending import refuse, seen
from spp_desktop.cli.options import day_option
from spp_desktop.plan.periods import year_of
from spp_desktop.plan.words import listed
from spp_desktop.returns.publication.publication import LICENCES, Licence

PUBLIC = "public"
"""Its id among the documents."""

TITLE = "The public edition"
ABOUT = "What was released of the plan, and nothing else, in a folder: web page, PDF, workbooks and data."

PublicDay = Annotated[str, typer.Option("--date", metavar="DAY", help="public: the day of release; else today.")]
PublicLicence = Annotated[str, typer.Option("--licence", help="public: on what terms: ogl-3, cc-by-4 or none.")]
PublicContact = Annotated[str, typer.Option("--contact", help="public: who answers questions, as it is printed.")]
AsChanged = Annotated[
    bool, typer.Option("--as-changed", help="public: with what changed since it was released, as it is now.")
]


@dataclass(frozen=True)
class PublicChoice:
    """What was said of an edition, as it was typed: see ``edits.documents.public.edition.EditionAsk``."""

    day: str = ""
    licence: str = LICENCES[0].name
    contact: str = ""
    marking: str = ""
    leave_out: bool = False
    as_changed: bool = False
    overwrite: bool = False


def publish_public(plan: Path, folder: Path, chosen: PublicChoice, *, chosen_otherwise: bool) -> None:
    """Make the public edition of a plan in a folder, and say what was written and what is to be known of it.

    Args:
        plan: The plan's file.
        folder: Where it goes.
        chosen: What was said of it.
        chosen_otherwise: Whether anything was said that is for other documents; it is refused then.
    """
    if chosen_otherwise:
        refuse("The public edition is made of what was released, and of nothing that is chosen here.")
    from spp_desktop.edits.documents.public.edition import EditionAsk, write  # late: it writes workbooks

    today = date.today()
    asked = EditionAsk(
        day=day_option(chosen.day, year_of(today)) if chosen.day else today,
        licence=_licence(chosen.licence),
        contact=chosen.contact.strip(),
        marking=chosen.marking.strip(),
        leave_out=chosen.leave_out,
        as_changed=chosen.as_changed,
        overwrite=chosen.overwrite,
    )
    with seen(plan) as workspace:
        for notice in workspace.notices:
            typer.echo(notice, err=True)
        made = write(workspace, folder, asked, lambda title, _place, _count: typer.echo(f"Making: {title}", err=True))
    for notice in made.notices:
        typer.echo(notice, err=True)
    for path in made.files:
        typer.echo(f"Wrote {path}")


def _licence(name: str) -> Licence:
    known = listed(each.name for each in LICENCES)
    licence = next((each for each in LICENCES if each.name == name.strip().casefold()), None)
    return licence or refuse(f"There is no licence called “{name}”. Choose from: {known}.")
