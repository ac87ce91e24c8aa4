"""Asking for a file: one function each, so that tests can answer for a person."""

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from spp_desktop.plan import file_names
from spp_desktop.ui.common.question import ask, tell

PLANS = "Plans (*.plan)"
WORKBOOKS = "Excel workbooks (*.xlsx *.xlsm)"
RETURNS = "Returns, and mails with returns (*.xlsx *.xlsm *.ods *.csv *.xml *.eml *.msg)"
EXTRACTS = "Extracts (*.csv *.xlsx *.xlsm *.ods *.tsv *.txt)"
PLAN_TABLES = "Tables of plans (*.xlsx *.xlsm *.ods *.csv *.tsv *.txt *.docx)"
FORMS = "Forms (*.xlsx *.xlsm *.ods)"
MAPPINGS = "Mappings of forms (*.toml)"
TEXTS = "Text (*.txt)"
PROJECTS = "Projects of MS Project (*.xml)"
CALENDARS = "Calendars (*.ics)"
LEFT_IT = "What left a plan (*.plan *.xlsx *.xlsm *.ods *.eml *.txt *.pdf *.png *.svg);;All files (*)"


def ask_open(parent: QWidget, title: str, kinds: str, start: Path) -> Path | None:
    """The file a person chose to open."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(start), kinds)
    return Path(name) if name else None


def ask_save(parent: QWidget, title: str, kinds: str, start: Path) -> Path | None:
    """The file a person chose to write, with the ending of its kind. A file that exists is asked about first.

    A name that the system forbids is told, and nothing is chosen.
    """
    name, _ = QFileDialog.getSaveFileName(parent, title, str(start), kinds)
    if not name:
        return None
    path, endings = Path(name), re.findall(r"\*(\.\w+)", kinds)
    if sentence := file_names.unfit(path):
        tell(parent, sentence)
        return None
    if path.suffix.lower() in endings:
        return path
    # The dialog has asked about a file of the name without its ending only.
    path = path.with_name(path.name + endings[0])
    if path.exists() and not ask(parent, f"{path.name} is there already. Replace it?", "Replace"):
        return None
    return path


def ask_open_several(parent: QWidget, title: str, kinds: str, start: Path) -> list[Path]:
    """The files a person chose to open; none if they gave up."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(start), kinds)
    return [Path(name) for name in names]


def ask_folder(parent: QWidget, title: str, start: Path) -> Path | None:
    """The folder a person chose."""
    name = QFileDialog.getExistingDirectory(parent, title, str(start))
    return Path(name) if name else None
