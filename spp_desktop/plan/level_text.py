"""The levels of a new plan as a person types them in one line: "Outcome / Objective / Measure"."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from spp_desktop.plan.levels import LONGEST_LEVEL, Level, LevelForm
from spp_desktop.plan.rows import check
from spp_desktop.plan.rules import RuleBroken

READY = (
    "Priority / Theme / Commitment*",
    "Outcome / Objective / Measure",
    "Pillar / Promise*",
    "Ambition / Aim / Project",
)
"""Levels that plans have; the first are those that every plan is made with."""
MOST_LEVELS = 6
"""With how many levels a plan begins at most. Its list takes more later."""

_BETWEEN = re.compile(r"[/>]")
_SENTENCES = re.compile(r"\s*(?:\*|\(\s*sentences?\s*\))$", re.IGNORECASE)
_HEAD = re.compile(r"(.+?)((?: (?:of|for|in|to) .*)?)", re.DOTALL)
"""The noun of a name that takes the plural, and what follows it: "Line", " of enquiry"."""


class NewLevel(NamedTuple):
    """A level that a new plan is given, as its columns in the list of levels."""

    title: str
    plural: str
    written: LevelForm = "heading"


def read_levels(text: str) -> tuple[NewLevel, ...]:
    """The levels that a line names from the top, parted by "/" or ">"; the plurals are guessed as English forms them.

    A "*" or "(sentences)" behind the last says that it is one of sentences ("We will …"), not of headings.

    Raises:
        RuleBroken: if a level has no name or that of another, a name cannot be kept, there are more than
            ``MOST_LEVELS``, or another level than the last, or the only one, is to be of sentences.
    """
    levels = [_read_level(part.strip()) for part in _BETWEEN.split(text)]
    if len(levels) > MOST_LEVELS:
        raise _refusal(f"A plan begins with at most {MOST_LEVELS} levels, and these are {len(levels)}.")
    known: set[str] = set()
    for level in levels:
        if level.title.casefold() in known:
            raise _refusal(f"Two levels are called “{level.title}”. Give each a name of its own.")
        known.add(level.title.casefold())
    for number, level in enumerate(levels):
        if level.written == "sentence" and number < len(levels) - 1:
            raise _refusal(f"Only the last level may be one of sentences: nothing stands under “{level.title}”.")
    if levels[0].written == "sentence":
        raise _refusal(f"“{levels[0].title}” is the top level, which is one of headings. Leave the * out.")
    return tuple(levels)


def shown_levels(levels: Iterable[NewLevel]) -> str:
    """Levels as a person types them: "Pillar / Promise*"."""
    return " / ".join(f"{level.title}{'*' if level.written == 'sentence' else ''}" for level in levels)


def plural_of(title: str) -> str:
    """The plural of a level's name as English mostly forms it: "Priorities", "Lines of enquiry"."""
    match = _HEAD.fullmatch(title)
    assert match is not None
    noun, rest = match.groups()
    if re.search(r"[^aeiou\W]y$", noun):
        return f"{noun[:-1]}ies{rest}"
    return f"{noun}{'es' if noun.endswith(('s', 'x', 'z', 'ch', 'sh')) else 's'}{rest}"


def _read_level(part: str) -> NewLevel:
    name = " ".join(_SENTENCES.sub("", part).split())
    if not name:
        raise _refusal("A level has no name. Write the names from the top, such as Outcome / Objective / Measure.")
    title = name[0].upper() + name[1:]
    plural = plural_of(title)
    if len(plural) > LONGEST_LEVEL:
        raise _refusal(f"“{title}” is too long for the name of a level: {LONGEST_LEVEL} letters, with its plural.")
    written: LevelForm = "sentence" if _SENTENCES.search(part) else "heading"
    return NewLevel(**check(Level, {"title": title, "plural": plural, "written": written}))


def _refusal(sentence: str) -> RuleBroken:
    return RuleBroken("levels", sentence)
