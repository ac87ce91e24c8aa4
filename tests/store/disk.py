"""A disk that is cut off from power: what a program writes to a folder is recorded, and any moment of it made again.

What had not been waited for when the power went may be there or not, in any order and in pieces; names that were given,
changed or taken away are there up to some moment, since disks keep those in order. The model is that of SQLite's own
tests (test6.c), with names besides.

SQLite is recorded through its table of functions (64-bit Linux), all else through the functions of ``os``.
"""

import ctypes
import os
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.store.faults import vfs_address, word_at

SECTOR = 512
"""The bytes that a disk writes whole or not at all."""

_POINTER = ctypes.c_void_p
_OPEN_AT, _DELETE_AT = 40, 48
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, _POINTER, _POINTER, ctypes.c_int, _POINTER)
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_char_p, ctypes.c_int)
_METHODS = 152
_WRITE_AT, _TRUNCATE_AT, _SYNC_AT = 24, 32, 40
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, _POINTER, ctypes.c_int, ctypes.c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int)


@dataclass(frozen=True)
class Event:
    """One thing that was done.

    Attributes:
        kind: "create", "write", "truncate", "sync", "unlink", "rename", "sync names", or "told".
        file: the name of the file in the folder; what was told.
        at: where it was written, or the size it was cut to.
        content: what was written.
        other: the name it was given.
    """

    kind: str
    file: str = ""
    at: int = 0
    content: bytes = b""
    other: str = ""


@dataclass
class Disk:
    """What was done in a folder, in order; and what stood in it before."""

    folder: Path
    before: dict[str, bytes]
    events: list[Event] = field(default_factory=list)

    def tell(self, what: str) -> None:
        """Note that something is said to be kept now."""
        self.events.append(Event("told", what))

    def told(self, moment: int) -> list[str]:
        """What was said to be kept before a moment."""
        return [event.file for event in self.events[:moment] if event.kind == "told"]

    def cut(self, moment: int, folder: Path, chance: random.Random) -> None:
        """Put into a folder what a disk may hold if the power goes just before an event."""
        left = _Left({name: _File(bytearray(content)) for name, content in self.before.items()})
        for event in self.events[:moment]:
            left.take(event)
        for name, content in left.found(chance).items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


@dataclass
class _File:
    """A file: what the disk holds for certain, and what was written since it was last waited for."""

    sure: bytearray = field(default_factory=bytearray)
    open: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.open:
            _apply(self.sure, event)
        self.open.clear()

    def found(self, chance: random.Random) -> bytes:
        """What the file may hold: of what was not waited for, some writes, whole or in sectors."""
        content, share = bytearray(self.sure), chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        for event in self.open:
            if event.kind == "truncate":
                if chance.random() < share:
                    _apply(content, event)
                continue
            for at in range(0, len(event.content), SECTOR):
                if chance.random() < share:
                    piece = event.content[at : at + SECTOR]
                    _apply(content, Event("write", event.file, event.at + at, piece))
        return bytes(content)


