"""The pictures of the documents: ``make pictures`` takes them, each with the words that stand on it.

A picture is out of date when its page says something else. So each keeps, as a text in the PNG, the words of the
widgets that it was taken of and the colours of the window; ``tests/ui/test_pictures.py`` reads those of the window as
it is now, and names the pictures that differ. Pixels are not compared: letters are drawn otherwise on every machine.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenuBar,
    QTabBar,
    QWidget,
)

from sample_data.build import build
from spp_desktop.edits import delivery, issuing, keeping, receiving, taking
from spp_desktop.figures.charts.series_chart import series_chart
from spp_desktop.returns.catalogue import with_registers
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.store import judged, queries, receipts
from spp_desktop.store.changed import unheard
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.common import theme
from spp_desktop.ui.common.style import without_keys
from spp_desktop.ui.documents.publish_dialog import PublishDialog
from spp_desktop.ui.help.help_window import HelpWindow
from spp_desktop.ui.merging.holding import hold
from spp_desktop.ui.merging.merge_dialog import MergeDialog
from spp_desktop.ui.pictures.series_view import SeriesView
from spp_desktop.ui.review.dialog import ReviewDialog
from spp_desktop.ui.window import pictures
from spp_desktop.ui.window.keys_page import keys_page
from spp_desktop.ui.window.main_window import MainWindow

HERE = Path(__file__).parent
PAGES = (
    *("overview", "portfolio", "checks", "priorities", "map", "gaps", "delivery", "risks", "performance", "results"),
    *("charts", "areas", "history"),
)
DARK = ("delivery", "performance")
CHART, CHART_SIZE = "PI06", (900, 560)
"""The indicator whose chart is shown, and its picture's size in pixels."""
PUBLISHED, PUBLISHED_PAGE, PUBLISH_SIZE = "board", 3, (1100, 660)
"""The document that is about to be published, the page of it that is shown, from 0, and the size in pixels."""
HELP = "tabs/results.md"
"""The page of the help that is shown."""
COLOURS = 256
"""The colours of a picture; it is a quarter as large as with all, and looks the same."""
ROWS = 5
"""So many rows of a table are compared: how many have room is a matter of letters."""
WORDS = "words"
PASSING = re.compile(r"\d\d:\d\d|[0-9a-f]{32,}|\d+ seconds?")
"""What differs each time: times of the day, and hashes."""

YEAR, QUARTER, DUE = 2008, "Q2", date(2008, 10, 14)
CRIME: Mapping[tuple[str, str], str] = {
    ("1.01", "What was done"): "The strategy was agreed with all partners on 8 September.",
    ("1.01", "% complete"): "60%",
    ("1.05", "Forecast date"): "end of Q3",
    ("1.05", "Reason"): "National guidance, without which this cannot be finished, is now promised for December.",
    ("1.07", "Status"): "Off track",
    ("1.08", "% complete"): "70%",
    ("1.09", "Due"): "30/11/2008",
}
HERE_CHANGED: Mapping[str, Mapping[str, object]] = {
    "1.01": {"text": "Agree a strategy against violent crime with every partner"},
    "1.02": {"percent": 40},
    "1.03": {"percent": 70},
    "1.05": {"forecast": date(2009, 1, 30)},
}
THERE_CHANGED: Mapping[str, Mapping[str, object]] = {
    "1.01": {"text": "Agree a strategy against violent crime with all who sign it"},
    "1.02": {"percent": 20},
    "1.03": {"percent": 50},
    "1.05": {"forecast": date(2009, 2, 27)},
    "1.06": {"notes": "The deputy has asked for this."},
    "1.07": {"budget": 12_500.0},
}
"""What was changed in the plan and in the copy that is merged into it."""
MERGE_SIZE = (1100, 500)
OPERATIONS: Mapping[tuple[str, str], str] = {("5.06", "What is next"): "A review with partners in November."}

Take = Callable[[str, QWidget], object]
"""What is done with each picture: its name, and the widget that it is of."""


def main(folder: Path) -> None:
    """Take all pictures, with plans that are made in a folder, and write the page of keys."""
    plan = folder / "The worked sample.plan"
    every_picture(plan, _save)
    with pictures.window_shown() as window:
        window.show_plan(plan)
        (HERE.parent / "keys.md").write_text(keys_page(window), encoding="utf-8", newline="\n")


def every_picture(plan: Path, take: Take) -> None:
    """Show what each picture is of, one after the other.

    Args:
        plan: where the worked sample is made, and used up.
        take: what is done with each.
    """
    plan.unlink(missing_ok=True)
    build(plan, "worked")
    with pictures.window_shown() as window:
        take("start", pictures.settled(window))
        for page in PAGES:
            take(page, pictures.settled(pictures.page_shown(window, plan, page)))
        take("help", pictures.settled(_help(window)))
        window.wear("dark")
        for page in DARK:
            take(f"{page}-dark", pictures.settled(pictures.page_shown(window, plan, page)))
    returns_on_their_way(plan)
    with pictures.window_shown() as window:
        take("returns", pictures.settled(pictures.page_shown(window, plan, "returns")))
        workspace = window.workspace
        assert workspace is not None
        with _review(window, workspace) as dialog:
            take("review", pictures.settled(dialog))
        with _publishing(window) as dialog:
            take("publish", pictures.settled(dialog))
        take("chart", pictures.settled(_chart(window, workspace)))
        with _merge(window, workspace) as dialog:  # the last, since it changes the plan
            take("merge", pictures.settled(dialog))


