"""The process that sets pages: told by a line of JSON what to print, it answers with files, or why there are none.

Typst takes megabytes for each page and keeps them; a fault of its own ends the process that it works in. Here both end
with the file. The answer is a line of JSON with the sizes of the files, and then these, one behind the other.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Literal

from spp_desktop.documents.typeset.cells import UnknownTable, with_headers

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1, ISO 14289-1: what Typst holds the document to, as far as it knows."""
BESIDE = -1
"""The place of what stands beside the blocks: the title, the notes, what stands on each page."""


class TypesettingRefused(Exception):
    """Typst prints no pages. Its words say why."""


def files_of(asked: Mapping[str, Any]) -> list[bytes]:
    """The files that are asked for: a PDF, or a picture of each page.

    Args:
        asked: ``told``, what the template is told; the paths of the ``template`` and of the folder of ``fonts``; and
            ``per_inch``, how many pixels an inch of paper has in pictures, 0 for a PDF.

    Raises:
        TypesettingRefused: if Typst refuses it, or fails.
    """
    import typst  # late: 60 MB, and the program that starts this process needs none of it

    try:
        made: bytes | list[bytes] = typst.compile(
            Path(asked["template"]).read_bytes(),
            sys_inputs={"told": json.dumps(asked["told"])},
            font_paths=typst.Fonts(False, False, [asked["fonts"]]),  # neither those of the computer nor Typst's own
            **({"format": "png", "ppi": asked["per_inch"]} if asked["per_inch"] else {"pdf_standards": STANDARD}),
            timestamp=0,
        )
        if asked["per_inch"]:
            return [made] if isinstance(made, bytes) else made  # one page comes by itself
        assert isinstance(made, bytes)
        return [with_headers(made)]
    except (typst.TypstError, UnknownTable) as error:
        raise TypesettingRefused(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it is no Exception, and its class cannot be imported
            raise
        raise TypesettingRefused("Typst failed on it") from error


def refused_block(asked: Mapping[str, Any]) -> tuple[int | None, str]:
    """The place of the first block that is refused alone, and why; ``None`` where each is printed alone."""
    every = [block for run in asked["told"]["runs"] for block in run["blocks"]]
    for place, blocks in [(BESIDE, []), *((place, [block]) for place, block in enumerate(every))]:
        try:
            files_of({**asked, "told": _alone(asked["told"], blocks)})
        except TypesettingRefused as refused:
            return place, str(refused)
    return None, ""


def _alone(told: Mapping[str, Any], blocks: Sequence[Any]) -> dict[str, Any]:
    return {**told, "alone": True, "runs": [{"across": False, "blocks": blocks}]}


def answer(asked: Mapping[str, Any], out: BinaryIO) -> None:
    """Print what is asked for, or say which block is refused and why."""
    try:
        made = files_of(asked)
    except TypesettingRefused as refused:
        place, why = refused_block(asked)
        out.write(json.dumps({"place": place, "why": why or str(refused)}).encode() + b"\n")
        return
    out.write(json.dumps({"sizes": [len(file) for file in made]}).encode() + b"\n")
    out.writelines(made)


if __name__ == "__main__":
    answer(json.load(sys.stdin.buffer), sys.stdout.buffer)
