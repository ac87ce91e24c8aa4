"""Measures the strategic policing plan of the worked sample as PDF and HTML, with the charts of 22 indicators in it.

Ours goes from the open plan to the bytes: it is read, made into a document, numbered, its charts are drawn and its
pages set. The other side is Typst alone, in a process of its own as ours is, with the same words, tables and pictures
ready: the same letters and lines, tables with a heading, pictures with a text, the contents, a head and a foot on each
page; no cover, links, colours, groups of rows, pages that lie across. What the charts show is judged beforehand;
``benchmarks.judging`` measures that.

Memory is of the program, a fresh one each, at its worst moment, of the plan with its activities ten times against
once. Typst takes far more; that is given back with the process that it works in, and told behind the ratio.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from importlib.resources import files
from pathlib import Path
from statistics import median

import psutil

from benchmarks import Ratio, plans, wall
from spp_desktop.documents.blocks import (
    Bullets,
    DocumentBlock,
    DocumentFigure,
    DocumentHeading,
    DocumentTable,
    Paragraph,
)
from spp_desktop.documents.charts.series import alternative, series_picture
from spp_desktop.documents.html import rendered as as_html
from spp_desktop.documents.inline import Line, line, plain_words
from spp_desktop.documents.numbering import NumberedDocument, numbered
from spp_desktop.documents.pdf import rendered as as_pdf
from spp_desktop.documents.pdf.letters import printable
from spp_desktop.documents.svg import svg_of
from spp_desktop.edits.documents.every import document_named
from spp_desktop.edits.documents.making import made
from spp_desktop.edits.documents.plan_read import DocumentAsk
from spp_desktop.figures.charts.series_parts import SeriesChart
from spp_desktop.store.workspace import Workspace

ROUNDS, TIMES = 7, 10
MOST, HTML_MOST, MEGABYTES = 1.5, 0.25, 1.0
"""The most that the PDF may take of Typst alone, the HTML of the PDF, and ten pages of memory."""
PRINTED = DocumentAsk(date(2008, 10, 31))

BARE = """
#let told = json(bytes(sys.inputs.told))
#set document(title: told.title, date: none)
#set page(
  margin: (x: 25mm, top: 30mm, bottom: 28mm), header: told.title,
  footer: context "Page " + str(here().page()) + " of " + str(counter(page).final().first()),
)
#set text(font: "Source Sans 3", size: 12pt, hyphenate: false)
#set par(leading: 0.7em, spacing: 1.15em)
#set table(stroke: (bottom: 0.5pt))
#show figure: set block(breakable: true)
#outline()
#for (kind, content) in told.parts {
  if kind == "heading" { heading(content) }
  else if kind == "words" { par(content) }
  else if kind == "list" { list(..content) }
  else if kind == "table" {
    let (caption, heads, cells) = content
    let drawn = table(columns: heads.len(), table.header(..heads.map(strong)), ..cells)
    figure(kind: table, supplement: none, numbering: none, caption: caption, drawn)
  }
  else if kind == "picture" { image(bytes(content.at(0)), format: "svg", alt: content.at(1)) }
}
"""
ALONE = """
import json, sys, typst
template, told, fonts = json.load(sys.stdin)
fonts = typst.Fonts(False, False, [fonts])
made = typst.compile(template.encode(), sys_inputs={"told": told}, font_paths=fonts, pdf_standards="ua-1", timestamp=0)
sys.stdout.buffer.write(made)
"""


def measure() -> list[Ratio]:
    """The ratios of time to Typst alone and of HTML to PDF, and the memory of ten pages."""
    charts = wall.charts()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Workspace.open(plans.make(folder / "one.plan"), read_only=True) as plan:
            pdf, html, alone = partial(_pdf, plan, charts), partial(_html, plan, charts), bare(document(plan, charts))
            took = [(_timed(pdf), _timed(alone), _timed(html)) for _ in range(ROUNDS + 1)][1:]
            pages, bare_pages = _pages(pdf()), _pages(alone())
        ours, theirs, web = (median(times) for times in zip(*took, strict=True))
        memory = _memory(folder)
    what = f"the plan with {len(charts)} charts as"
    return [
        Ratio(f"{what} PDF / the same words, tables and pictures through Typst alone", ours / theirs, MOST,
              f"{ours:.2f} s for {pages} pages, {theirs:.2f} s for {bare_pages}, medians of {ROUNDS}, by turns"),
        Ratio(f"{what} HTML / as PDF", web / ours, HTML_MOST,
              f"{web:.2f} s over {ours:.2f} s, medians of {ROUNDS}, by turns; both with the reading of the plan"),
        memory,
    ]  # fmt: skip


def document(plan: Workspace, charts: list[SeriesChart]) -> NumberedDocument:
    """The plan as a document, with the charts behind it."""
    kind = document_named("plan")
    assert kind is not None
    plain = made(plan, kind, PRINTED).document
    figures = tuple(DocumentFigure(line(each.title), series_picture(each), alternative(each)) for each in charts)
    return numbered(replace(plain, blocks=(*plain.blocks, *figures)))


def _pdf(plan: Workspace, charts: list[SeriesChart]) -> bytes:
    return as_pdf(document(plan, charts))


def _html(plan: Workspace, charts: list[SeriesChart]) -> bytes:
    return as_html(document(plan, charts))


def bare(of: NumberedDocument) -> Callable[[], bytes]:
    """Typst alone, with all that is in a document ready for it."""
    notes = (["words", _words(note.text)] for note in of.notes)
    told = json.dumps({"title": of.document.title, "parts": [*map(_part, of.blocks[1:]), *notes]})
    asked = json.dumps([BARE, told, str(files("resources") / "fonts")]).encode()
    return lambda: (
        subprocess.run([sys.executable, "-P", "-c", ALONE], input=asked, capture_output=True, check=True).stdout
    )


def _part(block: DocumentBlock) -> list[object]:
    match block:
        case DocumentHeading(text=text):
            return ["heading", _words(text)]
        case Paragraph(text=text):
            return ["words", _words(text)]
        case Bullets(items=items):
            return ["list", [_words(item) for item in items]]
        case DocumentTable():
            return ["table", [_words(block.caption), *_cells(block)]]
        case DocumentFigure():
            return ["picture", [printable(svg_of(block.picture, family="'Source Sans 3'")), block.alternative]]
        case _:
            return ["words", ""]


def _cells(table: DocumentTable) -> Iterator[list[str]]:
    yield [_words(column.heading) for column in table.columns]
    yield [_words(cell) for row in table.rows for cell in row]


def _words(text: Line) -> str:
    return printable(plain_words(text))


def _memory(folder: Path) -> Ratio:
    """What ten pages more take of the program's memory at its worst moment, against a megabyte."""
    one, many = (_taken(plans.make(folder / f"of-{times}.plan", times)) for times in (1, TIMES))
    tens = (many[0] - one[0]) / 10
    ours, typst = ((many[at] - one[at]) / 1e6 / tens for at in (1, 2))
    detail = (
        f"{ours:.2f} MB; {one[1] / 1e6:.0f} MB for {one[0]} pages, {many[1] / 1e6:.0f} MB for {many[0]}, a fresh "
        f"process each. The process that sets the pages takes {typst:.0f} MB for each ten, and ends with them"
    )
    return Ratio("memory of the program for ten pages more of PDF, in MB", ours, MEGABYTES, detail)


