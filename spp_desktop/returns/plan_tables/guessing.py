"""What the columns of a plan's table seem to hold, by their headings; and which row holds the headings.

A guess is only ever proposed: a person sees it above the columns, with the first rows below.
"""

import re
from collections.abc import Sequence

from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.returns.headings import BETWEEN, across, named
from spp_desktop.returns.known_terms import bare
from spp_desktop.returns.plan_tables.columns import LEVEL, SEVERAL, levels
from spp_desktop.returns.sheet_tables import DEEPEST, heading_texts

_TERMS: tuple[tuple[str, str], ...] = (
    ("indicator ref", r"(?:pi|kpi|indicator) (?:ref\w*|no|number|id|code)"),
    ("indicator", r"(?:key )?(?:performance )?indicators?|p\.?i\.?s?|kpis?|performance measures?|success measures?"),
    ("ref", r"ref|refs|reference|ref no|reference number|no|nr|number|item|item no|action (?:ref|no|number|id)|id|#"),
    ("outline", r"(?:plan|outline|what|level)"),
    (
        "text",
        r"(?:key |agreed |planned |specific |improvement |main |required )?"
        r"(?:actions?|activit(?:y|ies)|tasks?|deliverables?|projects?|initiatives?)"
        r"(?: (?:required|to be taken|description|title|detail|plan))?|description"
        r"|(?:what|how) (?:(?:we )?will(?: we)?|(?:we are|are we) going to) (?:do(?: it)?|deliver(?: it| this)?)",
    ),
    (
        "owners",
        r"(?:action |task |activity )?(?:owners?|leads?|responsible|responsibility|lead officers?|accountable|who)"
        r"|(?:responsible|accountable|lead) (?:officers?|persons?|posts?|directors?|managers?|owners?)|by whom|owned by"
        r"|person responsible|lead (?:and|/) joint owners?|lead department",
    ),
    ("milestone due", r"milestones? (?:due|dates?|due dates?|by|deadlines?)|dates? of milestones?"),
    ("milestone done", r"milestones? (?:done|completed?|achieved)(?: on)?|done on"),
    ("milestone", r"(?:key )?milestones?|key steps|steps"),
    ("start", r"(?:planned |activity )?start(?:s|ing)?(?: date| on)?|from|begins?|commence(?:s|ment)?(?: date)?"),
    ("forecast", r"forecast(?: date| end| completion)?|expected(?: date| completion)?|revised (?:date|due date)"),
    (
        "due",
        r"due(?: date| by| on)?|deadline|by when|target (?:date|completion date|end date)|completion(?: date)?"
        r"|complete by|end(?:s| date)?|finish(?: date)?|when|time ?scales?|time ?frames?|delivery date|to|date due",
    ),
    ("percent", r"(?:%|per ?cent|percent|percentage)(?: complete| done| progress|age complete)?|progress %|complete %"),
    ("status", r"(?:current |b?rag )?status(?: b?rag)?|b?rag(?: rating)?|progress"),
    ("reason", r"reasons?(?: for status)?|why"),
    ("budget", r"budget(?: £)?|cost(?:s| £)?|funding|resources? £"),
    (
        "notes",
        r"notes?|comments?|remarks?|commentary|(?:progress |latest )?updates?|progress to date"
        r"|(?:latest|current) position",
    ),
    ("group", r"(?:indicator )?(?:group|domain|category)"),
    ("unit", r"units?|unit of measure(?:ment)?|measured in|counted in"),
    ("polarity", r"polarity|direction|better|which way is better|good is|better is|desired direction"),
    ("target", r"(?:overall |final |plan |(?:two|three|four|five|[0-9]).year )?targets?(?: over the plan)?"),
)
"""Headings by what their columns hold, each a pattern of the whole heading in small letters."""

_KNOWN = tuple((role, re.compile(pattern)) for role, pattern in _TERMS)
_RANKS = (
    r"(?:strategic |our )?(?:priorit(?:y|ies)|outcomes?|goals?|pillars?|aims?)(?: area| title)?",
    r"(?:strategic |our )?(?:themes?|objectives?|ambitions?|strands?|sub.?priorit(?:y|ies)|work ?streams?)",
    r"(?:our )?(?:commitments?|promises?|pledges?|measures?|we will|what we will achieve)",
)
"""What levels are called in other plans: at the top, below it, at the bottom."""
_AIMED = re.compile(r"\b(?:targets?|aims?|ambitions?|goals?|trajectory)\b(?: for)?", re.IGNORECASE)
"""What the heading of a year's target may say beside the year; never "actual" or "kind"."""
_LOOKED = 40
_LEAST = 2


def role_of(heading: str) -> str:
    """What a column seems to hold by its heading; "" if it says nothing known."""
    year = across(_AIMED.sub("", heading).strip(BETWEEN), "year")
    if year is not None and not year.label:
        return "yearly target"
    name = re.sub(r"[.:*?()\[\]]+", " ", bare(heading))
    name = " ".join(name.split())
    last = bare(heading.rpartition(BETWEEN)[2])
    for text in dict.fromkeys(filter(None, (name, last))):
        level = level_role(text)
        if level:
            return level
        known = next((role for role, pattern in _KNOWN if pattern.fullmatch(text)), "")
        if known:
            return known
    return ""


def level_role(name: str) -> str:
    """The level that a word names, in small letters: by the plan's own word, else by what other plans call levels."""
    words = levels()
    for n, word in enumerate(words, 1):
        if name in (fold(word.singular), fold(word.plural), f"strategic {fold(word.singular)}"):
            return f"{LEVEL}{n}"
    rank = next((n for n, pattern in enumerate(_RANKS) if re.fullmatch(pattern, name)), None)
    if rank is None:
        return ""
    return f"{LEVEL}{min(rank, len(words) - 1) + 1}"


def guessed_roles(headings: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What the columns of a table seem to hold; where two seem to hold the same, the first one does."""
    names, chosen = named(headings), dict[str, str]()
    for name, heading in zip(names, headings, strict=True):
        role = role_of(heading) if heading.strip() else ""
        if role and (role in SEVERAL or role not in chosen.values()):
            chosen[name] = role
    taken = set(chosen.values())
    if "indicator" not in taken:  # years head targets only where something is measured
        chosen = {name: role for name, role in chosen.items() if role not in ("yearly target", "target")}
    elif "text" not in taken:
        chosen = {name: "indicator ref" if role == "ref" else role for name, role in chosen.items()}
    if taken & {"text", "indicator"} or any(role.startswith(LEVEL) for role in taken):
        chosen = {name: role for name, role in chosen.items() if role != "outline"}
    return tuple(chosen.items())


def heading_merit(headings: Sequence[str]) -> int:
    """How many different things these headings say that a plan's columns hold."""
    return len({role for _, role in guessed_roles(headings)})


def heading_row(rows: Sequence[Sequence[str]]) -> tuple[int, int, int]:
    """The place of the last row of headings, how many they are, and how many known things they say.

    Of rows that say as many things, those are meant by which more columns are known.
    """
    best, most = (0, 1, 0), (_LEAST, 0)
    for at in range(min(_LOOKED, len(rows))):
        for depth in range(1, min(DEEPEST, at + 1) + 1):
            headings = heading_texts(rows, at, depth)
            merit, columns = heading_merit(headings), len(guessed_roles(headings))
            if (merit, columns) > most:
                best, most = (at, depth, merit), (merit, columns)
    return best
