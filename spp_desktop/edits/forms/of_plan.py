"""What a form is told of the plan itself, texts that are always the same, and who holds a post."""

import re
from collections.abc import Iterator

from spp_desktop.edits.forms.plan_book import PlanBook
from spp_desktop.edits.forms.value import GivenValue, NamedValue, PlanValue
from spp_desktop.plan.force_codes import force_code
from spp_desktop.plan.identity import Plan, period_name
from spp_desktop.plan.kinds import Doubt
from spp_desktop.plan.kinds.declared import kind_of
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.posts import Post
from spp_desktop.plan.registers import register_of
from spp_desktop.plan.rows import title_of
from spp_desktop.returns.forms.entry import EntryValue
from spp_desktop.returns.sheet_cell import UNREADABLE, SheetCell

_TEXT, _PLAN = "text: ", "plan: "
_COLUMNS = ("title", "force", "marking", "source")
_PERIOD, _TODAY, _ILLUSTRATIVE, _CODE = "period", "today", "illustrative note", "force code"
_NO_CODE = "No code of the Home Office is known for {force}. If it has one, put it here as a text."
_TODAY_WORDS = "the day as at which the plan is read"
_HOLDER = re.compile(r"post (?P<title>.+): holder")
_SINCE = re.compile(r" since \d{2}/\d{2}/\d{4}")


class FixedText:
    """A text that a form asks for and the plan does not keep, such as a force code: "text: F41"."""

    def value(self, book: PlanBook, name: str) -> PlanValue | None:
        """The text itself."""
        del book
        if not name.startswith(_TEXT):
            return None
        text = name.removeprefix(_TEXT).strip()
        return PlanValue(name, f"always “{text}”", text, fixed=True)

    def names(self, book: PlanBook, year: int) -> Iterator[NamedValue]:
        """None: a text is typed."""
        del book, year
        return iter(())

    def given(self, book: PlanBook, name: str, cell: SheetCell) -> GivenValue:
        """Nothing is read back of it."""
        del book, name, cell
        return GivenValue(same=True)


class PlanSort:
    """What the plan says of itself: "plan: force"."""

    def value(self, book: PlanBook, name: str) -> PlanValue | None:
        """A fact of the plan."""
        if not name.startswith(_PLAN):
            return None
        part = fold(name.removeprefix(_PLAN))
        fixed: dict[str, EntryValue] = {
            _PERIOD: period_name(book.plan), _TODAY: book.plan.today(), _ILLUSTRATIVE: book.plan.illustrative,
            _CODE: force_code(book.plan.force),
        }  # fmt: skip
        if part in fixed:
            title = f"the plan's {part}" if part != _TODAY else _TODAY_WORDS
            why = _NO_CODE.format(force=book.plan.force or "the force") if part == _CODE and not fixed[part] else ""
            return PlanValue(name, title, fixed[part] or None, why=why, fixed=True)
        for column in _COLUMNS:
            if part == fold(title_of(Plan, column)):
                return PlanValue(name, f"the plan's {part}", _held(book, column) or None)
        return None

    def names(self, book: PlanBook, year: int) -> Iterator[NamedValue]:
        """The facts of the plan."""
        del year
        for part in (*(title_of(Plan, column) for column in _COLUMNS), _PERIOD, _TODAY, _ILLUSTRATIVE, _CODE):
            value = self.value(book, f"{_PLAN}{part}")
            assert value is not None
            yield NamedValue(value.name, value.title)

    def given(self, book: PlanBook, name: str, cell: SheetCell) -> GivenValue:
        """A fact of the plan as a cell says it."""
        part = fold(name.removeprefix(_PLAN))
        column = next((column for column in _COLUMNS if part == fold(title_of(Plan, column))), None)
        if column is None:
            return GivenValue(same=True)
        if cell.kind in UNREADABLE:
            return GivenValue(doubt=UNREADABLE[cell.kind].format(typed=cell.typed()))
        value = kind_of(Plan, column).read(cell.typed())
        if isinstance(value, Doubt):
            return GivenValue(doubt=value.sentence)
        return GivenValue((column, value), str(value), same=value == _held(book, column))


def _held(book: PlanBook, column: str) -> str:
    """What a form is told of a column of the plan: of its marking, the highest that anything of it bears."""
    return book.marking if column == "marking" else str(getattr(book.plan, column))


class HolderSort:
    """Who holds a post today: "post ACC Crime: holder"."""

    def value(self, book: PlanBook, name: str) -> PlanValue | None:
        """The holder's name."""
        match = _HOLDER.fullmatch(name) if name.startswith("post ") else None
        if match is None:
            return None
        row = book.row(register_of("post"), match["title"])
        if row is None:
            return PlanValue(
                name, f"who is {match['title']}", why=f"The plan has no post “{match['title']}”.", fixed=True
            )
        who = _SINCE.sub("", book.holders.get(row.key, ""))
        return PlanValue(
            name, f"who is {match['title']}", who or None, why="" if who else "Nobody is named.", fixed=True
        )

    def names(self, book: PlanBook, year: int) -> Iterator[NamedValue]:
        """The holders of all posts."""
        del year
        register = register_of(str(Post.__tablename__))
        for row in book.rows(register):
            title = book.called(register, row)
            yield NamedValue(f"post {title}: holder", f"who is {title}")

    def given(self, book: PlanBook, name: str, cell: SheetCell) -> GivenValue:
        """Nothing is read back of it: since when somebody holds a post is not said."""
        del book, name, cell
        return GivenValue(same=True)
