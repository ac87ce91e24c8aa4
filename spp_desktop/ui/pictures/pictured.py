"""A widget that can be printed and saved. What it then is, is loaded with the first picture."""

from abc import abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spp_desktop.ui.pictures.drawing import Drawing


class Pictured:
    """A widget that shows something that can be printed and saved."""

    @abstractmethod
    def drawing(self) -> "Drawing | None":
        """What it shows now; ``None`` if that is nothing."""
