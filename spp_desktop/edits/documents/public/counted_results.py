"""Results of indicators as counts of persons, and the sums among them: by area, by population and over time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from spp_desktop.edits.documents.public.small_rules import SmallRules
from spp_desktop.edits.small_numbers import BY_AREA
from spp_desktop.figures.balanced_moves import CountSum
from spp_desktop.figures.exact import exact
from spp_desktop.figures.small_numbers import CountCell, CountRule, CountsShown, PersonCount
from spp_desktop.returns.period_text import Period
from spp_desktop.returns.whole_table import period_words
from spp_desktop.store.public_view import PublicCells, PublicRows

SUPPRESSED = "suppressed"
FIGURES = ("value", "numerator", "denominator", "sample_size")
_SHARES = ("percentage", "survey")
_ADDED_OVER_TIME = (*_SHARES, "count", "rate")
_FORCE_WORTH = 24
"""A figure of the force is worth as much more than one of an area, as two years are more than none, in months."""


@dataclass(frozen=True)
class CountedResult:
    """A count that a result gives away.

    Attributes:
        what: which: the column that holds it, or "others" of the whole that are not counted.
        row: the result.
        count: the count.
        rule: how it is shown if it is small.
    """

    what: str
    row: PublicCells
    count: PersonCount
    rule: CountRule

    @property
    def key(self) -> str:
        """Its key among the counts of the edition."""
        return f"result {self.row['id']} {self.what}"

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that it is of."""
        return day(self.row["period_from"]), day(self.row["period_to"])

    @property
    def months(self) -> int:
        """How many months it is of, begun ones as whole ones."""
        first, last = self.days
        return (last.year - first.year) * 12 + last.month - first.month + 1

    def cell(self, *, fixed: bool) -> CountCell:
        """The count as a cell: the force's are worth more than those of its areas, a year's more than a month's."""
        worth = 1 + self.months + (0 if self.row["area_id"] else _FORCE_WORTH)
        return CountCell(self.key, self.count, self.rule, self.what != "others", fixed, worth)


def day(value: Any) -> date:
    """A day as it stands in a row."""
    return value if isinstance(value, date) else date.fromisoformat(value)


class CountedResults:
    """The results of an edition that count persons.

    Attributes:
        sums: what can be added up of them; there once the cells were asked for.
    """

    def __init__(self, public: PublicRows, rules: SmallRules) -> None:
        self._rules, self._rows = rules, public.tables.get("result", [])
        self._measures = {row["id"]: row["measure"] for row in public.tables.get("indicator", ())}
        self._areas = {row["id"]: row for row in public.tables.get("area", ())}
        self._counts: dict[str, list[CountedResult]] = {}
        self.sums: list[CountSum] = []
        with_results = {row["indicator_id"] for row in self._rows}
        rules.told.undecided = [
            row["ref"] or row["title"]
            for row in public.tables.get("indicator", ())
            if row["id"] in with_results and rules.place(row["id"], "") is None and rules.place("", BY_AREA) is None
        ]

    def cells(self) -> Iterator[CountCell]:
        """Every count of persons, with those that can be found by taking one away from another."""
        for row in self._rows:
            table = BY_AREA if row["area_id"] else ""
            rule = self._rules.rule(row["indicator_id"], table)
            if rule is None or row["state"] == SUPPRESSED:
                continue
            counts = [CountedResult(what, row, count, rule) for what, count in self._counted(row).items()]
            fixed = any(rule.is_small(each.count) for each in counts) and self._rules.is_open(
                row["indicator_id"], table, self._name(row)
            )
            self._counts[row["id"]] = counts
            for each in counts:
                self._rules.names[each.key] = self._name(row)
                yield each.cell(fixed=fixed)
        sums = _Sums(self._areas, self._measures)
        sums.add([each for counts in self._counts.values() for each in counts])
        self.sums = sums.sums
        yield from sums.rests

    def take(self, shown: CountsShown) -> None:
        """Put into the rows what is shown of their counts."""
        for row in self._rows:
            counts = [each for each in self._counts.get(row["id"], ()) if each.what != "others"]
            figures = {each.what: shown.shown[each.key] for each in counts}
            if not counts:
                continue
            whole = figures.get("denominator", figures.get("sample_size", 1))
            if None in figures.values() or not whole:
                row.update(dict.fromkeys(FIGURES), state=SUPPRESSED)
                self._rules.told.results += 1
            elif counts[0].rule.method == "round":
                _round(row, self._measures[row["indicator_id"]], figures)

    def _counted(self, row: PublicCells) -> dict[str, PersonCount]:
        """The counts that a result gives away, by what they count."""
        measure = self._measures[row["indicator_id"]]
        known: dict[str, PersonCount] = {
            name: exact(row[name]) for name in ("numerator", "denominator", "sample_size") if row[name] is not None
        }
        whole = known.get("denominator", known.get("sample_size"))
        if row["value"] is not None and measure in ("count", "level"):
            known["value"] = exact(row["value"])
        elif row["value"] is not None and measure in _SHARES and whole is not None:
            known["value"] = round(exact(row["value"]) * whole / 100)
        part = known.get("numerator", known.get("value"))
        if measure in _SHARES and part is not None and whole is not None and part <= whole:
            known["others"] = whole - part
        return known

    def _name(self, row: PublicCells) -> str:
        """What a result is called where a person names it as an exception: "April 2008, Walsall"."""
        words = period_words(Period(day(row["period_from"]), day(row["period_to"])))
        area = self._areas[row["area_id"]]["title"] if row["area_id"] else ""
        return ", ".join(filter(None, (words, area, row["population"])))


