"""Commands on returns that go out: list and write them, who has answered, reminders and receipts."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from spp_desktop.cli.ending import AsJson, PlanFile, opened, refuse, seen, writable
from spp_desktop.cli.options import day_option, month_option, year_option
from spp_desktop.edits import chasing, issuing, known_returns, receipt_texts
from spp_desktop.edits import drafts as saving
from spp_desktop.edits.issuing import Mail
from spp_desktop.edits.return_checks import before_sending
from spp_desktop.plan.identity import period_name, years_kept
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import (
    PERIODS,
    months_in_words,
    period_to_report,
    year_name,
    year_of,
)
from spp_desktop.returns.catalogue import every_return
from spp_desktop.returns.definition import Content, Return, apart
from spp_desktop.returns.file_forms import write
from spp_desktop.returns.page import page
from spp_desktop.store import clock, in_roles, queries, receipts
from spp_desktop.store.plain import RoleRow
from spp_desktop.store.receipts import Receipt
from spp_desktop.store.workspace import Workspace

app = typer.Typer()

_OWNS = ("owns an activity", "owns no activity")
"""What is said of a post that a return goes to, and of one that gets none."""

IN_ROLE = "To the posts in this role, such as “Portfolio holder”, with the rows they stand for."

Mails = Annotated[bool, typer.Option("--mail", help="Print the covering mail of each workbook too.")]
Drafts = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="Save each mail into this folder as a draft (.eml) that mail programs open, its workbook attached.",
    ),
]


@app.command()
def returns(
    return_id: Annotated[str, typer.Argument(metavar="[ID]", help="Print the page of this return.")] = "",
    *,
    plan: Annotated[
        Path | None, typer.Option("--plan", metavar="PLAN", help="Those declared in this plan, too.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the returns that can be exported, or print the page of one."""
    known = every_return()
    if plan is not None:
        with opened(plan) as workspace:
            known = workspace.read(known_returns.every)
    if return_id:
        definition = _among(known, return_id)
        data = {"id": definition.id, "title": definition.title, "page": page(definition)}
        typer.echo(_json(data) if as_json else data["page"], nl=as_json)
    elif as_json:
        typer.echo(_json([{"id": definition.id, "title": definition.title} for definition in known]))
    else:
        for definition in known:
            typer.echo(f"{definition.id:20} {definition.title}")


@dataclass(frozen=True)
class _Wanted:
    """A return that is asked for.

    Attributes:
        definition: The return.
        year: The financial year by its first calendar year; ``None`` for the whole plan.
        period: The quarter or month, "Q2" or "M06"; "" for neither.
        due: The day by which an answer is due, or ``None``.
        blank: Whether it is a form without rows.
        whole: Whether rows go out that are not reported in the period, too.
    """

    definition: Return
    year: int | None
    period: str
    due: date | None
    blank: bool
    whole: bool = False

    def content(self, workspace: Workspace, owner: str) -> Content:
        """The content of the workbook for a post, or for the whole plan ("")."""
        if self.blank:
            return issuing.blank(workspace, self.definition, owner, year=self.year, period=self.period, due=self.due)
        return issuing.prepare(
            workspace, self.definition, owner, year=self.year, period=self.period, due=self.due, whole=self.whole
        )