def returns_on_their_way(plan: Path) -> None:
    """Send out a quarter's returns, receive two of them, take one in and leave the other to be reviewed."""
    folder = plan.parent / "returns"
    folder.mkdir(exist_ok=True)
    with Workspace.open(plan) as workspace:
        definition = with_registers(STATUS_RETURN)
        for post in workspace.read(issuing.recipients, definition, YEAR):
            content = issuing.prepare(workspace, definition, post, year=YEAR, period=QUARTER, due=DUE)
            file = folder / issuing.file_name(STATUS_RETURN, content.identity)
            file.unlink(missing_ok=True)
            issuing.issue(workspace, STATUS_RETURN, file, owner=post, year=YEAR, period=QUARTER, due=DUE)
        key = next(row.key for row in workspace.read(queries.activities, YEAR) if row.ref == "1.08")
        workspace.edit("change % complete of 1.08 to 65%", delivery.set_cells, [(key, "percent", 65)])
        taken = receiving.review(workspace, _filled(folder, "ACC Operations", OPERATIONS))
        taking.apply(workspace, [taken])
        keeping.keep(workspace, receiving.review(workspace, _filled(folder, "ACC Crime", CRIME)))


def words_on(widget: QWidget) -> list[str]:
    """The words that stand on a widget and on what is in it, with the colours of the window; each once, in order."""
    parts = [part for part in (widget, *widget.findChildren(QWidget)) if part.isVisibleTo(widget)]
    words = {PASSING.sub("", text).strip() for part in parts for text in _words(part)}
    today = date.today()
    now = {f"{today.day} {today:%b %Y}", f"{today:%d/%m/%Y}"}
    colours = ", ".join((theme.DARK if theme.is_dark(widget.palette()) else theme.LIGHT).values())
    return sorted({re.sub("|".join(now), "today", text) for text in words if text} | {f"colours: {colours}"})


def kept_words(picture: Path) -> list[str]:
    """The words that a picture was taken with; none, if it keeps none."""
    return list(json.loads(QImage(str(picture)).text(WORDS) or "[]"))


def _words(part: QWidget) -> Iterator[str]:
    if isinstance(part, QLabel):
        yield re.sub(r"<[^>]*>", " ", part.text()) if part.textFormat() == Qt.TextFormat.RichText else part.text()
    elif isinstance(part, QAbstractButton):
        yield without_keys(part.text())
    elif isinstance(part, QGroupBox):
        yield without_keys(part.title())
    elif isinstance(part, QLineEdit):
        yield part.placeholderText()
    elif isinstance(part, QComboBox):
        yield part.currentText()
    elif isinstance(part, QTabBar):
        yield from (without_keys(part.tabText(number)) for number in range(part.count()))
    elif isinstance(part, QMenuBar):
        yield from (without_keys(action.text()) for action in part.actions())
    elif isinstance(part, QHeaderView):
        yield from _headings(part)
    elif isinstance(part, QAbstractItemView):
        yield from _cells(part)


def _headings(header: QHeaderView) -> Iterator[str]:
    across = header.orientation() == Qt.Orientation.Horizontal
    for section in range(header.count() if across else 0):
        if not header.isSectionHidden(section):
            yield str(header.model().headerData(section, Qt.Orientation.Horizontal) or "")


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    header = view.findChild(QHeaderView)
    for row in range(min(model.rowCount(), ROWS)):
        for column in range(1 if isinstance(view, QListView) else model.columnCount()):
            if header is None or header.count() <= column or not header.isSectionHidden(column):
                yield str(model.index(row, column).data() or "")


def _help(window: MainWindow) -> QWidget:
    shown = HelpWindow(window)
    shown.show_place(HELP)
    return shown


@contextmanager
def _review(window: MainWindow, workspace: Workspace) -> Iterator[QWidget]:
    """The review of the files in a plan that wait to be decided about."""
    waiting = [receipt.id for receipt in workspace.read_beside(receipts.every) if receipt.state == "open"]
    reviews = [receiving.gone_on_with(workspace, receipt) for receipt in waiting]
    assert window.plan_view is not None
    dialog = ReviewDialog(window.plan_view.signals, reviews, window)
    dialog.resize(pictures.SIZE[0] - 40, pictures.SIZE[1] - 60)
    yield dialog
    dialog.reject()


