"""What a file that comes in may at most be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileLimits:
    """What a file that comes in may at most be. Sizes are in bytes.

    Attributes:
        file: the size of the file itself.
        parts: how many parts it may be packed of.
        part: the size of one part, unpacked.
        all_parts: the size of all parts together, unpacked.
        ratio: how many times a part may swell when it is unpacked, beyond ``small`` bytes.
        small: the size up to which a part may swell as it likes.
        rows, cells, strings: how many of each all sheets may have together.
        merged: how many cells may be merged.
        columns: how many columns are shown of a file.
        sheets: how many sheets it may have.
        depth: how deep tags may stand in tags.
        names: how many different tags a part may have.
        described: the size of a part that is read whole, such as the list of sheets.
        lowest: the number of the last row that a sheet can have.
        alike: how often a row or cell that holds something may be said to stand there again.
        piece: how much of a part is looked at at a time; no tag may be longer.
        all_text: what all cells may say together; a text is kept once in a file, and may be named by every cell.
        mail_parts: how many parts a mail may be made of.
        mail_depth: how deep mails may stand in mails.
        seconds: how long the process that reads may work; how long it may last is ``apart.LASTS`` times as long.
        memory: what the process that reads may take.
    """

    file: int = 30_000_000
    parts: int = 2_000
    part: int = 48_000_000
    all_parts: int = 96_000_000
    ratio: int = 150
    small: int = 1_000_000
    rows: int = 20_000
    cells: int = 300_000
    strings: int = 400_000
    merged: int = 100_000
    columns: int = 200
    sheets: int = 250
    depth: int = 1_000
    names: int = 5_000
    described: int = 8_000_000
    lowest: int = 1_048_576
    alike: int = 1_000
    piece: int = 1 << 18
    all_text: int = 40_000_000
    mail_parts: int = 200
    mail_depth: int = 5
    seconds: float = 20.0
    memory: int = 250_000_000


LIMITS = FileLimits()


def megabytes(size: int) -> str:
    """A number of bytes as a person reads it: "96 MB", "0.3 MB"."""
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{size / 1e6:.2g} MB"  # noqa: PLR2004 - a million
