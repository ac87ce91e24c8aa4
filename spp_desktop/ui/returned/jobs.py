"""What the menus and the page of returns do with returns: send them out, receive them, chase them."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from spp_desktop.edits import chasing, issuing, receiving
from spp_desktop.edits.chasing import Sent
from spp_desktop.edits.issuing import Mail
from spp_desktop.edits.reviewing import Review
from spp_desktop.edits.taking import Applied
from spp_desktop.plan.periods import year_name
from spp_desktop.plan.posts import Post
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.catalogue.monthly_results import MONTHLY_RESULTS
from spp_desktop.returns.catalogue.performance_plan import PERFORMANCE_PLAN
from spp_desktop.returns.catalogue.project import PROJECT
from spp_desktop.returns.catalogue.recorded_crime import RECORDED_CRIME
from spp_desktop.returns.definition import Return, ReturnForm
from spp_desktop.returns.file_forms import ENDINGS
from spp_desktop.returns.intake import kept_ready
from spp_desktop.returns.mapped import EXTRACT_LIMITS
from spp_desktop.returns.scan import ReturnRefused
from spp_desktop.store import queries
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.files import EXTRACTS, PROJECTS, RETURNS, WORKBOOKS, ask_open, ask_open_several, ask_save
from spp_desktop.ui.common.open_plan import OpenPlan
from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.common.question import tell
from spp_desktop.ui.results.import_plan import ImportPlanDialog
from spp_desktop.ui.results.import_results import ImportResultsDialog
from spp_desktop.ui.returned.drafts import save_drafts
from spp_desktop.ui.returned.files_not_read import FilesNotReadDialog
from spp_desktop.ui.returned.issue_returns import IssueReturnsDialog
from spp_desktop.ui.returned.mail_text import MailDialog
from spp_desktop.ui.returned.password import ask_password
from spp_desktop.ui.returned.reading import FilesReading
from spp_desktop.ui.returned.writing import Order, Written, writing
from spp_desktop.ui.review.dialog import ReviewDialog

KINDS: Mapping[ReturnForm, str] = {"workbook": WORKBOOKS, "project": PROJECTS}
"""What the file dialog offers for a return of each kind of file."""

SHEETS = (".csv", ".xlsx", ".xlsm", ".ods")
"""The endings of files that may hold results though they are no returns."""

MOST_KEPT_BACK = 3
"""Of what was kept back, how much is said in full above the tabs; the review says all of it."""

CLOSED = ("applied", "superseded")
"""The states of a receipt in which nothing in the file is left to decide."""

# Going out


def export_delivery(window: PlanWindow) -> None:
    """Export the year's delivery plan as a workbook."""
    _export(window, DELIVERY_PLAN)


def export_project(window: PlanWindow) -> None:
    """Export the year's delivery plan as a project, for MS Project."""
    _export(window, PROJECT)


def export_performance(window: PlanWindow) -> None:
    """Export the performance plan as a workbook."""
    _export(window, PERFORMANCE_PLAN)


def _export(window: PlanWindow, definition: Return) -> None:
    """Write a return as a workbook where the person chooses."""
    workspace, view = window.workspace, window.plan_view
    if workspace is None or view is None:
        return
    view.commit_pending()
    year = view.shown_year()
    title = f"{year_name(year)} {definition.title}" if definition.yearly else definition.title
    name, kinds = f"{title}{ENDINGS[definition.form]}", KINDS[definition.form]
    path = ask_save(window, f"Export the {definition.title}", kinds, workspace.path.with_name(name))
    if path is None:
        return
    order = Order(definition, "", year if definition.yearly else None, None, None, path)
    title = f"Writing {path.name}"
    again: dict[str, Callable[[], object]] = {"Try again…": lambda: _export(window, definition)}

    def done(file: Written) -> None:
        try:
            issuing.record(workspace, file.content, path)
        except (NotKept, OSError) as loss:
            view.say(f"{path.name} is written, but not recorded as sent. {loss}", again)
        else:
            view.say(f"Wrote {file.content.rows} rows to {path}.")

    view.jobs.run(
        writing(workspace, order, title),
        done,
        lambda sentence: view.say(sentence, again),
        title,
        lambda: view.say("Writing was stopped; nothing was written."),
    )


