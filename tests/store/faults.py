"""What the system may refuse SQLite, made to happen: SQLite calls the system through functions that can be exchanged.

Only where Python's SQLite is a library of its own and the system is Linux; tests that need this are skipped elsewhere.
"""

import _sqlite3
import ctypes
import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
