"""A small plan whose first year has passed: it is of 2009-2012 and keeps 2008."""

from datetime import date

from sqlmodel import Session, col, select

from spp_desktop.edits import delivery, judging, performance, registers, results, rows
from spp_desktop.plan.performance import Indicator, Target
from spp_desktop.plan.periods import month_end, months
from spp_desktop.plan.priorities import Priority
from spp_desktop.store import queries

TODAY = date(2009, 7, 10)


def turn(session: Session) -> None:
    """Move the small plan on by a year, by hand; it is 10 July 2009.

    Robbery goes on: 410 a month in the year that passed, 380 since. Burglary and the second priority ended with that
    year. The target over the plan stays that over 2008-2011. Activity 1.01 of 2009 is new.
    """
    connection = session.connection()
    robbery = queries.indicators(connection)[0].key
    performance.set_indicator(session, robbery, title="Robbery", unit="robberies")
    judging.set_measuring(session, robbery, measure="count")
    group = queries.indicator_groups(connection)[0][0]
    burglary = performance.add_indicator(session, group, "Burglary", polarity="lower", measure="count")
    registers.set_plan(session, first_year=2009, kept_from=2008, as_at=TODAY)
    for year, words in ((2008, "no more than 4,800"), (2009, "no more than 4,500"), (None, "no more than 4,000")):
        performance.set_target(session, robbery, year, words)
    over = session.exec(select(Target).where(col(Target.year).is_(None))).one()
    rows.change(session, Target, over.id, over_first=2008, over_years=3)
    spans = [(month, 410.0) for month in months(date(2008, 4, 1), date(2009, 3, 1))]
    spans += [(month, 380.0) for month in months(date(2009, 4, 1), date(2009, 6, 1))]
    results.enter(session, [
        {"indicator_id": robbery, "period_from": month, "period_to": month_end(month), "value": value, "state": "final"}
        for month, value in spans
    ])  # fmt: skip
    rows.change(session, Indicator, burglary, last_year=2008)
    first, second = queries.register(connection, Priority)
    rows.change(session, Priority, second.id, last_year=2008)
    delivery.add_activity(session, 2009, first.id, "Do what follows")
