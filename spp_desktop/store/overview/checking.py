"""What the checks find and nobody has accepted, by how grave it is."""

from spp_desktop.store.checks import every
from spp_desktop.store.checks.every import CheckedFinding
from spp_desktop.store.checks.rule import SEVERITIES
from spp_desktop.store.overview.plan import OverviewPlan
from spp_desktop.store.overview.tallies import ONE, RowBehind, RowsBehind, TallyTable, listed_lines

LOOKING = "The plan is being checked…"


def by_severity(plan: OverviewPlan) -> TallyTable:
    """Findings by how grave they are, and how many are accepted."""
    if plan.findings is None:
        return TallyTable(empty=LOOKING)
    names = plan.reader.read(every.called, [each.finding for each in plan.findings])

    def behind(accepted: bool, severity: str = "") -> RowsBehind:
        """The findings of a severity, or of all, that are accepted or are not."""
        return tuple(
            _behind(each, names)
            for each in plan.findings or ()
            if (each.accepted is not None) == accepted and (not severity or each.finding.rule.severity == severity)
        )

    lines = [(words, behind(False, severity)) for severity, words in SEVERITIES.items()]
    if accepted := behind(True):
        lines.append(("Accepted", accepted))
    return TallyTable(ONE, listed_lines(*lines))


def _behind(each: CheckedFinding, names: dict[str, str]) -> RowBehind:
    finding = each.finding
    about = " ".join(names.get(finding.rows[0].key, "").split())
    why = f" Accepted by {each.accepted.author}: {each.accepted.reason}" if each.accepted is not None else ""
    return RowBehind(
        "finding", finding.key, finding.refs, about, "", SEVERITIES[finding.rule.severity], None,
        f"{finding.rule.title}. {finding.sentence}{why}", about=tuple(row.key for row in finding.rows),
    )  # fmt: skip
