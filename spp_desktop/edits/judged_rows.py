"""What the figures say of each indicator, as a return tells it beside its row. Nothing of it is read back."""

from sqlalchemy import Connection

from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.exact import even, exact, shown
from spp_desktop.figures.judging.judged import Judged, month_unit_of, unit_of
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.targets import checks
from spp_desktop.returns.definition import Listing, Value
from spp_desktop.store import judged, queries

_PLACES = 2


def told(connection: Connection, listing: Listing) -> dict[str, dict[str, Value]]:
    """What a listing of judgements tells, of each indicator for the force on the plan's day: by key, then by field."""
    if listing.source != "judgements":
        return {}
    found = judged.judged(connection, queries.plan(connection).today())
    return {one.series.indicator.key: {name: said or None for name, said in _said(one)} for one in found}


def _said(one: Judged) -> list[tuple[str, str]]:
    facts, chart = one.judgement.facts, one.chart
    indicator = one.series.indicator
    check = checks.check(indicator.targets, indicator.polarity)
    return [
        ("latest", _latest(one)),
        ("to_date", "" if facts.actual is None else f"{rag_words.figure(facts, facts.actual)}, {facts.period}"),
        ("aim", "" if one.aim.to_date is None else rag_words.figure(facts, one.aim.to_date, stated=True)),
        ("judgement", one.look.word + (", by override" if one.judgement.override else "")),
        ("why", " ".join(filter(None, (one.sentence, one.remark)))),
        ("direction", one.direction[:1].upper() + one.direction[1:]),
        ("variation", one.no_chart if chart is None else control_words.variation(chart)),
        ("assurance", "" if chart is None else control_words.assurance(chart, month_unit_of(one))),
        ("target_check", "" if check is None else check.sentence),
    ]


def _latest(one: Judged) -> str:
    latest = one.latest
    if latest is None or (latest.population and one.found.actual is not None):
        return ""  # the two populations of a gap have a figure only between them
    if latest.value is None:
        figure = "not available"
    else:
        value = exact(latest.value)
        figure = f"{even(value)}%" if unit_of(one) == "%" else shown(value, _PLACES)
    state = "" if latest.state == "final" else f", {latest.state}"
    return f"{figure}, {rag_words.period_words(latest.first, latest.last)}{state}"
