"""The words of the plan that is open: what it calls its levels.

As a program speaks one language at a time, it speaks the words of one plan at a time: ``speak`` sets them where a plan
is opened or its levels change.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple, TypeVar

from spp_desktop.plan.words import Word, listed

T = TypeVar("T")

USUAL = (Word("priority", "priorities"), Word("theme", "themes"), Word("commitment", "commitments"))
"""What the program's own sentences call the top level, headings below it, and sentences."""

NO_HEADING, NO_SENTENCE = Word("heading", "headings"), Word("sentence", "sentences")
"""What is said of headings below the top level, and of sentences, where the plan has no level for them."""


class LevelWords(NamedTuple):
    """The words of a plan for its levels.

    Attributes:
        headings: those of the levels of headings, the top one first; there is at least one.
        sentence: that of the level of sentences; ``None`` if the plan has none.
    """

    headings: tuple[Word, ...] = USUAL[:2]
    sentence: Word | None = USUAL[2]

    def heading(self, depth: int) -> Word:
        """What a heading is called at a depth: 0 is the top level. Below the last level of headings it is that one."""
        return self.headings[min(depth, len(self.headings) - 1)] if depth < 1 or len(self.headings) > 1 else NO_HEADING

    @property
    def all(self) -> tuple[Word, ...]:
        """Those of every level, the top one first."""
        return (*self.headings, *filter(None, (self.sentence,)))

    @property
    def below(self) -> Word:
        """What headings below the top level are called, at whatever depth: "theme", "objective or sub-objective"."""
        several = self.headings[1:]
        if not several:
            return NO_HEADING
        if len(several) == 1:
            return several[0]
        singular = " or ".join(word.singular for word in several)
        return Word(singular, listed(word.plural for word in several))


def level_words(levels: Iterable[tuple[str, str, str]]) -> LevelWords:
    """The words for the levels of a plan, given from the top as their columns ``title``, ``plural`` and ``written``."""
    known = [(Word(_lower(title), _lower(plural)), written) for title, plural, written in levels]
    headings = tuple(word for word, written in known if written == "heading")
    sentence = next((word for word, written in known if written == "sentence"), None)
    return LevelWords(headings, sentence) if headings else LevelWords()


def _lower(title: str) -> str:
    """A word as it stands in a sentence: "outcome"; "HMIC theme" stays as it is."""
    return title[:1].lower() + title[1:] if title[1:2].islower() or len(title) == 1 else title


class _InForce:
    """The words of the plan that is open."""

    words = LevelWords()


def speak(words: LevelWords) -> None:
    """From now on, say everything in these words."""
    _InForce.words = words


def spoken() -> LevelWords:
    """The words that everything is said in now."""
    return _InForce.words


@contextmanager
def usually() -> Iterator[None]:
    """Within it, everything is said in the usual words: for what is made once, whatever plan is open just then."""
    before = spoken()
    speak(LevelWords())
    try:
        yield
    finally:
        speak(before)


def _now(usual: Word, words: LevelWords) -> Word:
    """What a plan of these words calls what the program's own sentences call so."""
    return (words.headings[0], words.below, words.sentence or NO_SENTENCE)[USUAL.index(usual)]


class LevelWord(Word):
    """What rows of a level are called in the plan that is open."""

    def __init__(self, usual: Word) -> None:
        object.__setattr__(self, "usual", usual)

    usual: Word

    @property
    def singular(self) -> str:
        """One of it."""
        return _now(self.usual, spoken()).singular

    @property
    def plural(self) -> str:
        """Several of it."""
        return _now(self.usual, spoken()).plural


def usual(word: Word) -> Word:
    """What a kind of row is called by programs, whatever the plan that is open calls it."""
    return word.usual if isinstance(word, LevelWord) else word


_FORMS = {form: word for word in USUAL for form in (word.singular, word.plural)}
_NO_LEVEL = "".join(f"(?<!{word} )" for word in ("service", "local", "national", "policing"))
_SAID = re.compile(rf"\b{_NO_LEVEL}(?:(?P<article>a) )?(?P<word>{'|'.join(_FORMS)})\b", re.IGNORECASE)
"""A word for a level; a "service commitment", a "local", a "national" and a "policing priority" are no levels."""


def in_words_of_plan(text: str, words: LevelWords | None = None) -> str:
    """A sentence of the program in the words of the plan that is open: "a priority" becomes "an outcome".

    Only what the program itself says is given here, never what a plan holds.

    Args:
        text: the sentence.
        words: those of another plan, or of this one at another time.
    """
    words = words or spoken()
    return text if words == LevelWords() else _SAID.sub(partial(_said, words), text)


def texts_of_program(*names: str) -> Callable[[type[T]], type[T]]:
    """Have a declaration's fields hold texts of the program, and give them in the words of the plan that is open."""

    def spoken_in(declared: type[T]) -> type[T]:
        """The declaration with such fields."""
        for name in names:
            setattr(declared, name, _ProgramText(name))
        return declared

    return spoken_in


class _ProgramText:
    """A field that holds a text of the program, and gives it in the words of the plan that is open."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, declared: object | None, of: type | None = None) -> Any:
        return self if declared is None else in_words_of_plan(vars(declared)[self._name])

    def __set__(self, declared: object, text: str) -> None:
        vars(declared)[self._name] = text


def _said(words: LevelWords, match: re.Match[str]) -> str:
    written = match["word"]
    word = _now(_FORMS[written.lower()], words)
    form = word.singular if written.lower() == _FORMS[written.lower()].singular else word.plural
    form = form[:1].upper() + form[1:] if written[0].isupper() else form
    if match["article"] is None:
        return form
    article = "an" if form[0].lower() in "aeiou" else "a"
    return f"{article.capitalize() if match['article'][0].isupper() else article} {form}"
