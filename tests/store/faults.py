"""What the system may refuse SQLite, made to happen: SQLite calls the system through functions that can be exchanged.

Only where Python's SQLite is a library of its own and the system is Linux; tests that need this are skipped elsewhere.
"""

import _sqlite3
import ctypes
import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

_POINTER = ctypes.c_void_p
_SET = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_char_p, _POINTER)
_GET = ctypes.CFUNCTYPE(_POINTER, _POINTER, ctypes.c_char_p)
_SET_AT, _GET_AT = 144, 152
"""Where a ``sqlite3_vfs`` of 64 bits holds xSetSystemCall and xGetSystemCall."""

FCNTL = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long, use_errno=True)


def vfs_address() -> int:
    """The address of what SQLite knows of the system."""
    if sys.platform != "linux" or sys.maxsize < 2**32:
        pytest.skip("made for 64-bit Linux")
    try:
        find = ctypes.CDLL(_sqlite3.__file__).sqlite3_vfs_find
    except (OSError, AttributeError):
        pytest.skip("Python's SQLite is not to be reached")
    find.restype, find.argtypes = _POINTER, [ctypes.c_char_p]
    return int(find(None))


def word_at(address: int) -> int:
    return int(ctypes.c_uint64.from_address(address).value)


def has_call(name: str) -> bool:
    """Whether SQLite calls the system's function of this name."""
    vfs = vfs_address()
    return bool(_GET(word_at(vfs + _GET_AT))(vfs, name.encode()))


@contextmanager
def system_call(name: str, made: Callable[[Callable[..., int]], Callable[..., int]], kind: Any) -> Iterator[None]:
    """A context in which SQLite calls another function in place of one of the system's.

    Args:
        name: what SQLite calls it: "fcntl".
        made: gives the other function, from the system's own.
        kind: the ctypes type of both.
    """
    vfs = vfs_address()
    own = kind(_GET(word_at(vfs + _GET_AT))(vfs, name.encode()))
    other = kind(made(own))
    put = _SET(word_at(vfs + _SET_AT))
    assert put(vfs, name.encode(), ctypes.cast(other, _POINTER)) == 0
    try:
        yield
    finally:
        assert put(vfs, name.encode(), None) == 0


@contextmanager
def locks_refused(folder: Path, number: int = errno.ENOLCK) -> Iterator[None]:
    """A context in which no file in a folder can be locked, as on some network drives; ``number`` is the error."""

    fcntl = pytest.importorskip("fcntl")

    def made(own: Callable[..., int]) -> Callable[..., int]:
        def refuse(file: int, command: int, at: int) -> int:
            named = Path(f"/proc/self/fd/{file}").readlink()
            if command in (fcntl.F_SETLK, fcntl.F_SETLKW) and named.is_relative_to(folder):
                ctypes.set_errno(number)
                return -1
            return own(file, command, at)

        return refuse

    with system_call("fcntl", made, FCNTL):
        yield


PREAD = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_int, _POINTER, ctypes.c_size_t, ctypes.c_int64, use_errno=True)
OPEN = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_int, use_errno=True)


class Share:
    """A folder of another machine: it can go away in the middle of anything, and what was open stays dead for ever.

    While it is away its name is gone too, as that of a drive which is not connected.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept = folder.with_name(f"{folder.name} on its server")
        self._dead: set[int] = set()
        self._open: set[int] = set()
        self.writes_left = -1

    def go(self) -> None:
        """The network is gone."""
        self.writes_left = -1
        self._dead |= self._open
        self.folder.rename(self._kept)

    def come_back(self) -> None:
        """The network is there again."""
        self._kept.rename(self.folder)

    def is_away(self) -> bool:
        return not self.folder.exists()

    def of(self, file: int) -> bool:
        """Whether a file that is open lies there."""
        path = Path(f"/proc/self/fd/{file}").readlink()
        return path.is_relative_to(self.folder) or path.is_relative_to(self._kept)

    def answers(self, file: int) -> bool:
        """Whether a file that is open can be reached."""
        return not self.of(file) or not (self.is_away() or file in self._dead)

    def opened(self, file: int) -> None:
        self._dead.discard(file)
        if file >= 0 and self.of(file):
            self._open.add(file)


@contextmanager
def a_share(folder: Path) -> Iterator[Share]:
    """A context in which a folder is a share; ``writes_left`` lets it go after so many writes."""
    share = Share(folder)

    def unless_dead(own: Callable[..., int]) -> Callable[..., int]:
        def call(file: int, *more: Any) -> int:
            if not share.answers(file):
                ctypes.set_errno(errno.EIO)
                return -1
            return own(file, *more)

        return call

    def writing(own: Callable[..., int]) -> Callable[..., int]:
        still = unless_dead(own)

        def write(file: int, *more: Any) -> int:
            if share.writes_left >= 0 and share.of(file):
                share.writes_left -= 1
                if share.writes_left < 0:
                    share.go()
            return still(file, *more)

        return write

    def opening(own: Callable[..., int]) -> Callable[..., int]:
        def open_(name: bytes, flags: int, mode: int) -> int:
            file = own(name, flags, mode)
            share.opened(file)
            return file

        return open_

    with ExitStack() as exchanged:
        exchanged.enter_context(system_call("open", opening, OPEN))
        for name, made in (
            ("pread", unless_dead),
            ("pread64", unless_dead),
            ("pwrite", writing),
            ("pwrite64", writing),
        ):
            if has_call(name):
                exchanged.enter_context(system_call(name, made, PREAD))
        yield share
