"""What a register can do besides what every register can: its own commands, as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spp_desktop.edits import statutory, strengths
from spp_desktop.edits.statutory import FilledFigures
from spp_desktop.plan.words import counted
from spp_desktop.ui.common.signals import PlanSignals

MOST_NAMED = 3
"""Figures that are named one by one in a sentence, at most."""
COUNTED_ALREADY = "The next count of these groups is there already. Nothing was changed."
THERE_ALREADY = "The next year of these rows is there already. Nothing was changed."


@dataclass(frozen=True)
class RegisterCommand:
    """A command of a register's page, done with the rows that are chosen.

    Attributes:
        register: the name of the register.
        text: what it is called, with its key after "&".
        tip: what it does, in a sentence.
        run: does it with the keys of the rows, and gives the sentence that says what was done.
    """

    register: str
    text: str
    tip: str
    run: Callable[[PlanSignals, Sequence[str]], str]


def _fill(signals: PlanSignals, keys: Sequence[str]) -> str:
    done: FilledFigures = signals.edit("fill statutory indicators from results", statutory.fill, keys)
    told = [f"{counted(done.filled, 'figure').capitalize()} filled from results."]
    if done.kept:
        told.append(f"Left as typed: {' '.join(_first(done.kept))}")
    if done.lacking:
        told.append(f"The plan has no whole year of results for {'; '.join(_first(done.lacking))}.")
    return " ".join(told)


def _first(several: Sequence[str]) -> list[str]:
    more = len(several) - MOST_NAMED
    return [*several[:MOST_NAMED], *([f"and {more:,} more"] if more > 0 else [])]


def _carry_on(signals: PlanSignals, keys: Sequence[str]) -> str:
    added = signals.edit("carry statutory indicators into the next scheme", statutory.carry_on, keys)
    return f"{counted(len(added), 'row').capitalize()} begun for the next year." if added else THERE_ALREADY


def _count_next(signals: PlanSignals, keys: Sequence[str]) -> str:
    added = signals.edit("begin the next count of the workforce", strengths.carry_on, keys)
    return f"{counted(len(added), 'row').capitalize()} begun for the next count." if added else COUNTED_ALREADY


COMMANDS = (
    RegisterCommand(
        "statutory_indicator",
        "Fill from res&ults",
        "Fill the empty figures of the rows chosen from the results of the plan's indicator that each names",
        _fill,
    ),
    RegisterCommand(
        "statutory_indicator",
        "Carry &on",
        "Begin the next year of the rows chosen in the scheme of the items that they name as their like",
        _carry_on,
    ),
    RegisterCommand(
        "strength",
        "Carry &on",
        "Begin the rows chosen for the next 31 March or 30 September, with what is budgeted",
        _count_next,
    ),
)
"""All commands; those of a register in the order of their buttons."""
