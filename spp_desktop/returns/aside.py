"""A file put where it was asked for only when it is whole: written aside, read again, and then moved there."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from spp_desktop.plan import file_names


class NotWritten(Exception):
    """A file that could not be made; the text says why. What stood in its place is untouched."""


def put(save: Callable[[Path], object], path: Path, look_over: Callable[[Path], None]) -> None:
    """Put a file at a path: ``save`` writes it aside, and ``look_over`` reads it there before it is moved.

    Raises:
        NotWritten: if it cannot be kept there; and whatever ``look_over`` raises. What stood there is untouched then.
    """
    if sentence := file_names.unfit(path):
        raise NotWritten(sentence)
    aside = path.with_name(f".{path.stem[:40]}.{uuid4().hex[:8]}{path.suffix}")
    try:
        save(aside)
        look_over(aside)
        _keep(aside)
        aside.replace(path)
    except PermissionError:
        raise NotWritten(
            f"{path.name} cannot be written: it may be open in another program, or the folder may not be written to. "
            "Close it or choose another place, and try again."
        ) from None
    except OSError as problem:
        raise NotWritten(
            f"{path.name} could not be written ({problem.strerror or problem}). What stood there is untouched."
        ) from None
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _keep(file: Path) -> None:
    """See that the file is on the disk before it takes another's name."""
    with file.open("rb+") as written:
        os.fsync(written.fileno())
