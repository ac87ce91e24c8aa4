"""The one writer of an open plan: edits, undo and redo, and the listeners who hear what changed."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, Self, TypeVar
from uuid import uuid4

from spp_desktop.store import (
    backups,
    beside,
    chain,
    conflicts,
    database,
    expunged,
    heads,
    history,
    own_words,
    recording,
    step_size,
    steps,
    undoing,
    waiting,
)
from spp_desktop.store.changed import BESIDE, Changed, Moved, unheard
from spp_desktop.store.history import Revision, RevisionKind
from spp_desktop.store.listened import ListenedPlan
from spp_desktop.store.losses import UNFIT_HISTORY, damage_told, damaged_step_told, losses_told
from spp_desktop.store.plan_file import PlanOnDisk, save_copy
from spp_desktop.store.problems import NotKept, PlanRefused, UndoRefused
from spp_desktop.store.second_copy import SecondCopy
from spp_desktop.store.sitting_copy import REASON, SittingCopy

if TYPE_CHECKING:  # what only writes is loaded where it does
    from sqlmodel import Session

    from spp_desktop.store.appended import MadeElsewhere

P = ParamSpec("P")
T = TypeVar("T")
_SERIALIZED = 3
"""What sqlite3 says where a connection may be used by several threads, one after the other."""
WriteBeside = Callable[[sqlite3.Connection, Revision], None]


class Workspace(ListenedPlan):
    """A plan that is open. Made by ``open`` or ``create``; ``close`` it, or use it in a ``with`` statement.

    Attributes:
        copies: other copies of this plan beside it.
        known_head: how far the history had come when the plan was last open on this machine.
    """

    def __init__(self, file: PlanOnDisk) -> None:
        super().__init__(file)
        self.copies = conflicts.OtherCopies(file.path)
        self._sitting = str(uuid4())
        self.listen(lambda changed: own_words.heed(self._raw, changed))
        self.listen(self.copies.heed)
        self._before = SittingCopy(file.path)
        self._recording = False
        self._second = SecondCopy()
        self.known_head = heads.KnownHead(file.path)
        self._catch_up()

    @classmethod
    def open(
        cls, path: Path | str, *, read_only: bool = False, take_over: bool = False, beside: bool = False
    ) -> "Workspace":
        """Open a plan, having looked it over; for writing, unless somebody else has it or it cannot be written.

        With ``take_over`` a lock that was left behind is replaced. With ``beside`` whole copies of the plan are made
        beside the work, so that no change waits for one: for a window, which goes on.

        Raises:
            PlanRefused: if the file is no plan, too damaged, or newer than this program.
        """
        path = Path(path).absolute()
        workspace = cls(PlanOnDisk(path, read_only=read_only, take_over=take_over))
        workspace.notices += workspace.read_beside(workspace.copies.compare, workspace.copies.look())
        workspace.notices += workspace.known_head.compare(workspace._raw)
        workspace._before.is_beside = workspace._second.is_beside = beside and sqlite3.threadsafety == _SERIALIZED
        if not workspace.read_only:
            with suppress(NotKept):  # it is done with the next opening then
                workspace._ship_new_kinds()
        return workspace

    @classmethod
    def create(cls, path: Path | str, title: str, first_year: int, **columns: Any) -> "Workspace":
        """Make a new plan with the shipped statuses and nothing else, and open it.

        Raises:
            RuleBroken: if a column of the plan breaks a rule; PlanRefused: if it cannot be made there.
        """
        from spp_desktop.plan.identity import Plan  # late: a plan that exists is read without
        from spp_desktop.plan.rows import check
        from spp_desktop.store import shipped

        values = check(Plan, {"title": title, "first_year": first_year, **columns})
        with database.made_whole(Path(path).absolute()) as started, cls.open(started) as workspace:
            workspace.edit("begin the plan", shipped.begin, values, as_kind="built")
        return cls.open(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the plan free. Everything is kept already. Whichever part of this fails, the lock goes."""
        self._listeners.clear()
        self._heeding.clear()
        with closing(self._file), ExitStack() as leaving:
            leaving.callback(self._second.forget)
            leaving.callback(self._before.drop)
            self._before.wait()
            self.known_head.keep(self._raw)

    def edit(
        self,
        label: str,
        verb: "Callable[Concatenate[Session, ...], T]",
        *args: Any,
        as_kind: RevisionKind = "edit",
        beside: WriteBeside | None = None,
        heard: Moved = unheard,
        **kwargs: Any,
    ) -> T:
        """Run a verb as one revision, and give what it gives. A verb that changes nothing leaves no revision.

        ``as_kind`` is the revision's kind. ``beside`` writes what is kept beside the content and belongs to this
        revision: both are kept, or neither. It is not called where there is no revision. ``heard`` hears how far the
        sealing of a large one is; what it raises ends it. All else goes to the verb.

        Raises:
            RuleBroken: for a value that may not stand there; nothing is changed then.
            NotKept: if it could not be written; nothing is changed then.
        """
        from sqlmodel import Session  # late: a plan is read without

        self._demand_writable()
        with (
            self._revision(label, as_kind, write=beside, heard=heard),
            Session(self._file.engine, autoflush=True) as session,
        ):
            done = verb(session, *args, **kwargs)
            session.flush()
        return done

    def undo(self, moved: Moved = unheard) -> Revision | None:
        """Undo the latest step, also one of an earlier sitting, and give it; ``None`` if there is none.

        ``moved`` hears how far it is; what it raises ends it.

        Raises:
            UndoRefused: if what it changed has changed since; NotKept: if it could not be written.
        """
        return self._turn("undo", moved)

    def redo(self, moved: Moved = unheard) -> Revision | None:
        """Do again what was undone last, and give it; ``None`` if there is none. ``moved`` is as in ``undo``.

        Raises:
            UndoRefused, NotKept: as ``undo``.
        """
        return self._turn("redo", moved)

    def revert(self, key: str, moved: Moved = unheard) -> None:
        """Put back what one step of the history changed, whatever came after it, as a new step; ``moved`` hears of it.

        Raises:
            UndoRefused: if something it changed has changed since; NotKept: if it could not be written.
        """
        self._demand_writable()
        with losses_told(self.path):
            step = history.revision_named(self._raw, key)
        if step is None or step.kind == expunged.KIND:
            why = "is not in this plan's history" if step is None else "removed a word for good and cannot be undone"
            raise UndoRefused(f"That step {why}.")
        with (
            self._revision(f"put back: {step.label}", "edit", reverses=step.id),
            damaged_step_told(self.path, step.label),
        ):
            undoing.reverse(self._raw, step, moved, self.waits)

    def look(self, copies: Sequence[conflicts.SeenCopy] = ()) -> bool:
        """See whether another program has changed the file, or left one of these copies, and tell the listeners.

        A file that another program holds just now is not waited for: it is looked at again the next time. As it is for
        a window to do when nobody is typing, the copy of the plan before its first change is begun; not of a share or
        a folder kept in step, where that would be much to carry for a plan that is only read.

        Raises:
            PlanRefused: if the file cannot be read any more.
        """
        if self._working:  # a window lives on while a large step is made
            return False
        self._heed_lock()
        self._tell_loss(self._before.lost())
        if not self._file.is_another() and not waiting.is_free(self._raw):
            return False
        with damage_told(self.path, UNFIT_HISTORY):
            changed = self._look_again()
            for sentence in self.copies.compare(self._raw, copies):
                self._notice(sentence)
            if not self.read_only and self.place.kind == "plain":
                self._before.begin(self._raw)
            return changed

    def _look_again(self) -> bool:
        """Take in what another program has changed, and tell of it; a file that was replaced or away is opened anew.

        Raises:
            sqlite3.Error: if it cannot be read; PlanRefused: if what stands there now is no plan.
        """
        anew = self._file.reached_again()
        if not anew and not self._file.is_changed():
            return False
        self._recording = self._recording and not anew
        lost = self._catch_up()
        self._tell(Changed("", "edit"))
        if lost:
            self._notice(self._second.told(self.path))
        elif anew:
            self._notice(" ".join((anew, *self._file.notices)))
        return True

    def _look_first(self) -> None:
        """Look again before a change, and refuse it if the screen showed steps that are gone, or no plan is there.

        Raises:
            NotKept: if so.
        """
        try:
            changed = self._look_again()
        except PlanRefused as refusal:
            raise NotKept("moved", f"{refusal} This change is not kept.") from refusal
        if changed and self._second.missing:
            raise NotKept("moved", f"{self.notices[-1]} This change is not kept.")

    def _heed_lock(self) -> None:
        """Tell if another program has taken the plan over."""
        if not self._working and (sentence := self._file.taken_over()):
            self._tell(Changed("", "edit"))
            self._notice(sentence)

    @property
    def can_bring_back(self) -> bool:
        """Whether steps that were kept are no longer in the file, and this program still has them all."""
        return bool(self._second.missing) and not self.read_only and self._second.connection() is not None

    def bring_back(self) -> Path:
        """Put the plan back as it was known to be kept, and give the earlier version of what stood there now.

        Raises:
            NotKept: if it cannot be done; the file is then as it was.
        """
        self._demand_writable()
        second = self._second.connection() if self._second.missing else None
        if second is None:
            raise NotKept("moved", "What is missing is no longer known here. Look for it among the earlier versions.")
        stood_there = self.back_up("before missing steps were brought back")
        with losses_told(self.path, "the missing steps are not brought back"):
            self._put_in_place(second)
        return stood_there

    def exchange(
        self,
        made: "Callable[[sqlite3.Connection, str], AbstractContextManager[tuple[sqlite3.Connection, T]]]",
        lost: str,
    ) -> T:
        """Put a copy of the plan that was changed as a whole in its place, in one transaction, and tell of it.

        Args:
            made: Given the plan and the sitting, the context that gives the copy, and something of it for the caller.
            lost: What has become of it where it could not be written: "nothing is removed".

        Raises:
            NotKept: if it could not be written; and what ``made`` raises. The plan is as it was then.
        """
        self._demand_writable()
        with losses_told(self.path, lost):
            self._look_first()
            with made(self._raw, self._sitting) as (copy, given):
                self._put_in_place(copy)
        return given

    def _put_in_place(self, content: sqlite3.Connection) -> None:
        """Put another content in the place of the plan's, in one transaction, and tell of it."""
        self.be_ready_to_write()
        self._before.drop()
        self._second.rest()
        waiting.copy_all(content, self._raw)
        self.known_head.changed_here()
        self._second.forget()
        self._catch_up()
        self._tell(Changed("", "edit"))

    def append(self, made: "MadeElsewhere", reason: str) -> None:
        """Add revisions that were made elsewhere, as they are, and what they changed; tell of it.

        Args:
            made: The revisions; they follow on the plan's newest.
            reason: Why an earlier version is kept before: "before taking in steps of the hub".

        Raises:
            PlanRefused: if they do not follow, or are not as they were sealed; NotKept: if they could not be written.
                The plan is as it was then.
        """
        from spp_desktop.store import appended  # late: seldom

        self._demand_writable()
        self._back_up_before(reason)
        with losses_told(self.path, "nothing is taken in"):
            self._look_first()
            if self._recording:
                recording.stop_recording(self._raw)  # it is laid again at the next change
                self._recording = False
            self._second.rest()
            appended.append_alone(self._raw, made)
            self.known_head.changed_here()
        self._second.forget()
        self._catch_up()
        self._tell(Changed("", "edit"))

    def back_up(self, reason: str) -> Path:
        """Keep the plan as it is now as an earlier version, and give its file.

        Raises:
            NotKept: if it could not be written.
        """
        lost, name = "no earlier version is kept", f"An earlier version of {self.path.name}"
        beside = losses_told(backups.folder_of(self.path), lost, name=name)
        made: list[Path] = []
        with losses_told(self.path, lost), waiting.unchanging(self._raw), beside:
            self._waits_for(lambda: made.append(backups.make(self._raw, self.path, reason)))
        return made[0]

    def save_copy(self, target: Path) -> None:
        """Write the plan under another name: as it is now, or as this program knew it if its file is damaged since.

        Raises:
            NotKept: if it could not be written.
        """
        known = [self._raw, *filter(None, [self._second.connection()])]
        self._waits_for(lambda: save_copy(self.path, known, target))

    def write_beside(
        self, write: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Write to what is kept beside the content, such as the record of exports: sealed, but no step.

        Raises:
            NotKept: if it could not be written.
        """
        self._demand_writable()
        with self._transaction():
            done = self._kept_beside(write, *args, **kwargs)
        self._tell(Changed("", "beside", {BESIDE: frozenset()}))
        self._second.go_on(self._raw)
        return done

    def _kept_beside(
        self, write: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Write what is kept beside the content, recorded and sealed, in the transaction that is under way."""
        newest = chain.newest(self._raw)
        self._raw.execute("INSERT INTO recording_beside VALUES (?)", ((newest.n if newest else 0) + 1,))
        done = write(self._raw, *args, **kwargs)
        steps.close(self._raw, newest, sitting=self._sitting, label=beside.LABEL, kind="beside", reverses=None)
        self._raw.execute("DELETE FROM recording_beside")
        return done

    def be_ready_to_write(self) -> None:
        """Lay what records changes: at the first change at the latest, since a plan is read without it.

        Until then nothing can be written, so that no change is left out of the history.

        Raises:
            NotKept: if there is no room for it; it is tried again at the next change.
        """
        if self.read_only or self._recording:
            return
        with losses_told(self.path):
            self._raw.execute("PRAGMA query_only=OFF")
            try:
                recording.start_recording(self._raw)
                if self.place.kind != "plain":
                    self._second.make(self._raw)  # so that there is a copy if the file is out of reach
            except BaseException:
                self._raw.execute("PRAGMA query_only=ON")
                raise
        self._recording = True

    def _demand_writable(self) -> None:
        self._heed_lock()
        if self.read_only:
            why = self._file.taken or next(iter(self.notices), f"{self.path.name} is open for reading only.")
            raise NotKept("read-only", f"{why} This change is not kept.")
        if self._working:
            raise NotKept(
                "in use",
                "Another change is still being made, so this one is not kept. Make it again when that is done.",
            )

    @contextmanager
    def _revision(
        self,
        label: str,
        kind: RevisionKind,
        reverses: str | None = None,
        write: WriteBeside | None = None,
        heard: Moved = unheard,
    ) -> Iterator[None]:
        """A transaction whose changes are recorded, sealed and told as one step."""
        with losses_told(self.path):
            is_large = kind in ("import", "merged") or step_size.is_large(self._raw, reverses)
        if not self._before.is_kept and kind not in ("built", "brought in"):
            self._back_up_before(is_large=is_large)
        if is_large:
            self.waits(self._second.rest)  # the plan is copied behind it
        with self._transaction():
            newest = chain.newest(self._raw)
            n = (newest.n if newest else 0) + 1
            self._raw.execute("INSERT INTO recording VALUES (?)", (n,))
            yield
            made = steps.close(
                self._raw, newest, sitting=self._sitting, label=label, kind=kind, reverses=reverses, heard=heard
            )
            self._raw.execute("DELETE FROM recording")
            # From here on a change to the content would find no number to be recorded under, and fails.
            if made is not None and write is not None:
                self._kept_beside(write, made)
            touched = step_size.touched(self._raw, n) if made is not None else {}  # later another may hold it
        if made is None:
            return
        self._turns.go_on(made)
        self._tell_loss(self._before.lost())
        # What is kept beside the content says of a step whether it stands, which one that reverses it alters.
        rows = {**touched, BESIDE: frozenset[str]()} if touched and (write or reverses) else touched
        self._tell(Changed(label, kind, rows))
        self._second.go_on(self._raw)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing: what goes wrong inside rolls back, and is told in a sentence."""
        self._working = True
        try:
            with losses_told(self.path):
                self._look_first()
                self.be_ready_to_write()
                with self._before.resting(), self._second.along(self._raw), database.transaction(self._raw, self.waits):
                    yield
                    self._second.take(self._raw)
                self.known_head.changed_here()
        finally:
            self._working = False

    def _back_up_before(self, reason: str = REASON, *, is_large: bool = True) -> None:
        """Keep an earlier version if it can be done; a full disk must not stop the person from working on.

        Raises:
            NotKept: if the plan itself cannot be read just now. It is tried again before the next change.
        """
        with losses_told(self.path):
            self._look_first()
        with losses_told(self.path):
            self._tell_loss(self._before.keep(self._raw, reason, is_large=is_large, waits=self.waits))

    def _tell_loss(self, lost: str) -> None:
        """Tell why the plan as it was before this sitting is not kept, if that is so and is known."""
        if lost:
            self._notice(lost)

    def _turn(self, kind: Literal["undo", "redo"], moved: Moved) -> Revision | None:
        self._demand_writable()
        with losses_told(self.path), damaged_step_told(self.path, "its steps"):
            self._look_again()
            step = self._turns.to_undo() if kind == "undo" else self._turns.to_redo()
        if step is None:
            return None
        with self._revision(step.label, kind, reverses=step.id), damaged_step_told(self.path, step.label):
            (undoing.reverse if kind == "undo" else undoing.repeat)(self._raw, step, moved, self.waits)
        return step

    def _ship_new_kinds(self) -> None:
        """Give a plan of an older form the rows that plans begin with, of kinds which that form did not know."""
        from spp_desktop.store import shipped  # late: as below

        models = self.read_beside(shipped.unknown_to)
        if models:
            self.edit("bring in the lists of this version", shipped.ship, models, as_kind="brought in")

    def _catch_up(self) -> bool:
        """Take in what the file says now. Returns whether steps that were in it are gone."""
        self._file.see()
        self._turns = self._turns_of_now()
        return self._second.see(self._raw)
