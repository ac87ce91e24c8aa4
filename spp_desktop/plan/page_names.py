"""The pages of the window on which a plan can answer what is asked of it, by the names that the plan keeps of them.

Those of registers join by themselves: ``plan.registers`` names the page of each register that has one.
"""

from collections.abc import Callable, Mapping
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


_OWN: Mapping[str, NamedPage] = {
    "priorities": NamedPage("Priorities", "priority"),
    "delivery": NamedPage("Annual delivery plan", "activity"),
    "performance": NamedPage("Performance plan", "indicator"),
    "results": NamedPage("Results", "result"),
    "editions": NamedPage("Versions and editions", "plan_version"),
}
"""The pages that are no register's, by the window's own names."""

PagesRead = Callable[[], Mapping[str, NamedPage]]
_ALSO: list[PagesRead] = []


def name_also(pages: PagesRead) -> None:
    """Have other pages be named behind these: those that ``pages`` gives whenever somebody asks."""
    _ALSO.append(pages)


def named_pages() -> dict[str, NamedPage]:
    """Every page that holds rows of the plan, by the window's name of it."""
    named = dict(_OWN)
    for pages in _ALSO:
        named |= pages()
    return named


def title_of_page(name: str) -> str:
    """What a person calls a page; "" for a name that is no page's."""
    page = named_pages().get(name)
    return "" if page is None else in_words_of_plan(page.title)


@dataclass(frozen=True)
class PageOfWindow(Choice):
    """One of the pages of the window that hold rows of the plan, kept by the window's name of it."""

    takes: ClassVar[str] = "a page of the window, such as Annual delivery plan"
    empty: ClassVar[Any] = ""

    def understand(self, text: str) -> Any:
        """The name of the page that a text is the title of, or is the name of."""
        return text.strip() if text.strip() in named_pages() else super().understand(text)

    def options(self) -> list[Option]:
        """The pages there are."""
        return [Option(name, title_of_page(name)) for name in named_pages()]

    def show(self, value: Any) -> str:
        """The title of a page; a name that is no page's as it is, so that nobody misses that it leads nowhere."""
        return title_of_page(value or "") or str(value or "")
