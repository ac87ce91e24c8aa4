"""Kinds of cell: what a text is read as, how a value is shown and sorted, and what it is in a workbook.

Each is an object with the same methods, which the grid, the lists, the returns, the extracts, the command line and the
fields of the window all use. A kind more is a class here, and a line in each mapping that is keyed by kinds: the editor
that opens in its cell (``ui.grid.editors``) and what a sheet lets type (``returns.rules``), where the one of the kind
above it does not do.
"""

from spp_desktop.plan.kinds.choices import AtPlace, Choice, Link, Referred, Several, YesNo, of_words
from spp_desktop.plan.kinds.day_or_period import DayOrPeriod, LastDay
from spp_desktop.plan.kinds.days import Day, Year
from spp_desktop.plan.kinds.kind import TEXT, AsCell, Doubt, Kind, Long, Option, Text, by_kind
from spp_desktop.plan.kinds.numbers import Money, Number, Percent, Rate, Whole
from spp_desktop.plan.kinds.targets import TargetText

__all__ = [
    "TEXT",
    "AsCell",
    "AtPlace",
    "Choice",
    "Day",
    "DayOrPeriod",
    "Doubt",
    "Kind",
    "LastDay",
    "Link",
    "Long",
    "Money",
    "Number",
    "Option",
    "Percent",
    "Rate",
    "Referred",
    "Several",
    "TargetText",
    "Text",
    "Whole",
    "Year",
    "YesNo",
    "by_kind",
    "of_words",
]
