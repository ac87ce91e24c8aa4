"""What the window does to undo a step or do one again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import step_size
from spp_desktop.store.changed import Moved
from spp_desktop.store.problems import NotKept, PlanRefused, UndoOfClosed, UndoOfLocked, UndoRefused
from spp_desktop.ui.common.jobs import Cancelled
from spp_desktop.ui.common.long_step import LongStep
from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.window import file_messages, plan_jobs

if TYPE_CHECKING:
    from spp_desktop.store.history import Revision


def is_large(window: PlanWindow, step: "Revision") -> bool:
    """Whether a step changed so many rows that there is no one place to go to."""
    return window.workspace is not None and window.workspace.read_beside(step_size.is_large, step.id)


STOPPED = "You stopped it. The plan is as it was."


def turn(window: PlanWindow, turning: "Callable[[Moved], Revision | None]", title: str, verb: str) -> None:
    """Undo or redo a step, once what is being typed is kept; say which, and go to what it changed.

    Args:
        window: The window.
        turning: Undoes a step or does it again, and gives it.
        title: What is done: "Undo".
        verb: What was done: "Undid".
    """
    view = window.plan_view
    if view is None:
        return
    kept = view.commit_pending()
    try:
        with LongStep(window, title) as heard:
            step = turning(heard)
        if step is not None:
            if kept:
                view.forget_refusals()
            if not is_large(window, step):
                view.go_to_step(step.n)
            window.say_below(f"{verb}: {step.label}")
    except Cancelled:
        view.say(STOPPED)
    except NotKept as refusal:
        view.say(str(refusal), file_messages.trouble_choices(window))
    except (UndoOfLocked, UndoOfClosed) as refusal:
        view.say(str(refusal), plan_jobs.reopening(window, refusal))
    except (UndoRefused, PlanRefused, RuleBroken) as refusal:
        view.say(str(refusal))
