"""Rules of PDF/UA-1 (ISO 14289-1:2014) that a program can check, each by its clause; of tables more than it asks."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from pypdf.generic import DictionaryObject

from tests.documents.pdf.pdf_read import Element, TaggedPdf

GROUPS = {"THead", "TBody", "TFoot"}
IN_LISTS = {"L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"}}
STANDARD_TAGS = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "P"),
    *("H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody"),
    *("TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Figure", "Formula", "Form"),
}


def below(entries: Any, name: str) -> Any:
    """The entries that stand under a name; none where there is nothing."""
    found = entries.get(name)
    return found.get_object() if found is not None else DictionaryObject()


def metadata(pdf: TaggedPdf) -> str:
    return str(pdf.root["/Metadata"].get_object().get_data(), "utf-8") if "/Metadata" in pdf.root else ""


def says_what_it_is(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 5: the metadata says that it is PDF/UA-1."""
    if not re.search(r"<pdfuaid:part>1</pdfuaid:part>", metadata(pdf)):
        yield "no identifier in the metadata"


def has_a_title(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 7.1: the metadata has a title, and the window shows it."""
    if not re.search(r"<dc:title>.*<rdf:li[^>]*>[^<]+</rdf:li>.*</dc:title>", metadata(pdf), re.DOTALL):
        yield "no title in the metadata"
    if below(pdf.root, "/ViewerPreferences").get("/DisplayDocTitle") != True:  # noqa: E712 - an object of its own
        yield "the window shows the name of the file"


def has_a_language(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 7.2: the language of the whole is said."""
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", str(pdf.root.get("/Lang", ""))):
        yield "no language"


def is_marked(pdf: TaggedPdf) -> Iterator[str]:
    """Clauses 6.2, 7.1: it is marked as tagged, has a tree, and only tags that readers know."""
    if below(pdf.root, "/MarkInfo").get("/Marked") != True:  # noqa: E712 - as above
        yield "not marked as tagged"
    if not pdf.elements:
        yield "no tree"
    roles = below(below(pdf.root, "/StructTreeRoot"), "/RoleMap")
    for tag in sorted({each.tag for each in pdf.elements} - STANDARD_TAGS):
        if str(roles.get(f"/{tag}", ""))[1:] not in STANDARD_TAGS:
            yield f"{tag} stands for no tag that is known"


def tags_all_content(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 7.1: whatever is drawn is tagged or an artifact, and neither stands in the other."""
    for each in pdf.drawn:
        if each.draws and each.mcid is None and not each.artifact:
            yield f"page {each.page + 1} draws what is neither tagged nor an artifact: {each.words!r}"
        if each.nested:
            yield f"page {each.page + 1} has tagged content and artifacts in one another"


def has_a_whole_tree(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 7.1: all tagged content is in the tree, once, and found from its page."""
    placed = Counter(at for each in pdf.elements for at in each.marked)
    for at in pdf.words_at:
        if placed[at] != 1:
            yield f"content {at[1]} of page {at[0] + 1} is {placed[at]} times in the tree"
    for at in placed.keys() - pdf.words_at.keys():
        yield f"the tree names content {at[1]} of page {at[0] + 1}, which it does not have"
    found = dict(_parents(pdf))
    for element in pdf.elements:
        for page, mcid in element.marked:
            if found.get((page, mcid)) != element.entries:
                yield f"content {mcid} of page {page + 1} does not lead back to its {element.tag}"


def _parents(pdf: TaggedPdf) -> Iterator[tuple[tuple[int, int], Any]]:
    """The part of the tree that each page's content leads to."""
    if not pdf.elements:
        return
    numbers = pdf.root["/StructTreeRoot"].get_object()["/ParentTree"].get_object()["/Nums"].get_object()
    by_key = {int(key): value.get_object() for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    for n, page in enumerate(pdf.pages):
        for mcid, parent in enumerate(by_key.get(page.get("/StructParents", -1), [])):
            yield (n, mcid), parent.get_object()


def nests_headings(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 7.4: headings begin with the first level and leave none out on the way down."""
    above = 0
    for element in pdf.elements:
        if re.fullmatch(r"H\d", element.tag):
            level = int(element.tag[1])
            if level > above + 1:
                yield f"{element.tag} “{pdf.words_of(element)}” below level {above}"
            above = level
    if not above:
        yield "no headings"


def has_bookmarks(pdf: TaggedPdf) -> Iterator[str]:
    """Not asked for by the standard: each heading is a bookmark, in order."""
    headings = [pdf.words_of(each) for each in pdf.elements if re.fullmatch(r"H\d", each.tag)]
    marks = list(_bookmarks(below(pdf.root, "/Outlines")))
    if [_plain(each) for each in headings] != [_plain(each) for each in marks]:
        yield f"headings {headings}, bookmarks {marks}"


def _bookmarks(entry: Any) -> Iterator[str]:
    child = entry.get("/First")
    while child is not None:
        yield str(child.get_object()["/Title"])
        yield from _bookmarks(child.get_object())
        child = child.get_object().get("/Next")


def _plain(text: str) -> str:
    return re.sub(r"[\s\u00ad]+", "", re.sub(r"\[\d+\]", "", text))


def describes_figures(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 7.3: figures have an alternative text."""
    for n, element in enumerate((each for each in pdf.elements if each.tag in {"Figure", "Formula"}), 1):
        if not str(element.entries.get("/Alt", "")).strip():
            yield f"figure {n} has no alternative text"


def builds_tables(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 7.5: tables are rows of cells, the same number in each; headers say of what; cells have theirs."""
    for n, table in enumerate((each for each in pdf.elements if each.tag == "Table"), 1):
        yield from (f"table {n}: {what}" for what in _of_table(table))


def _of_table(table: Element) -> Iterator[str]:
    if table.children[:1] and table.children[0].tag != "Caption":
        yield "no caption"
    parts = (part.children if part.tag in GROUPS else [part] for part in table.children if part.tag != "Caption")
    rows = [row for part in parts for row in part]
    cells = [cell for row in rows for cell in row.children]
    if {row.tag for row in rows} != {"TR"} or {cell.tag for cell in cells} - {"TH", "TD"}:
        yield "what is not in rows and cells"
    if len({sum(int(cell.attribute("/ColSpan") or 1) for cell in row.children) for row in rows}) != 1:
        yield "rows of different length"
    headers = {str(cell.entries.get("/ID")): cell for cell in cells if cell.tag == "TH"}
    columns = rows[0].children if rows else []
    for place, row in enumerate(rows[1:], 2):
        if len(row.children) == 1 and row.children[0].tag == "TH":
            continue
        if len(columns) > 1 and row.children[0].tag != "TH":
            yield f"row {place} has no header"
        for column, cell in zip(columns, row.children, strict=False):
            named = {str(each) for each in cell.attribute("/Headers") or ()}
            if not named <= headers.keys():
                yield f"row {place} has headers that are not there"
            elif str(column.entries.get("/ID")) not in named:
                yield f"a cell of row {place} lacks the header of its column"
    yield from ("a header says not of what it is one" for each in headers.values() if each.attribute("/Scope") is None)


def repeats_no_name(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 7.5, 7.9: names of headers and notes are their own, and the tree finds them."""
    named = Counter(str(each.entries["/ID"]) for each in pdf.elements if "/ID" in each.entries)
    yield from (f"the name {name} is given {count} times" for name, count in named.items() if count > 1)
    tree = below(below(pdf.root, "/StructTreeRoot"), "/IDTree").get("/Names", [])
    known = [str(each) for each in tree[::2]]
    if sorted(named) != known:
        yield "the names of the tree are others, or not in order"


def builds_lists(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 7.6: lists hold items, items a label and a body."""
    for element in pdf.elements:
        for child in element.children:
            if child.tag not in IN_LISTS.get(element.tag, {child.tag}):
                yield f"{child.tag} in {element.tag}"
            if child.tag in {"LI", "Lbl", "LBody"} and element.tag not in IN_LISTS:
                yield f"{child.tag} outside a list"


def describes_links(pdf: TaggedPdf) -> Iterator[str]:
    """Clauses 7.18.1, 7.18.5: annotations are in the tree, links as links, with words that describe them."""
    in_links = {
        kid.raw_get("/Obj").idnum: element.tag
        for element in pdf.elements
        for kid in pdf._kids(element.entries)
        if not isinstance(kid, int) and kid.get("/Type") == "/OBJR"
    }
    for n, page in enumerate(pdf.pages, 1):
        for annotation in page.get("/Annots", []):
            if annotation.get_object()["/Subtype"] != "/Link":
                yield f"page {n} has an annotation that is no link"
            if in_links.get(annotation.idnum) != "Link":
                yield f"page {n} has a link outside the tree"
            if not str(annotation.get_object().get("/Contents", "")).strip():
                yield f"page {n} has a link that nothing describes"


def goes_by_the_tree(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 7.18.3: keys go through a page in the order of the tree."""
    yield from (f"page {n} has an order of its own" for n, page in enumerate(pdf.pages, 1) if page.get("/Tabs") != "/S")


def embeds_fonts(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 7.21.4.1: every font is in the file."""
    for font in pdf.fonts:
        inner = font["/DescendantFonts"].get_object()[0].get_object() if "/DescendantFonts" in font else font
        described = below(inner, "/FontDescriptor")
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(described):
            yield f"{font.get('/BaseFont')} is not in the file"


def names_letters(pdf: TaggedPdf) -> Iterator[str]:
    """Clause 7.21.7: every letter says what it stands for."""
    for font in pdf.fonts:
        if "/ToUnicode" not in font:
            yield f"{font.get('/BaseFont')} does not say what its letters stand for"
    for each in pdf.drawn:
        if any(sign in "\ufffe\ufeff\x00" for sign in each.words):
            yield f"page {each.page + 1} has a letter that stands for nothing"


RULES: tuple[Callable[[TaggedPdf], Iterator[str]], ...] = (
    *(says_what_it_is, has_a_title, has_a_language, is_marked, tags_all_content, has_a_whole_tree, nests_headings),
    *(has_bookmarks, describes_figures, builds_tables, repeats_no_name, builds_lists, describes_links),
    *(goes_by_the_tree, embeds_fonts, names_letters),
)


def broken_rules(pdf: TaggedPdf) -> dict[str, list[str]]:
    """What each rule finds, by its name; rules that find nothing are left out."""
    return {rule.__name__: found for rule in RULES if (found := list(rule(pdf)))}
