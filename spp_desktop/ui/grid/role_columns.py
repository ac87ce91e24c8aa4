"""The columns of posts in roles, one for each role of the plan, alike in every table; and who holds a post."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from spp_desktop.plan.kinds import Option, Several
from spp_desktop.plan.role_names import in_role
from spp_desktop.store.plain import PostsInRoles, RoleRow
from spp_desktop.ui.grid.columns import GridColumn

WIDTH, LETTER, MARGIN = 128, 7, 24
"""The pixels of a column: at least, and for the letters of its heading."""


class PostLists(NamedTuple):
    """What the columns of posts in roles are made of, as it is now.

    Attributes:
        roles: the plan's roles.
        posts: gives the posts that can be chosen.
        adds: asks whether names that are no posts are to be added, and adds them.
        holders: gives who holds each post on the plan's day, by the post's key.
    """

    roles: Sequence[RoleRow]
    posts: Callable[[], Sequence[Option]]
    adds: Callable[[Sequence[str]], bool] | None = None
    holders: Callable[[], Mapping[str, str]] = dict


class _Titles:
    """The titles of posts by their keys, read anew where the list of posts is another."""

    def __init__(self, posts: Callable[[], Sequence[Option]]) -> None:
        self._posts = posts
        self._read: Sequence[Option] = ()
        self._known: dict[Any, str] = {}

    def __call__(self, keys: Sequence[str]) -> list[tuple[str, str]]:
        """The keys and titles of those that are in the list."""
        options = self._posts()
        if options is not self._read:
            self._read, self._known = options, {option.value: option.title for option in options}
        return [(key, self._known[key]) for key in keys if key in self._known]


def role_columns(lists: PostLists, roles_of: Callable[[Any], PostsInRoles]) -> list[GridColumn]:
    """A column of posts for each role; ``roles_of`` gives the posts in roles of a row."""
    kind, titles = Several(lists.posts), _Titles(lists.posts)

    def posts(name: str, row: Any) -> tuple[str, ...]:
        """The keys of the posts that stand in a role to a row."""
        return tuple(roles_of(row).get(name, ()))

    def first(name: str, row: Any) -> str:
        """The post under which a row stands."""
        return next((title for _, title in titles(posts(name, row))), "")

    def text(name: str, row: Any) -> str:
        """The titles of the posts."""
        return "; ".join([title for _, title in titles(posts(name, row))])

    def standing(role: RoleRow, row: Any) -> str:
        """Who stands in a role: the posts with those who hold them."""
        named = told(lists, posts(in_role(role.key), row))
        return f"{role.title}: {named}" if named else ""

    return [
        GridColumn(
            name := in_role(role.key),
            role.title,
            max(WIDTH, LETTER * len(role.title) + MARGIN),
            kind,
            editable=True,
            value=partial(posts, name),
            text=partial(text, name),
            group=partial(first, name),
            tip=partial(standing, role),
            adds=lists.adds,
            about=role.meaning or f"The posts that stand to it as {role.title.lower()}",
        )
        for role in lists.roles
    ]


def told(lists: PostLists, keys: Sequence[str]) -> str:
    """Posts with who holds each: "Cabinet Member, Safer Communities (J. Smith since 01/05/2025)"."""
    holders = lists.holders()
    named = _Titles(lists.posts)(keys)
    return "; ".join(f"{title} ({holders[key]})" if key in holders else title for key, title in named)
