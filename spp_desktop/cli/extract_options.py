"""What can be said on the command line of how an extract is read: all that the window lets choose."""

from dataclasses import dataclass, replace
from typing import Annotated, Any, cast, get_args

import typer

from spp_desktop.cli.ending import refuse
from spp_desktop.plan.kinds.spelling import fold
from spp_desktop.plan.periods import in_years_of_plan
from spp_desktop.returns import extract_reading
from spp_desktop.returns.column_mapping import AS_TITLED, TITLES, ColumnMapping, FirstState, Role
from spp_desktop.returns.extract_reading import ExtractReading
from spp_desktop.returns.headings import across, named
from spp_desktop.returns.known_terms import bare
from spp_desktop.returns.mapped import FileLook, SheetLook
from spp_desktop.returns.period_text import PeriodColumn
from spp_desktop.returns.sheet_tables import DEEPEST
from spp_desktop.returns.whole_table import PlanNames

ROLES = tuple(role for role in get_args(Role) if role != "across")
KINDS = tuple(kind for kind in get_args(PeriodColumn) if kind != "any")
STATES = get_args(FirstState)
HOW = "Say it by --column, --area, --indicator, --period, --across or --only."
_NONE = "none"
_PAIRED = "HEADING=TEXT"

ColumnsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="HEADING=ROLE",
        help=f"What a column holds, or all with this beside their period: {', '.join(ROLES)}.",
    ),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(metavar=_PAIRED, help="Read only rows with this text in this column; said again, with any of them."),
]
Means = Annotated[
    list[str] | None,
    typer.Option(metavar="TEXT=NAME", help="What a text of the file is: the reference of an indicator, or an area."),
]
Mapping_ = Annotated[str, typer.Option(help="The name under which its columns are kept; else the first that fits.")]
SheetOption = Annotated[str, typer.Option(help="The sheet; else the first whose columns fit.")]
Headings = Annotated[int, typer.Option(min=0, help="The number of the row of headings, the last one of several.")]
HeadingRows = Annotated[int, typer.Option(min=0, max=DEEPEST, help="How many rows the headings have.")]
AcrossOption = Annotated[str, typer.Option(help=f"What stands across: {', '.join(KINDS)}; {_NONE} for nothing.")]
OneIndicator = Annotated[str, typer.Option("--indicator", help="The indicator that all rows are of.")]
OneArea = Annotated[str, typer.Option("--area", help=f"The area that all rows are of, or Force; {AS_TITLED}: the one "
                                      "that the titles name.")]  # fmt: skip
Force = Annotated[str, typer.Option(help="What the column of areas calls the force as a whole.")]
PopulationOption = Annotated[str, typer.Option(help="Whose results they are, where no column says it.")]
OnePeriod = Annotated[str, typer.Option("--period", help=f"The period of all rows, or the year of their months; "
                                        f"{AS_TITLED}: the one that the titles name.")]  # fmt: skip
FigureState = Annotated[str, typer.Option("--state", help=f"What figures are, where no mark says it: "
                                          f"{' or '.join(STATES)}.")]  # fmt: skip
Times = Annotated[float, typer.Option(min=0, help="What figures are multiplied by: 1000 for thousands, 100 for shares "
                                      "of one.")]  # fmt: skip
Sum = Annotated[bool, typer.Option("--sum", help="Add up several rows of one result; without a column of results each "
                                   "row counts one.")]  # fmt: skip
Blanks = Annotated[bool, typer.Option("--blanks-as-above", help="A blank cell says the same as the one above it.")]
Guess = Annotated[bool, typer.Option("--guess", help="Go by the headings for what is not said.")]


