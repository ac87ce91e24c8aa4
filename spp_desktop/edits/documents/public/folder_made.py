"""A folder of files made whole: written aside, and then put in its place together."""

import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from spp_desktop.plan import file_names
from spp_desktop.returns.aside import NotWritten


@contextmanager
def aside(folder: Path, *, overwrite: bool, own: Collection[str]) -> Iterator[Path]:
    """A new folder beside where one is to be; what is left of it is removed at the end.

    Args:
        folder: Where it is to be.
        overwrite: Whether what is there is replaced, as far as the plan made it.
        own: The SHA-256 of each file that the plan published. A folder that holds any other file is never replaced.

    Raises:
        NotWritten: if no folder can be kept there, or something is there that is not to be replaced.
    """
    if sentence := file_names.unfit(folder):
        raise NotWritten(sentence)
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not overwrite)):
        replaced = ", or say that it is to be replaced" if own else ""
        raise NotWritten(
            f"{folder} is there already and holds something. Nothing was written. Choose another folder{replaced}."
        )
    if folder.is_dir() and (strange := _strange(folder, own)) is not None:
        raise NotWritten(
            f"{folder} holds {strange}, which is no file of an earlier edition of this plan, or was changed since. "
            "Nothing was written, and nothing there is touched. Choose another folder."
        )
    place = folder.with_name(f".{folder.name[:40]}.{uuid4().hex[:8]}")
    try:
        place.mkdir(parents=True)
    except OSError as problem:
        raise _not_kept(folder, problem) from None
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _strange(folder: Path, own: Collection[str]) -> str | None:
    """The name of a file in a folder that the plan did not publish; ``None`` if there is none."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or (path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() not in own):
            return path.relative_to(folder).as_posix()
    return None


def put(place: Path, folder: Path) -> Path:
    """Put a folder that is whole where it was asked for, and give it. What stood there goes only once it is there.

    Raises:
        NotWritten: if it cannot be kept there; what stood there stays then.
    """
    before = folder.with_name(f"{place.name}.before")
    try:
        for path in place.rglob("*"):
            if path.is_file():
                with path.open("rb+") as written:
                    os.fsync(written.fileno())
        if folder.exists():
            folder.replace(before)
        place.replace(folder)
    except OSError as problem:
        if before.exists() and not folder.exists():
            before.replace(folder)
        raise _not_kept(folder, problem) from None
    shutil.rmtree(before, ignore_errors=True)
    return folder


def _not_kept(folder: Path, problem: OSError) -> NotWritten:
    return NotWritten(
        f"The folder {folder} could not be written ({problem.strerror or problem}): a file in it may be open in "
        "another program, or it may not be written to. What stood there is untouched; choose another, or try again."
    )
