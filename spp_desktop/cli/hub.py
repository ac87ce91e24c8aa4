"""The commands of a hub: make it, exchange steps with it, say how the two stand, let others in."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from spp_desktop.cli.ending import ASK, AsJson, PlanFile, opened, refuse
from spp_desktop.hub import exchanging, fetching, making, members, pulling
from spp_desktop.hub.members import HUB_ROLES
from spp_desktop.hub.problems import HubRefused, HubTrouble
from spp_desktop.hub.pulling import PullReview
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.words import listed
from spp_desktop.store.changes_in_words import Wording
from spp_desktop.store.history import RecordedChange, StoredRow
from spp_desktop.store.merging.items import MergeChoice, MergeDecision, MergeItem

app = typer.Typer()
hub = typer.Typer(no_args_is_help=True)
app.add_typer(hub, name="hub")

Address = Annotated[
    str,
    typer.Argument(
        metavar="URL",
        help="Where the hub is: postgresql://name@server/database, or a service of PostgreSQL's service file. "
        "Never with a password.",
    ),
]
At = Annotated[str, typer.Option("--at", metavar="URL", help="Where the hub is, if this machine does not know it yet.")]


@hub.callback()
def hub_commands() -> None:
    """Share a plan by a hub: a PostgreSQL database of the force that holds it with its whole history."""


@hub.command("init")
def init_command(
    url: Address,
    plan: PlanFile,
    *,
    anew: Annotated[
        bool, typer.Option("--anew", help="Make it anew of this plan, which has every step of it; members stay.")
    ] = False,
) -> None:
    """Make the hub of a plan, with all that the plan holds: once, by whoever may make schemas and roles there."""
    with opened(plan) as workspace:
        typer.echo(making.init(workspace, url, anew=anew))


@hub.command("push")
def push_command(
    plan: PlanFile,
    *,
    at: At = "",
    as_one: Annotated[
        bool, typer.Option("--as-one", help="As one step: what they come to, without what was undone since.")
    ] = False,
) -> None:
    """Send the steps that the hub does not have, all of them or none; exit status 1 if it has newer ones."""
    with opened(plan, writing=as_one) as workspace, _asking("newer steps"):
        if as_one:
            pulling.take(workspace, _unasked(pulling.review(workspace, at, as_one=True)), {})
        typer.echo(exchanging.push(workspace, at))


@hub.command("pull")
def pull_command(
    plan: PlanFile,
    *,
    at: At = "",
    keep: Annotated[
        Literal["hub", "mine"] | None,
        typer.Option(help="What stands where both changed the same, but for what --hub and --mine name."),
    ] = None,
    hub_stands: Annotated[
        list[str] | None, typer.Option("--hub", metavar="MARK", help="Where the hub's stands; again for more.")
    ] = None,
    mine_stands: Annotated[
        list[str] | None, typer.Option("--mine", metavar="MARK", help="Where this plan's stands; again for more.")
    ] = None,
) -> None:
    """Take in the steps of the hub; steps of this plan alone become one. Exit status 1 if a person has to decide.

    What both changed is listed, each with a mark by which --hub and --mine name it. Nothing is taken in before all of
    that is decided.
    """
    named: dict[str, MergeChoice] = dict.fromkeys(hub_stands or (), "ours")
    if twice := [mark for mark in mine_stands or () if mark in named]:
        refuse(f"Both sides were said to stand for {listed(twice)}. Nothing was changed; name it once.")
    named |= dict.fromkeys(mine_stands or (), "theirs")
    with opened(plan, writing=True) as workspace, _asking("conflict"):
        reviewed = pulling.review(workspace, at)
        asked = _marked(reviewed.merge.asked if reviewed.merge is not None else ())
        rest: dict[str, MergeChoice] = dict.fromkeys(asked, "theirs" if keep == "mine" else "ours") if keep else {}
        sides = rest | named
        left = [mark for mark in asked if mark not in sides]
        for line in workspace.read_beside(lambda raw: [_asked_in_words(raw, mark, asked[mark]) for mark in left]):
            typer.echo(line, err=True)
        strange = [f"Nothing that is asked has the mark {mark}." for mark in named if mark not in asked]
        if left or strange:
            raise HubRefused("conflict", " ".join((reviewed.sentence, *strange, _HOW)))
        decided = {asked[mark].subject: MergeDecision(side) for mark, side in sides.items()}
        typer.echo(pulling.take(workspace, reviewed, decided))


_HOW = (
    "Nothing was changed, and your own steps are kept. Say in one command what shall stand: --hub MARK for each where "
    "the hub's shall, --mine MARK for each where yours shall, --keep hub or --keep mine for all others; or decide in "
    "the window, by Plan > Share… and Take in."
)
"""What a person can do who has to decide."""


def _marked(asked: Sequence[MergeItem]) -> dict[str, MergeItem]:
    """What is asked by short marks, as long as it takes to tell all apart; others once either side is another."""
    whole = {hashlib.sha256(item.subject.encode("utf-8", "surrogatepass")).hexdigest(): item for item in asked}
    long = next(long for long in range(_SHORTEST, _LONGEST + 1) if len({mark[:long] for mark in whole}) == len(whole))
    return {mark[:long]: item for mark, item in whole.items()}


_SHORTEST, _LONGEST = 6, 64
"""Signs of a mark: at least so many, and all that there are."""


@contextmanager
def _asking(kind: HubTrouble) -> Iterator[None]:
    """A context in which a refusal of a kind that a person can settle ends the program with status 1."""
    try:
        yield
    except HubRefused as refusal:
        if refusal.kind != kind:
            raise
        typer.echo(str(refusal), err=True)
        raise typer.Exit(ASK) from None


def _unasked(reviewed: PullReview) -> PullReview:
    """What was reviewed, if nothing of it is to be decided.

    Raises:
        HubRefused: if something is.
    """
    if reviewed.merge is not None and reviewed.merge.asked:
        raise HubRefused("conflict", f"{reviewed.sentence} Nothing was changed; “spp hub pull” asks what shall stand.")
    return reviewed


def _asked_in_words(plan: sqlite3.Connection, mark: str, item: MergeItem) -> str:
    """What is in conflict, as a line: its mark, the row, and what each side has."""
    words = Wording(plan, plan)
    whole = None if item.cells else item.theirs or item.ours or item.base
    row = words.row_of(RecordedChange("set" if whole is None else "add", *item.of_row, None, whole))
    hub, own = (_side(words, item, side) for side in (item.ours, item.theirs))
    return f"[{mark}] {row}: on the hub {hub}; in this plan {own}"


def _side(words: Wording, item: MergeItem, cells: StoredRow | None) -> str:
    """What a side has, in words."""
    if cells is None:
        return "it is not there"
    differ = [cell for cell in item.cells if (item.ours or {}).get(cell) != (item.theirs or {}).get(cell)]
    sets = (RecordedChange("set", item.table, item.key, cell, None, cells[cell]) for cell in differ)
    told = [f"{line.cell} {quoted(line.after or 'nothing')}" for each in sets for line in words.of_change(each)]
    return ", ".join(told) or "it is there"


@hub.command("fetch")
def fetch_command(
    url: Address,
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The file to make.")],
    *,
    title: Annotated[str, typer.Option(help="The plan's title, where there are several.")] = "",
) -> None:
    """Make a plan's file from its hub, on a machine that has no copy of the plan."""
    typer.echo(fetching.fetch(url, plan, title))