@dataclass(frozen=True)
class ExtractWords:
    """What was said of how a file is read; what was not said is empty.

    Attributes are as the options above; ``columns``, ``only`` and ``means`` hold a text with "=" each.
    """

    name: str = ""
    sheet: str = ""
    headings: int = 0
    heading_rows: int = 0
    columns: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    across: str = ""
    fields: tuple[tuple[str, Any], ...] = ()
    guess: bool = False

    @property
    def anew(self) -> bool:
        """Whether the columns are said now, and not taken as they are kept."""
        given = self.columns or self.only or self.means or self.across or self.headings or self.heading_rows
        return bool(given or self.guess or any(value for _, value in self.fields))

    def read_anew(self, look: FileLook, plan: PlanNames) -> ExtractReading:
        """The table that is meant, read as it was said, and as it seems to be meant where that was asked for.

        Refuses with a sentence what names nothing in the file.
        """
        reading = extract_reading.proposed(look, plan)
        if self.sheet or self.headings or self.heading_rows:
            reading = self._at(reading, look)
        if not self.guess:
            rows = reading.table.depth
            reading = replace(reading, mapping=ColumnMapping(sheet=reading.sheet.title, heading_rows=rows))
        mapping = self._with_columns(reading.changed(self._without_guesses(reading.mapping)))
        if self.across:
            mapping = replace(mapping, across=_kind(self.across), roles=_without_across(mapping))
        if self.means:
            mapping = replace(mapping, means=tuple(map(_pair, self.means)))
        given = {name: value for name, value in self.fields if value}
        if given.get("state", STATES[0]) not in STATES:
            refuse(f"“{given['state']}” is no state of figures: write {' or '.join(STATES)}.")
        return reading.changed(replace(mapping, **given), seen=bool(self.sheet))

    def _at(self, reading: ExtractReading, look: FileLook) -> ExtractReading:
        """The table on the sheet and in the row that were said."""
        sheet = _sheet_of(look, self.sheet) if self.sheet else reading.sheet
        reading = extract_reading.on_sheet(reading, sheet) if sheet != reading.sheet else reading
        if not self.headings and not self.heading_rows:
            return reading
        row = self.headings or sheet.numbers[reading.table.at]
        if row not in sheet.numbers:
            refuse(f"{look.name} has nothing in row {row} among its first rows, so that it is no row of headings.")
        return extract_reading.at_row(reading, sheet.numbers.index(row), self.heading_rows or 1)

    def _without_guesses(self, mapping: ColumnMapping) -> ColumnMapping:
        """The mapping without the columns that were guessed to say what was said of all rows."""
        given = dict(self.fields)
        dropped = {role for name in ("area", "indicator") if given.get(name) for role in (name, f"of {name}")}
        roles, under = (
            tuple((name, role) for name, role in chosen if role not in dropped)
            for chosen in (mapping.roles, mapping.under)
        )
        return replace(mapping, roles=roles, under=under)

    def _with_columns(self, reading: ExtractReading) -> ColumnMapping:
        mapping, headings = reading.mapping, reading.table.headings
        names = named(headings)
        year = reading.whole.period
        read = [across(heading, kind, year) for heading in headings for kind in KINDS]
        labels = {heading.label for heading in read if heading is not None}
        roles, under, only = dict(mapping.roles), dict(mapping.under), dict(mapping.only)
        for text in self.columns:
            heading, _, role = text.rpartition("=")
            name = _name_of(heading, names)
            if (name is None and bare(heading) not in labels) or role not in ROLES:
                known = f"Headings: {', '.join(headings)}. Roles: {', '.join(ROLES)}."
                refuse(f"“{text}” names no column and what it holds. {known}")
            if name is None:
                under[bare(heading)] = cast("Role", role)
            else:
                roles[name] = cast("Role", role)
                only.pop(name, None)
        for text in self.only:
            heading, wanted = _pair(text)
            name = _name_of(heading, names)
            if name is None:
                refuse(f"“{text}” names no column. Headings: {', '.join(headings)}.")
            before = only.get(name, ()) if name not in dict(mapping.only) else ()
            only[name] = (*before, wanted)
        return replace(mapping, roles=tuple(roles.items()), under=tuple(under.items()), only=tuple(only.items()))


_SEVERAL = {"year ending": "years ending", "year to date": "years to date"}


def columns_in_words(reading: ExtractReading) -> str:
    """What the columns are taken to hold, so that a person can see whether it is so."""
    mapping = reading.mapping
    whole = reading.whole
    words = [f"{name} = {in_years_of_plan(TITLES[role])}" for name, role in mapping.roles]
    words += [f"{label} = {in_years_of_plan(TITLES[role])}" for label, role in mapping.under]
    words += [f"{_SEVERAL.get(mapping.across, f'{mapping.across}s')} across"] if mapping.across is not None else []
    words += [f"only {name} = {' or '.join(texts)}" for name, texts in mapping.only]
    words += [f"{text} = {meant}" for text, meant in mapping.means]
    words += [f"all of {whole.area if mapping.area == AS_TITLED else mapping.area}"] if mapping.area else []
    words += [f"period {whole.period if mapping.period == AS_TITLED else mapping.period}"] if mapping.period else []
    words += [f"figures times {mapping.times:g}"] if mapping.times != 1 else []
    words += ["rows of one result added up"] if mapping.sums else []
    words += ["blanks as above"] if mapping.blanks else []
    return "; ".join(words)


def _name_of(heading: str, names: list[str]) -> str | None:
    """The name of the column that a heading stands over; ``None`` for none."""
    return next((name for name in (fold(heading), bare(heading)) if name in names), None)


def _pair(text: str) -> tuple[str, str]:
    """The two sides of a text with "="."""
    before, sign, behind = text.partition("=")
    if not sign or not before.strip() or not behind.strip():
        refuse(f"“{text}” lacks a part: write it as {_PAIRED}.")
    return before.strip(), behind.strip()


def _kind(text: str) -> PeriodColumn | None:
    if text == _NONE:
        return None
    kind = text.removesuffix("s") if text not in KINDS else text
    if kind not in KINDS:
        refuse(f"“{text}” is nothing that stands across: write {', '.join(KINDS)} or {_NONE}.")
    return cast("PeriodColumn", kind)


def _without_across(mapping: ColumnMapping) -> tuple[tuple[str, Role], ...]:
    """The roles without those that results across take the place of."""
    return tuple((name, role) for name, role in mapping.roles if role not in ("value", "numerator", "denominator"))


def _sheet_of(look: FileLook, title: str) -> SheetLook:
    sheet = next((sheet for sheet in look.sheets if sheet.title == title), None)
    if sheet is None:
        there = ", ".join(each.title for each in look.sheets)
        refuse(f"{look.name} has no sheet “{title}” with rows. It has: {there}.")
    return sheet
