"""What a Word file says of itself: its title, the body whose it is, its marking and language; no person, no time."""

from spp_desktop.documents.blocks import Document
from spp_desktop.documents.svg import escaped
from spp_desktop.documents.word.markup import part, root, w, xml
from spp_desktop.documents.word.package import WordPackage

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def put(package: WordPackage, document: Document) -> None:
    """Put the properties of a document and its settings into a file; the marking is its category, as in workbooks."""
    package.properties(
        "core",
        _core(document),
        "application/vnd.openxmlformats-package.core-properties+xml",
        f"{_PACKAGE}/relationships/metadata/core-properties",
    )
    package.beside("settings", _settings(document.language))


def _core(document: Document) -> str:
    texts = {
        "dc:title": document.title,
        "dc:subject": document.subtitle,
        "dc:creator": document.author,
        "cp:category": document.furniture.marking,
        "dc:language": document.language,
    }
    spaces = f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    inside = "".join(xml(name, escaped(text)) for name, text in texts.items() if text)
    return part(f"<cp:coreProperties {spaces}>{inside}</cp:coreProperties>")


def _settings(language: str) -> str:
    """Settings: written for Word 2013 and later, which Word 2010 opens, too."""
    compatible = xml(
        "w:compatSetting", w_name="compatibilityMode", w_uri="http://schemas.microsoft.com/office/word", w_val=15
    )
    return root(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=720),
        w("footnotePr", w("footnote", id=-1), w("footnote", id=0)),
        w("compat", compatible),
        w("themeFontLang", val=language),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )
