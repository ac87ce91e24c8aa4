"""What the window says of the plan's file: why it was not opened, what stands about it, and what can be done."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.ui.common.plan_window import PlanWindow
from spp_desktop.ui.common.question import ask, tell
from spp_desktop.ui.window import plan_jobs

Deeds = Mapping[str, Callable[[], object]]
"""What can be done, by the words of its button."""

PASSING = frozenset({"in use", "unreadable"})
"""Reasons why a plan is not opened that may be gone in a moment."""


def again_after(window: PlanWindow, path: Path, refusal: PlanRefused, typed: str = "") -> bool:
    """Say why a plan was not opened, with its earlier versions where there are any. Returns whether to try again.

    ``typed`` says what was typed in its first look and is not kept; it can be copied there.
    """
    detail = "\n\n".join(filter(None, (typed, plan_jobs.earlier_versions_in_words(path))))
    if refusal.kind in PASSING:
        return ask(window, str(refusal), "Try again", detail=detail, harmless=True, copied=bool(typed))
    tell(window, str(refusal), detail=detail, copied=bool(typed))
    return False


def say_notices(window: PlanWindow) -> None:
    """Show above the tabs what there is to say of the plan's file, with what can be done about it."""
    workspace, view = window.workspace, window.plan_view
    if workspace is None or view is None or not workspace.notices:
        return
    choices: dict[str, Callable[[], object]] = dict(copy_choices(window))
    if workspace.place.kind == "passing":
        choices = {plan_jobs.KEEP_IT: lambda: plan_jobs.keep_it(window)}
    if workspace.known_head.lost:
        choices = {"Check this file": lambda: plan_jobs.check_plan(window), **trouble_choices(window)}
    if workspace.can_bring_back:
        choices = {"Bring them back": lambda: bring_back(window), **trouble_choices(window)}
    if workspace.holder is not None:
        choices["Take over…"] = lambda: plan_jobs.take_over(window)
    if workspace.copies.conflicting:
        choices["Open the other copy"] = partial(window.open_plan, workspace.copies.conflicting[-1])
    view.say(" ".join(workspace.notices), choices)


def bring_back(window: PlanWindow) -> None:
    """Put back the steps that another copy of the plan, written over it, has taken."""
    workspace, view = window.workspace, window.plan_view
    if workspace is None or view is None:
        return
    try:
        version = workspace.bring_back()
    except NotKept as refusal:
        view.say(str(refusal), trouble_choices(window))
    else:
        view.say(
            f"The steps are back. What stood in {workspace.path.name} is among the earlier versions: {version.name}."
        )


def copy_choices(window: PlanWindow) -> Deeds:
    """What can be done where the plan cannot be written or read as it is."""
    return {"Save a copy…": lambda: plan_jobs.save_a_copy(window)}


def trouble_choices(window: PlanWindow) -> Deeds:
    """What can be done where the plan's file can no longer be relied on."""
    return {**copy_choices(window), "Earlier versions…": lambda: plan_jobs.show_earlier_versions(window)}
