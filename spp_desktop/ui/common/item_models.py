"""The words in which Qt's item models speak of their cells, by the names that the window's tables use."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
"""Where a cell stands in a model: one that is right for the moment, or one that moves with its cell."""

ItemRole = Qt.ItemDataRole
"""What a view asks a cell for: its text, its tip, what a screen reader says of it."""

NOWHERE = QModelIndex()
"""The index of no cell: the parent of all rows of a table, and of the topmost of a tree."""
