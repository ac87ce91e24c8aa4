"""An indicator among the most similar forces of a year: their rates as they are typed in, and this force's place."""

from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton

from spp_desktop.edits import judging
from spp_desktop.figures.exact import exact, shown
from spp_desktop.figures.peers import Standing, ordinal, standing
from spp_desktop.plan.judging import PeerForce, PeerRate
from spp_desktop.plan.kinds import Long, Number
from spp_desktop.plan.periods import year_name
from spp_desktop.store import queries
from spp_desktop.ui.common.sentence_label import words
from spp_desktop.ui.common.signals import PlanSignals
from spp_desktop.ui.grid.columns import GridColumn
from spp_desktop.ui.grid.table_model import CellChange, TableModel
from spp_desktop.ui.grid.table_page import READ_ONLY
from spp_desktop.ui.grid.view import GridView
from spp_desktop.ui.performance.indicator_page import IndicatorPage
from spp_desktop.ui.performance.judged_columns import JudgedRow
from spp_desktop.ui.registers.dialog import RegistersDialog

LIST = "Most similar forces"
NO_GROUP = "No group is known for {year}. Add the forces most similar to this one to the list."
NOT_RANKED = "Neither higher nor lower is better, so forces are not ranked."
NO_OWN_RATE = "Type in this force's own rate to see where it stands."
GRID_HEIGHT = 210
PLACES = 6


@dataclass(frozen=True, slots=True)
class Peer:
    """A force of the group with its rate. The own force has the key "own"."""

    key: str
    force: str
    rate: float | None
    rank: int | None


OWN = "own"

COLUMNS = (
    GridColumn("force", "Force", 190, Long()),
    GridColumn(
        "rate", "Rate", 80, Number(), editable=True, align="right", about="As the force or the inspectorate gives it",
        text=lambda peer: "" if peer.rate is None else shown(exact(peer.rate), PLACES),
    ),
    GridColumn(
        "rank", "Place", 60, align="right", about="1st is best; forces with one rate share a place",
        text=lambda peer: "" if peer.rank is None else ordinal(peer.rank),
    ),
)  # fmt: skip


class PeersPage(IndicatorPage):
    """The forces of a year's group, own force first."""

    title = "Peers"

    def __init__(self, signals: PlanSignals) -> None:
        super().__init__(signals)
        self.year = QComboBox()
        self.year.setAccessibleName("Year of the group")
        self.forces = QPushButton(f"{LIST}…")
        self.model = TableModel(COLUMNS, self._commit, parent=self)
        self.grid = GridView(self.model, LIST, PeerForce.word.singular, rows=False)
        self.grid.set_lines(1)
        self.grid.setMinimumHeight(GRID_HEIGHT)
        self.stands = words()
        self.about = words(quiet=True)
        label = QLabel("&Year")
        label.setBuddy(self.year)
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self.year)
        top.addStretch(1)
        top.addWidget(self.forces)
        self.column.addLayout(top)
        self.column.addWidget(self.stands)
        self.column.addWidget(self.grid, 1)
        self.column.addWidget(self.about)
        self.about.setText("The average is the mean of the forces' rates, own force included. Groups are of one year.")
        self.year.activated.connect(self._fill_grid)
        self.forces.clicked.connect(self.show_forces)
        self.model.refused.connect(self.refused)

    def fill(self, row: JudgedRow) -> None:
        """Show the group of the year chosen, at first of the latest year that there is one for."""
        chosen = self.year.currentData()
        known = {force.year for force in self.signals.read(queries.register, PeerForce)}
        years = sorted(known | {row.judged.year}, reverse=True)
        self.year.clear()
        for year in years:
            self.year.addItem(year_name(year), year)
        latest = max((year for year in known if year <= row.judged.year), default=row.judged.year)
        self.year.setCurrentIndex(max(self.year.findData(chosen if chosen in years else latest), 0))
        self.model.locked = READ_ONLY if self.locked else ""
        self.grid.set_deeds()
        self._fill_grid()

    def keep(self) -> bool:
        """Keep a rate that is being typed."""
        self.grid.commit_pending()
        return not self.model.pending

    def show_forces(self) -> None:
        """Open the list in which the group of each year is kept."""
        dialog = RegistersDialog(self.signals, self.window())
        dialog.show_list(LIST)
        dialog.exec()

    def _fill_grid(self) -> None:
        row = self.row
        if row is None:
            return
        year = int(self.year.currentData())
        own = row.judged.series.force or "This force"
        group = {
            force.id: force.force for force in self.signals.read(queries.register, PeerForce) if force.year == year
        }
        rates = {
            rate.peer_id or OWN: float(rate.value)
            for rate in self.signals.read(queries.register, PeerRate)
            if rate.indicator_id == row.key and rate.year == year
        }
        names = {OWN: own, **group}
        places = {key: _stands(key, {each: rates.get(each) for each in names}, row) for key in names}
        peers = [
            Peer(key, name, rates.get(key), place.rank if (place := places[key]) is not None else None)
            for key, name in names.items()
        ]
        if self.model.rows and self._shown != (row.key, year):
            self.model.set_rows([])  # another group: nothing has "just changed"
        self._shown = row.key, year
        self.model.set_rows(peers)
        self.stands.setText(_words(row, year, places[OWN], names, grouped=bool(group)))

    _shown: tuple[str, int] = ("", 0)

    def _commit(self, cells: list[CellChange]) -> None:
        row, year = self.row, int(self.year.currentData())
        assert row is not None
        names = {peer.key: peer.force for peer in self.model.rows}
        for key, _, value in cells:
            label = f"change the rate of {names[key]} for {row.ref}"
            self.signals.edit(label, judging.set_peer_rate, row.key, None if key == OWN else key, year, value)


def _stands(key: str, rates: dict[str, float | None], row: JudgedRow) -> Standing | None:
    """Where one of the forces stands."""
    return None if row.polarity == "neutral" or rates[key] is None else standing(key, rates, row.polarity)


def _words(row: JudgedRow, year: int, own: Standing | None, names: dict[str, str], *, grouped: bool) -> str:
    """Where the own force stands, or what is missing."""
    if not grouped:
        return NO_GROUP.format(year=year_name(year))
    if row.polarity == "neutral":
        return NOT_RANKED
    if own is None:
        return NO_OWN_RATE
    sentence = f"{own.words[:1].upper()}{own.words[1:]}. The average is {shown(own.average, 3)}"
    if own.gap_percent:
        sentence += f"; {names[OWN]} is {abs(own.gap_percent):.1f}% {'above' if own.gap_percent > 0 else 'below'} it"
    missing = ", ".join(names[key] for key in own.missing)
    return f"{sentence}. Without a rate: {missing}." if missing else f"{sentence}."
