"""A delegate whose editors outlive what is done with what was typed in them."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QStyledItemDelegate, QWidget

from spp_desktop.ui.common.item_models import Index


class CommittingDelegate(QStyledItemDelegate):
    """A delegate that keeps an editor alive while its text is committed.

    The view goes on with the editor afterwards, even where it has let go of it in the meantime: the rows were read
    again, or a question was asked about what was typed, in whose loop of events Qt deletes what was let go of.
    """

    _committed: QWidget | None = None

    @contextmanager
    def committing(self, editor: QWidget) -> Iterator[None]:
        """A context in which the text of an editor is committed."""
        self._committed = editor
        try:
            yield
        finally:
            if self._committed is None:
                editor.deleteLater()
            self._committed = None

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Delete an editor that the view has let go of, once its text is committed."""
        if editor is self._committed:
            self._committed = None
        else:
            super().destroyEditor(editor, index)
