"""When a row may not hold a value: the answer, kept apart so that what only says it loads nothing else."""


class RuleBroken(ValueError):
    """A value that a row may not hold; the text is a sentence for the person who typed it.

    Attributes:
        field: the column's name, so that the sentence can be shown beside it.
    """

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
