"""The file itself: its parts, what leads from one to the other, packed so that the same document is the same bytes."""

import io
import zipfile
from dataclasses import dataclass, field

from spp_desktop.documents.word.markup import NAMESPACES, part, xml

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = NAMESPACES["r"]
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NO_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file can name stands for none."""


@dataclass(slots=True)
class Relations:
    """What a part of the file leads to; each target has an id."""

    _targets: list[tuple[str, str, bool]] = field(default_factory=list)

    def to(self, kind: str, target: str, *, outside: bool = False) -> str:
        """The id of a target, which is another part or, ``outside``, an address.

        Args:
            kind: the last word of the relation's type: "image", or the whole of it.
            target: where it leads.
            outside: whether that is no part of the file.
        """
        wanted = (kind, target, outside)
        if wanted not in self._targets:
            self._targets.append(wanted)
        return f"rId{self._targets.index(wanted) + 1}"

    def part(self) -> str:
        """The relations as a part of the file."""
        return part(
            xml("Relationships", *(self._relation(place) for place in range(len(self._targets))), xmlns=_RELATIONS)
        )

    def _relation(self, place: int) -> str:
        kind, target, outside = self._targets[place]
        named = kind if "/" in kind else f"{_OFFICE}/{kind}"
        mode = {"TargetMode": "External"} if outside else {}
        return xml("Relationship", Id=f"rId{place + 1}", Type=named, Target=target, **mode)


@dataclass(slots=True)
class WordPackage:
    """A Word file that is being made.

    Attributes:
        relations: what its document leads to.
    """

    relations: Relations = field(default_factory=Relations)
    _parts: dict[str, bytes] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)
    _whole: Relations = field(default_factory=Relations)

    def document(self, content: str) -> None:
        """Put the document itself into the file."""
        self._put("word/document.xml", content, f"{_MAIN}.document.main+xml")
        self._whole.to("officeDocument", "word/document.xml")

    def beside(self, kind: str, content: str, name: str = "", relations: Relations | None = None) -> str:
        """Put a part beside the document: its styles, a header; the id by which the document names it.

        Args:
            kind: the last word of its type: "styles", "header".
            content: what it holds.
            name: its name without ending; its kind, if it is the only one.
            relations: what it leads to itself.
        """
        name = name or kind
        self._put(f"word/{name}.xml", content, f"{_MAIN}.{kind}+xml")
        if relations is not None:
            self._parts[f"word/_rels/{name}.xml.rels"] = relations.part().encode()
        return self.relations.to(kind, f"{name}.xml")

    def picture(self, content: bytes) -> str:
        """Put a picture (PNG) into the file: the id by which the document names it."""
        name = f"media/picture{sum(each.startswith('word/media/') for each in self._parts) + 1}.png"
        self._parts[f"word/{name}"] = content
        return self.relations.to("image", name)

    def properties(self, name: str, content: str, content_type: str, relation: str) -> None:
        """Put properties of the file into it."""
        self._put(f"docProps/{name}.xml", content, content_type)
        self._whole.to(relation, f"docProps/{name}.xml")

    def packed(self) -> bytes:
        """The whole file."""
        types = [
            xml("Default", Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml"),
            xml("Default", Extension="xml", ContentType="application/xml"),
            xml("Default", Extension="png", ContentType="image/png"),
            *(xml("Override", PartName=f"/{name}", ContentType=kind) for name, kind in self._types.items()),
        ]
        parts = {
            "[Content_Types].xml": part(xml("Types", *types, xmlns=_TYPES)).encode(),
            "_rels/.rels": self._whole.part().encode(),
            "word/_rels/document.xml.rels": self.relations.part().encode(),
            **self._parts,
        }
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, content in parts.items():
                entry = zipfile.ZipInfo(name, _NO_DAY)
                entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
                entry.create_system = 0  # the system that it was made on does not matter
                archive.writestr(entry, content)
        return packed.getvalue()

    def _put(self, name: str, content: str, content_type: str) -> None:
        self._parts[name] = content.encode()
        self._types[name] = content_type
