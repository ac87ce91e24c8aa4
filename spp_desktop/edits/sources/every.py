"""Every kind of row that returns list. A kind of row more is one line in ``_OWN``; registers are here by themselves."""

from spp_desktop.edits.sources.activities import ACTIVITIES
from spp_desktop.edits.sources.indicators import INDICATORS, JUDGEMENTS
from spp_desktop.edits.sources.milestones import MILESTONES
from spp_desktop.edits.sources.registers import RegisterSource
from spp_desktop.edits.sources.results import COUNTS, RATES, STEPS, SURVEYS
from spp_desktop.edits.sources.source import RowSource
from spp_desktop.plan import registers
from spp_desktop.returns.definition import Listing

_OWN: tuple[RowSource, ...] = (ACTIVITIES, MILESTONES, INDICATORS, JUDGEMENTS, COUNTS, RATES, SURVEYS, STEPS)


def sources() -> dict[str, RowSource]:
    """All kinds of row, by name: those declared here, and every register that is returned."""
    returned = [RegisterSource.of(register) for register in registers.REGISTERS if register.returned]
    return {source.name: source for source in (*_OWN, *returned)}


def source_of(listing: Listing) -> RowSource:
    """The kind of row that a listing lists."""
    return sources()[listing.source]
