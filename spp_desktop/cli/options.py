"""Options that are days, years or months. They are read as everywhere; one that cannot be read ends the program."""

from datetime import date

import typer

from spp_desktop.cli.ending import refuse
from spp_desktop.plan.kinds import Doubt, Year
from spp_desktop.plan.kinds.days import in_words, read_day
from spp_desktop.plan.periods import month_name, month_of_year, year_of
from spp_desktop.returns.period_text import NoPeriod, period_of_text


def day_option(text: str, year: int) -> date:
    """The day that an option names.

    Args:
        text: The option as it was typed.
        year: The financial year (by its first calendar year) of a day that names none; such a day is repeated in full
            on standard error.
    """
    day = read_day(text, year)
    if isinstance(day, Doubt):
        refuse(day.sentence)
    if isinstance(read_day(text), Doubt):
        typer.echo(f"“{text.strip()}” was read as {in_words(day)}.", err=True)
    return day


def year_option(text: str) -> int:
    """The financial year that an option names, by its first calendar year."""
    year = Year().read(text)
    if isinstance(year, Doubt):
        refuse(year.sentence)
    if beyond := Year().beyond(year, "A year"):
        refuse(beyond)
    return int(year)


def month_option(text: str) -> tuple[int, str]:
    """The financial year, and the period's name in it, of a month written as 2008-09 or September 2008."""
    try:
        first = period_of_text(text, "month").first
    except NoPeriod:
        refuse(f"“{text}” is not a month; write it as 2008-09 or September 2008.")
    return year_of(first), month_name(month_of_year(first) + 1)