@app.command()
def export(
    plan: PlanFile,
    return_id: Annotated[str, typer.Argument(metavar="RETURN", help="The return's id, as spp returns lists it.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook to write; with --each-…, a folder.")],
    *,
    owner: Annotated[str, typer.Option(help="Only what this post owns, such as “ACC Crime”.")] = "",
    role: Annotated[str, typer.Option(help=IN_ROLE)] = "",
    year: Annotated[str, typer.Option(help="The year, such as 2008-2009; the plan's first if not given.")] = "",
    quarter: Annotated[str, typer.Option(help="The quarter, Q1 to Q4; the one that ended last if not given.")] = "",
    half: Annotated[str, typer.Option(help="The half year, H1 or H2; the one that ended last if not given.")] = "",
    whole_year: Annotated[bool, typer.Option("--whole-year", help="All of the year, not a quarter.")] = False,
    month: Annotated[str, typer.Option(help="The month, such as 2008-09; the one that ended last if not given.")] = "",
    due: Annotated[str, typer.Option(help="The day by which an answer is wanted, such as 2008-10-14.")] = "",
    blank: Annotated[bool, typer.Option("--blank", help="A form without rows.")] = False,
    all_rows: Annotated[bool, typer.Option("--all-rows", help="Rows too that are not reported in the period.")] = False,
    each_post: Annotated[bool, typer.Option("--each-post", help="One workbook for each post, into a folder.")] = False,
    area: Annotated[str, typer.Option(help="Only the rows of this area, such as “Coventry”.")] = "",
    each_area: Annotated[bool, typer.Option("--each-area", help="One workbook for each area, into a folder.")] = False,
    mail: Mails = False,
    drafts: Drafts = None,
) -> None:
    """Write a return as a workbook, or one for each post or area, and record that it was issued."""
    with seen(plan) as workspace:
        definition = _among(workspace.read(known_returns.every), return_id)
        role = role or _usual_role(workspace, definition, to_posts=bool(owner or each_post))
        if role:
            definition = _for_role(workspace, definition, role, to_posts=bool(owner or each_post))
        if area or each_area:
            definition = _for_areas(definition, to_posts=bool(role or owner or each_post))
        when = _when(definition, year, half=half, quarter=quarter, month=month, whole_year=whole_year)
        wanted = replace(_wanted(workspace, definition, *when, due, blank=blank), whole=all_rows)
        whom = _whom(workspace, wanted, owner or area, each=each_post or each_area)
        everybody = workspace.read(issuing.everybody, definition)
        each = each_post or each_area
        if each:
            writable(file)
            file.mkdir(parents=True, exist_ok=True)
        for post in whom:
            content = wanted.content(workspace, post)
            for sentence in before_sending(workspace, definition, content):
                typer.echo(f"To check: {sentence}", err=True)
            path = (
                file / issuing.file_name(definition, content.identity, everybody, content.plan.marking)
                if each
                else file
            )
            _write(workspace, definition, content, path, mail=mail, drafts=drafts)
        for sentence in _left_out(workspace, wanted, each_post=each_post):
            typer.echo(sentence, err=True)


def _left_out(workspace: Workspace, wanted: _Wanted, *, each_post: bool) -> Iterator[str]:
    """What goes to nobody, what is left out, and that nothing is recorded where the plan is open for reading only."""
    if each_post and wanted.year is not None:
        yield from workspace.read(issuing.unowned, wanted.definition, wanted.year)
    if wanted.year is not None and not (wanted.whole or wanted.blank):
        sentence = workspace.read(issuing.left_out, wanted.definition, wanted.year, wanted.period)
        yield from (f"{sentence} --all-rows sends them too.",) if sentence else ()
        yield from filter(None, (issuing.not_asked(wanted.definition, wanted.year),))
    if workspace.read_only:
        yield f"{' '.join(workspace.notices)} So the plan keeps no record of what was written now.".strip()


def _write(
    workspace: Workspace, definition: Return, content: Content, path: Path, *, mail: bool, drafts: Path | None
) -> None:
    """Write a workbook, record that it was issued, and print or save the mail that it goes out with."""
    write(definition, content, path)
    issuing.record(workspace, content, path)
    typer.echo(f"Wrote {path}: {content.rows} row{'' if content.rows == 1 else 's'}.")
    (covering,) = issuing.with_addresses(workspace, [issuing.covering_mail(definition, content, path)])
    if mail:
        _print_mail(covering)
    if drafts is not None:
        _save_draft(workspace, covering, drafts)


def _among(known: Iterable[Return], return_id: str) -> Return:
    """The return of this id, or of this title, among those that are known."""
    definition = next((each for each in known if return_id == each.id or fold(return_id) == fold(each.title)), None)
    if definition is None:
        refuse(f"There is no return called “{return_id}”; spp returns lists those there are.")
    return definition


def _for_role(workspace: Workspace, definition: Return, role: str, *, to_posts: bool) -> Return:
    """A return as it goes to the posts in a role."""
    known = _role_named(workspace, role)
    if not definition.by_owner:
        refuse(f"The {definition.title.lower()} is not made for one post, so it goes to no role.")
    if not to_posts:
        refuse("A return for a role goes to its posts: say --each-post for all of them, or --owner for one.")
    return definition.for_role(known.key, known.title)


def _usual_role(workspace: Workspace, definition: Return, *, to_posts: bool) -> str:
    """The role to whose posts a declared return goes, by its title; "" where it goes to owners, or to no posts."""
    roles = {role.key: role.title for role in workspace.read(in_roles.roles)}
    return roles.get(definition.usual_role, "") if to_posts else ""


def _role_named(workspace: Workspace, title: str) -> RoleRow:
    """The role of the plan that is called so."""
    roles = workspace.read(in_roles.roles)
    role = next((role for role in roles if role.title.casefold() == title.strip().casefold()), None)
    if role is None:
        known = "; ".join(role.title for role in roles) or "none; they are made in Plan > Lists… > Roles"
        refuse(f"“{title}” is no role of this plan. These are: {known}.")
    return role


