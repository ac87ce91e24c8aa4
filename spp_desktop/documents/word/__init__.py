"""A document as a Word document (.docx, Office Open XML): styles, fields and notes that a person goes on editing."""

from spp_desktop.documents.word.rendering import rendered

__all__ = ["rendered"]
