"""The map of the golden thread as values: what stands beside what, what is linked, what has a gap."""

from spp_desktop.figures.charts import thread_map
from spp_desktop.figures.charts.thread_map import MapColumn, MapRow, ThreadMap


def row(ref: str, table: str = "activity", *, gap: str = "", home: str = "") -> MapRow:
    return MapRow(ref, table, table, ref, f"Words of {ref}", gap, 0, home)


COLUMNS = (
    MapColumn("Priorities", "1 of 2 measured", (row("P1", "priority"), row("P2", "priority", gap="no indicator"))),
    MapColumn("Activities", "2 of 3 linked", (row("1.01", home="P1"), row("1.02", home="P1"), row("2.01", home="P2"))),
    MapColumn("Indicators", "1 of 2 linked", (row("PI1", "indicator"), row("PI2", "indicator", gap="for nothing"))),
)
LINKS = [("serves", "1.02", "P2"), ("measures", "PI1", "P2"), ("measures", "PI1", "elsewhere")]


def shown() -> ThreadMap:
    return thread_map.thread_map("A plan", COLUMNS, LINKS, ["Made up."])


def places(shown: ThreadMap) -> dict[str, tuple[int, int]]:
    return {node.row.ref: (node.column, node.line) for node in shown.nodes}


def test_what_belongs_to_a_priority_stands_beside_it_and_what_belongs_to_none_comes_last() -> None:
    assert places(shown()) == {
        "P1": (0, 0), "P2": (0, 2), "1.01": (1, 0), "1.02": (1, 1), "2.01": (1, 2), "PI1": (2, 2), "PI2": (2, 3),
    }  # fmt: skip
    assert shown().lines == 4


def test_links_are_between_rows_that_are_shown() -> None:
    refs = [node.row.ref for node in shown().nodes]
    assert [(refs[begins], refs[leads]) for begins, leads in shown().links] == [("1.02", "P2"), ("PI1", "P2")]
    assert thread_map.table(shown())[1:] == [
        ["serves", "1.02", "Words of 1.02", "P2", "Words of P2"],
        ["measures", "PI1", "Words of PI1", "P2", "Words of P2"],
    ]
    near = shown().linked()
    assert sorted(refs[number] for number in near[refs.index("P2")]) == ["1.02", "PI1"]


def test_a_gap_is_said_in_words() -> None:
    words = {node.row.ref: node.words for node in shown().nodes}
    assert words["P2"] == "Priority P2: Words of P2 (no indicator)"
    assert thread_map.describe(shown()).startswith("A plan. Priorities: 1 of 2 measured. Activities: 2 of 3 linked.")


def test_a_filter_leaves_what_it_finds_and_what_that_is_linked_to() -> None:
    assert set(places(thread_map.narrowed(shown(), "1.02"))) == {"1.02", "P2"}
    assert set(places(thread_map.narrowed(shown(), "", gaps_only=True))) == {"P2", "PI2"}
    assert set(places(thread_map.narrowed(shown(), "pi", gaps_only=True))) == {"PI2"}
    assert thread_map.narrowed(shown(), " ") == shown()
    nothing = thread_map.narrowed(shown(), "no such words")
    assert (nothing.nodes, nothing.empty) == ((), "Nothing on the map holds that.")
    assert nothing.heads == shown().heads


def test_a_plan_without_priorities_says_so() -> None:
    empty = thread_map.thread_map("A plan", [MapColumn("Priorities", "0 of 0", ())], [])
    assert empty.empty.startswith("This plan has no priorities yet")
