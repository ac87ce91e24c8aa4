#!/usr/bin/env bash
# typst 0.15.2: words of an SVG vanish, without a warning, where the family of their letters is called "Exo 2".
#
# Guess: font-family="Exo 2" finds the font, as `set text(font: "Exo 2")` does; or else the words are in other letters.
# Behaviour: unquoted, a name of which a part begins with a digit is none in CSS, and the whole attribute is passed over.
# Where no font is there but one's own, which is how a document comes out alike on every computer, nothing is drawn.
# Written as it is in a style sheet, in quotation marks inside the attribute's own, it is found.
# Output seen: Exo 2: no words, no warning; 'Exo 2': words, no warning
# Our product quotes the family: tests/documents/test_word.py::test_words_of_a_picture_are_drawn.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q typst==0.15.2 fontpkg-exo-2==2.10 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import sysconfig
from pathlib import Path
import typst
folders = {str(font.parent) for font in Path(sysconfig.get_path("purelib")).rglob("*.ttf")}
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=sorted(folders))
assert fonts.families() == ["Exo 2"], fonts.families()
page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.picture), format: "svg")'


def drawn(family, words):
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" font-family="{family}">{words}</svg>'
    return typst.compile_with_warnings(page, format="png", sys_inputs={"picture": picture}, font_paths=fonts)


seen = []
for family in ("Exo 2", "'Exo 2'"):
    (with_words, warnings), (blank, _) = drawn(family, '<text x="1" y="15">Target</text>'), drawn(family, "")
    there = "no words" if with_words == blank else "words"
    seen.append(f"{family}: {there}, {', '.join(map(str, warnings)) or 'no warning'}")
print(*seen, sep="; ")
assert seen == ["Exo 2: no words, no warning", "'Exo 2': words, no warning"], "it changed"
PYTHON
