"""Rows of the usual shape are taken from a sheet's text; they say the same as if they had been parsed."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spp_desktop.returns import plain_rows
from spp_desktop.returns.number_formats import FROM_1900
from spp_desktop.returns.records import Unreadable, one_by_one
from spp_desktop.returns.xlsx import _Numbers, _Struck, _XlsxRows

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STRINGS = ["first", "second & third", "struck"]
CODES = ["General", "0%", "dd/mm/yyyy", "@"]

CELLS = st.sampled_from([
    '<c r="A{n}"><v>7</v></c>', '<c r="B{n}" s="1"><v>0.35</v></c>', '<c r="C{n}" s="2"><v>39539</v></c>',
    '<c r="C{n}" s="2"><v>-1e9</v></c>', '<c r="D{n}" t="s"><v>1</v></c>', '<c r="D{n}" s="3" t="s"><v>2</v></c>',
    '<c r="E{n}" t="inlineStr"><is><t>caf\xe9 &amp;lt; &#8220;x&#x201d;\r\n_x0041_</t></is></c>',
    '<c r="E{n}" s="3" t="inlineStr"><is><t xml:space="preserve"> a\rb </t></is></c>',
    '<c r="F{n}" t="b"><v>1</v></c>', '<c r="F{n}" t="e"><v>#N/A</v></c>', '<c r="G{n}" t="d"><v>2008-04-01</v></c>',
    '<c r="H{n}"><f>A1&amp;B1</f><v>3</v></c>', '<c r="H{n}"><f t="shared" si="0"/><v>3</v></c>',
    '<c r="H{n}"><f>A1</f></c>', '<c r="H{n}" t="str"><f>A1</f><v></v></c>',
    '<c r="H{n}" t="str"><f>A1</f><v>x</v></c>',
    '<c r="I{n}" s="1"/>', '<c r="I{n}" t="n"></c>', '<c r="J{n}"><v>no number</v></c>',
    '<c r="J{n}"><v>1&#48;</v></c>',
    '<c r="K{n}" s="9"><v>5</v></c>', '<c r="K{n}" t="x"><v>odd</v></c>', '<c r="XFD{n}" t="inlineStr"><v>9</v></c>',
    # not of the usual shape
    "<c><v>8</v></c>", '<c t="s" r="L{n}"><v>0</v></c>', '<c r="m{n}"><v>1</v></c>', '<c r="N{n}" ><v>2</v></c>',
    '<c r="O{n}" t="inlineStr"><is><r><rPr><strike/></rPr><t>gone</t></r><r><t> kept</t></r></is></c>',
    '<c r="P{n}" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></is></c>',
    '<c r="Q{n}"><v><![CDATA[4]]></v></c>',
    '<c r="R{n}"><!-- <v>5</v> --><v>6</v></c>', "<?skip <v>1</v> ?>", '<x:c xmlns:x="other" r="S{n}"><v>1</v></x:c>',
    '<c r="T{n}" t="s"><v>99</v></c>', "\n  ",
])  # fmt: skip
ROWS = st.tuples(
    st.sampled_from([
        '<row r="{n}">', '<row r="{n}" spans="1:3" ht="14.5" hidden="1" x14ac:dyDescent="0.3">', "<row>",
        '<row r="{n}" hidden="0" >', "<row\n>", '<row r="{n}" note="a&amp;b">', '<row r="{n}" xmlns="other">',
        '<!-- <row r="1"></row> --><row r="{n}">', '<row r="{n}"/><row>', '\n<row r="{n}" hidden="true">',
        '<row r="x">',
    ]),
    st.lists(CELLS, max_size=5),
)  # fmt: skip


def _sheet(rows: list[tuple[str, list[str]]], head: str = "", begin: str = "<sheetData>", space: str = SPACE) -> bytes:
    body = "".join(
        "".join([begun, *cells]).replace("{n}", str(n)) + "</row>" for n, (begun, cells) in enumerate(rows, 1)
    )
    tail = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    x14 = 'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    return f"<worksheet {space} {x14}>{head}{begin}{body}</sheetData>{tail}</worksheet>".encode()


def _read(content: bytes, *, any_struck: bool = True) -> list[Any]:
    """All that a sheet says, up to where it cannot be read."""
    struck = _Struck(frozenset({2} if any_struck else ()), frozenset({3} if any_struck else ()))
    rows, read = _XlsxRows(STRINGS, _Numbers(CODES, FROM_1900), struck, 1_048_576), list[Any]()
    try:
        read.extend(one_by_one(rows.read(BytesIO(content))))
    except Unreadable as problem:
        return [str(problem)]
    return [*read, rows.marks]


def _parsed(stream: Any, _: Any, **_how: Any) -> Iterator[bytes]:
    """A sheet of which all is parsed."""
    yield stream.read()


@given(
    rows=st.lists(ROWS, max_size=6), size=st.sampled_from([30, 120, 1 << 18]), most=st.sampled_from([100, 1 << 20]),
    any_struck=st.booleans(),
)  # fmt: skip
def test_plain_rows_say_what_the_parser_says(
    rows: list[tuple[str, list[str]]], size: int, most: int, any_struck: bool
) -> None:
    content = _sheet(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_rows, "CHUNK", size)
        patch.setattr(plain_rows, "MOST", most)
        said = _read(content, any_struck=any_struck)
        patch.setattr(plain_rows, "parted", _parsed)
        assert said == _read(content, any_struck=any_struck)


@pytest.mark.parametrize(
    ("head", "begin", "space"),
    [
        ("<!-- <sheetData> -->", "<sheetData>", SPACE),
        ("", "<sheetData >", SPACE),
        ("", "<sheetData>", 'xmlns="other"'),
        ("<cols><col min='1' max='2'/></cols>", "<sheetData>", SPACE),
    ],
)
def test_rows_are_plain_only_where_a_sheet_has_rows(
    head: str, begin: str, space: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = _sheet([('<row r="{n}">', ['<c r="A{n}"><v>7</v></c>'])] * 3, head, begin, space)
    monkeypatch.setattr(plain_rows, "CHUNK", 10)
    said = _read(content)
    monkeypatch.setattr(plain_rows, "parted", _parsed)
    assert said == _read(content)
    assert len(said) == (1 if "other" in space else 4)


def test_usual_rows_need_no_parser() -> None:
    content = _sheet(
        [('<row r="{n}" spans="1:2">', ['<c r="A{n}" t="s"><v>1</v></c>', '<c r="B{n}"><v>2</v></c>'])] * 9
    )
    given = list(plain_rows.parted(BytesIO(content), lambda: True))
    assert sum(isinstance(piece, plain_rows.PlainRow) for piece in given) == 9
    assert b"<row" not in b"".join(piece for piece in given if isinstance(piece, bytes))


def test_rows_with_the_same_columns_are_read_together() -> None:
    cells = ['<c r="A{n}" t="s"><v>1</v></c>', '<c r="B{n}"><v>2</v></c>', '<c r="AA{n}"><f>B{n}</f><v>3</v></c>']
    whole, blank = ('<row r="{n}" spans="1:2">', cells), ('<row r="{n}">', [cells[0], '<c r="B{n}" s="1"/>'])
    content = _sheet([whole, whole, blank, whole, ('<row r="{n}" hidden="1">', cells), whole])
    given = list(plain_rows.parted(BytesIO(content), lambda: True, alike=True))
    together = [piece for piece in given if isinstance(piece, plain_rows.AlikeRows)]
    assert [[row[0] for row in piece.parts] for piece in together] == [["2", "3", "4"], ["6"]]
    assert together[0].columns == ("A", "B", "AA")
    assert _read(content, any_struck=False)[2] == [3, False, [(1, "second & third")]]


def test_a_row_of_several_that_cannot_be_read_is_named() -> None:
    right, wrong = (
        ('<row r="{n}">', ['<c r="A{n}" t="s"><v>1</v></c>']),
        ('<row r="{n}">', ['<c r="A{n}" t="s"><v>7</v></c>']),
    )
    assert _read(_sheet([right, right, wrong, right]), any_struck=False)[0].startswith("a cell in row 3 is to show")
    again = ('<row r="2">', ['<c r="A2"><v>1</v></c>'])
    assert _read(_sheet([right, right, again]), any_struck=False)[0] == "row “2” of a sheet follows its row 2"
