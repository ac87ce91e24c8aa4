"""Workbooks as rarer programs write them, made of one that openpyxl wrote: all of them Excel opens, and shows the same.

Each function takes a workbook and the place where the other one is to be put.
"""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

Rewrite = Callable[[Path, Path], None]
Name = Callable[[str], str]
Content = Callable[[str, str], str]
"""What becomes of the name of a part, and of its text."""

_MAIN, _OFFICE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/office"
_STRICT = (
    (_MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (f"{_OFFICE}Document/2006/relationships/custom-properties", "{}relationships/customProperties"),
    (f"{_OFFICE}Document/2006/custom-properties", "{}customProperties"),
    (f"{_OFFICE}Document/2006/extended-properties", "{}extendedProperties"),
    (f"{_OFFICE}Document/2006/relationships", "{}relationships"),
    (f"{_OFFICE}Document/2006/docPropsVTypes", "{}docPropsVTypes"),
)


def rewritten(
    path: Path, target: Path, name: Name = lambda name: name, content: Content = lambda _, text: text, *, drop: str = ""
) -> None:
    """A package with its parts under other names, with other texts, or without one of them."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != drop:
                info = zipfile.ZipInfo("part")
                info.filename = name(part)  # its constructor may change what stands there
                info.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(info, content(part, old.read(part).decode()))


def strict(path: Path, target: Path) -> None:
    """As Excel saves “Strict Open XML Spreadsheet”: other namespaces, other names of relations."""

    def content(_: str, text: str) -> str:
        for usual, other in _STRICT:
            text = text.replace(usual, other.format("http://purl.oclc.org/ooxml/officeDocument/"))
        return text

    rewritten(path, target, content=content)


def capitals(path: Path, target: Path) -> None:
    """Parts whose names have other capitals than where they are named."""
    rewritten(path, target, lambda name: name if name.startswith("[") else name.title())


def backslashes(path: Path, target: Path) -> None:
    """Parts named as Windows names files."""
    rewritten(path, target, lambda name: name.replace("/", "\\"))


def backslashes_within(path: Path, target: Path) -> None:
    """Parts that name others as Windows names files, up and down again, or from the root."""

    def content(part: str, text: str) -> str:
        if not part.endswith("workbook.xml.rels"):
            return text
        return re.sub(r'Target="/?(?:xl/)?([^"/]+)/', r'Target="..\\xl\\\1\\', text)

    rewritten(path, target, content=content)


def another_place(path: Path, target: Path) -> None:
    """A workbook that stands elsewhere in the package, as the package says."""

    def name(part: str) -> str:
        return re.sub(r"^xl/(_rels/)?workbook\.xml", r"book/\1main.xml", part)

    def content(part: str, text: str) -> str:
        if part == "_rels/.rels":
            return text.replace("xl/workbook.xml", "book/main.xml")
        return re.sub(r'Target="(?=\w)', 'Target="../xl/', text) if part.endswith("workbook.xml.rels") else text

    rewritten(path, target, name, content)


def other_prefix(path: Path, target: Path) -> None:
    """Every tag of the workbook, its sheets and its styles with a prefix."""

    def content(part: str, text: str) -> str:
        if not re.match(r"xl/(?:workbook|styles|sharedStrings|worksheets/.*)\.xml", part):
            return text
        body = re.sub(r"<(/?)(?=[a-zA-Z])(?![\w]+:)", r"<\1x:", text)
        return body.replace(f'xmlns="{_MAIN}"', f'xmlns:x="{_MAIN}"')

    rewritten(path, target, content=content)


def without_places(path: Path, target: Path) -> None:
    """Rows and cells without their places, each behind the one before."""

    def content(part: str, text: str) -> str:
        return re.sub(r'(<(?:row|c)\b[^>]*?) r="[A-Z0-9]+"', r"\1", text) if "worksheets" in part else text

    rewritten(path, target, content=content)


def odd_states(path: Path, target: Path) -> None:
    """A sheet's state that no program knows."""

    def content(part: str, text: str) -> str:
        return text.replace('state="visible"', 'state="shown"') if part == "xl/workbook.xml" else text

    rewritten(path, target, content=content)


def empty_styles(path: Path, target: Path) -> None:
    """Styles of cells that say nothing, and cells that name an empty one or one that is not there."""

    def content(part: str, text: str) -> str:
        if part == "xl/styles.xml":
            return re.sub(r"<cellXfs.*</cellXfs>", '<cellXfs><xf/><xf numFmtId=""/></cellXfs>', text, flags=re.DOTALL)
        if "worksheets" in part:
            return re.sub(r'<c r="([A-Z]+)(\d+)"( s="\d+")?', r'<c r="\1\2" s=""', text, count=3)
        return text

    rewritten(path, target, content=content)


def without_styles(path: Path, target: Path) -> None:
    """No styles at all."""
    rewritten(path, target, drop="xl/styles.xml")


def without_types(path: Path, target: Path) -> None:
    """A list of the parts' types that leaves out most of them."""

    def content(part: str, text: str) -> str:
        return re.sub(r"<Override [^>]*(?:sharedStrings|worksheets)[^>]*>", "", text) if part.startswith("[") else text

    rewritten(path, target, content=content)


def stray_values(path: Path, target: Path) -> None:
    """Texts that stand in their cells, each with a value beside it that means nothing."""
    rewritten(path, target, content=lambda _, text: text.replace("</is></c>", "</is><v>1.0</v></c>"))


def shared_texts(path: Path, target: Path) -> None:
    """Texts in a table of the workbook, as Excel keeps them, in a part that its relation names with other capitals."""
    texts: list[str] = []

    def kept(found: re.Match[str]) -> str:
        texts.append(found[2])
        return f'{found[1]}t="s"><v>{len(texts) - 1}</v></c>'

    def content(part: str, text: str) -> str:
        if "worksheets" in part:
            return re.sub(r'(<c [^>]*)t="inlineStr"><is>(.*?)</is></c>', kept, text)
        relation = f'<Relationship Id="t" Type="{_OFFICE}Document/2006/relationships/sharedStrings" Target="%s"/>'
        named = relation % "SharedStrings.xml"
        return text.replace("</Relationships>", f"{named}</Relationships>") if part.endswith("book.xml.rels") else text

    rewritten(path, target, content=content)
    with zipfile.ZipFile(target, "a") as archive:
        items = "".join(f"<si>{text}</si>" for text in texts)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{items}</sst>')


REWRITES: tuple[Rewrite, ...] = (
    strict,
    capitals,
    backslashes,
    backslashes_within,
    another_place,
    other_prefix,
    odd_states,
    without_types,
    stray_values,
    shared_texts,
)
"""Those after which every cell is what it was, with its format."""
