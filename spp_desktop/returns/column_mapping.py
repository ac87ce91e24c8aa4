"""How somebody's extract is read: which of its columns holds what, and what holds of all its rows.

It is chosen once, kept under a name, and used again. A column is known by its heading, so that next month's file may
have its columns in another order. Where periods stand across, a column is known by its heading being one.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, NamedTuple, get_args

from spp_desktop.plan.periods import in_years_of_plan
from spp_desktop.plan.results import ResultState
from spp_desktop.returns.headings import across, named
from spp_desktop.returns.known_terms import bare
from spp_desktop.returns.period_text import NoPeriod, Period, PeriodColumn, period_of_text
from spp_desktop.returns.sheet_tables import heading_texts

Role = Literal[
    "indicator", "area", "month", "quarter", "year", "calendar year", "year ending", "year to date", "period", "from",
    "to", "population", "value", "numerator", "denominator", "sample_size", "design_effect", "state", "across",
    "of area", "of indicator", "unused",
]  # fmt: skip
"""What a column holds of a result. A "period" is a month, quarter or year; "across" columns hold the results of the
period that is their heading, but for those that are "unused"; a column "of area" those of the area that heads it."""

FirstState = Literal["provisional", "final"]

TITLES: dict[Role, str] = {
    "indicator": "Indicator",
    "area": "Area",
    "month": "Month",
    "quarter": "Quarter",
    "year": "Year (financial)",
    "calendar year": "Calendar year",
    "year ending": "12 months to",
    "year to date": "From April to",
    "period": "Period",
    "from": "First day",
    "to": "Last day",
    "population": "Population",
    "value": "Result",
    "numerator": "What is counted",
    "denominator": "What it is counted of",
    "sample_size": "Answers (survey)",
    "design_effect": "Design effect",
    "state": "State",
    "across": "Results of this period",
    "of area": "Results of this area",
    "of indicator": "Results of this indicator",
    "unused": "Not used",
}
"""The roles as a person chooses them."""

FIGURE_ROLES: tuple[Role, ...] = ("value", "numerator", "denominator", "sample_size")
PERIOD_ROLES: Mapping[Role, PeriodColumn] = {
    "month": "month", "quarter": "quarter", "year": "year", "calendar year": "calendar year",
    "year ending": "year ending", "year to date": "year to date", "period": "any",
}  # fmt: skip
"""The roles of columns that hold a period each, and how its texts are read."""
PARTS_OF_YEAR: tuple[Role, ...] = ("month", "quarter", "year to date", "year ending")
YEARS_ACROSS: tuple[PeriodColumn, ...] = ("year", "calendar year")
"""Periods across that may have their months or quarters down."""
OF_HEADING: tuple[Role, ...] = ("of area", "of indicator")

NO_AREA = "Choose the area that all rows are of, or the force; or the column that says which."

AS_TITLED = "title"
"""Stands for a period or an area that the titles of each file say."""

_FORM = 2
_ANY_YEAR = "2000-01"
_COUNTED = re.compile(r"(.+?)( \([0-9]+\))", re.DOTALL)
"""The name of a column whose heading stands twice."""


class FigureColumns(NamedTuple):
    """The columns that hold one result of each row.

    Attributes:
        columns: Where they are, counted from 1, by what they hold of it.
        period: The period that their heading says; ``None`` where rows say it.
        area, indicator: What their heading says; "" where rows say it.
        state: The state that a mark behind their heading gives; ``None`` for none.
    """

    columns: Mapping[Role, int]
    period: Period | None = None
    area: str = ""
    indicator: str = ""
    state: ResultState | None = None


class PlacedColumns(NamedTuple):
    """Where a file's columns are, counted from 1, by what they hold; and the columns of each result of a row."""

    columns: dict[Role, int]
    results: tuple[FigureColumns, ...]

    @property
    def across(self) -> list[tuple[int, Period]]:
        """The columns that stand for a period each."""
        return [(place, of.period) for of in self.results if of.period for place in of.columns.values()]

    @property
    def figures(self) -> set[int]:
        """All columns that hold figures of results."""
        return {place for of in self.results for place in of.columns.values()}


