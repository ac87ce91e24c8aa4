"""What every page of an indicator's panel has: an indicator to show, and the one way to change it."""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from spp_desktop.figures.rag.colours import Look
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store.problems import NotKept
from spp_desktop.ui.common import theme
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.performance.judged_columns import JudgedRow
from spp_desktop.ui.pictures import marks

MARK = 16


class IndicatorPage(QScrollArea):
    """One page of the panel.

    Attributes:
        title: what its tab says.

    Signals:
        refused: why something is not kept; empty when that is over.
    """

    refused = Signal(str)
    title: str

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__()
        self.signals = signals
        self.row: JudgedRow | None = None
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(4, 8, 8, 8)
        self.column.setSpacing(8)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setAccessibleName(f"{self.title} of the indicator")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @abstractmethod
    def fill(self, row: JudgedRow) -> None:
        """Show an indicator as it is now."""

    def show_row(self, row: JudgedRow) -> None:
        """Show an indicator, another or the same one as it is now."""
        self.row = row
        self.fill(row)

    def keep(self) -> bool:
        """Keep what is being typed; whether the plan has all of it."""
        return True

    @property
    def locked(self) -> bool:
        """Whether nothing can be changed."""
        return self.signals.workspace.read_only

    def tried(self, label: str, verb: Callable[..., Any], *args: Any, **values: Any) -> bool:
        """Change the plan; a refusal is told, and gives no."""
        try:
            self.signals.edit(label, verb, *args, **values)
        except (RuleBroken, NotKept) as refusal:
            self.refused.emit(str(refusal))
            return False
        self.refused.emit("")
        return True


class StateMark(QWidget):
    """The shape and colour of a state."""

    def __init__(self) -> None:
        super().__init__()
        self._look: Look | None = None
        self.setFixedSize(QSize(MARK, MARK))

    def set_look(self, look: Look) -> None:
        """Show another state."""
        self._look = look
        self.setAccessibleName(look.word)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if self._look is not None:
            painter = QPainter(self)
            marks.paint_look(painter, self.rect().adjusted(1, 1, -1, -1), self._look, theme.is_dark(self.palette()))
            painter.end()


def rich(name: str) -> QLabel:
    """A label for sections and tables; ``name`` is what a screen reader calls it."""
    label = words()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setAccessibleName(name)
    return label


def section(title: str, lines: Iterable[str]) -> str:
    """A heading with sentences under it, for a label of ``rich``; "" without any."""
    sentences = [escape(line) for line in lines if line]
    return f"<p><b>{escape(title)}</b><br>{'<br>'.join(sentences)}</p>" if sentences else ""


def table(title: str, rows: Iterable[tuple[str, str]]) -> str:
    """A heading with a small table of names and texts under it, the same way."""
    cell = "<td style='padding: 1px 12px 1px 0'>{}</td>"
    lines = "".join(f"<tr>{cell.format(escape(name))}{cell.format(escape(text))}</tr>" for name, text in rows)
    return f"<p><b>{escape(title)}</b></p><table cellspacing='0'>{lines}</table>" if lines else ""
