"""Who acts, as reports say it: by post. People are named beside their posts only where that is asked for."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from spp_desktop.edits.documents.plan_read import DocumentPlan
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.posts import PostHolder
from spp_desktop.store import portfolios, queries

SOMEBODY = "an officer"
"""Who did something whom the plan knows by a name alone, where names are not printed."""


class ActingPosts:
    """The posts of a plan, and who holds them."""

    def __init__(self, plan: DocumentPlan) -> None:
        self._plan = plan

    @cached_property
    def _posts(self) -> Mapping[str, str]:
        return dict(self._plan.read(portfolios.posts))

    @cached_property
    def _holders(self) -> list[tuple[str, str, bool]]:
        """Names with the title of the post that each held, and whether that is so today."""
        today = self._plan.today
        return [
            (row.name, self._posts[row.post_id], (row.held_from or date.min) <= today <= (row.held_to or date.max))
            for row in self._plan.read(queries.register, PostHolder)
        ]

    def post(self, title: str) -> str:
        """A post as it is printed: "ACC Crime"; with the names of those who hold it, where that is asked for."""
        names = [name for name, post, now in self._holders if post == title and now]
        return f"{title} ({', '.join(names)})" if names and self._plan.asked.with_names else title

    def posts(self, titles: tuple[str, ...]) -> str:
        """Several posts, the lead first."""
        return "; ".join(map(self.post, titles))

    def author(self, name: str) -> str:
        """Whoever did something: as the plan names them, or as the post that they held, or as an officer."""
        return self.post_of(name) or (SOMEBODY if name else "")

    def post_of(self, name: str) -> str:
        """The same; "" where the plan knows no post of theirs."""
        if self._plan.asked.with_names or not name:
            return name
        titles = {fold(title): title for title in self._posts.values()}
        former = {fold(holder): title for holder, title, _ in self._holders}
        return titles.get(fold(name)) or former.get(fold(name)) or ""
