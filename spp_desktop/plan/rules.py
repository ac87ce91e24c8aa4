"""What a row may not hold: rules on its columns, and the answer when one is broken. It loads words alone."""

from dataclasses import dataclass

from spp_desktop.plan.spoken import texts_of_program


@texts_of_program("sentence")
@dataclass(frozen=True)
class Rule:
    """What the columns of a row may not be among themselves. It is declared beside them, in ``Row.rules``.

    Attributes:
        column: the column beside which the sentence is shown.
        broken: the rows that break it, as a condition of SQL on the columns of the row's own table.
        sentence: what is wrong, to be read after "In the finding “7”": "it is closed, and no day is said".
    """

    column: str
    broken: str
    sentence: str


def no_ring(table: str, column: str) -> Rule:
    """The rule that no row of a table stands under itself, where a column of it names the row that one stands under."""
    ring = (
        f"id IN (WITH RECURSIVE above (start, key) AS (SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL "
        f"UNION SELECT start, higher.{column} FROM above JOIN {table} AS higher ON higher.id = above.key "
        f"WHERE higher.{column} IS NOT NULL) SELECT start FROM above WHERE start = key)"
    )
    return Rule(column, ring, "what it stands under leads back to it in a ring")


class RuleBroken(ValueError):
    """A value that a row may not hold; the text is a sentence for the person who typed it.

    Attributes:
        field: the column's name, so that the sentence can be shown beside it.
    """

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def no_reason(title: object) -> str:
    """The sentence where a value asks for a reason, such as the status “Off track”, and none is given."""
    return f"“{title}” asks for a reason, and none is given."
