"""What the number formats of a workbook say of the numbers in its cells: so many, a day, or a time that lasts.

ECMA-376 part 1, 18.8.30 (the formats that have a number and no text in the file) and 18.8.31 (their codes); 18.17.4
(days as numbers). It does without openpyxl, which the process that reads would load for nothing else.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from spp_desktop.returns.records import GENERAL

FROM_1900, FROM_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a workbook's days have no zone
"""The days before the first that workbooks count: of those that count from 1900, the first of March 1900 is day 61."""

_QUIET = '_({1}* {0}_);_({1}* \\({0}\\);_({1}* "-"{2}_);_(@_)'
BUILT_IN: Mapping[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)', 8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: _QUIET.format("#,##0", "", ""), 42: _QUIET.format("#,##0", '"$"', ""),
    43: _QUIET.format("#,##0.00", "", "??"), 44: _QUIET.format("#,##0.00", '"$"', "??"),
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The formats that a file names by number alone."""

_LASTING = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)
_SAID = re.compile(r'"[^"]*"|\[(?!(?:hh?|mm?|ss?)\])[^\]]*\]|[\\_*].', re.IGNORECASE)
"""What of a format's code is shown or left free as it stands, or is a colour, a condition or a language."""
_OF_DAYS = re.compile("[dmhys]", re.IGNORECASE)
_LEAP_DAY = 60
"""The number of 29 February 1900, which there never was: days before it are counted one too few."""


def is_of_days(code: str) -> bool:
    """Whether a format shows a number as a day or a time, by its part for numbers above 0."""
    return _OF_DAYS.search(_SAID.sub("", code.partition(";")[0])) is not None


def is_lasting(code: str) -> bool:
    """Whether a format shows a number as hours, minutes or seconds that go on beyond a day."""
    return _LASTING.search(code.partition(";")[0]) is not None


def moment(number: float, epoch: datetime, *, lasting: bool) -> date | time | timedelta:
    """What a number is in a format of days: a day with its time, a time alone, or how long something lasts.

    Raises:
        OverflowError, ValueError: if it is none that there is.
    """
    if lasting:
        lasts = timedelta(days=number)
        return timedelta(lasts.days, lasts.seconds, milliseconds=round(lasts.microseconds / 1000))
    days, part = divmod(number, 1)
    since_midnight = timedelta(milliseconds=round(part * 86_400_000))
    if 0 <= number < 1 and not since_midnight.days:
        return (FROM_1900 + since_midnight).time()
    if epoch == FROM_1900 and 0 < number < _LEAP_DAY:
        days += 1
    return epoch + timedelta(days=days) + since_midnight
