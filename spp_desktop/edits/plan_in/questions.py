"""What a table leaves open: unknown owners, days that cannot be read, words that are on no list, doubled references."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

QuestionKind = Literal["owner", "day", "start", "status", "figure", "reference", "way", "target"]

NEW = "+"
"""The answer that something is to be added to the plan under the name that stands there."""
EACH = "&"
"""The answer that each of several names in one is a post by itself."""
NOTHING = ""
"""The answer that a cell is left empty, or a row left out."""


class PlanQuestion(NamedTuple):
    """Something that a person has to decide.

    Attributes:
        key: What it is known by, so that one answer serves every cell that says the same.
        kind: What it is about.
        text: What stands in the file.
        place: The first cell in which it stands.
        sentence: What is the matter.
        choices: What can be answered: what is kept of it, and its title.
        answer: What is answered, or proposed; ``None`` where a person must say it.
    """

    key: str
    kind: QuestionKind
    text: str
    place: str
    sentence: str
    choices: tuple[tuple[str, str], ...]
    answer: str | None


@dataclass
class PlanAsking:
    """Questions as they come up, and what was answered to them by an earlier look at the same file.

    Args:
        answers: Answers by the keys of questions.
        usual: What is answered to all questions of a kind that nobody has answered by itself.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    usual: Mapping[QuestionKind, str] = field(default_factory=dict)
    questions: dict[str, PlanQuestion] = field(default_factory=dict)

    def ask(self, question: PlanQuestion, fits: Callable[[str], bool] | None = None) -> str | None:
        """The answer to a question; ``None`` where there is none yet.

        Args:
            question: The question, with what is proposed.
            fits: Whether an answer that is none of the choices will do.
        """
        usual = self.usual.get(question.kind)
        listed = {value for value, _ in question.choices}
        given = self.answers.get(question.key, usual if usual in listed else None)
        if given is not None and given not in listed and not (fits and fits(given)):
            given = None
        asked = question if given is None else question._replace(answer=given)
        return self.questions.setdefault(question.key, asked).answer
