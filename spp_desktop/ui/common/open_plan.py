"""What a page of the window, and a job of its menus, needs of the plan that is open."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spp_desktop.store import queries
from spp_desktop.store.markings import markings
from spp_desktop.store.moments import Moment
from spp_desktop.ui.common.jobs import Jobs
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.common.window_page import WindowPage


class OpenPlan(QWidget):
    """One plan, open in the window.

    Attributes:
        signals: the door to what the plan holds.
        jobs: the worker for long jobs.
        plan: the plan itself, as it was last read.
        marking: the highest protective marking that anything of it bears; "" for none.

    Signals:
        year_chosen: the first calendar year of the financial year that pages which follow it are to show.
        asked: a ``plan_window.Job`` that the window is to do.
    """

    year_chosen = Signal(int)
    asked = Signal(object)

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.signals = signals
        self.jobs = Jobs(self)
        self.plan = signals.read(queries.plan)
        self.marking = signals.read(markings).highest()

    @abstractmethod
    def shown_year(self) -> int:
        """The first calendar year of the financial year that is chosen at the corner."""

    @abstractmethod
    def turn_to_year(self, year: int) -> None:
        """Choose a year at the corner, by its first calendar year, if it is offered there."""

    @abstractmethod
    def say(self, sentence: str, choices: Mapping[str, Callable[[], object]] | None = None) -> None:
        """Show a sentence above the tabs, with a button for each choice."""

    @abstractmethod
    def say_of_step(self, sentence: str, choices: Mapping[str, Callable[[], object]] | None = None) -> None:
        """Show above the tabs what the latest step did, as ``say``; it goes when the step is undone."""

    @abstractmethod
    def page(self, name: str) -> WindowPage:
        """A page, by the name the program has for it."""

    @abstractmethod
    def place_on(self, name: str) -> Mapping[str, str]:
        """The items the person is in on a page, by kind; none while the page has not been shown."""

    @abstractmethod
    def current(self) -> str:
        """The name of the page that is shown."""

    @abstractmethod
    def show_page(self, name: str) -> None:
        """Bring a page to the front, with the keyboard in the part where people work."""

    @abstractmethod
    def show_tab(self, title: str) -> None:
        """Bring a tab to the front, at the page of it that was shown last."""

    @abstractmethod
    def step_page(self, by: int) -> None:
        """Show the next page of the tab (1), or the one before (-1)."""

    @abstractmethod
    def next_pane(self) -> None:
        """Go to the next pane of the page that is shown."""

    @abstractmethod
    def choose_year(self) -> None:
        """Go to the year at the corner, to choose another."""

    @abstractmethod
    def go_to(self, kind: str, key: str) -> None:
        """Show an item of the plan on the page that shows its kind."""

    @abstractmethod
    def go_to_step(self, revision: int) -> None:
        """Show what a step of the history changed, by its local number, as far as a page shows it."""

    @abstractmethod
    def see_then(self, moment: Moment) -> None:
        """Have the window show the whole plan as it stood at a moment."""

    @abstractmethod
    def has_refusal(self) -> bool:
        """Whether something was typed on the page that is shown, and refused."""

    @abstractmethod
    def take_back(self) -> bool:
        """Give up the latest of what was typed on the page that is shown and refused. Returns whether there was any."""

    @abstractmethod
    def left(self, name: str) -> Mapping[str, Any]:
        """How something of this plan was left, such as a dialog, by its name; nothing where it never was."""

    @abstractmethod
    def leave(self, name: str, state: Mapping[str, Any]) -> None:
        """Remember on this computer how something of this plan is left."""

    @abstractmethod
    def forget_refusals(self) -> None:
        """Say no longer why something was refused."""

    @abstractmethod
    def commit_pending(self) -> bool:
        """Keep what is being typed in any editor. Returns whether the plan now has all of it."""
