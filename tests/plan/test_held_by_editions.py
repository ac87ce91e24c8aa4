"""What an edition holds is declared for every table: a new one is held, or is said here not to be."""

from spp_desktop.plan.held_by_editions import HELD
from spp_desktop.plan.rows import kinds_of_row
from spp_desktop.store import recording

SCALES = {table for table, model in kinds_of_row().items() if model.__module__.endswith("risks")} - {"risk"}
NOT_HELD = {
    "of the plan's own row and its lists": {
        "plan", "status", "marking", "delivery_rule", "priority_alias", "note_use", "role", "post_holder", "peer_force",
        "area_level", "consultation_method", "plan_state", *SCALES,
    },
    "of how it goes": {
        "activity_update", "activity_report", "reporting_period", "override", "rebase", "annotation", "closed_year",
        "accepted_finding",
    },
    "of what was before": {"target_version", "date_move", "restatement", "earlier_owner", "from_to"},
    "of what left the house, and how": {
        "edition", "edition_file", "plan_version", "planned_revision", "explained_change", "submission", "disclosure",
        "small_numbers", "small_numbers_exception", "kept_document", "declared_return", "asked_indicator",
        "form_mapping", "result_mapping",
    },
    "of what hangs on rows": {"link", "attachment"},
}  # fmt: skip


def test_every_table_is_held_by_editions_or_is_said_not_to_be() -> None:
    assert recording.recorded_tables()
    logs = {table for table in kinds_of_row() if table.endswith("_log")}
    left = set().union(*NOT_HELD.values())
    assert left.isdisjoint(HELD)
    assert set(kinds_of_row()) == {*HELD, *left, *logs}


def test_what_is_held_is_in_its_table() -> None:
    for kind in HELD.values():
        named = {*kind.columns, *kind.grown, *((kind.figure.column,) if kind.figure else ())}
        assert named <= kind.model.model_fields.keys()
        assert kind.grown <= set(kind.columns)
