"""The parts of a packed workbook by their names, as the programs that open it find them.

Parts are known whatever the capitals of their names and the slashes in them (ECMA-376 part 2, 6.2.2.3), and by the
relations that name them (6.5). Names of tags are looked at without their namespaces: a workbook in the strict form has
others, and says the same in them.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.etree import ElementTree as ET

ZIP_PROBLEMS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
"""What is raised where a packed file is damaged, cut off, or packed in a way that is not known here."""


def plain_name(name: str) -> str:
    """The name by which a part is known: with slashes, and without capitals."""
    return name.replace("\\", "/").casefold()


def local(name: str) -> str:
    """The name of a tag or an attribute without its namespace."""
    return name.rpartition("}")[2]


class Relation(NamedTuple):
    """One part as another names it.

    Attributes:
        id: by what it is referred to.
        kind: what it is, such as "worksheet".
        target: its name.
    """

    id: str
    kind: str
    target: str


class PartNames:
    """The parts of a package that has been scanned."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos = {plain_name(info.filename): info for info in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return plain_name(name) in self._infos

    def open(self, name: str) -> IO[bytes]:
        """A part to be read a piece at a time.

        Raises:
            KeyError: if it is not there.
        """
        return self._archive.open(self._infos[plain_name(name)])

    def read(self, name: str) -> bytes:
        """All of a small part; nothing if it is not there."""
        return self._archive.read(self._infos[plain_name(name)]) if name in self else b""

    def tree(self, name: str) -> ET.Element:
        """A small part as a tree; an empty one if it is not there, or empty."""
        content = self.read(name)
        if not content.strip():
            return ET.Element("none")
        return ET.fromstring(content)  # noqa: S314 - the scan has refused whatever declares a document type

    def relations(self, name: str = "") -> Iterator[Relation]:
        """What a part names of the package, or the package itself names."""
        folder, own = posixpath.split(name)
        for element in self.tree(posixpath.join(folder, "_rels", f"{own}.rels")):
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "").replace("\\", "/")))
                yield Relation(element.get("Id", ""), posixpath.basename(element.get("Type", "")), target.lstrip("/"))


def children(element: ET.Element, *path: str) -> Iterator[ET.Element]:
    """The elements below one along a path of tags, whatever their namespaces."""
    for child in element:
        if local(child.tag) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from children(child, *path[1:])
