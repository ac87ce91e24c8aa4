"""Addresses of e-mail as people type and paste them: the one reader."""

import re
from typing import Any, ClassVar

from spp_desktop.plan.kinds.kind import Doubt, Text
from spp_desktop.plan.kinds.spelling import plain, quoted

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@)(?=.{{1,254}}\Z){_LOCAL}@(?:{_LABEL}\.)+{_LABEL}")
"""An address: RFC 5322's dot-atom before the @ and a host's name with a full stop after it, as long as RFC 5321 has it
at most. Quoted names, addresses in numbers and letters beyond ASCII are left out: few mail programs take them."""
_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]*)>")
"""An address behind the name of a person, as Outlook copies it: "Jones, Ann <ann.jones@force.police.uk>"."""
_TO_MAIL = "mailto:"


class Addresses(Text):
    """One address of e-mail, or several; they are kept with "; " between them, each once."""

    takes: ClassVar[str] = "addresses such as acc.crime@force.police.uk, with ; between them"

    def understand(self, text: str) -> Any:
        """The addresses of a text, or the doubt about the first of its parts that can be none."""
        kept: dict[str, str] = {}
        for part in _parts(plain(text)):
            address = part[len(_TO_MAIL) :] if part.casefold().startswith(_TO_MAIL) else part
            if not _ADDRESS.fullmatch(address):
                return Doubt(
                    f"{quoted(part)} cannot be an address. Write them like acc.crime@force.police.uk, "
                    "with ; between several."
                )
            kept.setdefault(address.casefold(), address)
        return "; ".join(kept.values())


def _parts(text: str) -> list[str]:
    """What stands between semicolons and commas; a name in front of an address in brackets may have a comma itself."""
    parts: list[str] = []
    for piece in text.split(";"):
        named = _IN_BRACKETS.fullmatch(piece.strip())
        parts += [named[1]] if named else [_bare(each) for each in piece.split(",")]
    return [part.strip() for part in parts if part.strip()]


def _bare(piece: str) -> str:
    named = _IN_BRACKETS.fullmatch(piece.strip())
    return named[1] if named else piece


def addresses_in(text: str) -> tuple[str, ...]:
    """The addresses of a text; none where anything in it is none."""
    value = Addresses().read(text)
    return tuple(value.split("; ")) if isinstance(value, str) and value else ()
