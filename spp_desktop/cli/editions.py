"""Commands on editions: issue one, list them, see one as it was issued, and what has changed of what they hold."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, TakeOver, Yes, opened, refuse, writable
from spp_desktop.cli.options import day_option
from spp_desktop.cli.public_edition import PUBLIC, TITLE
from spp_desktop.documents import forms
from spp_desktop.documents.forms import DocumentForm
from spp_desktop.edits import editions as issuing
from spp_desktop.edits.documents import edition_files
from spp_desktop.edits.documents.edition_files import EditionDocument, EditionFiles
from spp_desktop.edits.edition_restatements import EditionRestatement
from spp_desktop.edits.editions import LeavingFile, NewEdition
from spp_desktop.edits.publishing import recorded
from spp_desktop.edits.restated_words import WHOLE, differing_parts
from spp_desktop.plan.editions import LeftAs
from spp_desktop.plan.kinds.spelling import caseless, quoted
from spp_desktop.plan.periods import year_of, years_name
from spp_desktop.plan.words import counted, listed
from spp_desktop.store import as_at, editions, locks, queries, states
from spp_desktop.store import dump as dumping
from spp_desktop.store.editions import EditionRow, FileThatLeft
from spp_desktop.store.workspace import Workspace

app = typer.Typer()

_KINDS: dict[str, LeftAs] = {
    ".pdf": "document",
    ".html": "document",
    ".docx": "document",
    ".csv": "data",
    ".json": "data",
}
"""What a file is by its ending; any other is a workbook."""
PUBLIC_FOLDER = "Public edition"
"""The folder, beside the documents of an edition, into which the public edition goes that leaves with it."""
_MOST = 300
"""The most letters of a text that are printed of it as it was, and as it is."""


EditionDay = Annotated[str, typer.Option("--on", help="The day, such as 2008-03-28; today if not given.")]
LeavingDocuments = Annotated[
    list[str] | None,
    typer.Option(
        "--document", metavar="ID",
        help="A document that leaves with it, by its id, or its name in the plan; several may be given.",
    ),
]  # fmt: skip
LeavingAs = Annotated[
    list[str] | None,
    typer.Option("--format", help="As what documents are written: pdf, html or docx; pdf if not given."),
]
LeavingFolder = Annotated[Path | None, typer.Option("--folder", help="Where the documents go: a new folder.")]
LeavingFiles = Annotated[
    list[Path] | None,
    typer.Option("--file", metavar="FILE", help="Another file that leaves with it, as it lies there."),
]


@app.command(name="issue-edition")
def issue_edition(
    plan: PlanFile,
    *,
    title: Annotated[str, typer.Option(help="What it is called; “Edition 2” and so on if not given.")] = "",
    approved_by: Annotated[str, typer.Option(help="Who approved its content.")] = "",
    by: Annotated[str, typer.Option(help="Who issues it; you if not given.")] = "",
    on: EditionDay = "",
    note: Annotated[str, typer.Option(help="What is to be said of it.")] = "",
    document: LeavingDocuments = None,
    form: LeavingAs = None,
    folder: LeavingFolder = None,
    file: LeavingFiles = None,
    take_over: TakeOver = False,
    yes: Yes = False,
) -> None:
    """Issue an edition of the plan as it stands: numbered, and never changed afterwards.

    Its documents are made into the folder and recorded with their hashes, all or none; so are returns that were sent
    since the last edition.
    """
    with opened(plan, writing=True, take_over=take_over, yes=yes) as workspace:
        today = workspace.read(queries.plan).today()
        day = day_option(on, year_of(today)) if on else today
        revision = workspace.revision()
        version = issuing.version_issued(workspace)
        asked = NewEdition(
            day,
            by or locks.author(),
            approved_by,
            title,
            note,
            version_id=version.key if version else None,
            revision=revision,
        )
        if same := issuing.nothing_new(workspace):
            typer.echo(same, err=True)
        others = [issuing.leaving(path, _left_as(path)) for path in file or ()]
        returns = issuing.returns_leaving(workspace)
        with _documents(workspace, asked, document or (), _forms(form or ()), folder) as made:
            issued = replace(asked, files=[*made, *others, *returns])
            number = workspace.edit(f"issue edition {issuing.next_number(workspace)}", issuing.issue, issued)
        if folder is not None:
            written = [path for path in sorted(folder.rglob("*")) if path.is_file()]
            recorded.record_files(workspace, revision, written, day)
        row = workspace.read(editions.edition_numbered, number)
        left = workspace.read(editions.files, row.key if row else "")
    if row is not None:
        _say(row, left)


@contextmanager
def _documents(
    plan: Workspace, asked: NewEdition, names: Sequence[str], as_forms: Sequence[DocumentForm], folder: Path | None
) -> Iterator[list[LeavingFile]]:
    """The documents that leave with an edition, in their folder; they go again where it is not issued."""
    if not names:
        if folder is not None:
            refuse("A folder is for documents: name them by --document. Nothing was issued.")
        yield []
        return
    if folder is None:
        refuse("Say where its documents go: --folder FOLDER. Nothing was issued.")
    offered = plan.read(edition_files.offered)
    documents = [_document(offered, name) for name in names if caseless(name.strip()) != PUBLIC]
    called = asked.title.strip() or issuing.usual_title(issuing.next_number(plan))
    for sentence in edition_files.missed(plan, documents, asked.issued_on):
        typer.echo(sentence, err=True)
    files = EditionFiles(documents, as_forms, asked.issued_on, called)
    made = edition_files.write(plan, folder, files, lambda title, *_: typer.echo(f"Making: {title}", err=True))
    try:
        if len(documents) < len(names):
            made += _public(plan, folder / PUBLIC_FOLDER, asked.issued_on)
        yield made
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _public(plan: Workspace, folder: Path, day: date) -> list[LeavingFile]:
    """The public edition, made into a folder, as it is recorded."""
    from spp_desktop.edits.documents.public.edition import EditionAsk, make  # late: it writes workbooks

    typer.echo(f"Making: {TITLE}", err=True)
    made = make(plan, folder, EditionAsk(day))
    for notice in made.notices:
        typer.echo(notice, err=True)
    return [issuing.leaving(path, _left_as(path), PUBLIC) for path in made.files]


def _left_as(path: Path) -> LeftAs:
    """What a file is by its ending."""
    return _KINDS.get(path.suffix.lower(), "workbook")


def _forms(names: Sequence[str]) -> list[DocumentForm]:
    """The forms of these names; the first there is where none is named."""
    known = {form.ending[1:]: form for form in forms.FORMS}
    for name in names:
        if name.strip().casefold() not in known:
            refuse(f"There is no format called {quoted(name)}. Choose from: {', '.join(known)}. Nothing was issued.")
    return [known[name.strip().casefold()] for name in names] or [forms.FORMS[0]]


def _document(offered: Sequence[EditionDocument], name: str) -> EditionDocument:
    """The document of an id, or of a name that the plan keeps it under."""
    asked = caseless(name.strip())
    document = next((each for each in offered if asked in (each.key, caseless(each.title))), None)
    ids = (each.kind.name if each.key == each.kind.name else quoted(each.title) for each in offered)
    known = listed([*ids, PUBLIC])
    return document or refuse(f"There is no document {quoted(name)} of an edition. There are: {known}.")


@app.command(name="editions")
def list_editions(plan: PlanFile, *, as_json: AsJson = False) -> None:
    """List the editions of a plan: their numbers, days, who issued and approved them, and the files that left."""
    with opened(plan) as workspace:
        known = workspace.read(editions.editions)
        left = workspace.read(editions.files)
    if as_json:
        data = [_as_data(row, [each for each in left if each.edition_id == row.key]) for row in known]
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
    elif not known:
        typer.echo("The plan has no edition yet: spp issue-edition PLAN issues one.")
    for row in () if as_json else known:
        files = sum(each.edition_id == row.key for each in left)
        typer.echo(f"{_in_words(row)}; {counted(files, 'file')}")


def _in_words(row: EditionRow) -> str:
    approved = f", approved by {row.approved_by}" if row.approved_by else ""
    years = years_name(row.first_year, row.years)
    return f"{row.number:4}  {row.title}, {years}: issued {row.issued_on:%d/%m/%Y} by {row.issued_by}{approved}"


def _say(row: EditionRow, left: Sequence[FileThatLeft]) -> None:
    typer.echo(_in_words(row))
    typer.echo(f"      as of the step {row.revision}")
    if row.note:
        typer.echo(f"      {row.note}")
    for each in left:
        typer.echo(f"      {each.file_name}  {each.file_hash}")


def _as_data(row: EditionRow, left: Sequence[FileThatLeft]) -> dict[str, Any]:
    return {
        "number": row.number, "title": row.title, "issued_on": row.issued_on.isoformat(), "issued_by": row.issued_by,
        "approved_by": row.approved_by, "first_year": row.first_year, "years": row.years, "note": row.note,
        "step": row.revision,
        "files": [
            {"file": each.file_name, "sha256": each.file_hash, "size": each.size, "left_as": each.left_as,
             "title": each.title, "document": each.document}
            for each in left
        ],
    }  # fmt: skip


@app.command()
def edition(
    plan: PlanFile,
    number: Annotated[int, typer.Argument(metavar="N", help="Its number.")],
    command: Annotated[
        str,
        typer.Argument(metavar="[COMMAND]", help="dump, publish DOCUMENT FILE, or add FILE; its record if not given."),
    ] = "",
    document: Annotated[
        str, typer.Argument(metavar="[DOCUMENT]", help="publish: its id, or its name in the plan; add: the file.")
    ] = "",
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help=f"publish: its name ends with its form: {forms.ENDINGS}.")
    ] = None,
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="publish: replace a file that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print the record of an edition; or what the plan said as it was issued: its content, or a document as it left.

    A document is made anew of what the edition holds, and it is said whether it is, byte for byte, what left. To see
    the edition with any other command that reads: spp as-at PLAN "edition 2" COMMAND.
    """
    if command not in _COMMANDS:
        refuse(f"{quoted(command)} is nothing that is done with an edition. There are: dump, publish, add.")
    with opened(plan, writing=command == "add") as workspace:
        row = workspace.read(editions.edition_numbered, number)
        if row is None:
            states.moment_of(workspace, f"edition {number}")  # refuses, and says which there are
            return
        left = workspace.read(editions.files, row.key)
        if command == "dump":
            with as_at.opened(workspace, states.moment_of(workspace, f"edition {number}")) as then:
                typer.echo(json.dumps(then.read(dumping.content), ensure_ascii=False, indent=1))
        elif command == "publish":
            _publish(workspace, row, left, document, file, overwrite=overwrite)
        elif command == "add":
            path = Path(document or refuse("Say which file left with it: spp edition PLAN N add FILE."))
            added = issuing.leaving(path, _left_as(path))
            workspace.edit(f"name {path.name} of edition {number}", issuing.add_file, row.key, added)
            typer.echo(f"{path.name} is in the record of edition {number}; nothing else of it has changed.")
        elif as_json:
            typer.echo(json.dumps(_as_data(row, left), ensure_ascii=False, indent=1))
        else:
            _say(row, left)


