"""The roles and posts of the plan that is open, as they were last read: what columns of posts in roles are made of."""

from collections.abc import Mapping, Sequence

from spp_desktop.plan.kinds import Option
from spp_desktop.plan.posts import Post
from spp_desktop.store import in_roles, queries
from spp_desktop.store.plain import RoleRow
from spp_desktop.ui.common.new_entries import NewEntries
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.role_columns import PostLists


class RolesOfPlan:
    """What tables whose rows have posts in roles read of the plan beside their rows."""

    def __init__(self, signals: PlanSignals) -> None:
        self._signals, self._adds = signals, NewEntries(signals, Post)
        self._roles: Sequence[RoleRow] = ()
        self._posts: Sequence[Option] = ()
        self._holders: Mapping[str, str] = {}
        self.refresh()

    def refresh(self) -> bool:
        """Read the roles, the posts and who holds them again. Returns whether the roles are others than before."""
        read, before = self._signals.read, self._roles
        self._roles = read(in_roles.roles)
        self._posts = [Option(row.id, row.title) for row in read(queries.register, Post)]
        self._holders = read(in_roles.holders, read(queries.plan).today())
        return self._roles != before

    @property
    def lists(self) -> PostLists:
        """What columns are made of."""
        return PostLists(self._roles, lambda: self._posts, self._adds, lambda: self._holders)
