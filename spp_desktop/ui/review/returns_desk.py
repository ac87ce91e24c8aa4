"""The desk at which returned files are reviewed: decisions, and the words of all that is shown."""

from collections.abc import Sequence

from PySide6.QtGui import QPalette

from spp_desktop.plan.kinds import TEXT, Kind, Option
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.plan.text_changes import near_change
from spp_desktop.store import queries
from spp_desktop.ui.grid.arrangement import Group
from spp_desktop.ui.review import returned_lines
from spp_desktop.ui.review.desk import Desk
from spp_desktop.ui.review.kinds import FILTERS, KINDS, STATES
from spp_desktop.ui.review.lines import shares_of
from spp_desktop.ui.review.pane_words import ReturnedWords
from spp_desktop.ui.review.surface import ReviewWords

_ISSUED, _RETURNED, _NOW = 3, 4, 5
AS_ISSUED = "(as issued)"

WORDS = ReviewWords(
    title="Review of returned files",
    headings=("Decision", "Kind", "What", "As issued", "As returned", "As it is now", "Remark"),
    widths=(104, 126, 112, 100, 150, 100, 150),
    kinds=KINDS,
    states=STATES,
    filters=FILTERS,
    states_shown="As issued, as returned, as it is now",
    accept="Accept",
    refuse="Refuse…",
    accept_tip="Take it in when you apply (A or Space in the table)",
    refuse_tip="Leave the plan as it is there, and keep why (R in the table)",
    accepted="Accepted",
    refused="Refused",
    edit="Edit before accepting…",
    untyped="There is nothing to type there; accept it or refuse it.",
    unready="Nothing is accepted or refused yet.",
    compared="The files were compared with the plan as it is now. What you decided stays.",
    letters=("A", "R"),
    keys="A or Space accepts · R refuses · E edits first · U takes back · on a head, all below it · "
    "N next to decide · Ctrl+Z undoes · Ctrl+Enter applies · Esc closes",
    files=True,
)


class ReturnsDesk(Desk):
    """The returned files under review, with the words of all that is shown of them."""

    words = WORDS
    folded_at_first: Sequence[int] = ()

    @property
    def called(self) -> str:
        """The title of the screen."""
        count = len(self.reviews)
        return f"Review of {self.reviews[0].called if count == 1 else f'{count} files received'}"

    @property
    def parts(self) -> int:
        """The number of files."""
        return len(self.reviews)

    def part_name(self, file: int) -> str:
        """The name of a file, with that of the mail that enclosed it."""
        return self.reviews[file].called

    # Words of lines; what each is, ``ReviewDesk`` says.

    def cells(self, n: int) -> tuple[str, ...]:
        """The texts of an item in the table."""
        return returned_lines.cells(self, n)

    def shortened(self, n: int, along: int, texts: Sequence[str]) -> str:
        """A text as the table shows it: what came back, near its change; what is as issued, by these words."""
        difference = self.items[n].difference
        if along == _RETURNED and difference.field and not difference.answers:
            return near_change(texts[_ISSUED], texts[_RETURNED])
        if along == _NOW and difference.field and difference.now_text == difference.issued_text:
            return AS_ISSUED
        return texts[along]

    def row_head(self, n: int) -> tuple[str, str]:
        """The row under which an item is listed."""
        item = self.items[n]
        return item.group.ref if item.difference.ref else "", self.title(n)

    def head(self, file: int, items: tuple[int, ...], *, folded: bool) -> Group:
        """The head of a file: who answers, the file's name, and how much is decided."""
        title, note = returned_lines.file_head(self, file)
        return Group(title, items, note, shares_of(self, items), folded)

    def notes(self, file: int) -> list[str]:
        """The sentences on a file as a whole."""
        return returned_lines.notices_of(self, file)

    def searched(self, n: int) -> tuple[str, ...]:
        """What an item is found by."""
        item = self.items[n]
        file = self.reviews[item.file]
        row = item.group.ref, item.difference.text, self.title(n)
        return (*self.cells(n), *row, file.file, file.identity.owner, returned_lines.sender_of(self, item.file))

    # Words of the pane.

    def heading(self, n: int) -> str:
        """What is said above an item."""
        return returned_lines.title_of(self, n)

    def about(self, n: int) -> str:
        """The row that it is of."""
        difference = self.items[n].difference
        if difference.source.bears_ref and difference.text:
            return f"{difference.source.word.singular.capitalize()}: {difference.text}"
        return self.title(n)

    def remark(self, n: int) -> str:
        """Why a person is asked."""
        return self.items[n].difference.remark

    def file_heading(self, file: int) -> str:
        """Who answers with a file."""
        return self.reviews[file].identity.owner or "Whole plan"

    def pane(self, palette: QPalette) -> ReturnedWords:
        """What the pane says."""
        return ReturnedWords(self, palette)

    def answers(self, n: int) -> Sequence[str]:
        """The answers of a row that came back more than once."""
        return self.items[n].difference.answers

    # A value typed.

    def types_apart(self, n: int) -> bool:
        """A value is typed in the pane."""
        del n
        return False

    def value_name(self, n: int) -> str:
        """What the value is called that is typed for an item."""
        difference = self.items[n].difference
        if difference.kind == "new row":
            return in_words_of_plan("The priority it would belong to")
        return f"{difference.column} to take in"

    def value_kind(self, n: int) -> Kind:
        """The kind of cell that it is for."""
        column = self.column(n)
        return column.kind if column else TEXT

    def options(self, n: int) -> list[Option]:
        """The values to choose from; statuses with their shapes."""
        column, titles = self.column(n), self.choices(n)
        if column is not None and column.choices == "statuses":
            looks = {row.title: row for row in self.workspace.read(queries.statuses)}
            return [Option(t, t, "", looks[t].shape, looks[t].colour, looks[t].dark_colour) for t in titles]
        return [Option(title, title) for title in titles]

    # The foot.

    def state_words(self) -> str:
        """What would be left if the review was closed now."""
        if self.locked:
            return "Open for reading only."
        if self.decided:
            count = "1 decision is kept" if self.decided == 1 else f"{self.decided:,} decisions are kept"
            return f"{count}. The plan does not change until you apply."
        if any(review.receipt is not None for review in self.reviews):
            return "The files are kept. The plan does not change until you apply."
        return "Nothing is decided yet: closing leaves the plan as it is, and keeps no file."

    def left_words(self) -> str:
        """How much is left to decide."""
        left = self.left
        return f"{left:,} left to decide, {'it stays' if left == 1 else 'they stay'} here for later" if left else ""

    def apply_words(self) -> tuple[str, bool]:
        """The words on the button Apply, and whether it can be pressed."""
        changes, refused = self.to_apply, self.counts()["refused"]
        if changes:
            return f"&Apply {changes:,} change{'' if changes == 1 else 's'}", True
        if refused:
            return f"&Apply {refused:,} refusal{'' if refused == 1 else 's'}", True
        if not self.left and any(self.is_open(file) for file in range(len(self.reviews))):
            return "&Record as received", True
        return "Nothing to apply", False

    def can_keep(self) -> bool:
        """Whether there is a file that is not kept yet."""
        return any(review.receipt is None for review in self.reviews)
