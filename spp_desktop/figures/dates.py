"""Days and months as words, the same on every screen and page."""

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date) -> str:
    """A day as the plan writes it: "31 Mar 2009"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_words(day: date) -> str:
    """A day's month: "Apr 2008"."""
    return f"{MONTHS[day.month - 1]} {day.year}"
