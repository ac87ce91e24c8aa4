r"""A PDF as Qt writes it, finished: with spaces that are found as spaces, in the language that it is written in.

Qt names each sign of a font by the first character that the font draws with it. For the space that is the tabulator:
programs that take the text out, to search or to index it, find "first\\tdraft". Qt names no language either, without
which a screen reader guesses how the text is to be spoken.
"""

import re

LANGUAGE = b"en-GB"
_NAMES = re.compile(rb"(?<=begincmap).*?(?=endcmap)", re.DOTALL)
_MEANINGS = re.compile(rb"\[[^\]]*\]")
_ROOT, _SIZE = re.compile(rb"/Root (\d+) 0 R"), re.compile(rb"/Size (\d+)")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TAB, _SPACE = b"<0009>", b"<0020>"


def finished(content: bytes) -> bytes:
    """The PDF with what Qt leaves out. A PDF that is not as Qt writes it keeps what of it is not understood."""
    content = _NAMES.sub(lambda names: _MEANINGS.sub(_with_spaces, names[0]), content)
    start = _START.search(content)
    if start is None:
        return content
    trailer = content[int(start[1]) :]
    root, size = _ROOT.search(trailer), _SIZE.search(trailer)
    known = re.search(rb"\n" + root[1] + rb" 0 obj\s*<<(.*?)>>\s*endobj", content, re.DOTALL) if root else None
    if root is None or size is None or known is None:
        return content
    # A later part of a PDF replaces what stood in an earlier one under the same number.
    at = len(content) + 1
    told = b"/Lang (" + LANGUAGE + b")\n/ViewerPreferences << /DisplayDocTitle true >>\n"
    catalogue = b"\n%b 0 obj\n<<%b%b>>\nendobj\n" % (root[1], known[1], told)
    ending = trailer[trailer.index(b"trailer") : trailer.rindex(b">>")]
    table = b"xref\n0 1\n0000000000 65535 f \n%b 1\n%010d 00000 n \n%b/Prev %b\n>>\n" % (root[1], at, ending, start[1])
    return content + catalogue + table + b"startxref\n%d\n%%%%EOF\n" % (len(content) + len(catalogue))


def _with_spaces(meanings: re.Match[bytes]) -> bytes:
    return meanings[0].replace(_TAB, _SPACE)
