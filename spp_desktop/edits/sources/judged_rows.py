"""What the figures say of each indicator, as a return tells it beside its row. Nothing of it is read back."""

from sqlalchemy import Connection

from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.exact import even, exact, shown
from spp_desktop.figures.judging.judged import Judged, month_unit_of, scale_in, unit_of
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.targets import checks
from spp_desktop.returns.definition import Value
from spp_desktop.store import judged, queries

_PLACES = 2


def told(connection: Connection) -> dict[str, dict[str, Value]]:
    """The judgement of each indicator for the force on the plan's day: by key, then by field."""
    today = queries.plan(connection).today()
    return {
        each.series.indicator.key: {name: text or None for name, text in _columns(each)}
        for each in judged.judged(connection, today)
    }


def _columns(each: Judged) -> list[tuple[str, str]]:
    facts, chart = each.judgement.facts, each.chart
    indicator = each.series.indicator
    check = checks.check(indicator.targets, indicator.polarity, indicator.over)
    return [
        ("latest", _latest(each)),
        ("to_date", "" if facts.actual is None else f"{rag_words.figure(facts, facts.actual)}, {facts.period}"),
        ("aim", "" if each.aim.to_date is None else rag_words.figure(facts, each.aim.to_date, stated=True)),
        ("judgement", each.look.word + (", by override" if each.judgement.override else "")),
        ("why", " ".join(filter(None, (each.sentence, each.remark)))),
        ("direction", each.direction[:1].upper() + each.direction[1:]),
        ("variation", each.no_chart if chart is None else control_words.variation(chart)),
        ("assurance", "" if chart is None else control_words.assurance(chart, month_unit_of(each))),
        ("target_check", "" if check is None else check.sentence),
    ]


def _latest(each: Judged) -> str:
    latest = each.latest
    if latest is None or (latest.population and each.finding.actual is not None):
        return ""  # the two populations of a gap have a figure only between them
    if latest.value is None:
        figure = latest.state
    else:
        value, scale = exact(latest.value), scale_in(each)
        number = f"{even(value)}%" if unit_of(each) == "%" else shown(value, _PLACES)
        figure = number if scale is None else scale.name(value)
    state = "" if latest.state == "final" else f", {latest.state}"
    return f"{figure}, {rag_words.period_words(latest.first, latest.last)}{state}"
