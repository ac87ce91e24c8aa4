"""Whether a target's words have one number that can be meant: for its year, in its unit, and with no second meaning."""

from decimal import Decimal

from spp_desktop.figures.targets.amounts import Amount
from spp_desktop.figures.targets.asked import Asked
from spp_desktop.figures.targets.remaining import NUMBER
from spp_desktop.figures.targets.units import has_number, is_money, time_of, units_in
from spp_desktop.figures.targets.words_alone import IN_WORDS, NOTHING, OTHER_NUMBERS, SEVERAL
from spp_desktop.plan.kinds.days import short_day
from spp_desktop.plan.periods import by_calendar_years, short_year_name, year_name, year_start

_CONDITIONS = (
    r"\b(?:unless|if|except|without|not|never|no|then|rather|either|neither|nor|whichever|minus|plus)\b"
    rf"|\b(?:or|and|all) {NUMBER}|{NUMBER} (?:or|and)\b|[£$€+±<>=/]"
    r"|\b(?:top|bottom|best|worst|highest|lowest)\b"
)
"""Words that give a number another meaning."""
_HUNDRED, _THOUSAND, _MILLION, _DIGITS = 100, 1000, 1_000_000, 3
_SHOWN_YEAR = 2008
_FIRST, _LAST = 1990, 2050
"""Years that a plain number of four digits may be."""


def demand_one_number(asked: Asked) -> None:
    """See that there is one number, or a range, and nothing that gives it another meaning.

    Raises:
        Unclear: where there is more, less or something else.
    """
    phrase = asked.phrase
    if not phrase.amounts:
        raise asked.unclear(NOTHING)
    if len(phrase.amounts) > 1 or any(character in "0123456789" for character in phrase.words):
        raise asked.unclear(SEVERAL)
    if _is_year(asked.amount) and phrase.has(r"\b(?:by|in|since|from|until|before|after|during|for|to)\b"):
        year = "the end of a year as end of 2010" if by_calendar_years() else "a financial year as 2009-10"
        raise asked.unclear(f"“{{0}}” seems to name a year. Write a day as 31 March 2010, {year}.")
    if any(character.isnumeric() for character in phrase.words) or phrase.has(OTHER_NUMBERS):
        raise asked.unclear(IN_WORDS)
    if "%" in phrase.words and not (asked.amount.per_cent or asked.subject.is_share):
        raise asked.unclear("“{0}” has a % away from its number. Write it behind the number.")
    if phrase.has(_CONDITIONS):
        raise asked.unclear("“{0}” says more than one thing. Write only the number that is aimed at.")
    _demand_year(asked)
    _demand_rate(asked)
    _demand_unit(asked)
    _demand_point(asked)


def _is_year(amount: Amount) -> bool:
    plain = not (amount.per_cent or amount.points or amount.money or amount.scale > 1 or amount.time)
    return plain and _FIRST <= amount.value <= _LAST and amount.value == int(amount.value)


def _demand_year(asked: Asked) -> None:
    """See that it is for the year under which it stands."""
    phrase, subject = asked.phrase, asked.subject
    if -1 in phrase.years:
        why = "are no one year of the plan" if by_calendar_years() else "do not follow each other"
        raise asked.unclear(f"“{{0}}” names two years that {why}. Write a year as {short_year_name(_SHOWN_YEAR)}.")
    if phrase.years and subject.year is None:
        raise asked.unclear(SEVERAL)
    for year in phrase.years:
        if year != subject.year:
            raise asked.unclear(f"“{{0}}” is for {year_name(year)}. Write it under that year.")
    if phrase.over_plan and not subject.over_plan and subject.year is not None:
        raise asked.unclear("“{0}” is over several years. Write it under the target over the plan.")
    if phrase.yearly and subject.over_plan:
        raise asked.unclear("“{0}” is for each year. Write it under each year of the plan.")
    if phrase.due is None or subject.year is None or subject.last_day is None:
        return
    if not year_start(subject.year) <= phrase.due <= subject.last_day:
        raise asked.unclear(f"“{{0}}” is for {short_day(phrase.due)}. Write it under that year.")


