"""Documents as tagged PDF (PDF/UA-1), through Typst."""

from spp_desktop.documents.pdf.printing import UnprintableDocument, pages, rendered

__all__ = ["UnprintableDocument", "pages", "rendered"]
