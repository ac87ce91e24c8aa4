"""Blocks of cells to and from other programs: tab-separated text as Excel writes it, and HTML."""

import re
from collections.abc import Collection, Sequence

from PySide6.QtCore import QMimeData

TextBlock = list[list[str]]
"""Rows of cells, each a text."""

_AS_TEXT = "mso-number-format:'\\@'"
"""Excel keeps such a cell as it is written: 1.10 stays 1.10 and =1 is no formula."""

_AS_READ = re.compile(r"\d\d/\d\d/\d{4}|[1-9]?\d|100|\d{1,3}%")
"""Dates and whole numbers, which Excel may read as what they are."""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def to_text(block: Sequence[Sequence[str]]) -> str:
    """Tab-separated lines; a cell that holds a tab, a line's end or a quote is quoted, as Excel does."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in block)


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def from_text(text: str) -> TextBlock:
    """The block in tab-separated text. A quote opens a quoted cell only where the cell begins with it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    block: TextBlock = [[]]
    at = 0
    while at < len(text):
        cell, at = _cell(text, at)
        block[-1].append(cell)
        if at >= len(text):
            return block
        if text[at] == "\n":
            block.append([])
        at += 1
    # The last line's end closes a row; a tab at the very end opens one more empty cell.
    if text.endswith("\t"):
        block[-1].append("")
    return block[:-1] if len(block) > 1 and not block[-1] else block


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that begins at this index of the text, and the index of the mark behind it."""
    if text[at] == '"':
        end = at + 1
        while (end := text.find('"', end)) >= 0:
            if text[end : end + 2] == '""':
                end += 2
            elif end + 1 == len(text) or text[end + 1] in "\t\n":
                return text[at + 1 : end].replace('""', '"'), end + 1
            else:
                break
    ends = [place for place in (text.find("\t", at), text.find("\n", at)) if place >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def to_html(block: Sequence[Sequence[str]], titles: Sequence[str] = (), numbers: Collection[int] = ()) -> str:
    """The block as a table for Excel, Word and mail programs. Cells are texts, except in the columns of ``numbers``."""
    from html import escape  # late: it brings two thousand names of characters, which showing a plan does without

    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    lines = ([_html_cell(escape(cell), number=n in numbers) for n, cell in enumerate(row)] for row in block)
    body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in lines)
    return (
        '<html><head><meta charset="utf-8"><style>br {mso-data-placement:same-cell;}</style></head><body>'
        f"<table>{f'<tr>{head}</tr>' if head else ''}{body}</table></body></html>"
    )


def _html_cell(cell: str, *, number: bool) -> str:
    style = "" if (_NUMBER if number else _AS_READ).fullmatch(cell) else f' style="{_AS_TEXT}"'
    return f"<td{style}>{cell.replace(chr(10), '<br>')}</td>"


def mime(block: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> QMimeData:
    """The block for the clipboard, in both forms; ``numbers`` are the indices of its columns of numbers."""
    data = QMimeData()
    data.setText(to_text(block))
    data.setHtml(to_html(block, numbers=numbers))
    return data
