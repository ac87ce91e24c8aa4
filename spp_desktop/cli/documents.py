"""The commands that publish documents: which can be made of a plan, and one of them as a file."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, refuse, seen, writable
from spp_desktop.cli.options import marking_option
from spp_desktop.cli.public_edition import (
    ABOUT,
    PUBLIC,
    TITLE,
    AsChanged,
    PublicChoice,
    PublicContact,
    PublicDay,
    PublicLicence,
    publish_public,
)
from spp_desktop.documents import forms
from spp_desktop.documents.forms import DocumentForm
from spp_desktop.edits.documents import choices, kept
from spp_desktop.edits.documents.choices import Offered
from spp_desktop.edits.documents.every import DOCUMENTS, document_named
from spp_desktop.edits.documents.kinds import DocumentChoice, DocumentKind
from spp_desktop.edits.documents.making import lacking, made
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.edits.publishing import recorded
from spp_desktop.plan import file_names
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.words import listed
from spp_desktop.store import as_at as seeing
from spp_desktop.store import states
from spp_desktop.store.workspace import Workspace

app = typer.Typer()


_OPTIONS: Mapping[DocumentChoice, str] = {
    "period": "quarter",
    "owner": "owner",
    "priority": "priority",
    "indicator": "indicator",
    "since": "since",
}
"""The option that names each kind of choice."""


@app.command()
def documents(*, as_json: AsJson = False) -> None:
    """List the documents that can be made of a plan, by the ids that spp publish knows them by."""
    if as_json:
        public = {"document": PUBLIC, "title": TITLE, "about": ABOUT, "asks": [], "parts": []}
        typer.echo(json.dumps([*map(_as_data, DOCUMENTS), public], ensure_ascii=False, indent=1))
        return
    for kind in DOCUMENTS:
        asks = "".join(f" --{_OPTIONS[choice]}" for choice in kind.asks)
        typer.echo(f"{kind.name:12} {kind.title}: {kind.about}{asks and f' Options:{asks}.'}")
    typer.echo(f"{PUBLIC:12} {TITLE}: {ABOUT}")


def _as_data(kind: DocumentKind) -> dict[str, object]:
    """A document for JSON: stable names."""
    parts = [{"part": part.name, "title": part.title} for part in kind.parts]
    return {"document": kind.name, "title": kind.title, "about": kind.about, "asks": list(kind.asks), "parts": parts}


Quarter = Annotated[
    str,
    typer.Option("--quarter", "--period", metavar="PERIOD", help="The period that it is of, such as “2008-09 Q2”."),
]
Owner = Annotated[str, typer.Option(help="The post whose portfolio it tells of, such as “ACC Crime”.")]
OfPriority = Annotated[str, typer.Option("--priority", help="The priority that it tells of, by its title.")]
OnlyIndicators = Annotated[
    list[str] | None, typer.Option("--indicator", help="Only this indicator; may be given several times.")
]
DocumentParts = Annotated[
    list[str] | None, typer.Option("--part", metavar="NAME", help="Only this part; several are printed in this order.")
]
AsAt = Annotated[
    str, typer.Option("--as-at", metavar="WHEN", help="The plan as it stood at a moment, as in spp as-at.")
]
SinceState = Annotated[
    str,
    typer.Option(
        metavar="STATE",
        help="The earlier state that it is held against: a moment as in spp as-at, “edition 2”, or a copy of the plan.",
    ),
]
SeenBy = Annotated[str, typer.Option("--seen-by", help="Who has seen it, as it stands on its cover.")]
WithNames = Annotated[bool, typer.Option("--with-names", help="Print people's names beside their posts.")]
AtMost = Annotated[
    str, typer.Option("--marking", help="The highest protective marking that it may bear; refused if it is higher.")
]
LeaveOut = Annotated[bool, typer.Option("--leave-out", help="With --marking: leave out what is marked higher.")]

WhichDocument = Annotated[
    str, typer.Argument(metavar="DOCUMENT", help="Its id (see spp documents), or the name of one of the plan's own.")
]


@app.command()
def publish(
    plan: PlanFile,
    document: WhichDocument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=f"Its name's ending says its form: {forms.ENDINGS}.")],
    *,
    quarter: Quarter = "",
    owner: Owner = "",
    priority: OfPriority = "",
    indicator: OnlyIndicators = None,
    part: DocumentParts = None,
    when: AsAt = "",
    since: SinceState = "",
    seen_by: SeenBy = "",
    with_names: WithNames = False,
    marking: AtMost = "",
    leave_out: LeaveOut = False,
    edition: Annotated[str, typer.Option(help="Which edition it is, as it stands on its cover.")] = "",
    day: PublicDay = "",
    licence: PublicLicence = "",
    contact: PublicContact = "",
    as_changed: AsChanged = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Publish a document of the plan by its file's ending: PDF, web page or Word; the public edition into a folder."""
    public = PublicChoice(day, licence, contact, marking, leave_out, as_changed, overwrite)
    if document.strip().casefold() == PUBLIC:
        besides = any((quarter, owner, priority, indicator, part, when, since, seen_by, with_names, edition))
        publish_public(plan, file, public, chosen_otherwise=besides)
        return
    _demand_own(public)
    form = _form(file, overwrite=overwrite)
    chosen: _Chosen = {"period": [quarter], "owner": [owner], "priority": [priority], "since": [since]}
    asked = DocumentAsk(
        printed=date.today(), with_names=with_names, seen_by=seen_by.strip(), edition=edition.strip(),
        leave_out=leave_out, until=when if _holds_states(document) else "",
    )  # fmt: skip
    with seen(plan) as workspace:
        for notice in workspace.notices:
            typer.echo(notice, err=True)
        with _seen_at(workspace, "" if asked.until else when) as shown:
            kind, own = _kind(shown, document)
            asked = replace(asked, parts=_parts(kind, part or own), at_most=marking_option(shown, marking))
            asked = _of_plan(shown, kind, {**chosen, "indicator": indicator or []}, asked)
            for sentence in lacking(shown, kind, asked):
                typer.echo(sentence, err=True)
            revision = shown.revision()
            made_of_plan = made(shown, kind, asked)
            forms.write(made_of_plan, form, file)
        recorded.record_files(workspace, revision, [file], asked.printed)
    _tell(file, made_of_plan.document.furniture.marking)


