"""Modules loaded without Qt for Python reading the whole source of each, and keeping it in memory."""

from contextlib import suppress


def leave_sources_unread() -> None:
    """Have modules that are loaded from now on left unread by what knows Qt's features.

    Qt for Python looks in the source of every module that is loaded, Qt's or not, for its own name, since a module may
    ask for names in another spelling (``from __feature__ import snake_case``); what it has read stays in memory. No
    module of this program asks for any, so the answer is known: of the window's memory that is a sixth, and of the time
    until a plan is open nearly as much. Where a later Qt for Python does this otherwise, it does it as it likes.
    """
    with suppress(ImportError, AttributeError):
        import shiboken6  # noqa: F401 - it brings the module below with it
        from shibokensupport import feature  # type: ignore[import-not-found]  # lives within shiboken6's own library

        if callable(feature._mod_uses_pyside):  # noqa: SLF001 - there is no other way to say so
            feature._mod_uses_pyside = _asks_for_nothing  # noqa: SLF001


def _asks_for_nothing(_module: object) -> bool:
    return False
