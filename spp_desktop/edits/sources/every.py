"""Every kind of row that returns list. A kind of row more is one line in ``_OWN``; registers are here by themselves."""

from spp_desktop.edits.sources.activities import ACTIVITIES
from spp_desktop.edits.sources.indicators import INDICATORS, JUDGEMENTS
from spp_desktop.edits.sources.milestones import MILESTONES
from spp_desktop.edits.sources.registers import RegisterSource
from spp_desktop.edits.sources.results import COUNTS, RATES, STEPS, SURVEYS
from spp_desktop.edits.sources.source import RowSource
from spp_desktop.plan import registers
from spp_desktop.returns.catalogue import RETURNS
from spp_desktop.returns.definition import Listing

_OWN: tuple[RowSource, ...] = (ACTIVITIES, MILESTONES, INDICATORS, JUDGEMENTS, COUNTS, RATES, SURVEYS, STEPS)


_LISTED = frozenset(listing.source for definition in RETURNS for listing in definition.listings)
"""The names of the kinds of row that returns of the catalogue list themselves."""


def sources() -> dict[str, RowSource]:
    """The kinds of row that returns of the catalogue list, by name, registers that go out with them among them."""
    listed = [register for register in registers.REGISTERS if register.returned or register.name in _LISTED]
    return {source.name: source for source in (*_OWN, *map(RegisterSource.of, listed))}


def source_of(listing: Listing) -> RowSource:
    """The kind of row that a listing lists: one of those declared here, or any register.

    Raises:
        KeyError: if there is none of its name.
    """
    own = next((source for source in _OWN if source.name == listing.source), None)
    if own is not None:
        return own
    return RegisterSource.of({register.name: register for register in registers.REGISTERS}[listing.source])
