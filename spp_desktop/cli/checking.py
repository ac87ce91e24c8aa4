"""The command that checks what a plan says: where it contradicts itself, what is missing, what is worth a look."""

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Annotated

import typer

from spp_desktop.cli.ending import ASK, AsJson, PlanFile, opened
from spp_desktop.edits import accepting
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.words import counted
from spp_desktop.store.checks import every
from spp_desktop.store.checks.every import CheckedFinding
from spp_desktop.store.checks.rule import SEVERITIES

app = typer.Typer()

ShowAll = Annotated[bool, typer.Option("--all", help="List what was accepted, too.")]
AcceptKeys = Annotated[
    list[str] | None, typer.Option("--accept", metavar="KEY", help="Accept this finding; --json gives its key.")
]
AcceptReason = Annotated[str, typer.Option("--reason", help="With --accept: why it is meant to be so.")]


@app.command()
def check(
    plan: PlanFile,
    *,
    as_json: AsJson = False,
    every_one: ShowAll = False,
    accept: AcceptKeys = None,
    reason: AcceptReason = "",
) -> None:
    """Say where a plan contradicts itself, what is missing in it, and what is worth a look.

    The exit status is 1 if anything is found that nobody has accepted. The file itself is checked by check-file.
    """
    with opened(plan, writing=bool(accept)) as workspace:
        checked = workspace.read(every.check)
        if accept:
            wanted = [each.finding for each in checked if each.finding.key in accept]
            _demand_found(accept, [finding.key for finding in wanted])
            workspace.edit(f"accept {counted(len(wanted), 'finding')}", accepting.accept, wanted, reason)
            checked = workspace.read(every.check)
        names = workspace.read(every.called, [each.finding for each in checked])
    if as_json:
        typer.echo(json.dumps([_as_data(each, names) for each in checked], ensure_ascii=False, indent=1))
    else:
        _print([each for each in checked if every_one or each.accepted is None], names)
        _print_count(checked)
    if any(each.accepted is None for each in checked):
        raise typer.Exit(ASK)


def _demand_found(asked: Sequence[str], known: Sequence[str]) -> None:
    """Refuse keys that no finding has.

    Raises:
        RuleBroken: naming the first of them.
    """
    for key in asked:
        if key not in known:
            raise RuleBroken("finding", f"Nothing is found under “{key}”. Print the keys with --json. Nothing changed.")


def _print(checked: Sequence[CheckedFinding], names: dict[str, str]) -> None:
    for rule, several in groupby(checked, key=lambda each: each.finding.rule):
        listed = list(several)
        typer.echo(f"{rule.title} ({len(listed):,}; {SEVERITIES[rule.severity].lower()}). {rule.about}")
        for each in listed:
            first = each.finding.rows[0]
            called = " ".join(f"{each.finding.refs}  {names.get(first.key, '')}".split())
            typer.echo(f"  {called}: {each.finding.sentence}" if called else f"  {each.finding.sentence}")
            if each.accepted is not None:
                typer.echo(
                    f"    Accepted by {each.accepted.author} on {each.accepted.on:%d/%m/%Y}: {each.accepted.reason}"
                )


def _print_count(checked: Sequence[CheckedFinding]) -> None:
    accepted = sum(each.accepted is not None for each in checked)
    left = counted(len(checked) - accepted, "finding")
    typer.echo(f"{left}." if not accepted else f"{left}, and {accepted:,} accepted.")


def _as_data(each: CheckedFinding, names: dict[str, str]) -> dict[str, object]:
    """A finding for JSON: stable names."""
    accepted = each.accepted and {
        "reason": each.accepted.reason, "by": each.accepted.author, "on": each.accepted.on.isoformat()
    }  # fmt: skip
    return {
        "rule": each.finding.rule.name, "severity": each.finding.rule.severity, "sentence": each.finding.sentence,
        "rows": [
            {"table": row.table, "key": row.key, "ref": row.ref, "text": names.get(row.key, "")}
            for row in each.finding.rows
        ],
        "key": each.finding.key, "accepted": accepted,
    }  # fmt: skip
