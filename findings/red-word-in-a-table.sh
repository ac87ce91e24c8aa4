#!/usr/bin/env bash
# LibreOffice 7.4.7: a word that its style makes red is blue in a table, where the document's defaults say blue.
#
# Guess: a style of characters says more than the defaults of the document (ECMA-376, part 1, 17.7.2): the word is red
# wherever it stands.
# Behaviour: in a table that has a style the default colour is laid on each run as if somebody had painted it, over the
# style of the word; beside the table the same word is red. Where the style of the paragraph names the colour, both are red.
# Output seen: defaults: text #ff0000, table #000080; paragraph's style: text #ff0000, table #ff0000
# Our product names the colour in the style Normal: tests/documents/test_word.py::test_colours_stand_in_styles.
# Needs LibreOffice's writer.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
soffice --version | grep -q " 7\.4\." || { echo "This is another LibreOffice: $(soffice --version)"; exit 1; }
cat >try.py <<'PYTHON'
import re
import subprocess
import zipfile
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAVY = '<w:rPr><w:color w:val="000080"/></w:rPr>'
RED = '<w:style w:type="character" w:styleId="Red"><w:name w:val="Red"/><w:rPr><w:color w:val="FF0000"/></w:rPr></w:style>'
ROWS = '<w:style w:type="table" w:styleId="Rows"><w:name w:val="Rows"/></w:style>'
WORD = '<w:p><w:r><w:rPr><w:rStyle w:val="Red"/></w:rPr><w:t>late</w:t></w:r></w:p>'
TABLE = f'<w:tbl><w:tblPr><w:tblStyle w:val="Rows"/></w:tblPr><w:tblGrid><w:gridCol w:w="999"/></w:tblGrid><w:tr><w:tc>{WORD}</w:tc></w:tr></w:tbl>'


def colours(name, defaults, normal):
    styles = (
        f"<w:styles {W}><w:docDefaults><w:rPrDefault>{defaults}</w:rPrDefault></w:docDefaults>"
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>{normal}</w:style>{RED}{ROWS}</w:styles>'
    )
    related = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{related}"><Relationship Id="a" Type="{LINK}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{related}"><Relationship Id="a" Type="{LINK}/styles" '
        'Target="styles.xml"/></Relationships>',
        "word/styles.xml": styles,
        "word/document.xml": f"<w:document {W}><w:body>{WORD}{TABLE}<w:p/></w:body></w:document>",
    }
    with zipfile.ZipFile(f"{name}.docx", "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    profile = f"-env:UserInstallation={Path('profile').resolve().as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "fodt", f"{name}.docx"]
    subprocess.run(command, check=True, capture_output=True)
    saved = Path(f"{name}.fodt").read_text(encoding="utf-8")

    def colour(words):
        """The colour of the innermost style around "late" that has one."""
        styles = re.findall(r'<text:span text:style-name="([^"]+)">', re.search(r"<text:p[^>]*>.*?late", words)[0])
        told = [re.search(rf'<style:style style:name="{style}".*?</style:style>', saved, re.DOTALL)[0] for style in styles]
        return [found[1] for found in (re.search(r'fo:color="([^"]+)"', each) for each in told) if found][-1]

    before, inside = re.split("<table:table ", saved[saved.index("<office:text") :], maxsplit=1)
    return f"text {colour(before)}, table {colour(inside)}"


seen = f"defaults: {colours('one', NAVY, '')}; paragraph's style: {colours('two', '', NAVY)}"
print(seen)
assert seen == (
    "defaults: text #ff0000, table #000080; paragraph's style: text #ff0000, table #ff0000"
), "it changed"
PYTHON
python3 try.py