def _round(row: PublicCells, measure: str, figures: Mapping[str, PersonCount | None]) -> None:
    """Put rounded figures into a result; a share of answers is worked out of them anew."""
    for what, figure in figures.items():
        assert figure is not None
        if what == "value" and measure in _SHARES:
            whole = figures.get("denominator", figures.get("sample_size"))
            assert whole
            row["value"] = round(float(100 * exact(figure) / exact(whole)), 1)
        else:
            row[what] = int(figure)


_Group = tuple[str, str]
"""Of which indicator, and which of its counts."""


class _Sums:
    """What a reader can add up of results, and what is left where not all parts are there."""

    def __init__(self, areas: Mapping[str, PublicCells], measures: Mapping[str, str]) -> None:
        self._above = {key: row["parent_id"] for key, row in areas.items()}
        self._measures = measures
        self.sums: list[CountSum] = []
        self.rests: list[CountCell] = []

    def add(self, counted: Iterable[CountedResult]) -> None:
        """Find all sums among counts."""
        alike: dict[_Group, list[CountedResult]] = defaultdict(list)
        of_row: dict[str, dict[str, CountedResult]] = defaultdict(dict)
        for each in counted:
            alike[each.row["indicator_id"], each.what].append(each)
            of_row[each.row["id"]][each.what] = each
        for own in of_row.values():
            self._of_whole(own)
        for (indicator, _), own_counts in alike.items():
            self._over_areas(own_counts)
            self._over_populations(own_counts)
            if self._measures[indicator] in _ADDED_OVER_TIME:
                self._over_time(own_counts)

    def _of_whole(self, own: Mapping[str, CountedResult]) -> None:
        """Those counted and the others are the whole."""
        if "others" in own:
            whole, part = own.get("denominator") or own["sample_size"], own.get("numerator") or own["value"]
            self.sums.append(CountSum(whole.key, (part.key, own["others"].key)))

    def _over_areas(self, counted: Sequence[CountedResult]) -> None:
        """The force is the sum of its areas, an area that of those within it."""
        by_place: dict[Any, dict[str | None, CountedResult]] = defaultdict(dict)
        for each in counted:
            by_place[each.days, each.row["population"]][each.row["area_id"]] = each
        for there in by_place.values():
            below: dict[str | None, list[CountedResult]] = defaultdict(list)
            for area, each in there.items():
                if area is not None:
                    below[self._next_above(area, there)].append(each)
            for above, parts in below.items():
                if above in there:
                    self._sum(there[above], parts)

    def _next_above(self, area: str, there: Mapping[str | None, CountedResult]) -> str | None:
        above: str | None = self._above[area]
        while above is not None and above not in there:
            above = self._above[above]
        return above

    def _over_populations(self, counted: Sequence[CountedResult]) -> None:
        """All are the sum of the populations that are counted apart."""
        by_place: dict[Any, list[CountedResult]] = defaultdict(list)
        for each in counted:
            by_place[each.days, each.row["area_id"]].append(each)
        for there in by_place.values():
            whole = [each for each in there if not each.row["population"]]
            if whole and len(there) > 1:
                self._sum(whole[0], [each for each in there if each.row["population"]])

    def _over_time(self, counted: Sequence[CountedResult]) -> None:
        """A period is the sum of shorter ones within it, of each length by itself, and of what is left."""
        by_place: dict[Any, list[CountedResult]] = defaultdict(list)
        for each in counted:
            by_place[each.row["area_id"], each.row["population"]].append(each)
        for there in by_place.values():
            ordered = sorted(there, key=lambda each: each.days)
            for whole in ordered:
                first, last = whole.days
                within: dict[int, list[CountedResult]] = defaultdict(list)
                for each in ordered:
                    if each is not whole and first <= each.days[0] and each.days[1] <= last:
                        taken = within[each.months]
                        if not taken or taken[-1].days[1] < each.days[0]:
                            taken.append(each)
                for parts in within.values():
                    self._sum(whole, parts)

    def _sum(self, whole: CountedResult, parts: Sequence[CountedResult]) -> None:
        """A sum of what is there, and a rest that is not; counts that cannot be parts of the whole are no sum."""
        rest = whole.count - sum(each.count for each in parts)
        if not parts or rest < 0:
            return
        keys = [each.key for each in parts]
        if rest:
            own = f"rest {len(self.rests)} of {whole.key}"
            self.rests.append(CountCell(own, rest, whole.rule, printed=False))
            keys.append(own)
        self.sums.append(CountSum(whole.key, tuple(keys)))