@hub.command("status")
def status_command(plan: PlanFile, *, at: At = "", as_json: AsJson = False) -> None:
    """Say how the plan and its hub stand to one another; exit status 1 if they are not in step."""
    with opened(plan) as workspace:
        status = exchanging.status(workspace, at)
    if as_json:
        typer.echo(json.dumps({**asdict(status), "sentence": status.sentence()}, ensure_ascii=False, indent=2))
    else:
        typer.echo(status.sentence())
        typer.echo(f"You are a {status.role} there. Its newest step: {status.last}.")
        typer.echo(f"Last in step: {status.in_step or 'not known on this machine'}.")
    if status.ahead or status.behind:
        raise typer.Exit(ASK)


@hub.command("role")
def role_command(
    plan: PlanFile,
    name: Annotated[str, typer.Argument(help="The database role; all are listed if not given.")] = "",
    role: Annotated[str, typer.Argument(help="officer, staff, reader, or none.")] = "",
    *,
    post: Annotated[
        list[str] | None, typer.Option(help="A post that a staff officer stands for; again for more.")
    ] = None,
    author: Annotated[str, typer.Option(help="The log-in name with which a staff officer's steps are signed.")] = "",
    at: At = "",
    as_json: AsJson = False,
) -> None:
    """Let a database role in as planning officer, staff officer or reader, or put it out; without a name list all."""
    with opened(plan) as workspace:
        if not name:
            told = members.every(workspace, at)
            if as_json:
                typer.echo(json.dumps([member._asdict() for member in told], ensure_ascii=False, indent=2))
            else:
                for member in told:
                    typer.echo(f"{member.name}  {member.role}  {', '.join(member.posts)}".rstrip())
        elif role == "none":
            typer.echo(members.put_out(workspace, name, address=at))
        elif role in HUB_ROLES:
            let_in = members.let_in(workspace, name, HUB_ROLES[role], posts=post or (), author=author, address=at)
            typer.echo(let_in)
        else:
            refuse("Say what it is to be: officer, staff, reader, or none. Nothing was changed.")
