"""The lists of a delivery plan, read from the plan that is open."""

from collections.abc import Collection, Mapping
from datetime import date

from spp_desktop.plan.identity import years_of
from spp_desktop.plan.kinds import Option
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Priority
from spp_desktop.store import in_roles, proposed, queries, threads
from spp_desktop.store.plain import Proposal
from spp_desktop.ui.common.new_entries import NewEntries
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.delivery.columns import Lists
from spp_desktop.ui.grid.marking_column import marking_options
from spp_desktop.ui.thread.served import Servable


class PlanLists(Lists):
    """The statuses, posts and priorities, and the plan's own row, as they were last read."""

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__()
        self._signals = signals
        self.add_posts = NewEntries(signals, Post)
        self._served = Servable(signals, "activity")
        self._homes: Mapping[str, str] | None = None
        self._proposed: tuple[tuple[int | None, date], dict[str, Proposal]] | None = None
        self.home_titles, self.proposals = self._home_titles, self._proposals
        self.servable, self.named = self._served.options, self._served.named
        self.refresh()

    def refresh(self) -> None:
        """Read the lists again; what can be served, when it is needed."""
        self._served.forget()
        self._homes = self._proposed = None
        read = self._signals.read
        self.take_statuses(read(queries.statuses))
        self.plan = read(queries.plan)
        self.years = years_of(self.plan)
        self.roles, self.holders = read(in_roles.roles), read(in_roles.holders, self.plan.today())
        self.posts = [Option(row.id, row.title) for row in read(queries.register, Post)]
        self.priorities = [Option(row.id, row.title) for row in read(queries.register, Priority)]
        self.markings = marking_options(read(queries.register, Marking))

    def renew(self, keys: Collection[str]) -> None:
        """Read again what is known of some activities; the lists themselves are as they were."""
        self._served.forget()
        if self._proposed is None or self._proposed[0][1] != self.plan.today():
            self._proposed = None
            return
        (year, _), known = self._proposed
        for key in keys:
            known.pop(key, None)
        known.update(self._signals.read(proposed.proposals, year, of=keys))

    def _proposals(self) -> Mapping[str, Proposal]:
        """How the activities of the year in view stand today by the plan's rule: read when a cell is first painted."""
        asked = self.year, self.plan.today()
        if self._proposed is None or self._proposed[0] != asked:
            self._proposed = asked, self._signals.read(proposed.proposals, self.year)
        return self._proposed[1]

    def _home_titles(self) -> Mapping[str, str]:
        if self._homes is None:
            self._homes = self._signals.read(threads.home_titles)
        return self._homes
