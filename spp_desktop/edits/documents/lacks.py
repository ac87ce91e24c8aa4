"""The words for what there is not: one place for all reports, so that the same is always said in the same words."""

from collections.abc import Mapping

NO_TARGET = "no target"
NO_RESULT = "no result"
NO_DATE = "no date"
NO_OWNER = "no owner"
NO_REASON = "No reason is given"
NO_NEXT_STEP = "No next step is given"
NO_APPROVAL = "No approval on record"
NO_FORECAST = "No forecast"
NOT_STATED = "not stated"
"""What is said where a share does not say of how many it is."""

FIGURES: Mapping[str, str] = {
    "not available": "not available",
    "suppressed": "withheld",
    "not applicable": "not applicable",
}
"""What is printed in the place of a figure, by the state of a result that has none."""

MEANINGS: Mapping[str, str] = {
    NO_TARGET: "nobody has set a target for it",
    NO_RESULT: "nothing was reported for the time",
    "not available": "the figure is not known, or not known yet",
    "withheld": "the figure is known and is kept back, because it could tell of a person or for another reason",
    "not applicable": "there can be no such figure",
    "provisional (p)": "the figure may still change",
    "revised (r)": "the figure was changed after it was final",
}
"""What these words mean, for the key."""


def figure_or_words(figure: str, state: str = "") -> str:
    """A figure, or the words for why there is none.

    Args:
        figure: as it is written; "" for none.
        state: that of the result.
    """
    return figure or FIGURES.get(state, NO_RESULT)
