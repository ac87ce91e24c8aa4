"""Which steps can be undone and which can be done again, read from the end of a history as far as it must be known."""

from collections.abc import Callable, Iterable, Sequence

from spp_desktop.store.history import Revision

AT_FIRST = 64
"""The steps at the end of a history that are read at first; where more must be known, twice as many each time."""


class _Stacks:
    """What some steps, one after the other, leave to be undone and to be done again.

    Attributes:
        done: what can be undone, the next one last.
        undone: what can be done again, the next one last.
        all_done: whether nothing else can be undone, by what was before these steps.
        all_undone: whether nothing else can be done again.
    """

    def __init__(self, *, from_first: bool) -> None:
        self.done: list[Revision] = []
        self.undone: list[Revision] = []
        self.all_done = self.all_undone = from_first

    def take_all(self, steps: Iterable[Revision]) -> bool:
        """Take in steps. Returns whether none of them turned round one that is not known."""
        return all(map(self.take, steps))

    def take(self, step: Revision) -> bool:
        """Take in the next step. Returns whether it turned round one that is known, if any."""
        if step.kind == "built":
            self.done, self.undone = [], []
            self.all_done = self.all_undone = True
        elif step.kind in ("brought in", "beside", "expunged"):
            pass
        elif step.kind in ("undo", "redo"):
            undoing = step.kind == "undo"
            off, onto = (self.done, self.undone) if undoing else (self.undone, self.done)
            if not off:
                return self.all_done if undoing else self.all_undone
            onto.append(off.pop())
        else:
            self.done.append(step)
            self.undone, self.all_undone = [], True
        return True


class Turns:
    """What would be undone next and what would be done again, as a history goes on.

    Args:
        last_steps: gives so many of the last steps of the history, or all if there are fewer, the oldest first.
    """

    def __init__(self, last_steps: Callable[[int], Sequence[Revision]]) -> None:
        self._last_steps = last_steps
        self._most = AT_FIRST
        self._stacks: _Stacks | None = None

    def to_undo(self) -> Revision | None:
        """What can be undone next.

        Raises:
            sqlite3.Error: if the history cannot be read.
        """
        stacks = self._known(lambda known: bool(known.done) or known.all_done)
        return stacks.done[-1] if stacks.done else None

    def to_redo(self) -> Revision | None:
        """What can be done again next.

        Raises:
            sqlite3.Error: if the history cannot be read.
        """
        stacks = self._known(lambda known: bool(known.undone) or known.all_undone)
        return stacks.undone[-1] if stacks.undone else None

    def go_on(self, step: Revision) -> None:
        """Take in the next step of the history."""
        if self._stacks is not None and not self._stacks.take(step):
            self._stacks = None

    def _known(self, enough: Callable[[_Stacks], bool]) -> _Stacks:
        """What the end of the history leaves, read as far back as must be."""
        while self._stacks is None or not enough(self._stacks):
            if self._stacks is not None:
                self._most *= 2
            self._stacks = self._read()
        return self._stacks

    def _read(self) -> _Stacks:
        """What the end of the history leaves, from where on it knows each step that is turned round."""
        while True:
            steps = self._last_steps(self._most)
            stacks = _Stacks(from_first=len(steps) < self._most)
            if stacks.take_all(steps) or len(steps) < self._most:
                return stacks
            self._most *= 2
