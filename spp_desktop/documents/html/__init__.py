"""Documents as accessible HTML: one file without script, that asks nothing of any other place."""

from spp_desktop.documents.html.page import rendered

__all__ = ["rendered"]
