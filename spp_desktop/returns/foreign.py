"""Files that are no return, known by their first bytes or their parts, and what to do instead, as data."""

import re

_AS_WORKBOOK = "save it as Excel Workbook (.xlsx), and take in that file."
SAVE_AGAIN = "Open it in Excel, save it again as Excel Workbook (.xlsx), and take in that file."
"""What to do about a file that is damaged."""

ASK_AGAIN = "Ask for it again, saved as Excel Workbook (.xlsx)."
SAVE_ATTACHED = "Open it in your mail program, save the workbook that is attached, and take in that file."
"""What to do about a mail that is not read here."""

SAVE_PROJECT = "Open it in MS Project, save it again as XML Format (.xml), and take in that file."
"""What to do about a project's file that is damaged."""

COPY_TABLES = "Copy its tables alone into a new workbook, save that, and take it in."
"""What to do about a file of which much is not part of its tables."""

_ITSELF = "Ask for the workbook itself."
_RICH_TEXT, _OLD_WORD = "is a text document (.rtf).", "is a Word document (.doc)."
_SAVE_DOCUMENT = "Open it in Word, save it as Word Document (.docx), and take in that file."

_STARTS: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(start, re.DOTALL), advice)
    for start, advice in (
        (rb"%PDF-", "is a PDF, from which nothing can be read safely. Ask for the workbook itself."),
        (
            rb"\x89PNG|\xff\xd8\xff|GIF8|BM....\0\0\0\0|II\*\0|MM\0\*|RIFF....WEBP|....ftyphei",
            "is a picture. Ask for the workbook itself.",
        ),
        (rb"\{\\rtf", f"{_RICH_TEXT} {_ITSELF}"),
        (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh", "is a packed folder. Unpack it, and take in the workbook that is in it."),
        (
            rb'\s*\{[^}]{0,2000}"(?:doc_id|url)"',
            "is only a link to a sheet on the web. Open it there, choose File, Download, Microsoft Excel (.xlsx), "
            "and take in that file.",
        ),
        (
            rb"\[InternetShortcut\]|L\0\0\0\x01\x14\x02\0|bplist00.{0,400}URL",
            "is only a shortcut. Open what it points to, and take in the workbook itself.",
        ),
        (
            rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>.{0,400}(?:Excel\.Sheet|office:spreadsheet)",
            f"is an XML Spreadsheet of 2003. Open it in Excel, {_AS_WORKBOOK}",
        ),
        (rb"(?:\xef\xbb\xbf)?\s*<", f"is a web page or other text with tags, not a workbook. {ASK_AGAIN}"),
        (rb"SQLite format 3\0", "is a plan or another database, not a return. Plans are opened with File, Open."),
    )
)

_PARTS = (
    ("word/document.xml", "is a Word document. Ask for the workbook itself."),
    ("ppt/presentation.xml", "is a PowerPoint presentation. Ask for the workbook itself."),
    ("xl/workbook.bin", f"is a binary workbook (.xlsb). Open it in Excel, {_AS_WORKBOOK}"),
    ("Index/Document.iwa", "is a Numbers document. In Numbers choose File, Export To, Excel, and take in that file."),
)

_STREAMS = (
    (
        "TBkndTask",
        "is a project (.mpp). Open it in MS Project, choose File, Save As, XML Format (.xml), and take in that file.",
    ),
    ("WordDocument", f"{_OLD_WORD} {_ITSELF}"),
    ("PowerPoint Document", "is a PowerPoint presentation. Ask for the workbook itself."),
    ("__substg1.0", f"is a mail that is damaged. {SAVE_ATTACHED}"),
)

_MAIL = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:From [^\r\n]*\r?\n)?"
    rb"(?:From|To|Cc|Date|Subject|Sender|Received|Reply-To|Return-Path|Delivered-To|MIME-Version|Message-ID|"
    rb"Authentication-Results|Content-(?:Type|Language)|DKIM-Signature|(?:X|ARC|Thread)-[\w-]+):[ \t\r\n]",
    re.IGNORECASE,
)
"""The first field of a mail's head (RFC 5322), also behind the line with which programs for Unix begin one."""

_WORKBOOKS = (".xlsx", ".xlsm", ".ods", ".csv")


def told_by_start(head: bytes) -> str:
    """What a file is by its first bytes, and what to do instead; empty if they tell nothing."""
    return next((advice for start, advice in _STARTS if start.match(head)), "")


def is_mail(head: bytes) -> bool:
    """Whether a file is a mail by its first bytes."""
    return _MAIL.match(head) is not None


def told_by_parts(names: list[str]) -> str:
    """What a zip file is by the names in it, without capitals; empty if they tell nothing."""
    for part, advice in _PARTS:
        if part.casefold() in names:
            return advice
    if any(name.endswith(_WORKBOOKS) for name in names):
        return "is a zip folder. Take the workbook out of it, and take in that file."
    return ""


def where_documents_are_read(advice: str) -> str:
    """What to do about a text document where Word documents are taken in: have Word save it in a form that is read."""
    return next((f"{told} {_SAVE_DOCUMENT}" for told in (_RICH_TEXT, _OLD_WORD) if advice.startswith(told)), advice)


def told_by_streams(content: bytes) -> str:
    """What a file in the form of Office 97 is, and what to do instead."""
    for stream, advice in _STREAMS:
        if stream.encode("utf-16-le") in content:
            return advice
    return f"is in the old Excel form (.xls). Open it in Excel, {_AS_WORKBOOK}"