@contextmanager
def _merge(window: MainWindow, workspace: Workspace) -> Iterator[QWidget]:
    """The review of a copy that a deputy has worked in, with one question decided for each side and one typed."""
    copy = workspace.path.with_name("deputy.plan")
    copy.unlink(missing_ok=True)
    workspace.save_copy(copy)
    _set(workspace, HERE_CHANGED)
    with Workspace.open(copy) as deputy:
        _set(deputy, THERE_CHANGED)
    held = hold(workspace, copy, unheard)
    assert window.plan_view is not None
    dialog = MergeDialog(window.plan_view.signals, held, window)
    dialog.resize(*MERGE_SIZE)
    dialog.desk.accept([0])
    dialog.desk.refuse([1], "")
    dialog.desk.type_in(2, {cell.column: cell.ours for cell in dialog.desk.cells_to_type(2)} | {"percent": "55"})
    dialog.compare_again()
    dialog.footer.say("")
    yield dialog
    dialog.reject()
    held.close()


def _set(plan: Workspace, cells: Mapping[str, Mapping[str, object]]) -> None:
    """Set cells of activities, by their references, as one step each."""
    keys = {row.ref: row.key for row in plan.read(queries.activities, YEAR)}
    for ref, values in cells.items():
        changes = [(keys[ref], name, value) for name, value in values.items()]
        plan.edit(f"change {ref}", delivery.set_cells, changes, reason="Agreed with the ACC.")


@contextmanager
def _publishing(window: MainWindow) -> Iterator[QWidget]:
    """The dialog that publishes, with a page of the board report that is to be seen before it is saved."""
    assert window.plan_view is not None
    dialog = PublishDialog(window.plan_view, window)
    dialog.resize(*PUBLISH_SIZE)
    dialog.show()
    dialog.document.setCurrentIndex(dialog.document.findData(PUBLISHED))
    while dialog.preview.count() <= PUBLISHED_PAGE:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    dialog.preview.turn_to(PUBLISHED_PAGE)
    yield dialog
    dialog.reject()


def _chart(window: MainWindow, workspace: Workspace) -> QWidget:
    """The chart of one indicator of the force."""
    shown = workspace.read(queries.plan)
    series = workspace.read(judged.judged, shown.today())
    judgement = next(judgement for judgement in series if judgement.series.indicator.ref == CHART)
    view = SeriesView(window)
    view.set_chart(series_chart(judgement, shown.illustrative))
    view.setWindowFlag(Qt.WindowType.Window)
    view.resize(*CHART_SIZE)
    return view


def _save(name: str, widget: QWidget) -> None:
    """Save a picture with its words, in few colours."""
    picture = in_few_colours(widget.grab().toImage())
    picture.setText(WORDS, json.dumps(words_on(widget), ensure_ascii=True))
    picture.save(str(HERE / f"{name}.png"), "PNG", 0)  # type: ignore[call-overload]


def in_few_colours(image: QImage) -> QImage:
    """A picture with its most frequent colours; every other becomes the one that is nearest.

    A strong colour counts for more than a grey: a small green mark may not become as grey as the edges of letters.
    """
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.width())
    colours, number, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    parts = _parts(colours)
    weights = counts * (1 + np.ptp(parts, axis=1))
    kept = colours[np.argsort(weights)[::-1][:COLOURS]]
    nearest = _nearest(parts, _parts(kept))
    indices = nearest[number].reshape(pixels.shape).astype(np.uint8)
    few = QImage(plain.width(), plain.height(), QImage.Format.Format_Indexed8)
    few.setColorTable([int(QColor.fromRgb(int(colour)).rgb()) for colour in kept])
    rows = np.zeros((plain.height(), few.bytesPerLine()), np.uint8)
    rows[:, : plain.width()] = indices
    few.bits()[:] = rows.tobytes()  # type: ignore[index]
    return few


def _parts(colours: "np.ndarray[tuple[int], np.dtype[np.uint32]]") -> "np.ndarray[tuple[int, int], np.dtype[np.int32]]":
    """Colours as their red, green and blue parts."""
    return np.stack([(colours >> shift) & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int32)


def _nearest(
    colours: "np.ndarray[tuple[int, int], np.dtype[np.int32]]", kept: "np.ndarray[tuple[int, int], np.dtype[np.int32]]"
) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    """For each colour the index of the one that is kept and nearest to it."""
    return np.array([int(((kept - colour) ** 2).sum(axis=1).argmin()) for colour in colours])


def _filled(folder: Path, post: str, answers: Mapping[tuple[str, str], str]) -> Path:
    """A return as it comes back: each answer by reference and heading."""
    file = next(path for path in folder.iterdir() if path.stem.endswith(post))
    book = openpyxl.load_workbook(file)
    sheet = book["Activities"]
    header = next(row for row in sheet.iter_rows() if "Ref" in [cell.value for cell in row])
    places = {str(cell.value): place for place, cell in enumerate(header) if cell.value}
    for row in sheet.iter_rows(min_row=int(header[0].row or 0) + 1):
        for heading, place in places.items():
            answer = answers.get((str(row[places["Ref"]].value), heading))
            if answer is not None:
                row[place].value = answer
    book.save(file)
    return file


if __name__ == "__main__":
    main(Path(sys.argv[1]))
