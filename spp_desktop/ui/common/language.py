"""The language of the window: English as in the United Kingdom, whatever the system is set to."""

import locale
import sys

from PySide6.QtCore import QLocale

BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
"""Days before months, weeks from Monday, a point before decimals, and Latin digits."""

_CATEGORIES = (locale.LC_TIME, locale.LC_NUMERIC, locale.LC_COLLATE, locale.LC_MONETARY)
"""What libraries ask the C library about: names of months, decimals, and the order of letters."""


def speak_british() -> None:
    """Have Qt and the libraries write days and numbers so, once there is a QApplication: it takes up the system's own.

    The C library is given its own "C", which is on every machine: English names, and a point before decimals. Which
    letters there are (LC_CTYPE) stays the system's, since names of files are made of them.
    """
    QLocale.setDefault(BRITISH)
    for category in _CATEGORIES:
        locale.setlocale(category, "C")
    if sys.platform != "win32":
        locale.setlocale(locale.LC_MESSAGES, "C")  # the system's own sentences, such as "No space left on device"
