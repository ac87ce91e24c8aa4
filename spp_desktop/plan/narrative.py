r"""The narrative of a plan and its few marks: paragraphs, bold words, bullets and the marks of notes.

A text is typed as it is read: blank lines part paragraphs, a line that begins with "- " or "• " is a bullet,
``**words**`` are bold, and ``[note 3]`` stands where the mark of note 3 is printed. What only looks like a mark is
text; a backslash before one (``\**``, ``\[note 3]``, ``\- ``) says that it is text, too.

The number in a note's mark is that under which the plan keeps the note at this place. It is a name and not what is
printed: a document numbers its notes anew, in the order in which their marks are printed, so that nothing is to be
typed again where a note comes between.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

BULLETS = ("- ", "• ")
"""What a line begins with that is a bullet; the first is how one is written."""

BOLD = "**"
_MARK = re.compile(r"(?<!\\)(?P<slashes>\\*)(?P<mark>\*\*|\[note (?P<number>[1-9][0-9]{0,2})\])", re.IGNORECASE)
_BULLET = re.compile(r"(?P<slashes>\\*)(?P<mark>[-•] )")


@dataclass(frozen=True, slots=True)
class NarrativeWords:
    """Words, in which a line break is one that was typed; ``strong`` ones are bold."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class NarrativeNote:
    """The mark of a note, by the number under which the plan keeps it."""

    number: int


NarrativeLine = tuple[NarrativeWords | NarrativeNote, ...]


@dataclass(frozen=True, slots=True)
class NarrativeParagraph:
    """A paragraph."""

    line: NarrativeLine


@dataclass(frozen=True, slots=True)
class NarrativeList:
    """Bullets, one below the other."""

    items: tuple[NarrativeLine, ...]


Narrative = tuple[NarrativeParagraph | NarrativeList, ...]


def note_mark(number: int) -> str:
    """The mark of a note as it is typed: "[note 3]"."""
    return f"[note {number}]"


def parse(text: str) -> Narrative:
    """A text as it is read: its paragraphs and lists. Any text is one: nothing in it is refused."""
    blocks: list[NarrativeParagraph | NarrativeList] = []
    for bullets, parts in groupby(_parted(text), lambda part: part[0]):
        lines = tuple(parse_line("\n".join(typed), lines_begin=not bullets) for _, typed in parts)
        blocks += [NarrativeList(lines)] if bullets else map(NarrativeParagraph, lines)
    return tuple(blocks)


def parse_line(text: str, *, lines_begin: bool = True) -> NarrativeLine:
    """A paragraph's or a bullet's text with its bold words and the marks of notes.

    Args:
        text: the text, without the bullet.
        lines_begin: whether a backslash at the beginning of a line may stand before what is no bullet.
    """
    return tuple(_merged(_bold(list(_tokens(text, lines_begin)))))


def write(narrative: Narrative) -> str:
    """A narrative as it is typed; ``parse`` reads the same from it."""
    return "\n\n".join(
        _written(block.line, begins=True)
        if isinstance(block, NarrativeParagraph)
        else "\n".join(BULLETS[0] + _written(item, begins=False) for item in block.items)
        for block in narrative
    )


def words_alone(text: str) -> str:
    """The words of a narrative without its marks, for what prints neither bold words nor notes; bullets have a dot."""
    return "\n\n".join(
        _words(block.line)
        if isinstance(block, NarrativeParagraph)
        else "\n".join(BULLETS[1] + _words(item) for item in block.items)
        for block in parse(text)
    )


def _words(line: NarrativeLine) -> str:
    return "".join(part.text for part in line if isinstance(part, NarrativeWords))