def _demand_rate(asked: Asked) -> None:
    """See that it is for a month, a quarter or a year, and a rate by what the indicator is a rate by."""
    phrase, subject = asked.phrase, asked.subject
    if phrase.often:
        raise asked.unclear("“{0}” is for each week or day. Write it for each month, quarter or year.")
    if phrase.has(rf"{NUMBER} (?:\w+ )?per \w") and "per" not in subject.unit.lower():
        raise asked.unclear("“{0}” is for each of something. Write what is aimed at for all of them.")
    if not phrase.per:
        return
    if subject.measure == "rate" and subject.per and phrase.per != Decimal(str(subject.per)):
        sentence = f"“{{0}}” is a rate per {phrase.per:,}, and this indicator is one per {subject.per:,.10g}."
        raise asked.unclear(sentence)
    if subject.measure != "rate" and subject.unit and not has_number(subject.unit, phrase.per):
        raise asked.unclear(f"“{{0}}” is a rate per {phrase.per:,}, and results are in {subject.unit}.")


def _demand_point(asked: Asked) -> None:
    """See that a point does not part thousands, as in "1.200"."""
    amount = asked.amount
    if asked.subject.measure != "count" or amount.per_cent or amount.points or amount.scale > 1:
        return
    if amount.value.as_tuple().exponent == -_DIGITS and 1 <= amount.value < _THOUSAND:
        plain, thousands = f"{amount.value.normalize():f}", f"{int(amount.value * _THOUSAND):,}"
        raise asked.unclear(f"“{{0}}” may be {plain} or {thousands}. Write it as one of them.")


def _demand_unit(asked: Asked) -> None:
    """See that it is in the unit of the results."""
    amount, unit, subject = asked.amount, asked.subject.unit, asked.subject
    per_cent = amount.per_cent or amount.points
    if per_cent and (amount.money or amount.time):
        raise asked.unclear(SEVERAL)
    if subject.measure == "survey" and amount.value > _HUNDRED:
        raise asked.unclear("“{0}” is more than 100% of those who answer.")
    if amount.time and subject.is_share:
        raise asked.unclear(f"“{{0}}” is in {amount.time}, and results of this indicator are in per cent.")
    if amount.time and unit and time_of(unit) != amount.time:
        raise asked.unclear(f"“{{0}}” is in {amount.time}, and results of this indicator are in {unit}.")
    if amount.scale > 1 and not amount.money and time_of(unit):
        raise asked.unclear(f"“{{0}}” may be thousands or millions, and results are in {unit}. Write the word out.")
    if amount.money and unit and not is_money(unit):
        raise asked.unclear(f"“{{0}}” is money, and results of this indicator are in {unit}.")
    single = units_in(unit)
    if amount.money and amount.scale == 1 and single > 1 and amount.value * _HUNDRED < single:
        raise asked.unclear(f"“{{0}}” says neither thousands nor millions, and results are in {unit}.")
    if single > 1 and not (amount.money or per_cent) and amount.scale == 1 and amount.value >= _MILLION:
        raise asked.unclear(f"“{{0}}” says no unit, and results are in {unit}. Write it as £2.5m, or in {unit}.")
    if not per_cent and subject.is_share and 0 < amount.value < 1 and not amount.sign and not asked.phrase.directions:
        share = f"{(amount.value * _HUNDRED).normalize():f}"
        raise asked.unclear(f"“{{0}}” may be {share}% or {amount.value}%. Write it with the % sign.")


def demand_per_cent_of_results(asked: Asked) -> None:
    """See that a percentage stands only where results are in per cent.

    Raises:
        Unclear: where it does not.
    """
    if asked.amount.per_cent and asked.subject.is_number:
        unit = asked.subject.unit or "numbers"
        raise asked.unclear(f"“{{0}}” is in per cent, and results of this indicator are in {unit}.")
