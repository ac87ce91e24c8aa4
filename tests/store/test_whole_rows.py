"""Rows that the history recorded before a column was there."""

import json

from spp_desktop.store import checking, recording, whole_rows


def test_what_was_not_recorded_holds_what_it_held_at_first() -> None:
    row = whole_rows.read("result", '{"id": "k", "value": 0.30000000000000004, "state": "final"}')
    assert row is not None
    assert (row["id"], row["value"], row["state"]) == ("k", 0.1 + 0.2, "final")
    assert (row["area_id"], row["population"], row["design_effect"]) == (None, "", 1.0)
    assert whole_rows.read("result", None) is None


def test_a_row_of_an_unknown_table_is_left_as_it_is() -> None:
    assert whole_rows.read("of another version", '{"n": 1}') == {"n": 1}


def test_what_was_recorded_stands() -> None:
    for table in recording.recorded_tables():
        recorded = {column.name: f"{n}" for n, column in enumerate(table.columns)}
        assert whole_rows.read(table.name, json.dumps(recorded)) == recorded


def test_first_values_are_as_the_database_keeps_them() -> None:
    for table in recording.recorded_tables():
        row = whole_rows.read(table.name, "{}")
        assert row is not None
        for column in table.columns:
            value = row[column.name]
            assert checking._wrong(column.type, value) == ""
            assert (value is None) == (column.server_default is None)
            if value is not None:
                assert column.default is not None
                assert value == getattr(column.default, "arg", None)