def _when(
    definition: Return, year: str, *, half: str, quarter: str, month: str, whole_year: bool
) -> tuple[int | None, str | None]:
    """The year and the period that the options ask for; ``None`` for what they do not, "" for a year as a whole."""
    title = definition.title.lower()
    if year and not definition.yearly:
        refuse(f"The {title} is about the whole plan; it takes no year.")
    for asked, span in ((half, "half"), (quarter, "quarter"), (month, "month"), ("year" * whole_year, "whole year")):
        if asked and PERIODS.get(span, ("",))[0] not in definition.periods:
            refuse(f"The {title} is not about a {span}; it takes no {span}.")
    if len([asked for asked in (half, quarter, month, whole_year) if asked]) > 1:
        refuse("Say one part of the year: --half, --quarter, --month or --whole-year.")
    if year and month:
        refuse("A month says its year; leave out the year.")
    if month:
        return month_option(month)
    part = "" if whole_year else _part("half", half) if half else _part("quarter", quarter) if quarter else None
    return year_option(year) if year else None, part


def _wanted(
    workspace: Workspace, definition: Return, year: int | None, period: str | None, due: str, *, blank: bool
) -> _Wanted:
    """The return that is asked for; what the options leave open is as usual on the plan's day.

    Args:
        workspace: The plan.
        definition: The return.
        year: The financial year asked for, by its first calendar year, or ``None``.
        period: The part of the year asked for, "H1", "Q2" or "M06"; "" for all of it, ``None`` for the usual one.
        due: The option that says by which day an answer is due, or "".
        blank: Whether a form without rows is asked for.
    """
    plan = workspace.read(queries.plan)
    years = years_kept(plan)
    if year is not None and year not in years and not definition.any_year:
        refuse(f"{year_name(year)} is not a year of the plan, which is for {period_name(plan)}.")
    usual = None
    if definition.span in PERIODS:
        ended, part = period_to_report(definition.span, plan.today())
        if year is None:
            year = ended if ended in years or definition.any_year else workspace.read(queries.usual_year)
        if period is None:
            period = part if year == ended else PERIODS[definition.span][-1]
        usual = issuing.usual_due(definition, year, period)
    elif definition.yearly:
        year = workspace.read(queries.usual_year) if year is None else year
    about = usual or plan.today()
    return _Wanted(definition, year, period or "", day_option(due, year_of(about)) if due else usual, blank)


def _for_areas(definition: Return, *, to_posts: bool) -> Return:
    """A return as it goes to areas."""
    if to_posts:
        refuse("A return goes either to areas or to posts: say --area or --each-area, and nothing of posts or roles.")
    if not definition.by_area:
        refuse(f"The {definition.title.lower()} is not made for one area.")
    return definition.for_areas()


def _whom(workspace: Workspace, wanted: _Wanted, named: str, *, each: bool) -> list[str]:
    """The titles of the posts or areas that a workbook is written for; "" is the whole plan.

    Args:
        workspace: The plan.
        wanted: The return that is asked for.
        named: The title of the one that is named, or "".
        each: Whether each gets one.
    """
    definition, year = wanted.definition, wanted.year
    if not (named or each):
        return [""]
    kind = "area" if definition.to_areas else "post"
    if named and each:
        refuse(f"Either --{'area' if definition.to_areas else 'owner'} for one or --each-{kind} for all; not both.")
    if year is None or not definition.parted:
        refuse(f"The {definition.title.lower()} is not made for one post.")
    known = workspace.read(issuing.recipients, definition, year, wanted.period, whole=wanted.whole)
    owns, none = _what_is_theirs(definition)
    if each:
        return known or refuse(f"No {kind} {owns} of {year_name(year)}, so there is nobody to send one to.")
    theirs = next((title for title in known if title.casefold() == named.strip().casefold()), None)
    if theirs is None:
        refuse(f"“{named}” {none} of {year_name(year)}. These {kind}s do: {'; '.join(known) or 'none'}.")
    return [theirs]


def _what_is_theirs(definition: Return) -> tuple[str, str]:
    """What is said of somebody to whom a return goes, and of one who gets none."""
    if definition.to_areas:
        return "is asked for a figure", "is asked for no figure"
    in_role = definition.role_title.lower()
    return (f"stands as {in_role} to a row", f"stands as {in_role} to no row") if in_role else _OWNS


