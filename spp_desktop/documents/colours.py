"""The colours of documents: what each role in a picture and each word on a colour is painted with.

Each renderer takes them from here. Words have a contrast of 4.5 to 1 at least against what they stand on, whatever else
is drawn one of 3 to 1 against the paper (WCAG 2.2, 1.4.3 and 1.4.11); only the lines behind a chart are paler.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from spp_desktop.documents.inline import BadgeColour
from spp_desktop.documents.picture import PictureRole


@dataclass(frozen=True, slots=True)
class PaperColours:
    """A colour on white and on dark paper, each as #rrggbb."""

    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class BadgeColours:
    """What a word on a colour is painted with: the ground below it, the letters, and the line round it."""

    ground: PaperColours
    letters: PaperColours
    edge: PaperColours


PAPER = PaperColours("#ffffff", "#12161c")

PICTURE_COLOURS: Mapping[PictureRole, PaperColours] = {
    "ink": PaperColours("#1b1f24", "#e6edf3"),
    "quiet": PaperColours("#57606a", "#aab2bd"),
    "grid": PaperColours("#d5dae1", "#3a424d"),
    "result": PaperColours("#0b5cad", "#6cb6ff"),
    "target": PaperColours("#b42318", "#ff7b72"),
    "trajectory": PaperColours("#6f42c1", "#c297ff"),
    "mean": PaperColours("#3d4652", "#c9d1d9"),
    "limit": PaperColours("#57606a", "#8b949e"),
    "good": PaperColours("#1a7f37", "#56d364"),
    "bad": PaperColours("#b42318", "#ff7b72"),
    "watch": PaperColours("#9a5b00", "#e3b341"),
    "improvement": PaperColours("#00719c", "#00b0f0"),
    "concern": PaperColours("#b35200", "#ff8f33"),
    "neither": PaperColours("#490092", "#b98cff"),
    "paper": PAPER,
}

CHANGE_COLOURS: Mapping[Literal["inserted", "deleted"], PaperColours] = {
    "inserted": PICTURE_COLOURS["good"],
    "deleted": PICTURE_COLOURS["bad"],
}
"""The letters of words that were put in, which are underlined, and of those taken out, which are struck through."""

BADGE_COLOURS: Mapping[BadgeColour, BadgeColours] = {
    "red": BadgeColours(
        PaperColours("#fbe1de", "#4a1512"), PaperColours("#8a1c13", "#ffc9c4"), PaperColours("#b42318", "#ff7b72")
    ),
    "amber": BadgeColours(
        PaperColours("#fdecc8", "#412b00"), PaperColours("#6b3f00", "#f6d583"), PaperColours("#9a5b00", "#e3b341")
    ),
    "green": BadgeColours(
        PaperColours("#d9f2df", "#0d3318"), PaperColours("#0f5323", "#a5ecb1"), PaperColours("#1a7f37", "#56d364")
    ),
    "blue": BadgeColours(
        PaperColours("#dcebfa", "#10304f"), PaperColours("#0a457f", "#b6dbff"), PaperColours("#0b5cad", "#6cb6ff")
    ),
    "grey": BadgeColours(
        PaperColours("#eceff2", "#2a3038"), PaperColours("#3d4652", "#d3d9e0"), PaperColours("#57606a", "#8b949e")
    ),
}
