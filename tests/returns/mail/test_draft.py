"""Drafts as mail programs read them: what is attached, what it is called, and that nothing but the workbook changes."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.returns.carried_head import carried
from spp_desktop.returns.mail.draft import MailDraft, as_bytes, write
from spp_desktop.returns.workbook import NotWritten

HEAD = f"spp-head:{'1' * 8}-1111-4111-8111-{'1' * 12}:12:{'a' * 64}"
AT = datetime(2008, 10, 14, 9, 30, tzinfo=UTC)
LONG_WELSH = "2008-09 Q2 status return - Pennaeth y Tŵr a'r Ŷd (De Cymru) yn hir iawn.xlsx"


def draft(workbook: Path | None = None, subject: str = "Status return", body: str = "Please fill it in.") -> MailDraft:
    return MailDraft("an export", AT, subject, body, HEAD, workbook)


@pytest.mark.parametrize("name", ["2008-09 Q2 status return - ACC Crime.xlsx", LONG_WELSH, "a;b'c,d=e.xlsx", "ŵ.xlsx"])
def test_the_workbook_comes_back_under_its_name_in_whichever_form_a_program_reads(tmp_path: Path, name: str) -> None:
    workbook = tmp_path / name
    workbook.write_bytes(bytes(range(256)) * 300)
    content = as_bytes(draft(workbook, "Ffurflen y Tŵr, 2008", "Annwyl Ŷd,\n\nŵ"))
    assert content.startswith(b"X-Unsent: 1\r\n")
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) < 998
    assert b"*0*=" not in content
    mail = message_from_bytes(content, policy=policy.default)
    assert mail["Subject"] == "Ffurflen y Tŵr, 2008"
    assert mail["To"] is None
    body, attached = mail.iter_parts()
    assert body.get_content().splitlines() == ["Annwyl Ŷd,", "", "ŵ"]
    assert attached.get_filename() == name
    assert attached.get_content() == workbook.read_bytes()
    assert attached.get_content_disposition() == "attachment"
    older = message_from_bytes(content, policy=policy.compat32).get_payload()[1]  # type: ignore[index]  # it has parts
    assert str(make_header(decode_header(str(older.get_param("name"))))) == name  # type: ignore[union-attr]
    if not name.isascii():
        assert b"filename*=utf-8''" in content
        assert b' name="=?utf-8?' in content


def test_the_same_draft_is_the_same_bytes_and_bears_its_day(tmp_path: Path) -> None:
    workbook = tmp_path / "a.xlsx"
    workbook.write_bytes(b"PK")
    content = as_bytes(draft(workbook))
    assert as_bytes(draft(workbook)) == content
    assert b"\r\nDate: Tue, 14 Oct 2008 09:30:00 +0000\r\n" in content
    (tmp_path / "a.eml").write_bytes(content)
    assert [head.text() for head in carried(tmp_path / "a.eml").heads] == [HEAD]


@given(subject=st.text(max_size=200), body=st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_whatever_the_words_nothing_is_added_to_the_head(subject: str, body: str) -> None:
    mail = message_from_bytes(
        as_bytes(draft(None, subject.encode(errors="replace").decode(), body)), policy=policy.default
    )
    assert [name for name, _ in mail.items()][:2] == ["X-Unsent", "Subject"]
    assert len(mail.keys()) == 8
    assert not mail.is_multipart()


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "draft.eml"
    path.write_text("as it was", encoding="utf-8")
    with pytest.raises(NotWritten, match=r"gone\.xlsx could not be read"):
        write(draft(tmp_path / "gone.xlsx"), path)
    assert path.read_text(encoding="utf-8") == "as it was"
    write(draft(), path)
    assert path.read_bytes() == as_bytes(draft())
    assert list(tmp_path.iterdir()) == [path]