@dataclass(frozen=True)
class ColumnMapping:
    """What the columns of an extract hold, and what holds of all its rows where no column says it.

    Args:
        roles: What the column under a heading holds, by headings as ``headings.named`` gives them.
        across: Of what periods columns hold results whose heading is one; ``None`` where there are none.
        sheet: The sheet that was chosen.
        indicator: The reference of the one indicator; it counts where no column says which.
        force: What the force as a whole is called in the column of areas.
        population: Whose results they are; "" for the indicator's own.
        state: What results are, where no column or mark says it.
        area: The area that all rows are of, or what the force is called; ``AS_TITLED`` for what the titles say.
        period: The period of all rows, or the year of their months; ``AS_TITLED`` for what the titles say.
        under: What columns across hold by what their headings say besides the period; empty: only those that say
            nothing else, which hold the result.
        sums: Whether several rows of one result are added up; where no column holds a figure, each row counts one.
        only: By column, the texts of the rows that are read; all others are left aside.
        means: What texts of the file stand for: the reference of an indicator, or the title of an area.
        blanks: Whether a blank cell of what says which result it is says the same as the one above it.
        times: What figures are multiplied by: 1000 where they are thousands, 100 where they are shares of one.
        heading_rows: How many rows the headings have.
        says: What the titles said of the whole when it was chosen: see ``known_terms.Word``.
    """

    roles: tuple[tuple[str, Role], ...] = ()
    across: PeriodColumn | None = None
    sheet: str = ""
    indicator: str = ""
    force: str = "Force"
    population: str = ""
    state: FirstState = "provisional"
    area: str = ""
    period: str = ""
    under: tuple[tuple[str, Role], ...] = ()
    sums: bool = False
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    means: tuple[tuple[str, str], ...] = ()
    blanks: bool = False
    times: float = 1.0
    heading_rows: int = 1
    says: tuple[str, ...] = ()

    def has(self, *roles: Role) -> bool:
        """Whether there is a column for one of these."""
        return any(role in roles for _, role in (*self.roles, *self.under))

    def lacks(self) -> str:
        """What is still to be chosen, as a sentence; "" if nothing is."""
        figures = self.has("value", "numerator", "sample_size", *OF_HEADING)
        wrong = (
            (
                not self.indicator and not self.has("indicator", "of indicator"),
                "Choose the indicator that all rows are of, or the column that says which.",
            ),
            (
                self.has("from") != self.has("to"),
                "The first and the last day of a period are given together: choose the other column too.",
            ),
            (
                not self.across and not self.has("from", *PERIOD_ROLES) and not self.period,
                "Choose the column that says of which month, quarter or year a row is, or the period of all.",
            ),
            (
                not self.across and not figures and not self.sums,
                "Choose the column that holds the result, or what it is made of.",
            ),
            (
                self.across is not None and any(role in FIGURE_ROLES for _, role in self.roles),
                "Results stand under their periods, so no other column can hold them. Set one of them to Not used.",
            ),
            (
                self.has("value") and self.has("numerator", "denominator"),
                "Choose the result, or what it is made of, and not both.",
            ),
        )
        missing = next((sentence for is_so, sentence in wrong if is_so), "")
        return missing or self._twice() or self._whose() or self._when()

    def _twice(self) -> str:
        chosen = [role for _, role in self.roles if role not in ("unused", *OF_HEADING)]
        twice = next((role for role in chosen if chosen.count(role) > 1), None)
        if twice is not None:
            return f"Two columns are chosen as “{in_years_of_plan(TITLES[twice])}”. Set one of them to Not used."
        parts = [role for role in PARTS_OF_YEAR if role in chosen]
        alone = [role for role in ("calendar year", "period", "from") if role in chosen]
        down = bool(parts or "year" in chosen)
        crossed = (
            self.across in YEARS_ACROSS
            and any(role in ("month", "quarter") for role in chosen)
            and "year" not in chosen
        )
        ways = len(alone) + (self.across is not None) + (down and not crossed)
        if ways > 1 or len(parts) > 1:
            return "Several columns say of which period a row is. Set those that are not needed to Not used."
        return ""

    def _whose(self) -> str:
        if self.area or self.has("area", "of area"):
            return ""
        return NO_AREA

    def _when(self) -> str:
        """Why the period of all rows is none, where it is needed as one."""
        parted = self.across is not None or self.has(*PERIOD_ROLES)
        if not self.period or self.period == AS_TITLED or parted:
            return ""
        try:
            period_of_text(self.period)
        except NoPeriod as problem:
            return str(problem)
        return ""

    def agrees(self, headings: Sequence[str]) -> bool:
        """Whether a file with these headings has all the columns that are wanted."""
        names = set(named(headings))
        wanted = all(name in names for name, role in self.roles if role != "unused")
        filtered = all(name in names for name, _ in self.only)
        if not (wanted and filtered) or self.across is None:
            return wanted and filtered
        # What stands under each period may still be open: that is asked about.
        open_still = not self.under and any(across(heading, self.across, _ANY_YEAR) for heading in headings)
        return open_still or bool(self.placed(headings, _ANY_YEAR).across)

    def placed(self, headings: Sequence[str], year: str = "") -> PlacedColumns:
        """Where the columns are in a file with these headings; ``year`` is that of months that do not say theirs."""
        names = named(headings)
        places = {name: place for place, name in enumerate(names, 1)}
        chosen = [(places[name], name, role) for name, role in self.roles if name in places]
        columns: dict[Role, int] = {
            role: place for place, _, role in chosen if role not in ("unused", "across", *OF_HEADING)
        }
        figures: dict[Role, int] = {role: place for role, place in columns.items() if role in FIGURE_ROLES}
        results = [FigureColumns(figures)] if figures else []
        for place, _, role in chosen:
            if role in OF_HEADING:
                title = headings[place - 1].strip()
                results.append(FigureColumns({"value": place}, None, *_of_heading(role, title)))
        if self.across is not None:
            taken = {place for place, _, role in chosen if role != "across"}
            results += self._across(headings, taken, self.across, year)
        if self.sums and not results:
            results = [FigureColumns({})]
        return PlacedColumns(columns, tuple(results))

    def _across(
        self, headings: Sequence[str], taken: set[int], kind: PeriodColumn, year: str
    ) -> Iterator[FigureColumns]:
        """The columns of each result whose heading has a period in it."""
        under = dict(self.under) or {"": "value"}
        whole: dict[Period, FigureColumns] = {}
        for place, heading in enumerate(headings, 1):
            read = None if place in taken else across(heading, kind, year)
            role: Role = "unused" if read is None else under.get(read.label, "unused")
            if read is None or role == "unused":
                continue
            if role in OF_HEADING:
                yield FigureColumns({"value": place}, read.period, *_of_heading(role, read.text), read.state)
            elif read.period in whole and role not in whole[read.period].columns:
                whole[read.period] = _with(whole[read.period], role, place)
            elif read.period in whole:
                yield FigureColumns({role: place}, read.period, state=read.state)
            else:
                whole[read.period] = FigureColumns({role: place}, read.period, state=read.state)
        yield from whole.values()

    def as_text(self) -> str:
        """The mapping as JSON, to be kept."""
        return json.dumps({**asdict(self), "form": _FORM}, ensure_ascii=False)