def _apply(content: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        del content[event.at :]
        content.extend(b"\0" * (event.at - len(content)))
        return
    content.extend(b"\0" * (event.at - len(content)))
    content[event.at : event.at + len(event.content)] = event.content


class _Left:
    """A folder on the disk: its files by the names that are certain, and the changes of names that are not yet."""

    def __init__(self, files: dict[str, _File]) -> None:
        self._sure = dict(files)
        self._now = dict(files)
        self._changes: list[dict[str, _File]] = []

    def take(self, event: Event) -> None:
        """Do what was done."""
        if event.kind == "sync names":
            self._sure = dict(self._now)
            self._changes.clear()
        elif event.kind == "sync":
            self._now[event.file].sync()
        elif event.kind in ("write", "truncate"):
            self._now[event.file].open.append(event)
        elif event.kind in ("create", "unlink", "rename"):
            if event.kind == "create":
                self._now[event.file] = _File()
            else:
                moved = self._now.pop(event.file)
                if event.kind == "rename":
                    self._now[event.other] = moved
            self._changes.append(dict(self._now))

    def found(self, chance: random.Random) -> dict[str, bytes]:
        """What the folder may hold."""
        names = chance.choice([self._sure, *self._changes])
        contents = {id(file): file.found(chance) for file in names.values()}
        return {name: contents[id(file)] for name, file in names.items()}


@contextmanager
def recorded(folder: Path) -> Iterator[Disk]:
    """A context in which all that is written to a folder is recorded."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.suffix != ".lock"]
    disk = Disk(folder, {str(file.relative_to(folder)): file.read_bytes() for file in files})
    with pytest.MonkeyPatch.context() as patch, _sqlite_recorded(disk):
        _record_python(disk, patch)
        yield disk


def _name(disk: Disk, path: object) -> str:
    """The name of a file in the folder; "" for one elsewhere, and for locks, which a cut leaves anyhow."""
    file = Path(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else None
    inside = file is not None and file.is_relative_to(disk.folder) and file.suffix != ".lock"
    return str(file.relative_to(disk.folder)) if file is not None and inside else ""


def _record_python(disk: Disk, patch: pytest.MonkeyPatch) -> None:
    replace, unlink, fsync, copyfile = os.replace, os.unlink, os.fsync, shutil.copyfile

    def replaced(old: Any, new: Any, **more: Any) -> None:
        replace(old, new, **more)
        if _name(disk, old):
            disk.events.append(Event("rename", _name(disk, old), other=_name(disk, new)))

    def unlinked(path: Any, **more: Any) -> None:
        unlink(path, **more)
        if _name(disk, path):
            disk.events.append(Event("unlink", _name(disk, path)))

    def synced(number: int) -> None:
        fsync(number)
        path = Path(f"/proc/self/fd/{number}").readlink()
        if path.is_dir() and path.is_relative_to(disk.folder):
            disk.events.append(Event("sync names"))
        elif _name(disk, path):
            disk.events.append(Event("sync", _name(disk, path)))

    def copied(source: Any, target: Any, **more: Any) -> Any:
        done = copyfile(source, target, **more)
        if _name(disk, target):
            disk.events.append(Event("create", _name(disk, target)))
            disk.events.append(Event("write", _name(disk, target), content=Path(target).read_bytes()))
        return done

    for module, name, other in (
        (os, "replace", replaced),
        (os, "unlink", unlinked),
        (os, "fsync", synced),
        (shutil, "copyfile", copied),
    ):
        patch.setattr(module, name, other)


@contextmanager
def _sqlite_recorded(disk: Disk) -> Iterator[None]:
    """A context in which SQLite opens its files with methods that record."""
    vfs = vfs_address()
    own_open, own_delete = word_at(vfs + _OPEN_AT), word_at(vfs + _DELETE_AT)
    methods = _Methods(disk)

    def opened(system: int, name: int | None, file: int, flags: int, out: int) -> int:
        named = ctypes.string_at(name) if name else b""  # SQLite itself keeps the pointer
        path, there = _name(disk, named), Path(os.fsdecode(named)).exists()
        status = int(_OPEN(own_open)(system, name, file, flags, out))
        if status == 0 and path:
            if not there:
                disk.events.append(Event("create", path))
            methods.record(file, path)
        return status

    def deleted(system: int, name: bytes, sync: int) -> int:
        there = Path(os.fsdecode(name)).exists()
        status = int(_DELETE(own_delete)(system, name, sync))
        if status == 0 and there and _name(disk, name):
            disk.events.append(Event("unlink", _name(disk, name)))
            if sync:
                disk.events.append(Event("sync names"))
        return status

    kept = _OPEN(opened), _DELETE(deleted)
    for at, made in zip((_OPEN_AT, _DELETE_AT), kept, strict=True):
        ctypes.c_uint64.from_address(vfs + at).value = ctypes.cast(made, _POINTER).value or 0
    try:
        yield
    finally:
        ctypes.c_uint64.from_address(vfs + _OPEN_AT).value = own_open
        ctypes.c_uint64.from_address(vfs + _DELETE_AT).value = own_delete


class _Methods:
    """SQLite's methods of a file, with those that change it recorded."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._names: dict[int, str] = {}
        self._tables: dict[int, Any] = {}
        self._kept: list[Any] = []

    def record(self, file: int, name: str) -> None:
        """Give an open file methods that record what is done to the file of this name."""
        self._names[file] = name
        own = word_at(file)
        if own not in self._tables:
            table = ctypes.create_string_buffer(ctypes.string_at(own, _METHODS), _METHODS)
            address = ctypes.addressof(table)
            for at, made in self._made(own).items():
                self._kept.append(made)
                ctypes.c_uint64.from_address(address + at).value = ctypes.cast(made, _POINTER).value or 0
            self._tables[own] = table
        ctypes.c_uint64.from_address(file).value = ctypes.addressof(self._tables[own])

    def _made(self, own: int) -> dict[int, Any]:
        events = self._disk.events
        write, cut, sync = (word_at(own + at) for at in (_WRITE_AT, _TRUNCATE_AT, _SYNC_AT))

        def written(file: int, content: int, size: int, at: int) -> int:
            events.append(Event("write", self._names[file], at, ctypes.string_at(content, size)))
            return int(_WRITE(write)(file, content, size, at))

        def truncated(file: int, size: int) -> int:
            events.append(Event("truncate", self._names[file], size))
            return int(_TRUNCATE(cut)(file, size))

        def synced(file: int, flags: int) -> int:
            status = int(_SYNC(sync)(file, flags))
            events.append(Event("sync", self._names[file]))
            if self._names[file].endswith("-journal"):  # SQLite waits for the name of a new journal too
                events.append(Event("sync names"))
            return status

        return {_WRITE_AT: _WRITE(written), _TRUNCATE_AT: _TRUNCATE(truncated), _SYNC_AT: _SYNC(synced)}
