"""The public edition on the command line: what can be said of it, and the edition made in a folder."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from spp_desktop.cli.ending import refuse, seen
from spp_desktop.cli.options import day_option, licence_option, marking_option
from spp_desktop.plan.periods import year_of

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
    licence: str = ""
    contact: str = ""
    marking: str = ""
    leave_out: bool = False
    as_changed: bool = False
    overwrite: bool = False

    @property
    def alone(self) -> bool:
        """Whether anything was said that is for an edition alone, and for no other document."""
        return bool(self.day or self.licence or self.contact or self.as_changed)


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
    with seen(plan) as workspace:
        for notice in workspace.notices:
            typer.echo(notice, err=True)
        asked = EditionAsk(
            day=day_option(chosen.day, year_of(today)) if chosen.day else today,
            licence=licence_option(chosen.licence),
            contact=chosen.contact.strip(),
            marking=marking_option(workspace, chosen.marking),
            leave_out=chosen.leave_out,
            as_changed=chosen.as_changed,
            overwrite=chosen.overwrite,
        )
        made = write(workspace, folder, asked, lambda title, _place, _count: typer.echo(f"Making: {title}", err=True))
    for notice in made.notices:
        typer.echo(notice, err=True)
    for path in made.files:
        typer.echo(f"Wrote {path}")
