"""What can hardly be meant of activities and milestones, said of the cells of a return that came back."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from spp_desktop.edits.sources.listed import STATUSES
from spp_desktop.edits.sources.source import Remark
from spp_desktop.plan.delivery_checks import ActivityFacts, MilestoneFacts, Unlikely, of_activity, of_milestone
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.returns.definition import PlanFacts, Value
from spp_desktop.store.plain import STANDS_UNDER


def on_activity(returned: Mapping[str, Value], now: Mapping[str, Value], plan: PlanFacts) -> list[Remark]:
    """What is asked of an activity's cells; a day far from the plan and a reason not given are asked for all rows."""
    values = {**now, **returned}
    status, percent = values.get("status"), values.get("percent")
    facts = ActivityFacts(
        status=status if isinstance(status, str) else "",
        finished=status in plan.finished.get(STATUSES.name, ()),
        asks=status in plan.reasons.get(STATUSES.name, ()),
        percent=percent if isinstance(percent, int) else None,
        start=_day(values, "start"),
        due=_day(values, "due"),
        forecast=_day(values, "forecast"),
    )
    return [*_asked(of_activity(facts), returned), *_leaving(returned, now)]


def _leaving(returned: Mapping[str, Value], now: Mapping[str, Value]) -> Iterator[Remark]:
    """What is asked where an activity would stand under another priority, which its owner can only ask for."""
    home, before = returned.get(STANDS_UNDER), now.get(STANDS_UNDER)
    if isinstance(home, str) and isinstance(before, str) and _top(home) != _top(before):
        yield Remark(
            STANDS_UNDER, in_words_of_plan("It would leave its priority for another one with that. Is it meant?")
        )


def _top(place: str) -> str:
    """The place of the priority that a place lies in: "P2" of "P2.1.1"."""
    return place.partition(".")[0]


def on_milestone(returned: Mapping[str, Value], now: Mapping[str, Value], plan: PlanFacts) -> list[Remark]:
    """What is asked of a milestone's cells."""
    values = {**now, **returned}
    status, percent = values.get("status"), values.get("percent")
    facts = MilestoneFacts(
        status=status if isinstance(status, str) else "",
        finished=status in plan.finished.get(STATUSES.name, ()),
        asks=status in plan.reasons.get(STATUSES.name, ()),
        percent=percent if isinstance(percent, int) else None,
        due=_day(values, "due"),
        forecast=_day(values, "forecast"),
        done_on=_day(values, "done_on"),
        today=plan.today,
    )
    return _asked(of_milestone(facts), returned)


def _day(values: Mapping[str, Value], name: str) -> date | None:
    day = values.get(name)
    return day if isinstance(day, date) else None


def _asked(unlikely: Iterable[Unlikely], returned: Mapping[str, Value]) -> list[Remark]:
    """One remark for each cell that came back and says what can hardly be meant; what stood before is not asked."""
    sentences: dict[str, list[str]] = {}
    for each in unlikely:
        field = next((name for name in each.fields if name in returned), "")
        if field:
            sentences.setdefault(field, []).append(f"{each.sentence} Is it meant?")
    return [Remark(field, " ".join(texts)) for field, texts in sentences.items()]
