"""The colours of a palette, as what is drawn needs them. Lines of charts have their pens in ``series_plot``."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from spp_desktop.ui.common import theme


@dataclass(frozen=True)
class Ink:
    """The colours of a palette, as a chart needs them."""

    dark: bool
    text: QColor
    quiet: QColor
    paper: QColor
    rule: QColor
    accent: QColor

    @classmethod
    def of(cls, palette: QPalette) -> "Ink":
        """The colours of a palette."""
        role = QPalette.ColorRole
        colours = map(palette.color, (role.Text, role.PlaceholderText, role.Base, role.Midlight, role.Link))
        return cls(theme.is_dark(palette), *colours)
