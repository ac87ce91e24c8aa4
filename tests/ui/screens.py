"""Every dialog of the program, each as it opens on the worked sample: for tests that go through all of them."""

import csv
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog

import spp_desktop.ui
from spp_desktop.edits import delivery, returns_calendar, target_cells
from spp_desktop.edits.date_moves import Move
from spp_desktop.edits.forms.value import NamedValue
from spp_desktop.edits.issuing import Mail
from spp_desktop.edits.overview.parts import PARTS
from spp_desktop.edits.plan_in.questions import PlanQuestion
from spp_desktop.edits.receiving import review
from spp_desktop.edits.status_reasons import AskedStatus
from spp_desktop.hub.pulling import PullReview
from spp_desktop.plan.kinds import Option
from spp_desktop.store import portfolios, queries, threads
from spp_desktop.store.appended import MadeElsewhere
from spp_desktop.store.changed import unheard
from spp_desktop.store.checking import Report
from spp_desktop.store.public_items import public_items
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.final_changes import FinalChangesDialog
from spp_desktop.ui.common.reasoned_changes import ReasonedChangesDialog, ToldChange
from spp_desktop.ui.delivery.moved_dates import DateMovesDialog
from spp_desktop.ui.delivery.status_reasons import StatusReasonsDialog
from spp_desktop.ui.documents.edition_dialog import EditionDialog
from spp_desktop.ui.documents.publish_dialog import PublishDialog
from spp_desktop.ui.documents.small_numbers_dialog import SmallNumbersDialog
from spp_desktop.ui.editions.issue_dialog import IssueEditionDialog
from spp_desktop.ui.editions.move_on_dialog import MoveOnDialog
from spp_desktop.ui.forms.belongs_here import BelongsHereDialog
from spp_desktop.ui.forms.fill_form import FillFormDialog
from spp_desktop.ui.forms.form_dialog import FormDialog
from spp_desktop.ui.forms.read_form import ReadFormDialog
from spp_desktop.ui.forms.wording_dialog import WordingDialog
from spp_desktop.ui.help.help_window import HelpWindow
from spp_desktop.ui.history.compare_dialog import CompareDialog
from spp_desktop.ui.history.moment_list import MomentDialog
from spp_desktop.ui.history.row_life_dialog import RowLifeDialog
from spp_desktop.ui.merging.holding import hold
from spp_desktop.ui.merging.merge_dialog import MergeDialog
from spp_desktop.ui.merging.merge_screen import MergeScreen
from spp_desktop.ui.merging.other_value_dialog import OtherValueDialog
from spp_desktop.ui.monitoring.hand_over_dialog import HandOverDialog
from spp_desktop.ui.monitoring.periods_dialog import PeriodsDialog
from spp_desktop.ui.monitoring.sign_off import SignedRow, SignOffDialog
from spp_desktop.ui.overview.arrange_dialog import ArrangeDialog
from spp_desktop.ui.performance.new_indicator import NewIndicatorDialog
from spp_desktop.ui.performance.reason import ReasonAsked, ReasonDialog
from spp_desktop.ui.performance.target_changes import MeantDialog, TargetChangesDialog
from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.print_dialog import PrintDialog, page_words, shown_on
from spp_desktop.ui.pictures.save_dialog import SavePictureDialog
from spp_desktop.ui.priorities.note_picker import NotePicker
from spp_desktop.ui.public.decide_dialog import DecideDialog
from spp_desktop.ui.registers.dialog import RegistersDialog
from spp_desktop.ui.results.import_plan import ImportPlanDialog
from spp_desktop.ui.results.import_results import ImportResultsDialog
from spp_desktop.ui.results.plan_questions import PlanQuestionsDialog
from spp_desktop.ui.results.row_choices import RowChoicesDialog
from spp_desktop.ui.results.text_choices import MeaningsDialog, RowsDialog
from spp_desktop.ui.results.unlikely_dialog import ToldFigure, UnlikelyFiguresDialog
from spp_desktop.ui.returned.files_not_read import FilesNotReadDialog
from spp_desktop.ui.returned.issue_returns import IssueReturnsDialog
from spp_desktop.ui.returned.mail_text import MailDialog
from spp_desktop.ui.returned.password import PasswordDialog
from spp_desktop.ui.returned.publish_tables import PublishTablesDialog
from spp_desktop.ui.returned.receipt import ReceiptDialog
from spp_desktop.ui.returned.save_calendar import SaveCalendarDialog
from spp_desktop.ui.review.dialog import ReviewDialog
from spp_desktop.ui.review.screen import ReviewScreen
from spp_desktop.ui.sharing.at_hub import HubCopy, HubPull
from spp_desktop.ui.sharing.pull_dialog import PullDialog
from spp_desktop.ui.sharing.share_dialog import ShareDialog
from spp_desktop.ui.submitted.declare_dialog import DeclareReturnDialog
from spp_desktop.ui.submitted.restated_dialog import RestatedDialog
from spp_desktop.ui.submitted.step_dialog import StepDialog
from spp_desktop.ui.thread.picker import LinkPicker
from spp_desktop.ui.turning.from_to_dialog import FromToDialog
from spp_desktop.ui.window.check_report import CheckReportDialog
from spp_desktop.ui.window.earlier_versions import EarlierVersionsDialog
from spp_desktop.ui.window.explaining import explained
from spp_desktop.ui.window.explanation import ExplanationDialog
from spp_desktop.ui.window.expunge import ExpungeDialog
from spp_desktop.ui.window.find_anything import FindAnything
from spp_desktop.ui.window.main_window import MainWindow
from spp_desktop.ui.window.new_plan import NewPlanDialog
from spp_desktop.ui.window.portfolio_choice import PortfolioDialog
from tests.ui.returned_files import issue

