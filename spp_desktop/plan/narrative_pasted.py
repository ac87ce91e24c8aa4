"""A text pasted from a word processor or a page, as the narrative has it: paragraphs, bold words and bullets.

What is pasted is HTML, as Word, Excel and browsers put it on the clipboard. Kept are paragraphs, line breaks, bold
words, bullets (Word's own, which are paragraphs with a sign in front, too), numbers of numbered lists, and quotation
marks as they are. The rows of a table become lines. Left out are styles, comments, deleted words, soft hyphens, spaces
that only fill, and pictures, which are counted. A mark of the narrative that was typed in Word stays that mark.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from spp_desktop.plan.narrative import BOLD, BULLETS

_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "thead", "tbody", "tfoot", "tr",
    "blockquote", "pre", "section", "article", "dl", "dt", "dd",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"head", "style", "script", "title", "xml", "del", "template"})
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_PICTURES = frozenset({"img", "v:imagedata", "svg", "picture"})
_STRONG = re.compile(r"(?<![-\w])font-weight\s*:\s*(?:bold|bolder|[6-9]00)")
_PLAIN = re.compile(r"(?<![-\w])font-weight\s*:\s*(?:normal|lighter|[1-5]00)")
_LISTED = re.compile(r"mso-list\s*:\s*(?!ignore|none)")
_SIGN = re.compile(r"mso-list\s*:\s*ignore")
_LEFT_OUT = re.compile(r"mso-element\s*:\s*comment|display\s*:\s*none")
_NUMBER = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\(\w{1,3}\)")
_SIGNS = re.compile(r"^(?:[•·▪◦‣∙§]|o)\s*\t\s*", re.MULTILINE)
_CONDITION = re.compile(r"<!\[[^>]*>?")
"""What Word puts around what only some programs are to show: "<![if !supportLists]>"."""
_CELL = "; "
_HARD_SPACE, _SOFT_HYPHEN = "\N{NO-BREAK SPACE}", "\N{SOFT HYPHEN}"


@dataclass(frozen=True, slots=True)
class PastedNarrative:
    """A text that was pasted, with how many pictures were left out of it."""

    text: str
    pictures: int = 0


def from_html(html: str) -> PastedNarrative:
    """What HTML says, as a narrative is typed."""
    reader = _PageReader()
    begin, end = html.find("<!--StartFragment-->"), html.rfind("<!--EndFragment-->")
    reader.feed(_CONDITION.sub("", html[begin:end] if 0 <= begin < end else html))
    reader.close()
    reader.end_block()
    return PastedNarrative(_together(reader.blocks), reader.pictures)


def from_text(text: str) -> str:
    """A plain text as a narrative is typed: the signs that word processors put before bullets are bullets."""
    return _SIGNS.sub(BULLETS[0], text.replace(_SOFT_HYPHEN, "").replace("\r\n", "\n"))


@dataclass(slots=True)
class _OpenElement:
    """An element that is open: its name, and what it says of what is in it."""

    name: str
    strong: bool = False
    unseen: bool = False
    sign: bool = False
    items: int | None = None


@dataclass(slots=True)
class _PastedBlock:
    """A paragraph, or a bullet: its words, each with whether they are bold."""

    bullet: str = ""
    runs: list[tuple[str, bool]] = field(default_factory=list)
    line_of_table: bool = False


class _PageReader(HTMLParser):
    """Reads HTML into blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_PastedBlock] = []
        self.pictures = 0
        self._open: list[_OpenElement] = []
        self._block = _PastedBlock()
        self._sign = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, or words that are bold or unseen."""
        style = (dict(attrs).get("style") or "").lower()
        above = self._open[-1] if self._open else _OpenElement("")
        if tag in _PICTURES and not above.unseen:
            self.pictures += 1
        if tag == "br" and not above.unseen:
            self._block.runs.append(("\n", False))
        if tag in {"td", "th"} and self._block.runs:
            self._block.runs.append((_CELL, False))
        if tag in _VOID:
            return
        in_cell = any(each.name in {"td", "th"} for each in self._open)
        first_of_item = tag in {"p", "div"} and bool(self._block.bullet) and not _words(self._block)
        if tag in _BLOCKS and not first_of_item and not (in_cell and tag in {"p", "div"}):
            self.end_block()
            self._begin_block(tag, style)
        strong = (above.strong or tag in {"b", "strong", *_HEADINGS} or _STRONG.search(style) is not None) and not (
            _PLAIN.search(style)
        )
        unseen = above.unseen or tag in _UNSEEN or _LEFT_OUT.search(style) is not None
        unseen = unseen or "msocommentreference" in (dict(attrs).get("class") or "").lower()
        sign = above.sign or _SIGN.search(style) is not None
        self._open.append(_OpenElement(tag, strong, unseen, sign, 0 if tag == "ol" else None))

    def handle_endtag(self, tag: str) -> None:
        """End what is open; an end without a beginning is passed over."""
        if tag in {each.name for each in self._open}:
            while self._open.pop().name != tag:
                pass
        in_cell = any(each.name in {"td", "th"} for each in self._open)
        if tag in _BLOCKS and not (in_cell and tag in {"p", "div"}):
            self.end_block()

    def handle_data(self, data: str) -> None:
        """Words, unless nobody sees them; the sign before a bullet of Word says which bullet it is."""
        here = self._open[-1] if self._open else _OpenElement("")
        if here.unseen:
            return
        if here.sign:
            self._sign += data
        else:
            self._block.runs.append((re.sub(r"[ \t\r\n\f]+", " ", data.replace(_SOFT_HYPHEN, "")), here.strong))

    def end_block(self) -> None:
        """The block that is read is whole."""
        sign = self._sign.strip()
        if self._block.bullet == BULLETS[0] and _NUMBER.fullmatch(sign):
            self._block.bullet = f"{sign} "
        if _words(self._block):
            self.blocks.append(self._block)
        self._block, self._sign = _PastedBlock(), ""

    def _begin_block(self, tag: str, style: str) -> None:
        if tag == "li":
            above = next((each for each in reversed(self._open) if each.name in {"ul", "ol"}), _OpenElement("ul"))
            self._block.bullet = BULLETS[0]
            if above.items is not None:
                above.items += 1
                self._block.bullet = f"{above.items}. "
        elif _LISTED.search(style):
            self._block.bullet = BULLETS[0]
        elif any(each.name == "li" for each in self._open) and tag in {"p", "div"}:
            self._block.bullet = BULLETS[0] if not self._in_numbered() else ""
        self._block.line_of_table = tag == "tr"

    def _in_numbered(self) -> bool:
        return next((each.name for each in reversed(self._open) if each.name in {"ul", "ol"}), "") == "ol"


def _words(block: _PastedBlock) -> str:
    """The words of a block with the marks of what is bold in them."""
    merged: list[tuple[str, bool]] = []
    for text, strong in block.runs:
        strong = strong and bool(text.strip(f"{_HARD_SPACE} \n"))  # noqa: PLW2901 - spaces alone are never bold
        if merged and (merged[-1][1] == strong):
            merged[-1] = (merged[-1][0] + text, strong)
        elif text:
            merged.append((text, strong))
    return _tidy("".join(_marked(text) if strong else text for text, strong in merged))


def _marked(text: str) -> str:
    """Bold words with their marks, line by line, and the spaces around them outside."""
    return "\n".join(_marked_line(line) for line in text.split("\n"))


def _marked_line(line: str) -> str:
    words = line.strip()
    begin = line.find(words)
    return f"{line[:begin]}{BOLD}{words}{BOLD}{line[begin + len(words) :]}" if words else line


def _tidy(text: str) -> str:
    """Words without spaces that only fill: at the edges of lines, and several beside each other."""
    lines = (re.sub(rf"[ {_HARD_SPACE}]{{2,}}", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _together(blocks: list[_PastedBlock]) -> str:
    """The blocks below each other: bullets and rows of a table close together, all else parted by a blank line."""
    text = ""
    for before, block in zip([None, *blocks], blocks, strict=False):
        words = _words(block)
        words = block.bullet + (words.replace("\n", " ") if block.bullet else words)
        close = before is not None and (
            (bool(before.bullet) and bool(block.bullet)) or (before.line_of_table and block.line_of_table)
        )
        text += ("" if before is None else "\n" if close else "\n\n") + words
    return text
