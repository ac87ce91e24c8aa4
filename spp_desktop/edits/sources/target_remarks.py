"""Targets that came back in a return, looked over: which cannot be read, and which change only for a reason."""

from collections.abc import Iterator, Mapping

from spp_desktop.edits.sources.source import Remark
from spp_desktop.edits.target_cells import AroundTargets, target_cells
from spp_desktop.edits.targets import TARGET, cell_name, why_asked
from spp_desktop.figures.targets.stated import Unclear
from spp_desktop.returns.definition import Value

REASON = "reason"
"""The field in which a return says why targets change."""

_KEPT = "Results have been judged by what it was, which is kept, with the reason."
_WHY_FIRST = "Say first why it changes, as the reason for a change."


def remarks(returned: Mapping[str, Value], now: Mapping[str, Value], around: AroundTargets) -> Iterator[Remark]:
    """What is to be asked about the targets of an indicator that came back, by field.

    Where one would change by which results have been judged, and no reason came with it, the reason is asked for.
    """
    changed = []
    for field, year, text, kind in target_cells(returned, now):
        try:
            reading = around.read(year, text, kind) if text else None
        except Unclear as unclear:
            yield Remark(field, str(unclear), usable=False)
            continue
        if around.changes(year, reading):
            changed.append((field, year))
            if returned.get(REASON):
                yield Remark(field, _KEPT, asks=False)
            else:
                yield Remark(field, _WHY_FIRST, why="waits")
    if changed and not returned.get(REASON):
        year = changed[0][1]
        target = around.row.targets[year]
        yield Remark(REASON, why_asked(around.row.ref, target.stated, year), why="asked")


def refusal(cells: Mapping[str, Value], around: AroundTargets) -> tuple[str, str]:
    """The field of a target that cannot be accepted beside a row's other cells, and why; empty if all can."""
    now: dict[str, Value] = {cell_name(TARGET, year): target.stated for year, target in around.row.targets.items()}
    for field, year, text, kind in target_cells(cells, now):
        try:
            reading = around.read(year, text, kind) if text else None
        except Unclear as unclear:
            return field, str(unclear)
        if around.changes(year, reading) and not cells.get(REASON):
            return field, _WHY_FIRST
    return "", ""
