"""One spoilt file after another is taken in; what is neither read nor refused in a sentence is an escape."""

import json
import math
import random
import re
import time
import warnings
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from spp_desktop.plan.kinds import (
    Choice,
    Day,
    Long,
    Money,
    Number,
    Percent,
    Rate,
    Several,
    TargetText,
    Text,
    Whole,
    Year,
    YesNo,
)
from spp_desktop.returns import reader
from spp_desktop.returns.answers import find_tables
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.returns.definition import ReturnColumn
from spp_desktop.returns.intake import Enclosed, MailReceived, Received, from_kept, kept, received, take
from spp_desktop.returns.limits import LIMITS
from spp_desktop.returns.mapped import FileLook, SheetLook
from spp_desktop.returns.plan_tables.entries import sayings
from spp_desktop.returns.plan_tables.reading import proposed, whole
from spp_desktop.returns.scan import ReturnRefused, look
from spp_desktop.returns.values import read
from tests.fuzz import mutations
from tests.fuzz.seeds import PLAN, Seed, seeds

APART = 60
"""One file in so many goes through the process that reads, as every file does in the program."""

LOWERED = replace(LIMITS, parts=100, small=100_000, rows=2_000, merged=1_000, lowest=3_000)
"""What a spoilt file may at most be: so little that what is above it does no harm to whatever opens it."""

SLOW = 10.0
"""Seconds that no file may take where nothing else runs beside, as in a search by hand."""

_KINDS = (Text(), Long(), Day(), Year(), Whole(), Number(), Rate(), Money(), Percent(), YesNo(), TargetText())
_COLUMNS = [
    *(ReturnColumn("x", "X", kind) for kind in _KINDS),
    ReturnColumn("x", "X", Choice(), choices="statuses"),
    ReturnColumn("x", "X", Several(), choices="posts"),
]
_AS_XML = 0.8
"""How often what is spoilt of a file of XML is its tags and texts; else it is any of its bytes."""

_WIDEST = 60
"""Columns of one file that are looked at as those of a plan's table."""
_CELLS = 400
"""Cells of one file whose values are read in every way."""


@dataclass
class Found:
    """What a run has seen."""

    files: int = 0
    apart: int = 0
    slowest: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    escapes: list[str] = field(default_factory=list)


class Escape(Exception):
    """A file was neither read nor refused in a sentence."""


def spoilt(seed: Seed, chance: random.Random) -> bytes:
    """A sound file, spoilt in some way."""
    if seed.parts is None:
        as_xml = seed.name.endswith(".xml") and chance.random() < _AS_XML
        return (mutations.spoil_xml if as_xml else mutations.spoil_bytes)(seed.content, chance)
    parts = list(seed.parts.items())
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if chance.random() < 1 / 6:
            parts = mutations.spoil_parts(parts, chance)
            continue
        at = chance.choice([at for at, (name, _) in enumerate(parts) if _telling(name)] or [0])
        parts[at] = (parts[at][0], mutations.spoil_xml(parts[at][1], chance))
    with warnings.catch_warnings(action="ignore"):  # two parts of one name are the point
        content = mutations.packed(parts, chance)
    way = chance.random()
    if way < 1 / 12:
        return mutations.spoil_bytes(content, chance)
    return mutations.lying(content, chance) if way < 1 / 6 else content


def _telling(name: str) -> bool:
    return not re.search(r"theme|\.bin$|mimetype", name)


def run(
    folder: Path, seed: int, *, seconds: float = 0.0, files: int = 0, most: float = math.inf, keep: Path | None = None
) -> Found:
    """Take in spoilt files for so many seconds, or so many files. Those that escape are kept.

    Args:
        folder: where they are put meanwhile.
        seed: what they are made from; the same seed gives the same files.
        seconds: how long new ones are made.
        files: how many are made at least.
        most: the seconds that one file may take.
        keep: where those that escape are put.
    """
    found = Found()
    sound = seeds(folder)
    until = time.monotonic() + seconds
    while found.files < files or time.monotonic() < until:
        chance = random.Random(f"{seed}/{found.files}")
        source = chance.choice(sound[:-1] if chance.random() < 0.99 else sound[-1:])  # opening a password takes long
        path = folder / f"{seed}-{found.files}-{source.name}"
        path.write_bytes(spoilt(source, chance))
        apart = found.files % APART == 0
        began = time.monotonic()
        try:
            outcome = _outcome(path, source.password, apart=apart)
            _check_time(time.monotonic() - began, most)
        except Exception as escape:  # noqa: BLE001 - whatever else is raised is what is looked for
            outcome = "ESCAPE"
            found.escapes.append(f"{path.name}: {type(escape).__name__}: {escape}"[:300])
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / path.name).write_bytes(path.read_bytes())
        found.slowest = max(found.slowest, time.monotonic() - began)
        found.outcomes[outcome] += 1
        found.files, found.apart = found.files + 1, found.apart + apart
        path.unlink()
    return found


