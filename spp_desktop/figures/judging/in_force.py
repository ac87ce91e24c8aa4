"""Which targets judge a series: what ended before one was changed stays judged by what it was."""

from dataclasses import replace
from datetime import date

from spp_desktop.figures.judging.series import EarlierTarget, Reading, Series
from spp_desktop.plan.periods import year_end, year_of


def in_force(series: Series, year: int, latest: Reading | None, as_at: date) -> tuple[Series, EarlierTarget | None]:
    """The series with the targets that were in force, and the one that judges its year though it has changed since.

    What ended before a target was changed is judged by what it was: the year judged up to its latest result, a year
    before that up to its end.
    """
    if not series.indicator.earlier:
        return series, None
    ends = latest.last if latest is not None and year_of(latest.last) == year else as_at
    targets, replaced = dict(series.indicator.targets), None
    for of, changes in series.indicator.earlier.items():
        day = ends if of == year else year_end(of) if of < year else as_at
        was = next((change for change in changes if day < change.until), None)
        if was is None:
            continue
        targets.pop(of, None)
        if was.target is not None:
            targets[of] = was.target
        replaced = was if of == year else replaced
    return replace(series, indicator=replace(series.indicator, targets=targets)), replaced
