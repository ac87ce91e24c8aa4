"""The pages of the window on which a plan can answer what is asked of it, by the names that the plan keeps of them.

Those of registers join by themselves: each declaration of a register with a page adds its own.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from spp_desktop.plan.kinds.choices import Choice
from spp_desktop.plan.kinds.kind import Option
from spp_desktop.plan.spoken import in_words_of_plan


@dataclass(frozen=True)
class NamedPage:
    """A page of the window that holds rows of the plan.

    Attributes:
        title: what a person calls it.
        table: the table of its rows: while that is empty, nothing is answered there.
    """

    title: str
    table: str


_PAGES: dict[str, NamedPage] = {
    "priorities": NamedPage("Priorities", "priority"),
    "delivery": NamedPage("Annual delivery plan", "activity"),
    "performance": NamedPage("Performance plan", "indicator"),
    "results": NamedPage("Results", "result"),
    "editions": NamedPage("Versions and editions", "plan_version"),
}


def add_page(name: str, page: NamedPage) -> None:
    """Have a page be one of those named; ``name`` is the window's own name of it."""
    _PAGES[name] = page


def named_pages() -> dict[str, NamedPage]:
    """Every page that holds rows of the plan, by the window's name of it."""
    return dict(_PAGES)


def title_of_page(name: str) -> str:
    """What a person calls a page; "" for a name that is no page's."""
    return in_words_of_plan(_PAGES[name].title) if name in _PAGES else ""


@dataclass(frozen=True)
class PageOfWindow(Choice):
    """One of the pages of the window that hold rows of the plan, kept by the window's name of it."""

    takes: ClassVar[str] = "a page of the window, such as Annual delivery plan"
    empty: ClassVar[Any] = ""

    def understand(self, text: str) -> Any:
        """The name of the page that a text is the title of, or is the name of."""
        return text.strip() if text.strip() in _PAGES else super().understand(text)

    def options(self) -> list[Option]:
        """The pages there are."""
        return [Option(name, title_of_page(name)) for name in _PAGES]

    def show(self, value: Any) -> str:
        """The title of a page; a name that is no page's as it is, so that nobody misses that it leads nowhere."""
        return title_of_page(value or "") or str(value or "")
