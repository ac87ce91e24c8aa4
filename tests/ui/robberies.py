"""A plan whose one indicator has a worked year of robberies, for the screens that show how it stands."""

from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spp_desktop.edits import judging, performance, registers, results
from spp_desktop.plan.judging import PeerForce
from spp_desktop.plan.periods import month_end, months
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.performance.page import PerformancePage
from spp_desktop.ui.performance.reason import ReasonDialog

LAST_YEAR = (410, 395, 388, 402, 399, 420, 455, 470, 430, 380, 360, 391)
THIS_YEAR = (398, 380, 371, 390, 396, 401)
AS_AT = date(2008, 10, 31)
SENTENCE = (
    "Amber: 2,336 robberies April to September 2008 (provisional) against a trajectory of 2,317 (last year's profile, "
    "target 4,704); 0.8% over, inside the 5% tolerance."
)


def robberies(plan: Workspace) -> str:
    """Make the plan's one indicator robberies, as on 31 October 2008, its latest month provisional; give its key."""
    key = plan.read(queries.indicators)[0].key
    plan.edit("set", registers.set_plan, as_at=AS_AT, force="Mercia", as_kind="built")
    plan.edit("set", performance.set_indicator, key, title="Robbery", unit="robberies", as_kind="built")
    plan.edit("set", judging.set_measuring, key, measure="count", trajectory="last year's profile", as_kind="built")
    rows = [
        {"indicator_id": key, "period_from": month, "period_to": month_end(month), "value": value, "state": state}
        for month, value, state in zip(
            months(date(2007, 4, 1), date(2008, 9, 1)),
            (*LAST_YEAR, *THIS_YEAR),
            ("final",) * 17 + ("provisional",),
            strict=True,
        )
    ]
    plan.edit("enter", results.enter, rows, as_kind="built")
    return key


def peers(plan: Workspace, year: int = 2007) -> list[str]:
    """A group of two other forces; their keys."""
    return [
        plan.edit("add", registers.add, PeerForce, year=year, force=force, as_kind="built")
        for force in ("Kent", "Essex")
    ]


def shown(qtbot: QtBot, plan: Workspace) -> PerformancePage:
    """The tab on a screen as small as any, its first indicator chosen."""
    tab = PerformancePage(PlanSignals(plan))
    qtbot.addWidget(tab)
    tab.resize(1280, 640)
    tab.show()
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow)
    if tab.model.rows:
        tab.select(tab.model.rows[0].key)
    return tab


def answer(choice: str, words: str, day: str = "") -> list[ReasonDialog]:
    """Answer the question that is about to open, as a person would; gives it once it has opened."""
    opened: list[ReasonDialog] = []

    def reply() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReasonDialog)
        opened.append(dialog)
        if choice:
            dialog.choices[choice].click()
        if day:
            dialog.day.setText(day)
        dialog.words.setPlainText(words)
        dialog.done_button.click()
        if dialog.isVisible():  # refused: it stays open and says why
            opened[0].setProperty("said", dialog.refusal.text())
            dialog.reject()

    QTimer.singleShot(0, reply)
    return opened