_COMMANDS = ("", "dump", "publish", "add")


def _publish(
    plan: Workspace, row: EditionRow, left: Sequence[FileThatLeft], name: str, file: Path | None, *, overwrite: bool
) -> None:
    """Make a document of an edition, and say whether it is what left then."""
    if not name or file is None:
        refuse("Say which document, and into which file: spp edition PLAN N publish DOCUMENT FILE.")
    form = forms.form_of(file)
    if form is None:
        refuse(f"{file.name} does not say in which form: its name has to end with {forms.ENDINGS}.")
    writable(file)
    if file.exists() and not overwrite:
        refuse(f"{file} is there already. Nothing was written. Choose another name, or say --overwrite.")
    with as_at.opened(plan, states.moment_of(plan, f"edition {row.number}")) as then:
        document = _document(then.read(edition_files.offered), name)
        made = edition_files.document_of(then, document, row.issued_on, row.title)
        forms.write(made, form, file)
    typer.echo(f"Wrote {file}")
    typer.echo(_compared(row, left, document, file), err=True)


def _compared(row: EditionRow, left: Sequence[FileThatLeft], document: EditionDocument, file: Path) -> str:
    """Whether a document that was made anew is one that left with the edition."""
    written = issuing.leaving(file)
    same = next((each for each in left if each.file_hash == written.file_hash), None)
    if same is not None:
        return f"It is, byte for byte, {same.file_name}, which left with edition {row.number}."
    alike = [each for each in left if each.document == document.kind.name and each.file_name.endswith(file.suffix)]
    if not alike:
        return f"No such document is in the record of what left with edition {row.number}."
    return (
        f"It says what edition {row.number} holds, and is not byte for byte {alike[0].file_name}: the program that "
        "made that file, or what was asked of it, was another."
    )


