"""The names by which the posts that stand in a role to a row are one cell of it: "role:KEY", beside its columns."""

ROLE = "role:"


def in_role(key: str) -> str:
    """The name of the cell of a role, by the key of the role: "role:KEY"."""
    return f"{ROLE}{key}"


def role_of(name: str) -> str:
    """The key of the role whose cell this name means; "" where it is the name of another column."""
    return name.removeprefix(ROLE) if name.startswith(ROLE) else ""