def _seen_at(plan: Workspace, when: str) -> AbstractContextManager[Workspace]:
    """The plan as at a moment; as it is now where none is named."""
    return seeing.opened(plan, states.moment_of(plan, when)) if when else nullcontext(plan)


def _holds_states(document: str) -> bool:
    """Whether a document holds two states against each other: the later one is then another state of the plan."""
    kind = document_named(document.strip().casefold())
    return kind is not None and "since" in kind.asks


def _demand_own(choice: PublicChoice) -> None:
    """End the program where something was asked that this document does not heed."""
    if choice.alone:
        refuse("--date, --licence, --contact and --as-changed are for the public edition. Nothing was written.")
    if choice.leave_out and not choice.marking.strip():
        refuse("--leave-out leaves out what is marked higher than --marking says: name one. Nothing was written.")


def _tell(file: Path, marking: str) -> None:
    """Say what was written, and what its name should say of its marking."""
    typer.echo(f"Wrote {file}")
    if marking and marking.casefold() not in file.stem.casefold():
        typer.echo(f"It is marked {marking}, which its name does not say: {file_names.marked('…', marking)}.", err=True)


_Chosen = Mapping[DocumentChoice, Sequence[str]]
"""What is named of each kind of choice."""


def _kind(plan: Workspace, name: str) -> tuple[DocumentKind, Sequence[str]]:
    """The document of an id, with all its parts; or one of the plan's own by its name, with the parts kept for it."""
    kind = document_named(name.strip().casefold())
    if kind is not None:
        return kind, ()
    own = plan.read(kept.kept_named, name)
    if own is None:
        titles = (quoted(each.title) for each in plan.read(kept.kept))
        known = listed([*(each.name for each in DOCUMENTS), PUBLIC, *titles])
        refuse(f"There is no document {quoted(name)}. There are: {known}.")
    return own.kind, own.parts


def _form(file: Path, *, overwrite: bool) -> DocumentForm:
    """The form that a file's name asks for, if it can be written there."""
    form = forms.form_of(file)
    if form is None:
        refuse(f"{file.name} does not say in which form: its name has to end with {forms.ENDINGS}.")
    writable(file)
    if file.exists() and not overwrite:
        refuse(f"{file} is there already. Nothing was written. Choose another name, or say --overwrite.")
    return form


def _of_plan(plan: Workspace, kind: DocumentKind, chosen: _Chosen, asked: DocumentAsk) -> DocumentAsk:
    """What is asked, with the keys of what is chosen."""
    keys = {choice: _keys(plan, kind, choice, names) for choice, names in chosen.items()}
    return replace(
        asked,
        period="".join(keys["period"]),
        owner="".join(keys["owner"]),
        priority="".join(keys["priority"]),
        indicators=tuple(keys["indicator"]),
        since="".join(keys["since"]),
    )


def _keys(plan: Workspace, kind: DocumentKind, choice: DocumentChoice, names: Sequence[str]) -> list[str]:
    """The keys of what is named of a kind of choice; a name that the plan does not have ends the program."""
    wanted = [name.strip() for name in names if name.strip()]
    option = _OPTIONS[choice]
    if choice not in kind.asks:
        if wanted:
            refuse(f"The {kind.title.lower()} is not made by --{option}. Nothing was written.")
        return []
    if choice == "since":  # any state will do, not only what is offered
        return wanted
    offered = plan.read(choices.OFFERED[choice])
    if choice == "owner" and not wanted:
        refuse(f"Say whose: --owner. There are: {listed(each.title for each in offered)}. Nothing was written.")
    if choice == "priority" and not wanted:
        refuse(f"Say which: --priority. There are: {listed(each.title for each in offered)}. Nothing was written.")
    return [_key(offered, name, option) for name in wanted]


def _key(offered: Sequence[Offered], name: str, option: str) -> str:
    """The key of what is named: its key or title, or words that only one title begins with or holds."""
    asked = name.casefold()
    tries = ([each for each in offered if fits(each.title.casefold(), asked)] for fits in _FITS)
    fitting = next((each for each in tries if len(each) == 1), [each for each in offered if each.key == name])
    if not fitting:
        known = listed(each.title for each in offered) or "none"
        refuse(f"--{option} {quoted(name)} names nothing, or more than one, of the plan. There are: {known}.")
    return fitting[0].key


_FITS: tuple[Callable[[str, str], bool], ...] = (str.__eq__, str.startswith, str.__contains__)
"""How a title may fit a name, the closest first."""


def _parts(kind: DocumentKind, names: Sequence[str]) -> tuple[str, ...]:
    for name in names:
        if kind.part_named(name) is None:
            known = listed(part.name for part in kind.parts)
            refuse(f"The {kind.title.lower()} has no part {quoted(name)}. It has: {known}. Nothing was written.")
    return tuple(names)