def restated_in_words(each: EditionRestatement) -> str:
    """A restatement of editions in a line."""
    old, new = differing_parts(each.old, each.new, _MOST)
    what = each.row if each.what == WHOLE else f"{each.row}, {each.what}"
    account = each.account
    facts = [
        f"{each.step.label}, {each.step.author}, {each.when}{f': {account.reason}' if account.reason else ''}",
        f"approved by {account.approved_by}" if account.approved_by else "",
        f"planned: {account.planned}" if account.planned else "not announced ahead",
    ]
    numbers = f"edition{'s' if len(each.editions) > 1 else ''} {', '.join(map(str, each.editions))}"
    return f"{numbers}: {what}: {old or 'nothing'} → {new or 'nothing'} ({'; '.join(filter(None, facts))})"


def restated_as_data(each: EditionRestatement) -> dict[str, Any]:
    """A restatement of editions for JSON: stable names."""
    account = each.account
    return {
        "editions": list(each.editions), "table": each.table, "key": each.key, "cell": each.column, "row": each.row,
        "column": each.what, "was": each.old, "is": each.new, "when": each.step.at, "who": each.step.author,
        "step": each.step.label, "step_id": each.step.id, "why": account.reason, "approved_by": account.approved_by,
        "planned": account.planned or None,
    }  # fmt: skip
