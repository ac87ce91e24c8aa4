"""Options that are days, years, months, markings or licences, read as everywhere. One that is none ends the program."""

from datetime import date

import typer

from spp_desktop.cli.ending import refuse
from spp_desktop.plan.kinds import Doubt, Year
from spp_desktop.plan.kinds.days import in_words, read_day
from spp_desktop.plan.kinds.spelling import quoted
from spp_desktop.plan.periods import month_name, month_of_year, year_of
from spp_desktop.plan.words import listed
from spp_desktop.returns.period_text import NoPeriod, period_of_text
from spp_desktop.returns.publication.publication import LICENCES, Licence
from spp_desktop.store import markings
from spp_desktop.store.workspace import Workspace


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


def marking_option(plan: Workspace, name: str) -> str:
    """The marking that an option names, as the plan's list spells it; "" for none."""
    if not name.strip():
        return ""
    titles = plan.read(markings.markings).titles
    title = next((each for each in titles if each.casefold() == name.strip().casefold()), "")
    known = f"There are: {listed(titles)}." if titles else "Its list is empty."
    return title or refuse(f"The plan has no marking {quoted(name)}. {known} Nothing was written.")


def licence_option(name: str) -> Licence:
    """The licence that an option names; the first there is where it names none."""
    known = {each.name: each for each in LICENCES}
    licence = known.get(name.strip().casefold() or LICENCES[0].name)
    return licence or refuse(f"There is no licence called {quoted(name)}. Choose from: {', '.join(known)}.")
