"""What is done by one key with the activities that are chosen in a table, for the period in view."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from spp_desktop.edits import delivery
from spp_desktop.plan.delivery import Activity
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import proposed, queries
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.monitoring.reporting import CARRY_KEYS, PROPOSED_KEYS, Reporting

NOTHING_PROPOSED = "Nothing else is proposed: it stands as the plan's rule says, or the rule has nothing to go by."
NOTHING_CARRIED = "Nothing was carried forward: it is written on already, or nothing was said in the period before."


def page_action(page: QWidget, text: str, keys: str, does: Callable[[], object]) -> QAction:
    """An action of a page that its keys do wherever on it the person is.

    Args:
        page: The page.
        text: Its words in the menu, with the key of its entry after "&".
        keys: The keys.
        does: What it does.
    """
    action = QAction(text, page)
    action.setShortcut(QKeySequence(keys))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _checked=False: does())
    page.addAction(action)
    return action


def proposal_action(
    page: QWidget, signals: PlanSignals, chosen: Callable[[], Sequence[str]], say: Callable[[str], object]
) -> QAction:
    """The action that gives the activities chosen the status that the plan's rule proposes.

    Args:
        page: The page.
        signals: The plan.
        chosen: Gives the keys of the activities that are chosen.
        say: Says why none was taken; "" takes that away.
    """

    def take() -> None:
        """Take what is proposed, or say why nothing was."""
        try:
            say(take_proposed(signals, chosen()))
        except (RuleBroken, NotKept) as refusal:
            say(str(refusal))

    return page_action(page, "Take the pr&oposed status", PROPOSED_KEYS, take)


def take_proposed(signals: PlanSignals, keys: Sequence[str]) -> str:
    """Give activities the status that the plan's rule proposes, as one step. Returns why none was given, or "".

    Raises:
        RuleBroken: if the plan refuses it; NotKept: if nothing can be written.
    """
    rows = {row.key: row for row in signals.read(queries.activities, counted=False) if row.key in keys}
    known = signals.read(proposed.proposals)
    cells = [
        (key, "status_id", known[key].status_key)
        for key, row in rows.items()
        if key in known and known[key].status_key not in (None, row.status_key)
    ]
    if not cells:
        return NOTHING_PROPOSED
    of = Activity.word.called(rows[cells[0][0]].ref, len(cells))
    signals.edit(f"take the proposed status of {of}", delivery.set_cells, cells)
    return ""


def carry_action(
    page: QWidget, reporting: Reporting, chosen: Callable[[], Sequence[str]], say: Callable[[str], object]
) -> QAction:
    """The action that carries the text of the period before forward.

    Args:
        page: The page.
        reporting: The period in view.
        chosen: Gives the keys of the activities that are chosen.
        say: Says why nothing was carried; "" takes that away.
    """

    def carry() -> None:
        """Carry forward, or say why nothing was."""
        keys = chosen()
        if not keys:
            return
        try:
            carried = reporting.carry_forward(keys)
        except (RuleBroken, NotKept) as refusal:
            say(str(refusal))
        else:
            say("" if carried else NOTHING_CARRIED)

    return page_action(page, "Carr&y last period's text forward", CARRY_KEYS, carry)
