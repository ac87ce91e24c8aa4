"""What a random user types and pastes."""

from random import Random

from spp_desktop.plan.kinds import Choice, Day, Kind, Number

WORDS = (
    "Road safety", "violence", "ACC Crime", "ACC Crime; ACC Security", "Operations", "On track", "c", "o", "Complete",
    "50", "50%", "12.5", "-1", "0", "4%", "£1.2m", "1,200", "78.9%", "reduce by 4%", "22% [Level]", "Good", "yes",
    "31/3/2009", "1 April 2008", "30 Sep", "31/12/9999", "1/1/0001", "29/2/2009", "2008-2009", "Q2",
    "<b>bold</b> & more", "<img src='x.png'> a < b", "&File", "=1+1", "a;b;;c", "  spaces  ", "“quoted”", "naïve ½ 😀",
    "אבג שלום", "e\u0301galite\u0301", "x" * 400, "word " * 60, "1.01", "PI01", "?", " ", "%", "%1 %s {0} {x}", "\\n",
)  # fmt: skip
"""Texts that may be meant, and texts that are hard on a program."""


def cell(chance: Random) -> str:
    """A text as a person types it in one go."""
    return chance.choice(WORDS)


def fitting(chance: Random, kind: Kind) -> str:
    """A text that a cell of a kind mostly takes."""
    if chance.random() < 1 / 3:
        return cell(chance)
    titles = [option.title for option in kind.options()] if isinstance(kind, Choice) else []
    if titles:
        return chance.choice(titles)
    if isinstance(kind, Day):
        return f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(2007, 2012)}"
    return str(chance.randint(0, 100)) if isinstance(kind, Number) else cell(chance)


def block(chance: Random) -> str:
    """A block of cells as another program puts it on the clipboard."""
    rows, columns = chance.choice((1, 1, 2, 3, 12)), chance.choice((1, 1, 2, 4))
    return "\n".join("\t".join(cell(chance) for _ in range(columns)) for _ in range(rows)) + chance.choice(("", "\n"))
