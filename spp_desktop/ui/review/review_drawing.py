"""The review of returned files as it is printed: every line that is shown, with its whole texts."""

from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.printed_table import PrintedCell, PrintedColumn, PrintedHead, PrintedRow, PrintedTable
from spp_desktop.ui.review.model import TITLES, ReviewModel

TITLE = "Review of returned files"


def review_drawing(model: ReviewModel) -> Drawing | None:
    """The drawing of a review; ``None`` if it shows nothing."""
    if not model.lines:
        return None
    rows: list[PrintedRow | PrintedHead] = []
    words = [f"{TITLE}."]
    for line in model.lines:
        if isinstance(line, int):
            texts = [model.words_of(line, along) for along in range(len(TITLES))]
            rows.append([PrintedCell(text) for text in texts])
            words.append("; ".join(f"{title}: {text}" for title, text in zip(TITLES, texts, strict=True) if text) + ".")
        else:
            rows.append(PrintedHead(model.head_text(line)))
            words.append(f"{model.head_text(line)}.")
    table = PrintedTable(TITLE, (), [PrintedColumn(title) for title in TITLES], rows, repeated=3)
    return Drawing(TITLE, " ".join(words), table.lay_out)
