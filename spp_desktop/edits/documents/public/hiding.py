"""Small counts of persons hidden or rounded in the rows of an edition, before anything is made of them."""

from collections.abc import Iterator

from sqlalchemy import Connection

from spp_desktop.edits.documents.public.counted_results import CountedResults
from spp_desktop.edits.documents.public.small_rules import HiddenCounts, SmallRules
from spp_desktop.figures.balanced_moves import CountSum
from spp_desktop.figures.exact import exact
from spp_desktop.figures.small_numbers import CountCell, CountsShown, protected
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store.public_view import PublicCells, PublicRows

SOME_OF = {
    "strength.female": "strength.actual",
    "strength.minority_ethnic": "strength.actual",
    "strength.long_term_sick": "strength.actual",
}
"""Columns that count some of those whom another column of the row counts; what is left of these can be worked out."""

HIDDEN_FROM_ALL = "a count that no table prints"


def hide_small(connection: Connection, public: PublicRows) -> HiddenCounts:
    """Hide or round the small counts of an edition's rows, in place, over all its tables together.

    Args:
        connection: Of the plan, whose rules of small numbers hold.
        public: The rows.
    """
    rules = SmallRules.read(connection)
    results, columns = CountedResults(public, rules), _CountedColumns(public, rules)
    cells = [*results.cells(), *columns.cells()]
    if cells:
        shown = protected(cells, [*results.sums, *columns.sums])
        results.take(shown)
        columns.take(shown)
        rules.told.unprotected += [rules.names.get(key, HIDDEN_FROM_ALL) for key in shown.unprotected]
    rules.told.unknown = rules.without_use()
    return rules.told


class _CountedColumns:
    """The columns of registers that count persons."""

    def __init__(self, public: PublicRows, rules: SmallRules) -> None:
        self._public, self._rules = public, rules
        self._of: dict[str, tuple[str, PublicCells, str]] = {}
        self.sums: list[CountSum] = []

    def cells(self) -> Iterator[CountCell]:
        """The counts of all columns that have a rule, and what is left of the columns that they count some of."""
        for item, column in self._rules.rules:
            table, _, name = column.partition(".")
            if item or table not in kinds_of_row() or name not in kinds_of_row()[table].model_fields:
                continue
            for row in self._public.tables.get(table, ()):
                if row[name] is not None:
                    yield from self._of_cell(table, row, name)

    def take(self, shown: CountsShown) -> None:
        """Put into the rows what is shown of their counts."""
        for key, (table, row, name) in self._of.items():
            if key not in shown.shown:
                continue
            figure = shown.shown[key]
            if figure is None:
                self._rules.told.cells.add((table, row["id"], name))
            if figure is None or figure != exact(row[name]):
                row[name] = None if figure is None else float(figure)

    def _of_cell(self, table: str, row: PublicCells, name: str) -> Iterator[CountCell]:
        column, count = f"{table}.{name}", exact(row[name])
        rule = self._rules.rule("", column)
        if rule is None:
            return
        called = ", ".join(str(row[each]) for each in kinds_of_row()[table].called_by if row[each])
        fixed = rule.is_small(count) and self._rules.is_open("", column, called)
        key = self._key(table, row, name, called)
        yield CountCell(key, count, rule, fixed=fixed)
        of = SOME_OF.get(column, "").partition(".")[2]
        if of and row[of] is not None and exact(row[of]) >= count:
            whole, rest = self._key(table, row, of, called), f"rest of {key}"
            yield CountCell(whole, exact(row[of]), self._rules.rule("", f"{table}.{of}"), worth=2)
            yield CountCell(rest, exact(row[of]) - count, rule, printed=False)
            self.sums.append(CountSum(whole, (key, rest)))

    def _key(self, table: str, row: PublicCells, name: str, called: str) -> str:
        key = f"{table} {row['id']} {name}"
        self._of[key] = table, row, name
        self._rules.names[key] = f"{called} ({kinds_of_row()[table].word.singular})"
        return key
