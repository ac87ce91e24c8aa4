"""Mails that came in: what they enclose is read as if it had come alone, and all else is said in a sentence."""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from spp_desktop.returns import intake, mapped
from spp_desktop.returns.foreign import SAVE_ATTACHED
from spp_desktop.returns.intake import PasswordNeeded, Received, from_kept, kept, mail_of, take
from spp_desktop.returns.limits import LIMITS
from spp_desktop.returns.mail import mime
from spp_desktop.returns.mail.enclosed import MailHead
from spp_desktop.returns.scan import ReturnRefused, look
from tests.returns import over_limits
from tests.returns.mail import msg_made
from tests.returns.mail.mails import ADDRESS, SENT, SIAN, eml, enclosed, made, msg, raw, refused, sentence_on, taken
from tests.returns.mail.msg_made import Attached, OutlookMail
from tests.returns.read_here import ReadHere

WELSH = "2008-09 Q2 status return - Pennaeth y Tŵr (Ŷd).xlsx"
PASSWORD = "Password1"
Write = Callable[..., Path]
BOTH = pytest.mark.parametrize(("write", "ending"), [(eml, ".eml"), (msg, ".msg")])


@pytest.fixture
def book(tmp_path: Path) -> bytes:
    return over_limits.workbook(tmp_path / "book.xlsx").read_bytes()


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader in this process, which tests need not wait for."""
    monkeypatch.setattr(intake, "Apart", ReadHere)


def alone(tmp_path: Path, content: bytes) -> Received:
    """A workbook taken in by itself."""
    path = tmp_path / "alone.xlsx"
    path.write_bytes(content)
    return take(path)


@BOTH
def test_what_a_mail_encloses_is_read_as_if_it_came_alone(
    tmp_path: Path, book: bytes, write: Write, ending: str
) -> None:
    path = write(tmp_path / f"Re Status{ending}", (WELSH, book), ("logo.png", b"\x89PNG"), ("other.xlsx", book))
    first, second = taken(path)
    head = MailHead(path.name, SIAN, ADDRESS, SENT.isoformat(), "Re: Status return")
    assert first == replace(
        alone(tmp_path, book),
        name=WELSH,
        notices=(f"{path.name} also encloses logo.png: left aside.",),
        mail=head,
    )
    assert (second.name, second.notices, second.mail) == ("other.xlsx", (), head)
    assert first.file_hash == hashlib.sha256(book).hexdigest()
    assert from_kept(kept(first)) == first
    assert mail_of(kept(first)) == head
    assert mail_of(kept(alone(tmp_path, book))) is None
    assert head.from_whom == f"{SIAN} <{ADDRESS}>"


@pytest.mark.usefixtures("here")
@BOTH
def test_the_same_checks_as_for_a_file_alone(tmp_path: Path, book: bytes, write: Write, ending: str) -> None:
    files = [
        ("cut.xlsx", book[:300], "is incomplete or damaged"),
        ("empty.xlsx", b"", "is empty (0 bytes)"),
        ("old.xls", bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600, "is in the old Excel form"),
        ("page.xlsx", b"<html></html>", "is a web page"),
        ("mail.xlsx", b"From: a@b.example\r\n\r\nx", "is a mail within another"),
    ]
    path = write(tmp_path / f"in{ending}", *[(name, content) for name, content, _ in files])
    for inside, (name, _, words) in zip(enclosed(path), files, strict=True):
        assert refused(path, inside=inside).startswith(f"{name} (in {path.name}) {words}")
    low = replace(LIMITS, rows=0)
    fine = write(tmp_path / f"rows{ending}", ("rows.xlsx", book))
    assert "more than 0 rows" in refused(fine, low, enclosed(fine)[0])


@BOTH
def test_a_protected_workbook_in_a_mail_asks_for_its_password(
    tmp_path: Path, book: bytes, write: Write, ending: str
) -> None:
    plain, locked = tmp_path / "plain.xlsx", tmp_path / "locked.xlsx"
    plain.write_bytes(book)
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt(PASSWORD, target)
    path = write(tmp_path / f"in{ending}", ("locked.xlsx", locked.read_bytes()))
    (inside,) = enclosed(path)
    for password, wrong in (("", False), ("no", True)):
        with pytest.raises(PasswordNeeded, match=r"locked\.xlsx \(in in") as asked:
            take(path, password=password, enclosed=inside)
        assert asked.value.wrong == wrong
    assert take(path, password=PASSWORD, enclosed=inside).sheets == take(plain).sheets


# Mails in mails


@pytest.mark.usefixtures("here")
def test_mails_that_are_forwarded_are_looked_into_and_say_who_sent_them_on(tmp_path: Path, book: bytes) -> None:
    first = made(("a.xlsx", book))
    second = made(sender="Pat <pat@force.example>")
    second.add_attachment(first)
    saved = msg_made.as_bytes(OutlookMail("Kim", "", None, "", [Attached("b.xlsx", book)]))
    second.add_attachment(saved, maintype="application", subtype="vnd.ms-outlook", filename="kept.msg")
    path = tmp_path / "forwarded.eml"
    path.write_bytes(second.as_bytes())
    one, other = enclosed(path)
    assert (one.name, one.mail.from_whom, one.mail.forwarded_by) == (
        "a.xlsx", f"{SIAN} <{ADDRESS}>", "Pat <pat@force.example>",
    )  # fmt: skip
    assert (other.name, other.mail.from_whom, other.mail.sent_at) == ("b.xlsx", "Kim", "")
    assert [take(path, enclosed=file).file_hash for file in (one, other)] == [hashlib.sha256(book).hexdigest()] * 2
    inner = OutlookMail("Dŵr", "dwr@force.example", SENT, "Inner", [Attached("c.xlsx", book)])
    whole = first.as_bytes()
    outer = OutlookMail("Siân", "", None, "", [Attached("", inner), Attached("saved.EML", whole)], code_page=1252)
    files = enclosed(msg_made.write(tmp_path / "outer.msg", outer))
    assert [(file.name, file.mail.from_whom, file.mail.forwarded_by) for file in files] == [
        ("c.xlsx", "Dŵr <dwr@force.example>", "Siân"),
        ("a.xlsx", f"{SIAN} <{ADDRESS}>", "Siân"),
    ]


def _nested(book: bytes, depth: int) -> EmailMessage:
    mail = made(("deep.xlsx", book))
    for _ in range(depth):
        around = made()
        around.add_attachment(mail)
        mail = around
    return mail


@pytest.mark.usefixtures("here")
def test_how_deep_and_how_much_is_bounded(tmp_path: Path, book: bytes) -> None:
    path = tmp_path / "deep.eml"
    path.write_bytes(_nested(book, 2).as_bytes())
    limits = replace(LIMITS, mail_depth=2)
    assert enclosed(path, limits)[0].place == (0, 0, 0)
    path.write_bytes(_nested(book, 3).as_bytes())
    assert "only a mail (too deep in other mails)" in refused(path, limits)
    few = replace(LIMITS, mail_parts=5)
    for write, ending in ((eml, ".eml"), (msg, ".msg")):
        many = write(tmp_path / f"many{ending}", *[(f"{n}.xlsx", book) for n in range(6)])
        assert "more parts than a mail has (at most 5)" in refused(many, few)
        assert len(enclosed(many)) == 6


def test_a_head_is_read_within_bounds() -> None:
    head = (
        b"From: a@b.example\r\nContent-Type: application/x; name=a.csv"
        + b"; x=y" * 2_000
        + b"\r\n"
        + b"X: y\r\n" * 2_000
    )
    mail = mime.of_bytes(head + b"Subject: too late\r\n\r\nx", LIMITS)
    assert (mail.address, mail.subject, [part.name for part in mail.parts]) == ("a@b.example", "", ["a.csv"])


# What is not read


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("From: a@b.example", "", "No file here."), "is a mail with nothing attached"),
        (("From: a@b.example",), "is a mail with nothing attached"),
        (("", "  ", "From: a@b.example", "", "No file here."), "is a mail with nothing attached"),
        (("No head", "at all"), "cannot be read as a mail: something in it is damaged"),
        (("\0F\0r\0o\0m\0:\0 \0a", "", "x"), "cannot be read as a mail: something in it is damaged"),
        (
            ("From: a@b.example", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data", "", "AAAA"),
            "is a mail that is encrypted",
        ),
        (
            ("From: a@b.example", "Content-Type: application/ms-tnef; name=winmail.dat", "", "AAAA"),
            "encloses its files in a winmail.dat",
        ),
        (
            ("Subject: x", "", "begin 644 return.xlsx", "#0V%T", "`", "end"),
            "only return.xlsx (in its text, in an old form (uuencode)",
        ),
        (
            ("Subject: x", "Content-Type: multipart/mixed; boundary=q", "", "never begun"),
            "only multipart/mixed (damaged, so",
        ),
        (
            ("Subject: x", "Content-Type: application/zip; name=all.zip", "", "PK"),
            "only all.zip (unpack it, and take in the workbook in it). Ask for",
        ),
        (("Subject: x", "Content-Type: application/x-microsoft-rpmsg-message", "", "x"), "opens only for those"),
    ],
)
def test_what_is_in_no_mail_is_said_in_a_sentence(tmp_path: Path, lines: tuple[str, ...], words: str) -> None:
    sentence = refused(raw(tmp_path / "in.eml", *lines))
    assert sentence.startswith("in.eml ")
    assert words in sentence
    assert sentence.endswith(".")


@pytest.mark.usefixtures("here")
def test_the_same_of_outlook(tmp_path: Path, book: bytes) -> None:
    path = tmp_path / "in.msg"
    for attached, words in (
        ([], "is a mail with nothing attached"),
        ([Attached("smime.p7m", b"x", "application/pkcs7-mime")], "is a mail that is encrypted"),
        ([Attached("winmail.dat", b"x")], "in a winmail.dat"),
        ([Attached("on the web.xlsx", method=7)], "on the web.xlsx (only a link"),
        ([Attached("x.xlsx", method=6)], "x.xlsx (with nothing in it that can be read)"),
    ):
        assert words in refused(msg_made.write(path, OutlookMail(attached=attached)))
    whole = made(("signed.xlsx", book)).as_bytes()
    signed = [Attached("smime.p7m", whole[whole.index(b"Content-Type: multipart") :], "multipart/signed")]
    (inside,) = enclosed(msg_made.write(path, OutlookMail("Kim", attached=signed)))
    assert (inside.name, inside.mail.sender, inside.mail.forwarded_by) == ("signed.xlsx", "Kim", "")
    path.write_bytes(msg_made.compound({"Contents": b"__properties_version1.0".decode().encode("utf-16-le")}))
    assert refused(path) == f"in.msg cannot be read as a mail: something in it is damaged. {SAVE_ATTACHED}"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("coding", "content", "words"),
    [
        ("base64", "UEsD*BBQ", "is incomplete or damaged"),
        ("base64", "AAA", "was damaged on its way through the mail. Ask for it again."),
        ("x-uuencode", "#0V%T", "was damaged on its way"),
        ("x-yenc", "=ybegin", "is coded in a way that is not known here (x-yenc)"),
        ("quoted-printable", "=ZZ", "is not an Excel workbook"),
    ],
)
def test_codings_that_are_damaged_or_not_known(tmp_path: Path, coding: str, content: str, words: str) -> None:
    head = ("From: a@b.example", 'Content-Disposition: attachment; filename="a.xlsx"')
    path = raw(tmp_path / "in.eml", *head, f"Content-Transfer-Encoding: {coding}", "", content)
    sentence = refused(path, inside=enclosed(path)[0])
    assert sentence.startswith("a.xlsx (in in.eml) ")
    assert words in sentence


@pytest.mark.usefixtures("here")
def test_a_coding_with_a_blank_behind_its_name_is_read_all_the_same(tmp_path: Path, book: bytes) -> None:
    head = ("From: a@b.example", 'Content-Disposition: attachment; filename="a.xlsx"')
    path = raw(tmp_path / "in.eml", *head, "Content-Transfer-Encoding: Base64 ", "", b64encode(book))
    assert taken(path)[0].sheets == alone(tmp_path, book).sheets


@pytest.mark.usefixtures("here")
def test_what_a_mac_keeps_beside_a_file_is_no_second_file(tmp_path: Path, book: bytes) -> None:
    head = ("", "", "From: a@b.example", "Content-Type: multipart/appledouble; boundary=q", "")
    beside = ("--q", 'Content-Type: application/applefile; name="a.xlsx"', "", "\0\x05\x16\x07")
    data = ("--q", 'Content-Disposition: attachment; filename="a.xlsx"', "Content-Transfer-Encoding: base64", "")
    (read,) = taken(raw(tmp_path / "in.eml", *head, *beside, *data, b64encode(book), "--q--"))
    assert (read.sheets, read.notices) == (alone(tmp_path, book).sheets, ())


# Names


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("Content-Disposition: attachment; filename*=utf-8''T%C5%B5r.xlsx", "Tŵr.xlsx"),
        ("Content-Disposition: attachment; filename*0*=utf-8''T%C5%B5; filename*1=r.xlsx", "Tŵr.xlsx"),
        ('Content-Disposition: attachment; filename="=?utf-8?B?VMW1ci54bHN4?="', "Tŵr.xlsx"),
        ('Content-Type: application/x; name="=?utf-8?Q?T=C5=B5?=\r\n =?utf-8?Q?r.xlsx?="', "Tŵr.xlsx"),
        ('Content-Disposition: attachment; filename="Tŵr.xlsx"', "Tŵr.xlsx"),
        (b'Content-Disposition: attachment; filename="T\xeer.xlsx"', "Tîr.xlsx"),
        (
            'Content-Disposition: attachment; filename="=?no-such?B?VMW1ci54bHN4?=.xlsx"',
            "=?no-such?B?VMW1ci54bHN4?=.xlsx",
        ),
        ('Content-Disposition: attachment; filename="C:\\\\Users\\\\a/..\\\\b.xlsx"', "b.xlsx"),
        ('Content-Disposition: attachment; filename="a\u202excod.xlsx"', "a xcod.xlsx"),
        (f'Content-Disposition: attachment; filename="{"x" * 300}.xlsx"', f"{'x' * 115}.xlsx"),
        ("Content-Type: application/vnd.ms-excel", "attachment 1"),
    ],
)
def test_names_of_files_in_every_form(tmp_path: Path, field: str | bytes, name: str) -> None:
    path = raw(tmp_path / "in.eml", "From: a@b.example", field, "", "x")
    assert [file.name for file in enclosed(path)] == [name]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("field", "whom"),
    [
        ("From: =?utf-8?Q?Si=C3=A2n_=C5=B4yn?= <s@b.example>", "Siân Ŵyn <s@b.example>"),
        ("From: Jones, Siân <s@b.example>", "Jones, Siân <s@b.example>"),
        ("From: s@b.example", "s@b.example"),
        ('From: "s@b.example" <s@b.example>', "s@b.example"),
        ("Sender: Pat <p@b.example>", "Pat <p@b.example>"),
        ("From: the office", "the office"),
        ("Subject: nobody", ""),
    ],
)
def test_who_sent_it(tmp_path: Path, field: str, whom: str) -> None:
    path = raw(tmp_path / "in.eml", field, 'Content-Disposition: attachment; filename="a.xlsx"', "", "x")
    assert enclosed(path)[0].mail.from_whom == whom


@pytest.mark.usefixtures("here")
def test_when_it_was_sent(tmp_path: Path, book: bytes) -> None:
    summer = timezone(timedelta(hours=1))
    mail = OutlookMail("Kim", sent=datetime(2008, 10, 14, 10, 32, tzinfo=summer), attached=[Attached("a.xlsx", book)])
    assert enclosed(msg_made.write(tmp_path / "in.msg", mail))[0].mail.sent_at == SENT.isoformat()
    for date, at in (
        ("Tue, 14 Oct 2008 10:32:00 +0100", SENT.isoformat()),
        ("14 Oct 2008 09:32 GMT", SENT.isoformat()),
        ("yesterday", ""),
        ("Tue, 99 Oct 2008 10:32:00 +9999", ""),
    ):
        path = raw(tmp_path / "in.eml", f"Date: {date}", 'Content-Disposition: attachment; filename="a.xlsx"', "", "x")
        assert enclosed(path)[0].mail.sent_at == at


@pytest.mark.usefixtures("here")
def test_outlook_in_eight_bits_and_out_of_an_exchange_directory(tmp_path: Path, book: bytes) -> None:
    for page in (1252, 28591, 65001, 9_999):
        code_page = page if page != 9_999 else 1252
        mail = OutlookMail(
            "Siân", ADDRESS, SENT, "Naïve", [Attached("£.xlsx", book)], code_page=code_page, exchange="/O=FORCE/CN=S"
        )
        if page == 28591:
            mail = replace(mail, code_page=1252)
        (inside,) = enclosed(msg_made.write(tmp_path / f"{page}.msg", mail))
        assert (inside.name, inside.mail.from_whom, inside.mail.subject) == ("£.xlsx", f"Siân <{ADDRESS}>", "Naïve")
    nowhere = OutlookMail("Kim", "", exchange="/O=FORCE/CN=K", attached=[Attached("", book, short="RETURN~1.XLS")])
    (inside,) = enclosed(msg_made.write(tmp_path / "x.msg", nowhere))
    assert (inside.name, inside.mail.from_whom) == ("RETURN~1.XLS", "Kim")


# What is a mail, and what is not


@pytest.mark.parametrize(
    ("name", "content", "package"),
    [
        ("a.eml", b"anything at all", "eml"),
        ("a", b"Received: by x", "eml"),
        ("a.txt", b"Subject: on time\n", "text"),
        ("a.csv", b"Date: 14 October 2008\nRef,Due\n", "text"),
        ("a", b"From kim Tue Oct 14 2008\nX-Mozilla-Status: 0001\n", "eml"),
        ("a", b"\xef\xbb\xbfMIME-Version: 1.0\r\n", "eml"),
    ],
)
def test_what_is_taken_for_a_mail(tmp_path: Path, name: str, content: bytes, package: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert look(tmp_path / name).package == package


@BOTH
def test_results_are_not_imported_from_a_mail(tmp_path: Path, book: bytes, write: Write, ending: str) -> None:
    path = write(tmp_path / f"in{ending}", ("a.xlsx", book))
    with pytest.raises(ReturnRefused, match=r"is a mail\. Open it in your mail program"):
        mapped.Extract(path)


# Faults


_FAULT = st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8))


@pytest.mark.usefixtures("here")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(faults=st.lists(_FAULT, min_size=1, max_size=5), outlook=st.booleans(), cut=st.floats(0.05, 1))
def test_a_spoilt_mail_is_read_or_refused_in_a_sentence(
    tmp_path: Path, faults: list[tuple[float, bytes]], outlook: bool, cut: float
) -> None:
    files = (("a.csv", b"Ref,Due\r\n1.01,31/03/2009\r\n"), ("b.png", b"\x89PNG"))
    path = msg(tmp_path / "in.msg", *files) if outlook else eml(tmp_path / "in.eml", *files)
    content = bytearray(path.read_bytes())
    for at, put in faults:
        start = round(at * (len(content) - 1))
        content[start : start + len(put)] = put
    path.write_bytes(content[: max(9, round(cut * len(content)))])
    sentence = sentence_on(path)
    assert not sentence or (path.name in sentence and sentence.endswith("."))
