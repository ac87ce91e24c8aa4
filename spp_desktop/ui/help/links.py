"""Where the links of a page lead."""

import posixpath
import re

OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""The beginning of an address that is no file beside the page."""


def within(page: str, address: str) -> str | None:
    """The place below the folder of the documents that a link of a page leads to; ``None`` if it leads elsewhere.

    Args:
        page: the name of the page on which the link stands, such as "returns/status.md".
        address: the link: "../judging.md#results", "#activities", "../pictures/review.png".
    """
    if OUTSIDE.match(address):
        return None
    name, mark, slug = address.partition("#")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), name)) if name else page
    return None if path.startswith(("../", "/")) else f"{path}{mark}{slug}"
