"""The style of the program, in which labels, tooltips and boxes show every text as it is written."""

import re
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel

from spp_desktop.plan.spoken import LevelWords, in_words_of_plan, spoken
from spp_desktop.plan.words import Word
from spp_desktop.ui.common.fitting import Fitting
from spp_desktop.ui.common.flat_style import FlatStyle


class PlanStyle(FlatStyle):
    """The flat style, which looks alike on every system.

    Left to itself, Qt guesses whether the text of a label is marked up, and would then read a plan's “<b>” as bold and
    load a picture that a text names. Each label is polished before it is first laid out, those of tooltips and of
    message boxes among them, and that is where the guessing ends. A label whose text is marked up says so itself.
    """

    def polish(self, thing: Any) -> Any:
        """Prepare a widget (or the program, or its palette) before it is first shown: a dialog opens on the screen."""
        if isinstance(thing, QLabel) and thing.textFormat() == Qt.TextFormat.AutoText:
            thing.setTextFormat(Qt.TextFormat.PlainText)
        elif isinstance(thing, QDialog) and thing.findChild(Fitting) is None:
            Fitting(thing)
        return super().polish(thing)


def as_label(text: str) -> str:
    """A text as buttons, tabs, menus and their entries show it whole: there “&” marks the key of the letter behind."""
    return text.replace("&", "&&")


def label_of_plan(label: str) -> str:
    """A label of the program in the words of the plan that is open: a “&” in those marks no key."""
    words = spoken()
    headings = tuple(Word(as_label(word.singular), as_label(word.plural)) for word in words.headings)
    sentence = words.sentence and Word(as_label(words.sentence.singular), as_label(words.sentence.plural))
    return in_words_of_plan(label, LevelWords(headings, sentence))


def without_keys(label: str) -> str:
    """The words of a button or an entry of a menu without the marks of its key; the inverse of ``as_label``."""
    return re.sub(r"&(.)", r"\1", label)


def as_title(text: str) -> str:
    """A text as the title of a window shows it whole: there “[*]” stands for the mark of a document not yet saved."""
    return text.replace("[*]", "[*][*]")