def _taken(plan: Path) -> tuple[int, int, int]:
    """The pages of a plan, and the most memory that the program and the process that sets them have at one time."""
    program = subprocess.Popen(
        [sys.executable, "-m", __name__, str(plan)], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    assert program.stdin is not None
    assert program.stdout is not None
    pages = 0
    most = [0, 0]

    def look() -> None:
        watched = psutil.Process(program.pid)
        while program.poll() is None:
            try:
                most[0] = max(most[0], watched.memory_info().rss)
                most[1] = max([most[1], *(child.memory_info().rss for child in watched.children())])
            except psutil.Error:
                continue
            time.sleep(0.002)

    program.stdout.readline()  # it has loaded what it needs
    looking = threading.Thread(target=look)
    looking.start()
    program.stdin.close()
    pages = int(program.stdout.read())
    looking.join()
    program.wait()
    return pages, most[0], most[1]


def _print(plan: Path) -> None:
    """What a fresh process does whose memory is looked at: it prints a plan, and says how many pages it has."""
    charts = wall.charts()
    print("ready", flush=True)
    sys.stdin.read()
    with Workspace.open(plan, read_only=True) as workspace:
        print(_pages(_pdf(workspace, charts)))


def _pages(pdf: bytes) -> int:
    return pdf.count(b"/Type/Page/")


def _timed(does: Callable[[], object]) -> float:
    begun = time.perf_counter()
    does()
    return time.perf_counter() - begun


if __name__ == "__main__":
    _print(Path(sys.argv[1]))