def _check_time(seconds: float, most: float) -> None:
    if seconds > most:
        raise Escape(f"took {seconds:.0f} seconds")


def _outcome(path: Path, password: str, *, apart: bool) -> str:
    """How a file was received."""
    try:
        if apart and path.suffix == ".docx":
            whole(path, limits=LOWERED)
            return "read"
        found = take(path, LOWERED, password) if apart else _taken_here(path, password)
    except MailReceived as mail:
        for inside in mail.enclosed:
            _outcome_inside(path, inside, apart=apart)
        return "mail"
    except ReturnRefused as refused:
        said = str(refused)
        if path.name not in said or "Traceback" in said or len(said) > 600 or not said.endswith("."):
            raise Escape(f"no sentence: {said[:200]}") from None
        return re.sub(r"part \S+|[0-9,]+", "…", said.replace(path.name, ""))[:60].strip()
    _look_at(found)
    return "read"


def _outcome_inside(path: Path, inside: Enclosed, *, apart: bool) -> None:
    """Take in a file that a mail encloses."""
    try:
        found = take(path, LOWERED, enclosed=inside) if apart else _taken_here(path, "", inside)
    except ReturnRefused as refused:
        if path.name not in str(refused) or not str(refused).endswith("."):
            raise Escape(f"no sentence: {str(refused)[:200]}") from None
    else:
        _look_at(found)


def _taken_here(path: Path, password: str, inside: Enclosed | None = None) -> Received:
    """What ``take`` does, in this process."""
    name = inside.called if inside else path.name
    asked: dict[str, Any] = {
        "path": str(path),
        "name": name,
        "package": look(path, LOWERED).package,
        "password": password,
        "limits": asdict(LOWERED),
        "documents": path.suffix == ".docx",
    }
    if inside:
        asked |= {"place": inside.place, "suffix": Path(inside.name).suffix}
    out = BytesIO()
    with warnings.catch_warnings(action="ignore"):  # the process that reads says nothing of them either
        reader.answer(asked, out)
    return received(name, [json.loads(line) for line in out.getvalue().splitlines()])


def _as_plan(found: Received) -> None:
    """What is done with the same tables where they are taken as those of a plan that exists."""
    sheets = [
        SheetLook(sheet.title, sheet.hidden, tuple(sheet.rows), tuple(
            tuple(row[n].typed() if n in row else "" for n in range(1, min(max(row), _WIDEST) + 1))
            for row in sheet.rows.values()
        ))
        for sheet in found.sheets if any(sheet.rows.values())
    ]  # fmt: skip
    if sheets and not (reading := proposed(FileLook("spoilt", tuple(sheets), ()), {})).columns.lacks():
        for sentence in sayings(reading).left:
            if not sentence.endswith("."):
                raise Escape(f"no sentence: {sentence[:200]}")


def _look_at(found: Received) -> None:
    """Everything that is done with what was read."""
    if from_kept(kept(found)) != found:
        raise Escape("what was kept is not what was received")
    find_tables(DELIVERY_PLAN, PLAN, found)
    _as_plan(found)
    cells = [cell for sheet in found.sheets for row in sheet.rows.values() for cell in row.values()]
    for cell in cells[:_CELLS]:
        for column in _COLUMNS:
            answer = read(column, cell, PLAN)
            if answer.doubt and not answer.doubt.endswith((".", "?")):
                raise Escape(f"no sentence: {answer.doubt[:200]}")
