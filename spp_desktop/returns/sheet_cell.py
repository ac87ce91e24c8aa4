"""A cell as it stands in a workbook that came back, and as a person sees it."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from spp_desktop.plan.kinds.kind import GENERAL
from spp_desktop.returns.words import clean

StoredAs = Literal["text", "number", "date", "yes/no", "error", "formula", "other"]
"""What a cell of a workbook holds; a "formula" is one whose result was never worked out."""

MONTH_FIRST = "mm/dd/yyyy"
"""The format of a text that may be a day, where days beside it are surely written month first."""

UNREADABLE: Mapping[StoredAs, str] = {
    "error": "The cell holds the error {typed}.",
    "formula": "The cell holds a formula whose result is not in the file. Open and save the file in Excel, "
    "or type the answer itself.",
    "other": "The cell holds {typed}, which is not an answer to this.",
}
"""Why a cell says nothing, in a sentence, by what it holds."""

CALC_SHARE = "%%"
"""How a percentage ends that is typed with its sign into a cell of Calc: it has put a sign there itself."""

_SHARE_TWICE = re.compile(r"[-+]?[0-9.,]+ ?%%")

_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2_000_000
_HUNDRED = 100


class SheetCell(NamedTuple):
    """A cell as it stands in a workbook. Dates are ISO texts; ``computed`` says that a formula gave the value.

    ``from_1904``: the workbook counts days from 1904, as old ones of the Macintosh do, so that a bare number may too.
    """

    kind: StoredAs
    value: str | float | bool
    format: str = GENERAL
    computed: bool = False
    from_1904: bool = False

    @property
    def is_share(self) -> bool:
        """Whether it holds a number that it shows in per cent."""
        return self.kind == "number" and "%" in self.format

    @property
    def is_plain_number(self) -> bool:
        """Whether it holds a number, and shows it as such."""
        return self.kind == "number" and "%" not in self.format

    def typed(self) -> str:
        """What stands in it, as a person would type it."""
        if self.kind == "number" and isinstance(self.value, float | int):
            return f"{self.value * _HUNDRED:.10g}%" if self.is_share else f"{self.value:.15g}"
        if self.kind == "date":
            day = str(self.value)
            return f"{date.fromisoformat(day[:10]):%d/%m/%Y}{day[10:].replace('T', ' ')}"
        text = clean(str(self.value))
        return text.removesuffix("%") if _SHARE_TWICE.fullmatch(text) else text

    def whole_share(self) -> int:
        """A number such as 35 put into a cell that shows it as 3500%, as when values are pasted; 0 if it is none."""
        value = float(self.value) if self.is_share else 0
        return int(value) if 1 < value <= _HUNDRED and value == int(value) else 0

    def day(self) -> date | None:
        """The day that its number stands for, if it is a whole number of days."""
        serial = float(self.value) if self.is_plain_number else 0.5
        if serial != int(serial) or not 0 < serial < _LAST_SERIAL:
            return None
        return (_EPOCH_1904 if self.from_1904 else _EPOCH) + timedelta(days=int(serial))
