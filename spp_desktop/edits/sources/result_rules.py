"""Results that came back in a return, held against the rules that the plan keeps of the columns of one result."""

from collections.abc import Mapping, Sequence
from datetime import date

from spp_desktop.edits.sources.source import Remark
from spp_desktop.plan.results import FIGURES, Result, check_result
from spp_desktop.plan.revising import renewed
from spp_desktop.plan.rows import check
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.returns.definition import Value

_SET = (*FIGURES, "design_effect", "state")
_ANY_PERIOD = {"period_from": date(2008, 4, 1), "period_to": date(2008, 4, 30)}


def with_rules(remarks: Sequence[Remark], returned: Mapping[str, Value], now: Mapping[str, Value]) -> list[Remark]:
    """Remarks on the cells of a result, with the rule that they would break, on a cell of which nothing is said yet."""
    given = {name: value for name, value in returned.items() if name in _SET}
    asked = {remark.field for remark in remarks if remark.asks}
    broken = _broken({name: value for name, value in given.items() if name not in asked}, now)
    if broken is None:
        return list(remarks)
    field = broken.field if broken.field in given else next(iter(given))
    return [*(remark for remark in remarks if remark.field != field), Remark(field, str(broken))]


def _broken(given: Mapping[str, Value], now: Mapping[str, Value]) -> RuleBroken | None:
    """The rule of the plan that a result would break if all of this were taken in; ``None`` if it breaks none."""
    if not given:
        return None
    standing = None if now.get("state") is None else {name: now.get(name) for name in _SET}
    if standing is not None:
        standing["design_effect"] = standing["design_effect"] or 1.0
    try:
        new = renewed(standing, check(Result, {name: value for name, value in given.items() if value is not None}))
        if new is not None:
            check_result({**_ANY_PERIOD, **new})
    except RuleBroken as broken:
        return broken
    return None