def issue_returns(window: PlanWindow) -> None:
    """Issue a status return for each post in one go, with the mails to send them with."""
    if window.plan_view is not None:
        window.plan_view.commit_pending()
        IssueReturnsDialog(window.plan_view.signals, window.plan_view.jobs, window).exec()


def issue_results(window: PlanWindow) -> None:
    """Issue the return in which the results of a month are filled in."""
    if window.plan_view is not None:
        window.plan_view.commit_pending()
        IssueReturnsDialog(window.plan_view.signals, window.plan_view.jobs, window, MONTHLY_RESULTS).exec()


def issue_another(window: PlanWindow) -> None:
    """Issue any return, to be chosen in the dialog; the first that stands for one to somebody outside is proposed."""
    if window.plan_view is not None:
        window.plan_view.commit_pending()
        IssueReturnsDialog(window.plan_view.signals, window.plan_view.jobs, window, RECORDED_CRIME).exec()


# Coming back


def receive_returns(window: PlanWindow, paths: Sequence[Path] | None = None) -> None:
    """Read files that came back, beside the window, and then show what differs in them to be decided."""
    workspace, view = window.workspace, window.plan_view
    if workspace is None or view is None:
        return
    if view.jobs.busy:
        view.say("Other files are still being read. Receive these when that has ended.")
        return
    with kept_ready():  # it has what it needs by the time the files are chosen
        paths = paths or ask_open_several(window, "Receive returns", RETURNS, workspace.path.parent)
        if not paths:
            return
        reading = FilesReading(workspace, view.jobs, paths, lambda file, tries: ask_password(window, file, tries), view)
    reading.ended.connect(lambda: _read(window, view, reading))
    reading.stopped.connect(lambda: view.say("Reading was stopped; nothing was taken in."))
    reading.stopped.connect(reading.deleteLater)
    reading.go_on()


def go_on_with_review(window: PlanWindow, receipt: str) -> None:
    """Go on with the review of a file that is kept, without the file."""
    workspace, view = window.workspace, window.plan_view
    if workspace is None or view is None:
        return
    view.commit_pending()
    try:
        review = receiving.gone_on_with(workspace, receipt)
    except ReturnRefused as refusal:
        view.say(str(refusal))
    except (KeyError, ValueError):
        view.say(
            "What was kept of this file is damaged, so its review cannot go on. Receive the file again.",
            {"Receive returns…": lambda: receive_returns(window)},
        )
    else:
        _review(window, view, [review])


def _read(window: PlanWindow, view: OpenPlan, reading: FilesReading) -> None:
    """Say which files could not be read, and show the others."""
    reading.deleteLater()
    view.commit_pending()
    done = [review for review in reading.reviews if review.receipt and review.receipt.state in CLOSED]
    open_ = [review for review in reading.reviews if review not in done]
    refusals = reading.refused + [(review.called, review.notices[-1]) for review in done]
    if len(reading.files) == 1 and refusals:
        choices: dict[str, Callable[[], object]] = {"Receive others…": lambda: receive_returns(window)}
        path, enclosed = reading.files[0].path, reading.files[0].enclosed
        if reading.refused and enclosed is None and path.suffix.casefold() in SHEETS:
            choices["Import results from it…"] = lambda: import_results(window, path)
        view.say(refusals[0][1], choices)
        return
    if refusals and not FilesNotReadDialog(refusals, len(open_), window).exec():
        return
    if open_:
        _review(window, view, open_)


def _review(window: PlanWindow, view: OpenPlan, reviews: Sequence[Review]) -> None:
    dialog = ReviewDialog(view.signals, reviews, window)
    dialog.exec()
    if dialog.applied is not None:
        view.say_of_step(_taken_in(dialog.applied, reviews))


