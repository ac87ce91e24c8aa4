"""A review as it is printed: every line that is shown, with its whole texts."""

from spp_desktop.ui.pictures.drawing import Drawing
from spp_desktop.ui.pictures.printed_table import PrintedCell, PrintedColumn, PrintedHead, PrintedRow, PrintedTable
from spp_desktop.ui.review.model import ReviewModel


def review_drawing(model: ReviewModel) -> Drawing | None:
    """The drawing of a review; ``None`` if it shows nothing."""
    if not model.lines:
        return None
    rows: list[PrintedRow | PrintedHead] = []
    title, headings = model.desk.words.title, model.desk.words.headings
    words = [f"{title}."]
    for line in model.lines:
        if isinstance(line, int):
            texts = [model.words_of(line, along) for along in range(len(headings))]
            rows.append([PrintedCell(text) for text in texts])
            words.append(
                "; ".join(f"{heading}: {text}" for heading, text in zip(headings, texts, strict=True) if text) + "."
            )
        else:
            rows.append(PrintedHead(model.head_text(line)))
            words.append(f"{model.head_text(line)}.")
    table = PrintedTable(title, (), [PrintedColumn(heading) for heading in headings], rows, repeated=3)
    return Drawing(title, " ".join(words), table.lay_out)
