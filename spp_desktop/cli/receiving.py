"""The command that receives returned workbooks: it prints them as text or JSON, and takes in what needs no decision."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from spp_desktop.cli.ending import ASK, DONE, REFUSED, AsJson, PlanFile, TakeOver, Yes, opened, refuse
from spp_desktop.edits import deciding, keeping, outcomes, receiving, reviewing, taking
from spp_desktop.edits.differences import Difference, DifferenceKind
from spp_desktop.edits.return_rows import facts
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.taking import Applied
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.definition import PlanFacts
from spp_desktop.returns.intake import Enclosed, FileReading, MailReceived, begin, kept_ready, one_after_another
from spp_desktop.returns.limits import LIMITS
from spp_desktop.returns.scan import PasswordNeeded, ReturnRefused
from spp_desktop.returns.values import shown
from spp_desktop.store import receipts
from spp_desktop.store.workspace import Workspace

app = typer.Typer()


class Apply(StrEnum):
    """How much of the returned workbooks is taken in."""

    clean = "clean"
    all = "all"


OVERRULED: tuple[DifferenceKind, ...] = ("conflict", "request")
"""The kinds of difference that “all” takes in, as they came back, beside those that need no decision."""


@dataclass(frozen=True)
class _File:
    """A file named on the command line.

    Attributes:
        path: Its path; that of the mail, if one encloses it.
        name: What it is called.
        review: Its review; ``None`` if it was refused, or equals an earlier file.
        refused: Why it was refused, or "".
        same_as: The name of the earlier file that it equals, or "".
    """

    path: Path
    name: str
    review: Review | None = None
    refused: str = ""
    same_as: str = ""


Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="The workbooks that came back, or the mails (.eml, .msg) with them."),
]
Sender = Annotated[
    str, typer.Option(help="Who sent them, for the receipt; else who sent the mail, or the post they went to.")
]
_Apply = Annotated[
    Apply | None,
    typer.Option(
        help="“clean” takes in what needs no decision; “all” also conflicts and changes to locked cells, as they came "
        "back. Nothing is taken in if not given."
    ),
]
_Reason = Annotated[
    str, typer.Option(help="Why dates move again, and targets change, of which no file says it; needs --apply.")
]


@app.command(name="import")
def import_(
    plan: PlanFile,
    files: Files,
    apply: _Apply = None,
    password: Annotated[str, typer.Option(help="The password of protected workbooks.")] = "",
    sender: Sender = "",
    *,
    reason: _Reason = "",
    as_json: AsJson = False,
    take_over: TakeOver = False,
    yes: Yes = False,
) -> None:
    """Print what returned workbooks would change; with --apply, take it in as one step.

    Exit status 0: nothing is left. 1: something is left for a person, and is kept for the window. 2: a file was
    refused; the others were seen to.
    """
    for given, sentence in ((sender, "sender is kept with the receipt"), (reason, "reason is kept with what comes in")):
        if given and apply is None:
            refuse(f"The {sentence}, so --{sentence.partition(' ')[0]} needs --apply.")
    with kept_ready(), opened(plan, writing=apply is not None, take_over=take_over, yes=yes) as workspace:
        plan_facts = workspace.read(facts)
        looked_at = _read(workspace, files, password)
        applied = Applied(0, 0, 0)
        if apply is not None:
            why, everything = reason.strip(), apply is Apply.all
            looked_at = [_settled(workspace, file, sender, why, everything=everything) for file in looked_at]
            applied = _taken_in(workspace, looked_at)
    taken, kept_back = applied.accepted, [each.sentence for each in applied.kept_back]
    left = len(kept_back) + sum(len(_left(file.review)) for file in looked_at if file.review is not None)
    if as_json:
        data = {"files": [_as_data(file, sender, plan_facts) for file in looked_at], "accepted": taken, "left": left}
        data["kept_back"] = kept_back
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for file in looked_at:
            _print(file)
        for sentence in kept_back:
            typer.echo(f"Kept back: {sentence}")
        typer.echo(_outcome(looked_at, taken, left, applied=apply is not None))
    for file in looked_at:
        if file.refused:
            typer.echo(file.refused, err=True)
    refused = any(file.refused for file in looked_at)
    raise typer.Exit(REFUSED if refused else ASK if left else DONE)


def _read(workspace: Workspace, files: Sequence[Path], password: str) -> list[_File]:
    """Review every file against the plan and against the other files, in the order in which they were named."""
    with workspace.holding():
        readings = one_after_another(files, LIMITS, password)
        reviewed = [file for path, reading in readings for file in _reviewed(workspace, path, reading, password)]
    joined = {file.received.file_hash: file for file in reviewing.together([f.review for f in reviewed if f.review])}
    first: dict[str, str] = {}
    looked_at = []
    for file in reviewed:
        if file.review is None:
            looked_at.append(file)
            continue
        key = file.review.received.file_hash
        known = first.get(key, "")
        looked_at.append(_File(file.path, file.name, None if known else joined[key], same_as=known))
        first.setdefault(key, file.name)
    return looked_at


def _reviewed(
    workspace: Workspace, path: Path, reading: FileReading, password: str, enclosed: Enclosed | None = None
) -> Iterator[_File]:
    """A file, reviewed; in the place of a mail, each file that it encloses."""
    name = path.name if enclosed is None else enclosed.called
    try:
        yield _File(path, name, receiving.reviewed(workspace, reading))
    except MailReceived as mail:
        for inside in mail.enclosed:
            yield from _reviewed(workspace, path, begin(path, LIMITS, password, inside), password, inside)
    except PasswordNeeded as needed:
        yield _File(path, name, refused=f"{needed} Give {'another' if needed.wrong else 'it'} with --password.")
    except ReturnRefused as refusal:
        yield _File(path, name, refused=str(refusal))


def _settled(workspace: Workspace, file: _File, sender: str, reason: str, *, everything: bool) -> _File:
    """A file with its sender recorded, the reason given wherever one is asked for and what waited for it accepted.

    For ``everything``, conflicts and requests are accepted, too.
    """
    review = file.review
    if review is None:
        return file
    if sender:
        review = _sent_by(workspace, review, sender)
    plan = workspace.read(facts, review.definition)
    kinds = OVERRULED if everything else ()
    if reason:
        review = _accepted(workspace, review, plan, [d for d in deciding.undecided(review) if d.why == "asked"], reason)
    ready = [
        difference
        for difference in deciding.undecided(review)
        if (difference.kind in kinds and (reason or difference.why != "waits"))
        or (reason and difference.why == "waits" and difference.kind == "question")
    ]
    return replace(file, review=_accepted(workspace, review, plan, ready))


def _accepted(
    workspace: Workspace, review: Review, plan: PlanFacts, chosen: Sequence[Difference], value: str = ""
) -> Review:
    """A review with some differences accepted, as they came back or as this value: those that can be."""
    able = [difference for difference in chosen if not deciding.answer(review, difference, plan, value).doubt]
    try:
        return deciding.decided(workspace, review, able, "accept", value=value)
    except RuleBroken:
        for difference in able:
            with suppress(RuleBroken):
                review = deciding.decided(workspace, review, [difference], "accept", value=value)
    return review


def _taken_in(workspace: Workspace, looked_at: Sequence[_File]) -> Applied:
    """Take in what is accepted as one step, keep the rest for review, and say what became of it."""
    reviews = [file.review for file in looked_at if file.review is not None]
    new = [file for file in reviews if file.receipt is None or deciding.accepted(file) or _to_close(file)]
    return taking.apply(workspace, new) if new else Applied(0, 0, 0)


def _to_close(review: Review) -> bool:
    """Whether a file that is kept for review has nothing left to decide."""
    return review.receipt is not None and review.receipt.state == "open" and not deciding.undecided(review)


def _sent_by(workspace: Workspace, review: Review, sender: str) -> Review:
    if review.receipt is None:
        return keeping.keep(workspace, review, sender)
    if review.receipt.sender != sender:
        workspace.write_beside(receipts.set_sender, review.receipt.id, sender)
    return review


_TO_SEE: tuple[DifferenceKind, ...] = ("not returned", "aside")
"""What is left for a person though there is nothing to decide: to be asked for, or to be seen in the file."""


def _left(review: Review) -> list[Difference]:
    """The differences left for a person: undecided ones, and rows that did not come back."""
    undecided = deciding.undecided(review)
    return [difference for difference in review.differences if difference in undecided or difference.kind in _TO_SEE]


def _print(file: _File) -> None:
    """Print a file's review as text; why a file was refused is printed with the errors."""
    if file.review is None:
        if file.same_as:
            typer.echo(f"{file.name}: the same file as {file.same_as}, looked at once.\n")
        return
    identity = file.review.identity
    what = file.review.definition.title, identity.when, identity.owner
    typer.echo(f"{file.name}: {', '.join(filter(None, what))}")
    if mail := file.review.received.mail:
        typer.echo(f"  The mail, as it says: {outcomes.mail_in_words(mail)}.")
    for notice in (*file.review.notices, *file.review.faults, *file.review.told):
        typer.echo(f"  {notice}")
    for difference in file.review.differences:
        typer.echo(f"  [{_mark(file.review, difference)}] {difference.sentence}")
    typer.echo(f"  {file.review.summary}\n")


