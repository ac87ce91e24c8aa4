"""Why an indicator has its colour, and what else is to be known before the colour is believed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from spp_desktop.edits import judging
from spp_desktop.figures.comparison import Break, break_words
from spp_desktop.figures.control import words as control_words
from spp_desktop.figures.judging.judged import Judged, month_unit_of
from spp_desktop.figures.judging.outlook import Comparison, compared, outlook
from spp_desktop.figures.rag import words as rag_words
from spp_desktop.figures.rag.colours import LOOKS, State
from spp_desktop.plan.kinds import Option
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.performance.indicator_page import IndicatorPage, StateMark, rich, section, table
from spp_desktop.ui.performance.judged_columns import JudgedRow
from spp_desktop.ui.performance.reason import ReasonAsked, ReasonDialog, Said

_COLOURS: tuple[State, ...] = ("green", "amber", "red")
LEVEL = (
    "Measured as a level: the latest result stands, and months are not added up. If they do add up, say so under "
    "Measure."
)
COLOURS = tuple(Option(state, LOOKS[state].word, "", LOOKS[state].shape, *LOOKS[state].colours) for state in _COLOURS)


class FiguresPage(IndicatorPage):
    """The sentence in full with its mark, what a person made of it, and what it rests on."""

    title = "Figures"

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__(signals)
        self.mark = StateMark()
        self.sentence, self.remark, self.rest = words(), words(bold=True), rich("What the judgement rests on")
        self.level = words()
        self.level.setText(LEVEL)
        self.give, self.take_back = QPushButton("Give another &colour…"), QPushButton("Take &back")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.sentence, 1)
        deeds = QHBoxLayout()
        deeds.addWidget(self.give)
        deeds.addWidget(self.take_back)
        deeds.addStretch(1)
        self.column.addLayout(top)
        self.column.addWidget(self.level)
        self.column.addWidget(self.remark)
        self.column.addLayout(deeds)
        self.column.addWidget(self.rest)
        self.column.addStretch(1)
        self.give.clicked.connect(self.give_colour)
        self.take_back.clicked.connect(self.take_colour_back)

    def fill(self, row: JudgedRow) -> None:
        """Say all of it."""
        judged = row.judged
        self.mark.set_look(judged.look)
        self.sentence.setText(judged.sentence)
        self.sentence.setAccessibleName(f"Judgement: {judged.sentence}")
        self.level.setVisible(_is_level_of_months(judged))
        self.remark.setText(judged.remark)
        self.remark.setVisible(bool(judged.remark))
        self.give.setEnabled(bool(judged.used) and not self.locked)
        self.give.setToolTip("" if judged.used else "There is no result to give a colour to.")
        self.take_back.setVisible(judged.judgement.override is not None)
        self.take_back.setEnabled(not self.locked)
        self.rest.setText("".join(_sections(judged)))

    def give_colour(self) -> None:
        """Ask for a colour and for the reason why the rule's is not to be shown."""
        row = self.row
        if row is None or not row.judged.used:
            return
        used = row.judged.used
        period = rag_words.period_words(used[0].first, used[-1].last)
        asked = ReasonAsked(
            f"Another colour for {row.ref}",
            f"By the rule, {row.ref} {period} is {LOOKS[row.judged.judgement.by_rule].word.lower()}. Another colour is "
            "shown as an override, with your name and the reason, and for this period only.",
            "Reason",
            "Give the colour",
            COLOURS,
        )

        def give(answer: Said) -> None:
            values = (row.key, None, used[-1].last, answer.choice, answer.words)
            self.signals.edit(f"give {row.ref} {answer.choice}", judging.set_override, *values)

        ReasonDialog(asked, give, self).exec()

    def take_colour_back(self) -> None:
        """Show the rule's own colour again."""
        if self.row is not None and self.row.judged.used:
            last = self.row.judged.used[-1].last
            self.tried(f"take back the colour of {self.row.ref}", judging.remove_override, self.row.key, None, last)


def _is_level_of_months(judged: Judged) -> bool:
    """Whether months of this year stand beside each other of which only the latest counts."""
    several = judged.kind == "month" and len(judged.finding.places) > 1
    return several and judged.series.indicator.measure == "level"


def _sections(judged: Judged) -> Iterator[str]:
    """What is said under the sentence, part by part."""
    last_year, twelve_months = _said_once(compared(judged), judged.sentence)
    yield section("Direction", [last_year])
    yield section("Will we make it", outlook(judged).lines())
    chart = judged.chart
    if chart is None:
        yield section("Process", [judged.no_chart])
    else:
        assurance = control_words.assurance(chart, month_unit_of(judged))
        yield section("Process", [control_words.variation(chart), assurance])
    yield section("Compared", [twelve_months])
    if judged.standing is not None:
        yield section("Most similar forces", [f"{judged.standing.words}."])
    rows = [(name, _without(text, judged.series.breaks)) for name, text in rag_words.rows(judged.judgement)]
    yield table("What it rests on", [(name, text) for name, text in rows if text])


def _said_once(comparisons: Iterable[Comparison], sentences: str) -> Iterator[str]:
    """Comparisons in words, without the breaks that were already said."""
    for comparison in comparisons:
        new = tuple(each for each in comparison.breaks if break_words(each) not in sentences)
        sentence = replace(comparison, breaks=new).sentence
        sentences += sentence
        yield sentence


def _without(text: str, breaks: Iterable[Break]) -> str:
    """A text without what is said of breaks: whatever a judgement says of them, its sentence says."""
    for series_break in breaks:
        text = text.replace(break_words(series_break), "")
    return " ".join(text.split())
