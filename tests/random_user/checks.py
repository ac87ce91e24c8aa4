"""What must be so at any time: the screen shows what the file holds, and undo leads back to the beginning."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView

from spp_desktop.ui.common.window_page import WindowPage
from spp_desktop.ui.grid.table_model import TableModel
from spp_desktop.ui.priorities.tree import PriorityTree
from spp_desktop.ui.results.page import ResultsPage
from tests.random_user.person import Person, copy_of

OWN_CHOICE = ("Most similar forces", "Rows behind the number")
"""Tables of which a choice beside them, which is not kept, says what they show."""


REFUSALS = 40
"""What may at most be refused and waiting: the first undo takes back a refusal, where there is one."""


def screen_is_true(person: Person) -> None:
    """Hold every page that has been looked at against the same page of a window that has just read the file."""
    person.be_there()
    person.view.commit_pending()
    settle()
    while person.view.jobs.busy:
        QTest.qWait(5)
    person.be_there()
    shown, state = _tables(person), {name: page.save_state() for name, page in person.view._made.items()}
    afresh = person.second
    afresh.show_plan(copy_of(person))
    view = afresh.plan_view
    assert view is not None
    afresh.show()
    try:
        view.year.setCurrentIndex(person.view.year.currentIndex())
        for name in shown:
            view.page(name).restore_state(state[name])
            # A page takes in what has changed when it comes to the front, and some read nothing before they are seen.
            view.show_page(name)
            person.view.show_page(name)
            settle()
            pages = person.view.page(name), view.page(name)
            if isinstance(pages[0], ResultsPage) and isinstance(pages[1], ResultsPage):
                pages[1].choosers.set_year(pages[0].choosers.year)  # which is not kept
            row = pages[0].first_row()
            same = [page.select(row) for page in pages]  # what stands beside is of the chosen row
            settle()
            seen, fresh = ([*tables(page)] for page in pages)
            _compare(person, name, *((seen, fresh) if all(same) else (seen[:1], fresh[:1])))
    finally:
        afresh.close_plan()
        afresh.hide()
        person.window.activateWindow()
        settle()


def _compare(person: Person, name: str, seen: list[Any], fresh: list[Any]) -> None:
    for (model, rows), (_, fresh_rows) in zip(seen, fresh, strict=True):
        if rows != fresh_rows:
            differing = [(a, b) for a, b in zip(rows, fresh_rows, strict=False) if a != b][:3]
            words = f"{name}: {model} shows {len(rows)} rows, the file has {len(fresh_rows)}: {differing}"
            person.note("screen", words)


def _tables(person: Person) -> list[str]:
    return list(person.view._made)


def tables(page: WindowPage) -> Iterator[tuple[str, list[Any]]]:
    """The texts of every row of the tables and trees of a page, hidden or not, the one where people work first."""
    worked_in = page.panes()[0]
    for view in sorted(page.findChildren(QAbstractItemView), key=lambda each: each is not worked_in):
        model = view.model()
        if isinstance(view, QHeaderView) or view.accessibleName() in OWN_CHOICE:
            continue
        if isinstance(model, TableModel):
            texts = [[row.key, *(column.show(row) for column in model.columns)] for row in model.rows]
            yield view.accessibleName(), texts
        elif isinstance(model, PriorityTree):
            for item in list(model.items()):
                model.give_up(item)
            model.drop_draft()
            yield view.accessibleName(), list(_tree(model, QModelIndex()))


def _tree(model: QAbstractItemModel, above: QModelIndex) -> Iterator[tuple[str, str]]:
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        yield str(index.data()), str(index.siblingAtColumn(1).data())
        yield from _tree(model, index)


def undo_leads_back(person: Person) -> None:
    """Undo every step: the plan holds then what it held at first."""
    person.be_there()
    person.view.commit_pending()
    workspace = person.window.workspace
    assert workspace is not None
    left = REFUSALS
    while workspace.undo_label is not None:
        while person.view.take_back():
            settle()  # what was typed and refused is taken back first
        before = workspace.revision()
        person.window.undo()
        left = left - 1 if workspace.revision() == before else REFUSALS
        if not left:
            person.note("undo", f"{workspace.undo_label} cannot be undone: {person.view.banner.sentence()}")
            return
    settle()
    if person.content() != person.first:
        person.note("undo", "all is undone, and the plan is not what it was")


def settle() -> None:
    """Let the program do all that it has put off."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
