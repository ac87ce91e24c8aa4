"""The whole of one row of the tree of priorities: its words, its narrative, its notes, and what belongs to it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from spp_desktop.plan.kinds import Option
from spp_desktop.plan.links import joins
from spp_desktop.plan.markings import Marking
from spp_desktop.plan.priorities import PriorityAlias
from spp_desktop.plan.register import Register, Shown
from spp_desktop.plan.spoken import spoken
from spp_desktop.plan.words import capital
from spp_desktop.store import queries, threads
from spp_desktop.ui.attachments.pane import AttachmentsPane
from spp_desktop.ui.common.kept_text import KeptText
from spp_desktop.ui.common.signals import Changed, PlanSignals
from spp_desktop.ui.grid.fields import field_for
from spp_desktop.ui.grid.marking_column import MARKING, marking_column, marking_options
from spp_desktop.ui.priorities.as_printed import AsPrinted
from spp_desktop.ui.priorities.kinds import KINDS, TreeItem
from spp_desktop.ui.priorities.narrative_text import NarrativeText
from spp_desktop.ui.priorities.narrative_tools import NarrativeTools
from spp_desktop.ui.priorities.row_lists import ActivityList, NoteList, RowHistory
from spp_desktop.ui.priorities.row_words import named, word_of
from spp_desktop.ui.registers.view import RegisterView
from spp_desktop.ui.thread.pane import LinksPane

SPELLINGS = Register(PriorityAlias, "Other spellings", (Shown("title"), Shown("printed_in")))
ACTIVITIES_TAB, LINKS_TAB, NOTES_TAB, SPELLINGS_TAB, HISTORY_TAB, FILES_TAB = range(6)
TITLE_LINES = 4
EMPTY = (
    "Choose a section, {} to read and edit all of it here.\n\n"
    "Insert adds one of the same kind, Ctrl+Enter adds one under it, F2 types over it, "
    "Alt and the arrow keys move it."
)


class NarrativePanel(QWidget):
    """Shows and edits one row. A text is kept when it is left; a refused one stays, with the reason above.

    Signals:
        go_to_activity: the key of an activity that the person wants to see.
        went: the table and the key of a linked row that the person wants to see.
    """

    go_to_activity = Signal(str)
    went = Signal(str, str)

    def __init__(self, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signals = signals
        self._item: TreeItem | None = None
        self._word = QLabel(self)
        self._notice = QLabel(self)
        self.title = KeptText("Title", self, one_line=True)
        self.body = NarrativeText("Narrative", self)
        self.printed = AsPrinted(signals.workspace, self)
        self.tools = NarrativeTools(signals, self.body, self.printed, self)
        self._body_label = QLabel("&Narrative", self)
        self._markings: list[Option] = []
        self.marking = field_for(marking_column(lambda: self._markings), self._mark)
        self._marking_line = QWidget(self)
        self._lists = QTabWidget(self)
        self.activities = ActivityList(signals, self)
        self.links = LinksPane(signals)
        self.files = AttachmentsPane(signals)
        self.notes = NoteList(signals, self)
        self.history = RowHistory(signals, self)
        self.spellings = RegisterView(signals, SPELLINGS, {"priority_id": ""}, self, filtered=False)
        self._aliases = self.spellings.table
        self._whole = QStackedWidget(self)
        self._lay_out()
        self._refusals: dict[str, str] = {}
        refusing: dict[str, Any] = {
            "title": self.title,
            "body": self.body,
            "notes": self.notes,
            "links": self.links,
            "files": self.files,
            "marking": self.marking,
            "tools": self.tools,
        }
        for name, text in refusing.items():
            text.refused.connect(partial(self._say, name))
        self.tools.as_printed.toggled.connect(self._turn)
        self.body.told.connect(partial(self._say, "pasted"))
        self.activities.go_to_activity.connect(self.go_to_activity)
        self.links.went.connect(self.went)
        signals.changed.connect(self._forget_what_was_read)

    def show_item(self, item: TreeItem | None) -> None:
        """Keep what was typed for the row shown, and show another."""
        self._say("notes", "")
        self._say("files", "")
        self._say("pasted", "")
        self._show(item)

    def reload(self, item: TreeItem | None) -> None:
        """Show the row again as the plan has it now; what is being typed stays."""
        self._show(item)

    def commit_pending(self) -> bool:
        """Write what is typed and not kept yet. Returns whether the plan now has all of it."""
        kept = [text.keep_all() for text in (self.title, self.body)]
        return all((*kept, self.links.keep(), self.notes.commit_pending(), self.spellings.commit()))

    def forget(self, key: str) -> None:
        """Forget what was typed for a row that has been deleted."""
        for text in (self.title, self.body):
            text.forget(key)

    def list_in_front(self) -> int:
        """The index of the list below that is in front."""
        return self._lists.currentIndex()

    def show_list(self, index: int) -> None:
        """Bring one of the lists below to the front."""
        self._lists.setCurrentIndex(index)

    def _show(self, item: TreeItem | None) -> None:
        self._item = item if item is not None and item.kind in KINDS and item.key else None
        self._whole.setCurrentIndex(0 if self._item is None else 1)
        if self._item is None:
            for text in (self.title, self.body):
                text.load("", "", None)
            return
        item, kind = self._item, KINDS[self._item.kind]
        places = self._signals.read(threads.places)
        ref = places.get(item.key, "")
        self._word.setText(" ".join(filter(None, (capital(word_of(item).singular), ref, item.mark))))
        writing = not self._signals.workspace.read_only
        self.title.load(item.key, item.text, self._writer(item, kind.title) if writing else None)
        with_body = kind.body is not None
        self.body.load(item.key, item.body, self._writer(item, kind.body) if writing and kind.body else None)
        for part in (self.body, self._body_label, self.tools):
            part.setVisible(with_body)
        self._turn()
        self.tools.show_row(kind.note_place, item.key, item.text, writing=writing and with_body)
        self._body_label.setText("&Text" if item.kind == "section" else "&Narrative")
        self._show_marking(item)
        self._fit_title()
        within = frozenset(key for key, place in places.items() if ref and f"{place}.".startswith(f"{ref}."))
        self._fill_lists(item, within)

    def _turn(self) -> None:
        """Show the text as it is printed in place of the lists below it, or the lists again."""
        printed = self.tools.as_printed.isChecked() and not self.body.isHidden()
        self.printed.setVisible(printed)
        self._lists.setVisible(not printed)

    def _show_marking(self, item: TreeItem) -> None:
        """Show the protective marking that a row bears itself, where it can bear one."""
        model = KINDS[item.kind].model
        bears = MARKING in model.model_fields
        self._marking_line.setVisible(bears)
        if bears:
            self._markings = marking_options(self._signals.read(queries.register, Marking))
            locked = self._signals.workspace.read_only
            self.marking.show_row(self._signals.read(queries.row, model, item.key), locked=locked)

    def _mark(self, name: str, value: Any) -> None:
        """Give the row shown another marking."""
        assert self._item is not None
        kind = KINDS[self._item.kind]
        self._signals.edit(f"mark {named(self._item)}", kind.change, *kind.first, self._item.key, **{name: value})

    def _fill_lists(self, item: TreeItem, within: frozenset[str]) -> None:
        """Fill the lists of a row; ``within`` are the keys of the row and of all below it in the plan's levels."""
        priority = item.key if item.kind == "priority" else ""
        self.activities.show_under(within)
        if priority and priority != self._aliases.fixed.get("priority_id"):
            self._aliases.show_only({"priority_id": priority})
        self.notes.show_place(KINDS[item.kind].note_place, item.key)
        self.history.show_row(item.key)
        self._lists.setTabVisible(ACTIVITIES_TAB, bool(priority or self.activities.count()))
        self._lists.setTabVisible(SPELLINGS_TAB, bool(priority))
        linked = item.kind in joins().tables
        self.links.show_row(item.kind if linked else "", item.key if linked else "")
        self.files.show_row(item.key if linked else "")
        for tab in (LINKS_TAB, FILES_TAB):
            self._lists.setTabVisible(tab, linked)
        counts = (
            *(self.activities.count(), self.links.count()),
            *(self.notes.count(), len(self._aliases.keys()), self.history.count(), self.files.count()),
        )
        for tab, (name, count) in enumerate(
            zip(("Activities", "Serves", "Notes", "Other spellings", "History", "Files"), counts, strict=True)
        ):
            self._lists.setTabText(tab, f"{name} ({count})")

    def _writer(self, item: TreeItem, column: str) -> Callable[[str], object]:
        """The function that keeps a text of this row, whichever row is shown by then."""
        kind, key = KINDS[item.kind], item.key
        label = f"rename {named(item)}"
        if column == kind.body:
            label = f"edit {'text' if item.kind == 'section' else 'narrative'} of {named(item)}"
        elif column == "text":
            label = f"edit {word_of(item).singular}"

        def write(text: str) -> None:
            """Keep the text in the plan."""
            self._signals.edit(label, kind.change, *kind.first, key, **{column: text})

        return write

    def _lay_out(self) -> None:
        self._word.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._notice.setForegroundRole(QPalette.ColorRole.BrightText)
        self._notice.setWordWrap(True)
        self._notice.hide()
        self._body_label.setBuddy(self.body)
        self.body.setWhatsThis("The text as it stands in the plan. It is kept when you leave it, or by Ctrl+Enter.")
        self.body.setPlaceholderText("The plan has no words here yet.")
        self.title.textChanged.connect(self._fit_title)
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.title.setFont(font)
        tabs = (self.activities, self.links, self.notes, self.spellings, self.history, self._files_page())
        for tab, below in enumerate(tabs):
            self._lists.insertTab(tab, below, "")
        self._lists.setDocumentMode(True)
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(4, 8, 8, 8)
        column.setSpacing(4)
        line = QHBoxLayout(self._marking_line)
        line.setContentsMargins(0, 0, 0, 0)
        label = QLabel("Mar&king", self._marking_line)
        label.setBuddy(self.marking)
        line.addWidget(label)
        line.addWidget(self.marking, 1)
        head = QWidget(shown)
        above = QHBoxLayout(head)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self._body_label, 1)
        above.addWidget(self.tools)
        parts = (self._word, self.title, self._notice, head, self.body, self.printed, self._marking_line, self._lists)
        for part, stretch in zip(parts, (0, 0, 0, 0, 5, 5, 0, 4), strict=True):
            column.addWidget(part, stretch)
        words = [word.singular for word in spoken().all]
        kinds = " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
        empty = QLabel(EMPTY.format(kinds), self)
        empty.setWordWrap(True)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setMargin(24)
        empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._whole.addWidget(empty)
        self._whole.addWidget(shown)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._whole)

    def _files_page(self) -> QWidget:
        """The files at the top of their page."""
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 8, 4, 8)
        column.addWidget(self.files)
        column.addStretch(1)
        return page

    def _fit_title(self) -> None:
        """Make the field as high as the title, up to some lines; more for a commitment, which has nothing below it."""
        most = TITLE_LINES if self.body.isVisibleTo(self) else 3 * TITLE_LINES
        lines = min(max(int(self.title.document().size().height()), 1), most)
        self.title.setFixedHeight(lines * self.title.fontMetrics().lineSpacing() + 14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the title again."""
        super().resizeEvent(event)
        self._fit_title()

    def _say(self, name: str, sentence: str) -> None:
        """Show why a text is not kept, together with the reasons of the others."""
        self._refusals[name] = sentence
        reasons = " ".join(filter(None, self._refusals.values()))
        self._notice.setText(reasons)
        self._notice.setVisible(bool(reasons))

    def _forget_what_was_read(self, changed: Changed) -> None:
        self.activities.forget(changed)