COLOURS = tuple(Option(n, f"Colour {n}", "", "disc", "#1a7f37", "#56d364") for n in "abcdef")
LONG = "A sentence as long as any that a plan of a force may hold in one of its cells. " * 3
WORDS = (" ".join(["Residential burglary recorded in the north of the force"] * 2),) * 20


def kinds_of_dialog() -> set[str]:
    """The names of all classes of dialogs in the program."""
    for module in pkgutil.walk_packages(spp_desktop.ui.__path__, "spp_desktop.ui."):
        importlib.import_module(module.name)
    known: list[type[QDialog]] = []
    waiting = list(QDialog.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("spp_desktop."):
            known.append(kind)
    return {kind.__name__ for kind in known} - {
        each.__name__ for each in (FormDialog, MergeScreen, ReasonedChangesDialog, ReviewScreen, RowChoicesDialog)
    }


def dialogs(window: MainWindow, folder: Path) -> Mapping[str, Callable[[], QDialog]]:
    """What opens each dialog, by the name of its class."""
    view, workspace = window.plan_view, window.workspace
    assert view is not None
    assert workspace is not None
    signals = view.signals
    changes = [ToldChange(LONG, "April to September 2008", "1,234,567", "2,345,678")] * 30

    def drawings() -> list[Drawing]:
        return list(shown_on(view.page("delivery"))[0])

    def meant() -> MeantDialog:
        key = signals.read(queries.indicators)[0].key
        cells = [(key, f"target:{year}", "100") for year in (2008, 2009, 2010)]
        return MeantDialog(signals.read(target_cells.unclear, cells), window)

    def target_changes() -> TargetChangesDialog:
        row = signals.read(queries.indicators)[0]
        return TargetChangesDialog([target_cells.ChangedTarget(row, 2008, "4%", "5%")] * 30, window)

    def extract() -> ImportResultsDialog:
        with (folder / "extract.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([["OCU", "Month", "Recorded"], ["Force", "Apr-08", "200"]])
        return ImportResultsDialog(signals, view.jobs, folder / "extract.csv", window)

    def merged() -> MergeDialog:
        copy = folder / "copy.plan"
        workspace.save_copy(copy)
        row = signals.read(queries.activities)[0]
        with Workspace.open(copy) as other:
            other.edit("change it there", delivery.set_cells, [(row.key, "text", LONG)])
        workspace.edit("change it here", delivery.set_cells, [(row.key, "text", LONG[::-1])])
        return MergeDialog(signals, hold(workspace, copy, unheard), window)

    def other_value() -> OtherValueDialog:
        desk = merged().desk
        return OtherValueDialog(LONG, desk.cells_to_type(0), ("Here", "In the copy"), print, window)

    def pulled() -> PullDialog:
        copy = merged().copy
        made, newest = MadeElsewhere(None), copy.merge.their_newest
        made.revisions += copy.merge.coming
        assert newest is not None
        pull = PullReview("", "", "the hub “plan”", newest, made, newest, copy.merge)
        there = HubCopy(copy.copy.path, "", copy.copy.connection)
        subjects = {item.subject: item.subject for item in copy.merge.asked}
        shown = PullDialog(signals, HubPull(pull, copy.merge, there, subjects), {}, dict, window)
        shown.copy = copy  # type: ignore[attr-defined] # as long as it is looked at
        return shown

    def reviewed() -> ReviewDialog:
        return ReviewDialog(signals, [review(workspace, issue(workspace, folder, "ACC Crime"))], window)

    def linked() -> LinkPicker:
        rows = list(signals.read(threads.rows, None, ["activity"]).values())[:10]
        return LinkPicker(signals, "activity", rows, window, year=2008)

    def known_portfolios() -> list[portfolios.Portfolio]:
        read = signals.read
        known = [read(portfolios.portfolio, post) for post, _ in read(portfolios.posts)]
        return [each for each in known if each is not None]

    def help_() -> HelpWindow:
        shown = HelpWindow(window)
        shown.show_place("tabs/results.md")
        return shown

    asked = ReasonAsked(
        "Give another colour", LONG, "Reason", "Give the colour", COLOURS,
        date(2008, 10, 31),
    )  # fmt: skip
    return {
        "ArrangeDialog": lambda: ArrangeDialog([part.name for part in PARTS], ["checks"], window),
        "BelongsHereDialog": lambda: BelongsHereDialog(
            LONG, [NamedValue("plan: force", LONG)], [NamedValue(words, words) for words in WORDS], 4, window
        ),
        "DeclareReturnDialog": lambda: DeclareReturnDialog(signals, window),
        "IssueEditionDialog": lambda: IssueEditionDialog(view, window),
        "MoveOnDialog": lambda: MoveOnDialog(signals, window),
        "StepDialog": lambda: StepDialog(
            signals, returns_calendar.rounds(workspace)[0], signals.read(queries.plan).today(), window
        ),
        "FillFormDialog": lambda: FillFormDialog(signals, view.jobs, view.shown_year(), window),
        "ReadFormDialog": lambda: ReadFormDialog(signals, view.jobs, view.shown_year(), window),
        "CheckReportDialog": lambda: CheckReportDialog(Report(ok=False, lines=[LONG] * 20), workspace.path, window),
        "CompareDialog": lambda: CompareDialog(workspace, view.jobs, ("activity",), None, window),
        "MomentDialog": lambda: MomentDialog(workspace, window),
        "RowLifeDialog": lambda: RowLifeDialog(workspace, signals.read(queries.activities, 2008)[0].key, window),
        "ExpungeDialog": lambda: ExpungeDialog(workspace, window),
        "EarlierVersionsDialog": lambda: EarlierVersionsDialog(workspace.path, window),
        "ImportPlanDialog": lambda: ImportPlanDialog(signals, view.jobs, view.shown_year(), window),
        "ImportResultsDialog": extract,
        "ExplanationDialog": lambda: ExplanationDialog(explained(window), "Finding your way", window),
        "FilesNotReadDialog": lambda: FilesNotReadDialog(
            [(f"{n} {LONG[:60]}.xlsx", LONG) for n in range(30)], 2, window
        ),
        "FinalChangesDialog": lambda: FinalChangesDialog(changes, window),
        "FindAnything": lambda: FindAnything(
            signals, window.page_actions, list(window.actions_by_name.values()), window
        ),
        "FromToDialog": lambda: FromToDialog(signals, 2008, signals.read(queries.activities, 2008)[0].key, window),
        "HelpWindow": help_,
        "IssueReturnsDialog": lambda: IssueReturnsDialog(signals, view.jobs, window),
        "LinkPicker": linked,
        "MailDialog": lambda: MailDialog(
            "Reminders", LONG, [Mail("To the office", "Return", LONG)] * 3, window, lambda _: LONG
        ),
        "NotePicker": lambda: NotePicker(signals, [], window),
        "HandOverDialog": lambda: HandOverDialog(signals, window),
        "PeriodsDialog": lambda: PeriodsDialog(signals, window),
        "PlanQuestionsDialog": lambda: PlanQuestionsDialog(
            [PlanQuestion(f"day {n}", "day", LONG[:60], "D7", LONG, (("", "(left empty)"),), None) for n in range(20)],
            window,
        ),
        "MeaningsDialog": lambda: MeaningsDialog(
            [(f"{words} {n}", "area") for n, words in enumerate(WORDS)], {"area": [("", "New area")]}, {}, window
        ),
        "MeantDialog": meant,
        "NewIndicatorDialog": lambda: NewIndicatorDialog(lambda _: None, window),
        "NewPlanDialog": lambda: NewPlanDialog(window, folder),
        "PasswordDialog": lambda: PasswordDialog(f"{LONG[:70]}.xlsx", 2, window),
        "PortfolioDialog": lambda: PortfolioDialog(known_portfolios(), "", window),
        "PrintDialog": lambda: PrintDialog(drawings(), page_words(view), parent=window),
        "EditionDialog": lambda: EditionDialog(view, window),
        "SmallNumbersDialog": lambda: SmallNumbersDialog(view.signals, window),
        "PublishDialog": lambda: PublishDialog(view, window),
        "PublishTablesDialog": lambda: PublishTablesDialog(view, window),
        "ReasonDialog": lambda: ReasonDialog(asked, lambda _: None, window),
        "ReceiptDialog": lambda: ReceiptDialog(workspace, [], window),
        "RegistersDialog": lambda: RegistersDialog(signals, window),
        "RestatedDialog": lambda: RestatedDialog(workspace, window),
        "MergeDialog": merged,
        "OtherValueDialog": other_value,
        "PullDialog": pulled,
        "ShareDialog": lambda: ShareDialog(view, window),
        "ReviewDialog": reviewed,
        "RowsDialog": lambda: RowsDialog({"Offence": WORDS, "Area": WORDS}, {}, window),
        "SaveCalendarDialog": lambda: SaveCalendarDialog(signals, window),
        "SavePictureDialog": lambda: SavePictureDialog(drawings()[0], window),
        "DecideDialog": lambda: DecideDialog(
            signals.read(public_items)[:9],
            lambda _: None,
            by=LONG[:60],
            today=date(2008, 9, 1),
            withhold=True,
            parent=window,
        ),
        "DateMovesDialog": lambda: DateMovesDialog(
            [Move("1.05", "1.05", "due", date(2008, 9, 30), None, 1)] * 30, window
        ),
        "SignOffDialog": lambda: SignOffDialog(
            "submits", LONG, [SignedRow(f"{n}", f"1.{n:02}", LONG, LONG) for n in range(30)], "A. Jones", window
        ),
        "StatusReasonsDialog": lambda: StatusReasonsDialog(
            [AskedStatus("1.05", "1.05", LONG, "On track", "Off track", LONG)] * 30, window
        ),
        "TargetChangesDialog": target_changes,
        "UnlikelyFiguresDialog": lambda: UnlikelyFiguresDialog(
            [ToldFigure(LONG, "April 2008", "999,999", LONG)] * 30, window
        ),
        "WordingDialog": lambda: WordingDialog(LONG, {f"{n} {LONG}": "C" for n in range(30)}, window),
    }
