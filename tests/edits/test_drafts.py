"""Mails saved as drafts: the workbook that went out is attached, and nothing else under its name."""

from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from spp_desktop.edits import chasing, drafts, issuing, registers
from spp_desktop.edits.issuing import Mail
from spp_desktop.plan.posts import Post
from spp_desktop.returns.carried_head import carried
from spp_desktop.returns.catalogue.status_return import STATUS_RETURN
from spp_desktop.returns.workbook import write
from spp_desktop.store import queries
from spp_desktop.store.workspace import Workspace

DUE = date(2008, 10, 14)


def covering(workspace: Workspace, path: Path, *, recorded: bool = True) -> Mail:
    content = issuing.prepare(workspace, STATUS_RETURN, "ACC Crime", year=2008, period="Q2", due=DUE)
    write(STATUS_RETURN, content, path)
    if recorded:
        issuing.record(workspace, content, path)
    return issuing.covering_mail(STATUS_RETURN, content, path)


def opened(path: Path) -> tuple[EmailMessage, list[EmailMessage]]:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    return mail, list(mail.iter_attachments())


def test_an_issue_gives_the_same_draft_each_time_with_the_workbook_as_it_went_out(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "2008-09 Q2 status return - ACC Crime.xlsx"
    mail = covering(workspace, path)
    saved = drafts.save(workspace, mail, tmp_path)
    assert saved == drafts.Saved(path.with_suffix(".eml"), whole=True)
    first = saved.path.read_bytes()
    assert drafts.save(workspace, mail, tmp_path).path.read_bytes() == first
    head, (attached,) = opened(saved.path)
    assert (head["Subject"], attached.get_filename()) == (mail.subject, path.name)
    assert attached.get_content() == path.read_bytes()
    assert "Reply with this file by Tuesday 14 October 2008" in first.decode()
    assert carried(saved.path).heads == carried(path).heads != ()


def test_a_workbook_that_was_changed_since_is_not_sent_as_the_issue(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "crime.xlsx"
    mail = covering(workspace, path)
    path.write_bytes(path.read_bytes() + b"filled in")
    saved = drafts.save(workspace, mail, tmp_path)
    assert not saved.whole
    assert opened(saved.path)[1] == []
    assert "It has no workbook attached" in drafts.in_words([saved], tmp_path)
    unrecorded = covering(workspace, tmp_path / "other.xlsx", recorded=False)
    assert drafts.save(workspace, unrecorded, tmp_path).whole


def test_a_reminder_takes_the_workbook_along_where_it_can_be_found(workspace: Workspace, tmp_path: Path) -> None:
    folder, out = workspace.path.parent / "2008-09 Q2 status returns", tmp_path / "drafts"
    for place in (folder, out):
        place.mkdir()
    path = folder / "crime.xlsx"
    covering(workspace, path)
    (issue,) = chasing.sent(workspace, date(2008, 11, 1))
    mail = chasing.chasing_mail(issue)
    saved = drafts.save(workspace, mail, out)
    assert saved == drafts.Saved(out / "Reminder - crime.eml", whole=True)
    head, (attached,) = opened(saved.path)
    assert attached.get_content() == path.read_bytes()
    body = head.get_body()
    assert body is not None
    assert "is attached again. Reply with this file" in body.get_content()
    path.unlink()
    bare = drafts.save(workspace, mail, out)
    assert not bare.whole
    body = opened(bare.path)[0].get_body()
    assert body is not None
    assert "answer this mail and we will send it again" in body.get_content()
    assert "1 of them has no workbook attached" in drafts.in_words([saved, bare], out)


def test_a_draft_goes_to_the_addresses_of_its_post(workspace: Workspace, tmp_path: Path) -> None:
    post = next(post for post in workspace.read(queries.register, Post) if post.title == "ACC Crime")
    mail = covering(workspace, tmp_path / "crime.xlsx")
    (bare,) = issuing.with_addresses(workspace, [mail])
    assert (bare.addresses, bare.to_line) == ((), "ACC Crime")
    saved = drafts.save(workspace, bare, tmp_path)
    assert opened(saved.path)[0]["To"] is None
    assert "It names nobody to send it to: type whom, or enter" in drafts.in_words([saved], tmp_path)
    typed = "Crime, ACC <acc.crime@x.police.uk>; so@x.police.uk"
    workspace.edit("type the e-mail", registers.change, Post, post.id, email=typed)
    (mail,) = issuing.with_addresses(workspace, [mail])
    assert mail.to_line == "acc.crime@x.police.uk; so@x.police.uk"
    addressed = drafts.save(workspace, mail, tmp_path)
    assert addressed == drafts.Saved(saved.path, whole=True, addressed=True)
    assert opened(saved.path)[0]["To"] == "acc.crime@x.police.uk, so@x.police.uk"
    assert "nobody" not in drafts.in_words([addressed], tmp_path)
    assert "1 of them names nobody" in drafts.in_words([addressed, saved], tmp_path)
