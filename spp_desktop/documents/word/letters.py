"""How wide words are in Arial, so that no column of a table is narrower than a word in it.

The font itself does not come along: each system has it, or one whose letters are as wide. Its widths are those of
Helvetica, as Adobe has published them with its printers' fonts.
"""

import unicodedata
from collections.abc import Mapping

_THOUSANDTHS: Mapping[int, str] = {
    191: "'",
    222: "ijl\u2018\u2019",
    260: "|",
    278: " !,./:;I[\\]ft\u00a0",
    333: "()-`r",
    334: "{}",
    350: "•",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu£\u2013",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "\u2014…",
    1015: "@",
}
_WIDTHS = {sign: width / 1000 for width, signs in _THOUSANDTHS.items() for sign in signs}
_UNKNOWN = 0.6
"""The width of a sign that is none of these, in parts of its size: of most it is less."""
_SPARE = 1.03
"""Bold words are up to a ninth wider, of which those who ask expect less."""


def width_of(text: str, size: float) -> float:
    """How wide a text is on one line in letters of a size, both in points; letters are as wide with accents."""
    return size * _SPARE * sum(map(_width, unicodedata.normalize("NFD", text)))


def _width(sign: str) -> float:
    return 0 if unicodedata.combining(sign) else _WIDTHS.get(sign, _UNKNOWN)
