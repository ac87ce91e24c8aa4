"""A parser of XML as the readers of files use it: tags as they begin and end, and texts unbroken."""

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from spp_desktop.returns.records import Unreadable


def tag_parser(
    start: Callable[[str, dict[str, str]], Any], end: Callable[[str], Any], spoken: Callable[[str], Any]
) -> expat.XMLParserType:
    """A parser that calls these for each tag that begins, each that ends, and each text.

    Names are "NAMESPACE NAME". A document type, in which entities can be hidden, is ``Unreadable``.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = spoken
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise Unreadable("it declares a document type, which no file of this kind needs")