def lines_of_block(block: NarrativeParagraph | NarrativeList) -> tuple[NarrativeLine, ...]:
    """The lines of a paragraph or a list."""
    return (block.line,) if isinstance(block, NarrativeParagraph) else block.items


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of the notes whose marks stand in a text, each once, in their order."""
    lines = (line for block in parse(text) for line in lines_of_block(block))
    return tuple(dict.fromkeys(part.number for line in lines for part in line if isinstance(part, NarrativeNote)))


def _parted(text: str) -> Iterator[tuple[bool, list[str]]]:
    """The lines of a text that make a paragraph, or one bullet: whether it is a bullet, and the lines."""
    paragraph: list[str] = []
    for line in (*(line.strip() for line in text.splitlines()), ""):
        item = line[2:].strip() if line.startswith(BULLETS) else ""
        if line and not item:
            paragraph.append(line)
            continue
        if paragraph:
            yield False, paragraph
        paragraph = []
        if item:
            yield True, [item]


def _tokens(text: str, lines_begin: bool) -> Iterator[str | int | None]:
    """The parts of a text: words, which may be "", between them numbers of notes, or ``None`` for a mark of bold."""
    if lines_begin:
        text = "\n".join(_unescaped_bullet(line) for line in text.split("\n"))
    at, words = 0, ""
    for match in _MARK.finditer(text):
        slashes = len(match["slashes"])
        words += text[at : match.start()] + "\\" * (slashes // 2)
        at = match.end()
        if slashes % 2:
            words += match["mark"]
            continue
        yield words
        yield None if match["number"] is None else int(match["number"])
        words = ""
    yield words + text[at:]


def _unescaped_bullet(line: str) -> str:
    match = _BULLET.match(line)
    return line[1:] if match and match["slashes"] else line


def _bold(tokens: list[str | int | None]) -> Iterator[NarrativeWords | NarrativeNote]:
    """The parts, each bold that stands between two marks which belong together; any other such mark is text."""
    pairs, strong = _pairs(tokens), False
    for at, token in enumerate(tokens):
        if isinstance(token, int):
            yield NarrativeNote(token)
        elif token is None and at in pairs:
            strong = not strong
        else:
            yield NarrativeWords(BOLD if token is None else token, strong)


def _pairs(tokens: list[str | int | None]) -> set[int]:
    """The places of the marks of bold that open before a letter, or close behind one that was opened."""
    paired: set[int] = set()
    opened: int | None = None
    for at, token in enumerate(tokens):
        if token is not None:
            continue
        behind, ahead = tokens[at - 1], tokens[at + 1]
        behind = tokens[at - 2] if behind == "" and at > 1 else behind
        ahead = tokens[at + 2] if ahead == "" and at + 2 < len(tokens) else ahead
        if opened is None:
            opened = at if isinstance(ahead, int) or (ahead and not ahead[0].isspace()) else None
        elif isinstance(behind, int) or (behind and not behind[-1].isspace()):
            paired |= {opened, at}
            opened = None
    return paired


def _merged(parts: Iterable[NarrativeWords | NarrativeNote]) -> Iterator[NarrativeWords | NarrativeNote]:
    """Parts of which no two beside each other are words alike; spaces and stars at the edges of bold are not bold."""
    cells = [part for part in parts if isinstance(part, NarrativeNote) or part.text]
    if any(isinstance(part, NarrativeWords) and part.strong for part in cells):
        # sign by sign, which takes long: only a line with something bold has such edges
        cells = [
            cell
            for part in cells
            for cell in (
                [part] if isinstance(part, NarrativeNote) else [replace(part, text=each) for each in part.text]
            )
        ]
    for places in (range(len(cells)), range(len(cells) - 1, -1, -1)):
        inside = False
        for at in places:
            cell = cells[at]
            if isinstance(cell, NarrativeWords):
                inside = cell.strong and (inside or not (cell.text.isspace() or cell.text == BOLD[0]))
                cells[at] = replace(cell, strong=inside)
    for alike, own in groupby(cells, lambda cell: isinstance(cell, NarrativeWords) and (cell.strong, True)):
        if not alike:
            yield from own
        else:
            yield NarrativeWords("".join(cell.text for cell in own if isinstance(cell, NarrativeWords)), alike[0])


def _spans(parts: NarrativeLine) -> Iterator[tuple[list[NarrativeWords | NarrativeNote], bool]]:
    """Parts that are bold from the first to the last, with notes between them; and what stands between such spans."""
    span: list[NarrativeWords | NarrativeNote] = []
    notes: list[NarrativeWords | NarrativeNote] = []
    for part in parts:
        if isinstance(part, NarrativeNote):
            notes.append(part)
        elif part.strong:
            span = [*span, *notes, part] if span else [part]
            if notes and len(span) == 1:
                yield notes, False
            notes = []
        else:
            if span:
                yield span, True
            yield [*notes, part], False
            span, notes = [], []
    if span:
        yield span, True
    yield notes, False


def _written(line: NarrativeLine, *, begins: bool) -> str:
    """A line as it is typed; ``begins`` says whether its lines might be taken for bullets."""
    pieces = [piece for span, strong in _spans(line) for piece in _pieces(span, strong)]
    text = "".join(
        piece if is_mark else _escaped(piece, follows if follows_mark else "")
        for (piece, is_mark), (follows, follows_mark) in zip(pieces, [*pieces[1:], ("", False)], strict=True)
    )
    if not begins:
        return text
    return "\n".join("\\" + each if _BULLET.match(each) else each for each in text.split("\n"))


def _pieces(span: list[NarrativeWords | NarrativeNote], strong: bool) -> Iterator[tuple[str, bool]]:
    """What is written for a span: words and marks, each with whether it is a mark."""
    if strong:
        yield BOLD, True
    for part in span:
        yield (note_mark(part.number), True) if isinstance(part, NarrativeNote) else (part.text, False)
    if strong:
        yield BOLD, True


def _escaped(words: str, mark: str) -> str:
    """Words in which nothing is taken for a mark, nor their end for what belongs to the mark that follows them."""
    escaped = _MARK.sub(lambda match: match["slashes"] * 2 + "\\" + match["mark"], words)
    end = re.search(r"\\+\*?\Z" if mark == BOLD else r"\\+\Z", escaped) if mark else None
    return escaped[: end.start()] + end[0].count("\\") * "\\" + end[0] if end else escaped
