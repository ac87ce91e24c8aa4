"""An editor outlives what is done with what was typed in it, whatever becomes of the rows meanwhile."""

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QStringListModel,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from spp_desktop.ui.common.committing import CommittingDelegate


class ReadAgain(CommittingDelegate):
    """Reads the rows again while it commits, as where a question is asked, whose loop deletes what is gone."""

    lived = False

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, _: QModelIndex | QPersistentModelIndex) -> None:
        with self.committing(editor):
            assert isinstance(model, QStringListModel)
            model.setStringList(["x", "y", "z"])
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.lived = isValid(editor)


def test_an_editor_lives_until_the_view_is_done_with_it(qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    model, delegate = QStringListModel(["a", "b", "c"], view), ReadAgain(view)
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.show()
    first: Any = model.index(0)
    view.setCurrentIndex(first)
    view.edit(first)
    editor = view.viewport().findChild(QWidget)
    assert editor is not None
    assert view.state() == QAbstractItemView.State.EditingState
    view.setCurrentIndex(model.index(1))
    assert delegate.lived
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(editor)