def _taken_in(applied: Applied, reviews: Sequence[Review]) -> str:
    """What was taken in, in one or two sentences."""
    files = reviews[0].called if len(reviews) == 1 else f"{len(reviews)} files"
    changes = f"{applied.accepted} {'change' if applied.accepted == 1 else 'changes'}"
    more = [f"{n} {word}" for n, word in ((applied.refused, "refused"), (applied.left, "left to decide")) if n]
    if not applied.accepted and not more:
        return f"{files} {'is' if len(reviews) == 1 else 'are'} recorded as received, and changed nothing."
    done = f"Took in {changes} from {files}" if applied.accepted else f"{files}: nothing was taken in"
    end = " Undo takes them back in one step." if applied.accepted else ""
    kept_back = [f" Kept back, to be asked about: {each.sentence}" for each in applied.kept_back[:MOST_KEPT_BACK]]
    return f"{'; '.join(filter(None, (done, ', '.join(more))))}.{end}{''.join(kept_back)}"


def import_results(window: PlanWindow, path: Path | None = None) -> None:
    """Import results from somebody's extract, once a person has seen what would come in."""
    workspace, view = window.workspace, window.plan_view
    if workspace is None or view is None:
        return
    view.commit_pending()
    with kept_ready(EXTRACT_LIMITS):
        path = path or ask_open(window, "Import results", EXTRACTS, workspace.path.parent)
        if path is None:
            return
        dialog = ImportResultsDialog(view.signals, view.jobs, path, window)
        dialog.exec()
    if dialog.outcome:
        view.say_of_step(dialog.outcome)


def import_plan(window: PlanWindow) -> None:
    """Import a plan that exists as somebody's table, once a person has seen what would come in."""
    view = window.plan_view
    if view is None:
        return
    view.commit_pending()
    dialog = ImportPlanDialog(view.signals, view.jobs, view.shown_year(), window)
    dialog.exec()
    if dialog.outcome:
        if dialog.proposal is not None and dialog.proposal.has_activities:
            view.turn_to_year(dialog.proposal.year)  # where what came in is seen
        view.say_of_step(dialog.outcome)
    dialog.deleteLater()


# Chasing


def chase_returns(window: PlanWindow) -> None:
    """Show the mails to posts that have not answered, and to those whose answers lack rows."""
    view = window.plan_view
    if view is None:
        return
    mails, late, lacking = _mails(view)
    if not mails:
        tell(window, "There is nobody to chase.", detail="Every return that is due came back, with all of its rows.")
        return
    about = " and ".join(filter(None, (
        f"{Post.word.counted(late)} {'has' if late == 1 else 'have'} not answered" if late else "",
        f"{lacking} {'answer lacks' if lacking == 1 else 'answers lack'} rows" if lacking else "",
    )))  # fmt: skip
    MailDialog(
        "Chase",
        f"{about}. Save the mails as drafts that your mail program opens, or copy their texts.",
        mails,
        window,
        partial(_save_drafts, window, view),
    ).exec()


def _save_drafts(window: PlanWindow, view: OpenPlan, mails: Sequence[Mail]) -> str:
    parent = QApplication.activeModalWidget() or window
    return save_drafts(view.signals.workspace, mails, None, parent)


def _mails(view: OpenPlan) -> tuple[list[Mail], int, int]:
    """The mails that chase returns, and how many of them ask for a whole return and how many for rows.

    Of each return, only the latest that a post was sent is chased.
    """
    workspace = view.signals.workspace
    latest: dict[tuple[str, str], Sent] = {}
    for issue in chasing.sent(workspace, view.plan.today()):
        latest.setdefault((issue.return_id, issue.owner), issue)
    posts = {post.title: n for n, post in enumerate(workspace.read(queries.register, Post))}
    issues = sorted(latest.values(), key=lambda issue: posts.get(issue.owner, len(posts)))
    reminders = [chasing.chasing_mail(issue) for issue in chasing.to_chase(issues)]
    lacking = []
    for issue in issues:
        if issue.receipt is not None and issue.state != "set aside":
            with suppress(ReturnRefused, ValueError, KeyError):
                lacking.append(chasing.missing_mail_of(workspace, issue.receipt.id))
    missing = [mail for mail in lacking if mail is not None]
    return issuing.with_addresses(workspace, [*reminders, *missing]), len(reminders), len(missing)