def _mark(review: Review, difference: Difference) -> str:
    """The decision on a difference in a word; the kind of the difference if it is undecided."""
    verdict = deciding.verdict(review, difference)
    return difference.kind if verdict is None else {"accept": "accepted", "reject": "refused"}[verdict]


def _outcome(looked_at: Sequence[_File], taken: int, left: int, *, applied: bool) -> str:
    """A line on what was done with all files."""
    rest = f"{left} left for a person." if left else "Nothing is left for a person."
    if applied:
        done = f"Took in {taken} change{'' if taken == 1 else 's'}." if taken else "Nothing was changed."
        return f"{done} {rest}"
    ready = sum(len(deciding.accepted(file.review)) for file in looked_at if file.review is not None)
    clean = f" {ready} can be taken in with --apply clean." if ready else ""
    return f"Nothing was changed.{clean} {rest}"


def _as_data(file: _File, sender: str, plan: PlanFacts) -> dict[str, Any]:
    """What one file says, as JSON holds it."""
    review = file.review
    if review is None:
        notices = [f"The same file as {file.same_as}, looked at once."] if file.same_as else []
        unknown = dict.fromkeys(("return", "post", "period", "sender", "summary"))
        return {
            "file": str(file.path),
            **unknown,
            "notices": notices,
            "refused": file.refused or None,
            "differences": [],
        }
    identity, kept, mail = review.identity, review.receipt, review.received.mail
    from_whom = mail.from_whom if mail else ""
    return {
        "file": str(file.path),
        **({"enclosed": review.file, "mail": asdict(mail)} if mail else {}),
        "return": review.definition.id,
        "post": identity.owner,
        "period": identity.when,
        "sender": sender or (kept.sender if kept else "") or from_whom or identity.owner or review.received.modified_by,
        "notices": [*review.notices, *review.faults, *review.told],
        "summary": review.summary,
        "refused": None,
        "differences": [_difference(review, difference, plan) for difference in review.differences],
    }


def _proposed(review: Review, difference: Difference, plan: PlanFacts) -> dict[str, Any]:
    """What a new row says, as ``row``, by the headings of its columns; nothing of any other difference."""
    if difference.kind != "new row":
        return {}
    columns = deciding.listing_of(review, difference).columns_ever(plan)
    row = {columns[name].title: shown(columns[name], value) for name, value in difference.row if name in columns}
    return {"row": row}


def _difference(review: Review, difference: Difference, plan: PlanFacts) -> dict[str, Any]:
    return {
        "kind": difference.kind,
        "row_key": difference.key,
        "ref": difference.ref,
        "text": difference.text,
        "column": difference.column,
        "issued": difference.issued_text,
        "returned": difference.returned_text,
        "now": difference.now_text,
        "remark": difference.remark,
        "place": difference.where,
        **_proposed(review, difference, plan),
        "decision": deciding.verdict(review, difference),
    }
