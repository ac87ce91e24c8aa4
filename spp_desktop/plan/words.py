"""What a kind of thing is called, in a sentence: one of it, several of it, so many of it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """The name of a kind of row or thing, in lower case: "activity", "activities"."""

    singular: str
    plural: str

    def counted(self, count: int) -> str:
        """So many of it: "1 activity", "1,204 activities"."""
        return f"{count:,} {self.of(count)}"

    def of(self, count: int) -> str:
        """The form that goes with a count: "activity" with 1, "activities" with any other."""
        return self.singular if count == 1 else self.plural

    def called(self, name: str, count: int = 1) -> str:
        """One of it by its name, or so many of it: "activity 1.01", "3 activities"."""
        return f"{self.singular} {name}".strip() if count == 1 else self.counted(count)

    @property
    def with_article(self) -> str:
        """One of it, not named before: "an activity"."""
        return f"{'an' if self.singular[0] in 'aeiou' else 'a'} {self.singular}"


def capital(text: str) -> str:
    """A word or sentence as it begins a line: its first letter a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def counted(count: int, what: str) -> str:
    """So many of a thing that is no row, and whose plural is regular: "1 file", "1,204 steps"."""
    return Word(what, f"{what}s").counted(count)


def listed(parts: Iterable[str]) -> str:
    """Parts of a sentence as a list: "2 milestones, 1 update and 3 links"."""
    *most, last = tuple(parts) or ("",)
    return f"{', '.join(most)} and {last}" if most else last
