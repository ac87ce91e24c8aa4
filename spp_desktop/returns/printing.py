"""How a sheet of a return prints: A4 across, with what it is above and how far it goes below."""

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from spp_desktop.returns.definition import Content, PlanFacts, Return
from spp_desktop.returns.words import clean, cut

_SMALL = 8
"""Points. All of a header may be 255 characters, with its codes; so each part is cut."""

_BESIDE = 216
"""Characters that the name of the sheet and what is made up may have together, in a footer."""


def set_up_page(sheet: Worksheet, definition: Return, content: Content) -> None:
    """A4 across, as wide as the page: the plan, its marking and the return above, that and what is made up below."""
    plan = content.plan
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.7, 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    identity = content.identity
    which = " · ".join(filter(None, (definition.title, identity.when, identity.owner, definition.layout)))
    sheet.HeaderFooter.scaleWithDoc = False
    sheet.oddHeader = HeaderFooterItem(
        left=_part(plan.title, 60), center=_part(plan.marking, 60, "Calibri,Bold"), right=_part(which, 80)
    )
    sheet.oddFooter = HeaderFooterItem(
        left=_part(sheet.title, 31),
        center=_part(note_of(plan), _BESIDE - min(len(sheet.title), 31)),
        right=_HeaderFooterPart("Page &P of &N", size=_SMALL),
    )
    sheet.sheet_view.showGridLines = False


def note_of(plan: PlanFacts) -> str:
    """What must be known of the plan on every page: its marking, and what in it is made up."""
    return " · ".join(filter(None, (plan.marking, plan.illustrative)))


def _part(text: str, most: int, font: str | None = None) -> _HeaderFooterPart:
    """A text in a header, where an ampersand would begin a code."""
    line = clean(text).replace("\n", " ")
    line = cut(line, most - line.count("&")).replace("&", "&&")
    return _HeaderFooterPart(line, font=font, size=_SMALL) if line else _HeaderFooterPart()
