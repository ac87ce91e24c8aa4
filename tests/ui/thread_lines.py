"""The lines of the part of a panel that shows what a row serves and what serves it, as a person reads them."""

from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from spp_desktop.ui.thread.pane import ThreadTree


def thread_lines(tree: ThreadTree) -> list[str]:
    """All lines from top to bottom, each step in by two spaces."""
    tops = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    return [line for top in tops for line in _below(top, "")]


def _below(item: QTreeWidgetItem | None, indent: str) -> list[str]:
    assert item is not None
    children = [item.child(n) for n in range(item.childCount())]
    return [f"{indent}{item.text(0)}", *(line for child in children for line in _below(child, f"{indent}  "))]


def go_to_line(tree: QTreeWidget, head: int, line: int) -> None:
    """Go to a line under a head, by their numbers."""
    top = tree.topLevelItem(head)
    assert top is not None
    item = top.child(line)
    assert item is not None
    tree.setFocus()
    tree.setCurrentItem(item)
