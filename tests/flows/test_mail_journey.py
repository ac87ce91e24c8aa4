"""A return that goes out as a mail draft and comes back as a mail: with real keys, in real windows."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spp_desktop.store import queries
from spp_desktop.ui.returned.issue_returns import IssueReturnsDialog
from spp_desktop.ui.returned.page import ReturnsPage
from spp_desktop.ui.review.dialog import ReviewDialog
from spp_desktop.ui.review.lines import FileHead
from spp_desktop.ui.window import drops, plan_jobs
from spp_desktop.ui.window.main_window import MainWindow
from tests.flows.conftest import Opener
from tests.flows.hands import CTRL, SHIFT, in_dialog, key, press, view_of
from tests.flows.test_returns_journeys import activity, fill
from tests.returns.mail import msg_made
from tests.returns.mail.mails import SENT
from tests.returns.mail.msg_made import Attached, OutlookMail

CRIME = "ACC Crime"


def drop(window: MainWindow, data: QMimeData) -> bool:
    """Drag something onto the window and let it go; whether the window would have it."""
    where, copy, left, keys = QPointF(9, 9), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    entering = QDragEnterEvent(where.toPoint(), copy, data, left, keys)
    entering.ignore()
    window.dragEnterEvent(entering)
    if entering.isAccepted():
        window.dropEvent(QDropEvent(where, copy, data, left, keys))
    return entering.isAccepted()


def dropped(*files: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def drafts_of_all(qtbot: QtBot, window: MainWindow) -> list[Path]:
    """Send the quarter's returns to every post and save the mails as drafts, from the keyboard."""
    folder: list[Path] = []

    def steps(dialog: IssueReturnsDialog) -> None:
        folder.append(Path(dialog.place.text()))
        dialog.write_button.setFocus()
        key(Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1)
        assert dialog.focusWidget() is dialog.mails.drafts_button
        key(Qt.Key.Key_Space)
        assert "Saved 5 mail drafts" in dialog.mails.done.text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with in_dialog(qtbot, IssueReturnsDialog, steps):
        press(qtbot, window, Qt.Key.Key_I, CTRL | SHIFT)
    return sorted(folder[0].glob("*.eml"))


def answered(draft: Path, folder: Path) -> bytes:
    """The workbook of a draft, filled in by whoever was sent it."""
    mail = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert mail["X-Unsent"] == "1"
    (attached,) = mail.iter_attachments()
    book = folder / str(attached.get_filename())
    book.write_bytes(attached.get_content())
    fill(book, {("1.01", "Status"): "Complete", ("1.01", "% complete"): "100%"})
    return book.read_bytes()


def reply(path: Path, name: str, book: bytes) -> Path:
    """The reply with the workbook and the logo of its signature, as it was saved from a mail program."""
    mail = EmailMessage()
    mail["From"] = "Siân Ŵyn <sian.wyn@force.example>"
    mail["Subject"] = "Re: Status return 2008-2009 Q2"
    mail["Date"] = "Tue, 14 Oct 2008 10:32:00 +0100"
    mail.set_content("Here it is.")
    mail.add_attachment(book, maintype="application", subtype="octet-stream", filename=name)
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    path.write_bytes(mail.as_bytes())
    return path


def test_a_return_goes_out_as_a_draft_and_its_reply_is_dropped_on_the_window(
    qtbot: QtBot, opener: Opener, worked: Path, tmp_path: Path
) -> None:
    window = opener(worked)
    draft = next(path for path in drafts_of_all(qtbot, window) if CRIME in path.name)
    book = answered(draft, tmp_path)
    mail = reply(tmp_path / "Re Status return.eml", "ffurflen y Tŵr.xlsx", book)

    def review(dialog: ReviewDialog) -> None:
        assert "ffurflen y Tŵr.xlsx" in dialog.windowTitle()
        dialog.table.go_to(0)
        shown = dialog.detail.states.toPlainText()
        for words in (
            "Siân Ŵyn <sian.wyn@force.example>",
            "Re Status return.eml",
            "also encloses logo.png",
            "Oct 2008",
        ):
            assert words in shown
        head = dialog.model.lines[0]
        assert isinstance(head, FileHead)
        assert "from Siân Ŵyn, 14 Oct 2008" in dialog.model.head_text(head)
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)

    with in_dialog(qtbot, ReviewDialog, review):
        assert drop(window, dropped(mail))
    assert activity(window, "1.01").status == "Complete"

    press(qtbot, window, Qt.Key.Key_6, CTRL)
    page = view_of(window).page("returns")
    assert isinstance(page, ReturnsPage)
    row = next(row for row in page.model.rows if row.post == CRIME)
    assert row.state == "answered"
    assert page.select(row.key)
    receipt = page.panel.receipt.text.toPlainText()
    assert "Sent by: Siân Ŵyn <sian.wyn@force.example>" in receipt
    assert "“Re: Status return 2008-2009 Q2”, Re Status return.eml" in receipt
    assert "from Siân Ŵyn" in page.panel.facts.text()

    # The same workbook in a mail of Outlook, from somebody else: it is known, and changes nothing.
    again = OutlookMail("Pat", "", SENT, "Fw", [Attached("again.xlsx", book)])
    assert drop(window, dropped(msg_made.write(tmp_path / "again.msg", again)))
    banner = view_of(window).banner
    qtbot.waitUntil(lambda: "nothing left to decide" in banner.sentence())
    assert banner.sentence().startswith("again.xlsx (in again.msg) ")

    # What is no return is named with the mail that it came in.
    table = tmp_path / "table.xlsx"
    Workbook().save(table)
    assert drop(window, dropped(reply(tmp_path / "Return.eml", "Q2.xlsx", table.read_bytes())))
    qtbot.waitUntil(lambda: banner.sentence().startswith("Q2.xlsx (in Return.eml) is not a return made from this plan"))
    assert len(view_of(window).signals.read(queries.activities, 2008)) > 50


@pytest.mark.parametrize("with_plan", [True, False])
def test_what_a_mail_program_hands_over_itself_is_said_to_be_no_file(
    opener: Opener, worked: Path, monkeypatch: pytest.MonkeyPatch, *, with_plan: bool
) -> None:
    window = opener(worked if with_plan else None)
    told: list[str] = []
    monkeypatch.setattr(plan_jobs, "tell", lambda _window, sentence: told.append(sentence))
    outlook, thunderbird, moz, web = QMimeData(), QMimeData(), QMimeData(), QMimeData()
    outlook.setData('application/x-qt-windows-mime;value="FileGroupDescriptorW"', b"x")
    thunderbird.setUrls([QUrl("mailbox-message://nobody@Local/Inbox#1")])
    moz.setData("text/x-moz-message", b"x")
    web.setUrls([QUrl("https://force.example/")])
    assert [drop(window, data) for data in (outlook, thunderbird, moz, web)] == [True, True, True, False]
    assert told == [drops.NO_FILE] * 3


def test_a_mail_dropped_before_its_plan_is_open_says_what_to_do(
    opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opener(None)
    told: list[str] = []
    monkeypatch.setattr(plan_jobs, "tell", lambda _window, sentence: told.append(sentence))
    for name in ("Re.EML", "Re.msg"):
        assert drop(window, dropped(tmp_path / name))
    assert told == [drops.NO_PLAN.format(name) for name in ("Re.EML", "Re.msg")]
