"""Names of files made of names that people give: every system accepts them, and no two of them are one file."""

import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

LONGEST = 120
"""The bytes of a name in a file's name, which leaves room for what stands around it."""

_UNFIT = re.compile(r'[<>:"/\\|?*]')
"""What no file name may hold on Windows."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""The categories of Unicode whose letters cannot be seen, and may turn round what stands beside them."""
_MARKED = re.compile(r" \[([^\[\]]+)\](?:\.\w{1,5})?$")
"""What stands at the end of the name of a file that bears a marking."""
_DEVICES = re.compile(r"^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])(?= *(?:\.|$))", re.IGNORECASE)
"""Names that are devices on Windows, whatever stands behind a full stop."""


def part(name: str, longest: int = LONGEST) -> str:
    """A name as a part of a file's name, or as the whole of it but for its ending: "A/B: Crime." is "A B Crime".

    A name of nothing but such signs keeps their number: ".." is "__".

    Args:
        name: The name.
        longest: The bytes that it may take.
    """
    seen = "".join(" " if unicodedata.category(letter) in _UNSEEN else letter for letter in name)
    words = " ".join(_UNFIT.sub(" ", seen).split()).strip(" .")
    short = words.encode()[:longest].decode(errors="ignore").rstrip(" .")
    if not short:
        return "_" * min(len(name), longest)
    return _DEVICES.sub(r"\g<0>_", short)


def marked(name: str, marking: str) -> str:
    """A file's name, without its ending, that says the protective marking of what is in it: "Risks [RESTRICTED]"."""
    return f"{name} [{part(marking)}]" if marking else name


def marking_in(name: str) -> str:
    """The protective marking that the name of a file says, with its ending or without; "" for none."""
    match = _MARKED.search(name)
    return match[1] if match else ""


def parts(names: Iterable[str]) -> dict[str, str]:
    """A part of a file's name for each of some names. Where two would be one file, the later gets a number.

    Systems differ in whether they tell capitals from small letters, and in how they write letters with accents; what is
    one name on any of them is one here.
    """
    taken: set[str] = set()
    made: dict[str, str] = {}
    for name in names:
        if name in made:
            continue
        plain = chosen = part(name)
        number = 1
        while (key := unicodedata.normalize("NFKC", chosen).casefold()) in taken:
            number += 1
            chosen = f"{plain} ({number})"
        taken.add(key)
        made[name] = chosen
    return made


def unfit(path: Path, system: str = sys.platform) -> str | None:
    """Why no file can be kept at a path for the names in it, in a sentence; ``None`` if nothing is wrong with them.

    Windows would write into a device, into a hidden part of another file or under another name, and would not say so.

    Args:
        path: The path that is to be written.
        system: The system, as ``sys.platform`` names it. Only Windows forbids names.
    """
    if system != "win32":
        return None
    whole = PureWindowsPath(path)
    for name in whole.parts[1:] if whole.anchor else whole.parts:
        if wrong := _wrong_with(name):
            return (
                f"Windows keeps no file or folder called “{name}”: {wrong}. Nothing was written; choose another name."
            )
    return None


def _wrong_with(name: str) -> str:
    if name in {".", ".."}:
        return ""
    if _DEVICES.match(name):
        return "that is the name of a device"
    if _UNFIT.search(name):
        return 'a name may hold none of < > : " / \\ | ? *'
    if any(ord(letter) < ord(" ") for letter in name):
        return "a name may hold no line breaks, tabs or the like"
    return "a name may not end with a space or a full stop" if name[-1] in " ." else ""
