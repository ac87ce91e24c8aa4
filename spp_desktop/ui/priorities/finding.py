"""Finding and replacing in the rows of the tree of priorities."""

from collections.abc import Sequence

from spp_desktop.edits import priorities
from spp_desktop.plan.kinds.spelling import caseless, replaced, searched
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.plan.spoken import in_words_of_plan
from spp_desktop.plan.words import counted
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.priorities.kinds import KINDS, TreeItem
from spp_desktop.ui.priorities.view import PriorityView


class TreeFinder:
    """Looks for a text in the rows of the tree that are shown or folded away, capitals forgiven."""

    def __init__(self, signals: PlanSignals, view: PriorityView) -> None:
        self._signals, self._view = signals, view

    @property
    def locked(self) -> bool:
        """Whether nothing can be replaced."""
        return self._signals.workspace.read_only

    def focus(self) -> None:
        """Give the keyboard to the tree."""
        self._view.setFocus()

    def go(self, text: str, *, back: bool = False) -> bool:
        """Go to the next row that holds a text, round and round, or to the one before. The current row comes last."""
        items = [item for item in self._view.tree().items() if item.key]
        current = self._view.current()
        at = next((n for n, item in enumerate(items) if current is not None and item.key == current.key), -1)
        by = -1 if back else 1
        for n in range(1, len(items) + 1):
            item = items[(at + by * n) % len(items)]
            if caseless(text) in searched(item.text):
                return self._view.choose(item.key)
        return False

    def replace(self, text: str, by: str) -> bool:
        """Replace a text in the current row. Returns whether it stood there and the change was kept."""
        current = self._view.current()
        return current is not None and not self._write(self._replaced([current], text, by))

    def replace_all(self, text: str, by: str) -> str:
        """Replace a text in all rows, as one step. Returns what came of it, in a sentence."""
        changes = self._replaced(self._view.tree().items(), text, by)
        if not changes:
            return f"No row holds “{text}”."
        return self._write(changes) or f"Replaced in {counted(len(changes), 'row')}; Ctrl+Z undoes it."

    @staticmethod
    def _replaced(items: Sequence[TreeItem], text: str, by: str) -> list[tuple[TreeItem, str]]:
        """The rows that would change, with what they would say."""
        rows = [item for item in items if item.key and item.kind in KINDS]
        written = [(item, replaced(item.text, text, by)) for item in rows]
        return [(item, after) for item, after in written if after != item.text]

    def _write(self, changes: Sequence[tuple[TreeItem, str]]) -> str:
        """Write rows as one step. Returns why that was refused, or ""."""
        if not changes:
            return "Nothing to replace here."
        try:
            texts = [(KINDS[item.kind].model, item.key, KINDS[item.kind].title, text) for item, text in changes]
            label = f"replace words in {counted(len(changes), 'row')} of the {in_words_of_plan('priorities')}"
            self._signals.edit(label, priorities.set_texts, texts)
        except (RuleBroken, NotKept) as refusal:
            return str(refusal)
        return ""