NOTHING_CHOSEN = ColumnMapping()


def _of_heading(role: Role, title: str) -> tuple[str, str]:
    """The area and the indicator that a heading says."""
    return (title, "") if role == "of area" else ("", title)


def _with(result: FigureColumns, role: Role, place: int) -> FigureColumns:
    return result._replace(columns={**result.columns, role: place})


def from_text(text: str) -> ColumnMapping:
    """What ``ColumnMapping.as_text`` gave, in this form or the one before it.

    Raises:
        ValueError: if the text is none of it.
    """
    kept = json.loads(text)
    form = kept.pop("form", None) if isinstance(kept, dict) else None
    if form not in (1, _FORM) or "roles" not in kept:
        raise ValueError("This is no mapping of columns that this version knows.")
    mapping = _made_of(kept)
    if mapping is None:
        raise ValueError("This mapping of columns is damaged.")
    return mapping if form == _FORM else _of_form_1(mapping)


def _made_of(values: dict[str, Any]) -> ColumnMapping | None:
    """A mapping of values as JSON gives them; ``None`` if one is not what it should be."""
    frozen = {name: _frozen(value) for name, value in values.items()}
    try:
        return ColumnMapping(**frozen) if _is_sound(frozen) else None
    except (TypeError, ValueError, KeyError):
        return None


def _frozen(value: Any) -> Any:
    """A value of JSON with its lists as tuples."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _is_sound(values: Mapping[str, Any]) -> bool:
    """Whether every value is what its field should hold.

    Raises:
        TypeError, ValueError: if one is not even of its form.
    """
    every: dict[str, Any] = {**{field.name: field.default for field in fields(ColumnMapping)}, **values}
    texts = [every[field.name] for field in fields(ColumnMapping) if field.type is str]
    pairs = [*every["roles"], *every["under"]]
    texts += [*every["says"], *(name for name, _ in pairs), *(text for pair in every["means"] for text in pair)]
    texts += [text for name, listed in every["only"] for text in (name, *listed)]
    return (
        all(isinstance(text, str) for text in texts)
        and all(len(pair) == len(("text", "meant")) for pair in every["means"])
        and all(role in get_args(Role) for _, role in pairs)
        and every["state"] in get_args(FirstState)
        and every["across"] in (None, *get_args(PeriodColumn))
        and all(type(every[name]) is bool for name in ("sums", "blanks"))
        and isinstance(every["times"], float) and every["times"] > 0
        and type(every["heading_rows"]) is int and every["heading_rows"] > 0
    )  # fmt: skip


def _of_form_1(earlier: ColumnMapping) -> ColumnMapping:
    """A mapping of the first form: without a column of areas all rows were the force's, and "_" was no space."""
    roles = tuple((_name_of_form_2(name), role) for name, role in earlier.roles)
    area = "" if earlier.has("area") else earlier.force
    return ColumnMapping(**{**asdict(earlier), "roles": roles, "area": area})


def _name_of_form_2(name: str) -> str:
    match = _COUNTED.fullmatch(name)
    return f"{bare(match[1])}{match[2]}" if match else bare(name)


def find_headings(mapping: ColumnMapping, rows: Sequence[Sequence[str]]) -> int | None:
    """The place of the first row of headings, the last one where they are several, with which a mapping agrees."""
    return next(
        (
            place
            for place in range(len(rows))
            if mapping.roles and mapping.agrees(heading_texts(rows, place, mapping.heading_rows))
        ),
        None,
    )


def filtered(mapping: ColumnMapping, headings: Sequence[str]) -> dict[str, int]:
    """The places, counted from 1, of the columns by whose texts rows are chosen, by name."""
    places = {name: place for place, name in enumerate(named(headings), 1)}
    return {name: places[name] for name, _ in mapping.only if name in places}