def _part(span: str, name: str) -> str:
    """The quarter or half of a year that an option names."""
    known = PERIODS[span]
    part = next((part for part in known if part == name.strip().upper()), None)
    if part is None:
        months = months_in_words(range(12 // len(known)))
        refuse(f"“{name}” is not a {span}; write {', '.join(known[:-1])} or {known[-1]}. {known[0]} is {months}.")
    return part


def _print_mail(mail: Mail) -> None:
    typer.echo(f"\nTo: {mail.to_line}\nSubject: {mail.subject}\n\n{mail.body}\n")


def _save_draft(workspace: Workspace, mail: Mail, folder: Path) -> None:
    writable(folder)
    folder.mkdir(parents=True, exist_ok=True)
    saved = saving.save(workspace, mail, folder)
    bare = "" if saved.whole else " without its workbook, which is not where it was written or was changed since"
    typer.echo(f"Saved {saved.path}{bare}.")


@app.command()
def sent(plan: PlanFile, *, as_json: AsJson = False) -> None:
    """Print who was sent what, who has answered and who is late; the latest first."""
    with opened(plan) as workspace:
        issues = chasing.sent(workspace, workspace.read(queries.plan).today())
    if as_json:
        typer.echo(_json([_sent_as_data(issue) for issue in issues]))
    elif not issues:
        typer.echo("No return has been sent out from this plan.")
    for issue in () if as_json else issues:
        due = f", due {issue.due:%d/%m/%Y}" if issue.due else ""
        came = f", came back {issue.answered:%d/%m/%Y}" if issue.answered else ""
        again = ", sent again later" if issue.replaced else ""
        what = " ".join(filter(None, (issue.title, issue.when)))
        typer.echo(f"{issue.state:10}  {what}, {issue.owner or 'all'}: sent {issue.sent:%d/%m/%Y}{due}{came}{again}")


def _sent_as_data(issue: chasing.Sent) -> dict[str, Any]:
    return {
        "export": issue.key,
        "return": issue.return_id,
        "period": issue.when,
        "post": issue.owner,
        "sent": issue.sent.isoformat(),
        "due": issue.due.isoformat() if issue.due else None,
        "answered": issue.answered.isoformat() if issue.answered else None,
        "state": issue.state,
        "rows": issue.rows,
        "file": issue.file,
        "receipt": issue.receipt.id if issue.receipt else None,
        "replaced": issue.replaced,
    }


@app.command()
def chase(
    plan: PlanFile,
    *,
    role: Annotated[str, typer.Option(help="Only those who were sent it in this role.")] = "",
    drafts: Drafts = None,
) -> None:
    """Print the reminders: to those who have not answered, and about rows that were not in what came back."""
    with opened(plan) as workspace:
        issues = chasing.sent(workspace, workspace.read(queries.plan).today())
        if role:
            asked = _role_named(workspace, role).key
            issues = [issue for issue in issues if apart(issue.return_id).role == asked]
        mails = [chasing.chasing_mail(issue) for issue in chasing.to_chase(issues)]
        back = [
            issue.receipt for issue in issues if issue.receipt and not issue.replaced and issue.state != "set aside"
        ]
        missing = [chasing.missing_mail_of(workspace, issue.id) for issue in back]
        mails = issuing.with_addresses(workspace, [*mails, *filter(None, missing)])
        for mail in mails:
            _print_mail(mail)
            if drafts is not None:
                _save_draft(workspace, mail, drafts)
    if not mails:
        typer.echo("There is nobody to remind.")


@app.command()
def receipt(
    plan: PlanFile,
    which: Annotated[str, typer.Argument(metavar="[RECEIPT]", help="A receipt's id, or the name of a file.")] = "",
) -> None:
    """List the files that came back; or print the receipt of one: what was accepted, changed, refused and why."""
    with opened(plan) as workspace:
        kept = workspace.read_beside(receipts.every)
        if which:
            typer.echo(receipt_texts.text_of(workspace, _chosen(kept, which)), nl=False)
            return
    if not kept:
        typer.echo("No file that came back is kept in this plan.")
    for receipt_kept in kept:
        typer.echo(
            f"{receipt_kept.id}  {clock.local_day(receipt_kept.at)}  {receipt_kept.state:10}  {receipt_kept.file_name}"
        )


def _chosen(kept: Iterable[Receipt], name: str) -> Receipt:
    """The latest receipt of this id or file name."""
    receipt = next((receipt for receipt in kept if name in (receipt.id, receipt.file_name)), None)
    if receipt is None:
        refuse(f"No receipt or file called “{name}” is kept in this plan; spp receipt PLAN lists them.")
    return receipt


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)
