"""The reading of files' cells, in a process of its own that can be stopped.

It knows no plan and no return: it turns a file into records of plain values (``records``). Files from outside are
unpacked and parsed nowhere else: scanned first, then read. Which files, it is told by a line of JSON each. Whatever
has gone wrong with a file, it ends, and another process reads the next.
"""

import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any, BinaryIO, NoReturn

from spp_desktop.returns.blocks import blocks
from spp_desktop.returns.foreign import COPY_TABLES, SAVE_ATTACHED
from spp_desktop.returns.limits import LIMITS, FileLimits, megabytes
from spp_desktop.returns.mail.enclosed import as_record
from spp_desktop.returns.records import Record, RowsTogether, TooMuch, Unreadable
from spp_desktop.returns.scan import MAILS, Form, PasswordNeeded, ReturnRefused, look_at, scan, scan_xml


def read(path: Path | str, rows: int, columns: int) -> list[Record | RowsTogether]:
    """A workbook's records, of the cells up to this row and column.

    Raises:
        Exception: of any kind that openpyxl meets in a damaged file.
    """
    with Path(path).open("rb") as file:
        content = list(together(file, "xlsx", LIMITS))
    kept: list[Record | RowsTogether] = []
    for record in content:
        if isinstance(record, RowsTogether):
            kept.append(record.up_to(rows, columns))
        elif isinstance(record, dict) or (record[0] <= rows and record[2][-1][0] <= columns):
            kept.append(record)
        elif record[0] <= rows:
            kept.append([*record[:2], [cell for cell in record[2] if cell[0] <= columns]])
    return kept


def records(file: BinaryIO, form: Form, limits: FileLimits, first: int | None = None) -> Iterator[Record]:
    """What stands in a file of this form; of each sheet's rows no more than the ``first``, where that is given."""
    if form == "csv":
        from spp_desktop.returns import csv_file  # late, as all of these: each loads much, and one of them is needed

        return csv_file.records(file, first)
    if form == "project":
        from spp_desktop.returns import mspdi

        return _first(mspdi.records(file, limits), first)
    if form == "ods":
        from spp_desktop.returns import ods

        return _first(ods.records(file, limits), first)
    if form == "docx":
        from spp_desktop.returns import word_tables

        return _first(word_tables.records(file, limits), first)
    from spp_desktop.returns import xlsx

    return xlsx.records(file, limits, first)


def together(file: BinaryIO, form: Form, limits: FileLimits) -> Iterator[Record | RowsTogether]:
    """What stands in a file of this form, several rows at once where they are alike."""
    if form not in ("xlsx", "xlsm"):
        return records(file, form, limits)
    from spp_desktop.returns import xlsx

    return xlsx.records_together(file, limits)


def _asked_for(file: BinaryIO, form: Form, limits: FileLimits, asked: dict[str, Any]) -> Iterator[Record]:
    """What is asked for of a file: columns of one sheet, rows several at once, or the first rows of each sheet."""
    if asked.get("wanted"):
        return blocks(together(file, form, limits), **asked["wanted"])
    if asked.get("together"):
        several = together(file, form, limits)
        return (record._asdict() if isinstance(record, RowsTogether) else record for record in several)
    return records(file, form, limits, asked.get("first"))


def _first(stream: Iterator[Record], most: int | None) -> Iterator[Record]:
    """The records without rows that follow the first so many of their sheet."""
    seen = 0
    for record in stream:
        seen = seen + 1 if isinstance(record, list) else 0
        if most is None or seen <= most:
            yield record


def limit(memory: int, seconds: float) -> None:
    """Bound what this process may take from now on, where the system can, until it is bounded anew.

    Args:
        memory: What it may take more than it has already, in bytes. On Windows the program bounds it, by a job.
        seconds: How long it may work.
    """
    gc.disable()  # what is read is given on and dropped; what holds itself is let go of between two files
    with suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows

        seconds += sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        for what, most in ((resource.RLIMIT_AS, memory + _taken()), (resource.RLIMIT_CPU, int(seconds) + 1)):
            _, highest = resource.getrlimit(what)
            resource.setrlimit(what, (most if highest == resource.RLIM_INFINITY else min(most, highest), highest))


def _taken() -> int:
    """The addresses that this process has taken already, in bytes; none where the system does not tell."""
    with suppress(ImportError, OSError, ValueError, IndexError):
        import resource  # not on Windows

        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    return 0


LARGE = 2_000_000
"""Bytes of a file beyond which the process that has read all of it ends: the next begins with all the memory it may
take."""


def main(arguments: list[str]) -> NoReturn:
    """Read files, each named by a line on the standard input, and write what stands in them to the standard output.

    It ends when nothing more is asked, and once it has read a file that may have left its memory less than it was.
    """
    memory, seconds = arguments
    import_module("spp_desktop.returns.xlsx")  # what most files need, while nothing is asked yet
    with open(0, "rb", closefd=False) as questions, open(1, "wb", closefd=False) as out:
        goes_on = True
        while goes_on and (line := questions.readline()):
            limit(int(memory), float(seconds))
            goes_on = answer(json.loads(line), out)
            if goes_on:
                gc.collect()
                gc.freeze()
    os._exit(0)  # there is nothing to put in order, and the program waits for the end


def answer(asked: dict[str, Any], out: BinaryIO) -> bool:
    """Write the records of one file, a line each, and how it ended: whole, refused, or with a problem.

    Returns:
        Whether the process is as good as before, and goes on with another file.
    """
    goes_on = asked.get("package") != "protected"
    try:
        out.writelines(_lines(asked))
        ended: dict[str, Any] = {"end": "whole"}
        goes_on &= bool(asked.get("first")) or Path(asked["path"]).stat().st_size <= LARGE
    except PasswordNeeded as needed:
        ended = {"end": "password", "said": str(needed), "wrong": needed.wrong}
    except ReturnRefused as refused:
        ended = {"end": "refused", "said": str(refused)}
    except Unreadable as problem:
        ended = {"end": "problem", "said": str(problem), "advice": problem.advice}
        goes_on = False
    except (MemoryError, ImportError):  # a module that is there is not loaded where there is no room for it
        memory = megabytes(asked["limits"]["memory"])
        ended = {
            "end": "problem",
            "said": f"it needs more memory than a return does (at most {memory})",
            "advice": SAVE_ATTACHED if asked["package"] in MAILS else COPY_TABLES,
        }
        goes_on = False
    except Exception:  # noqa: BLE001 - a damaged file raises whatever it likes, and none of it means anything to a person
        ended = {"end": "problem", "said": "something in it is damaged"}
        goes_on = False
    if goes_on:
        ended |= {"goes_on": True, "worked": process_time()}
    out.write(_line(ended))
    out.flush()
    return goes_on


def _lines(asked: dict[str, Any]) -> Iterator[bytes]:
    limits = FileLimits(**asked["limits"])
    with Path(asked["path"]).open("rb") as file:
        content: BinaryIO = file
        package: str = asked["package"]
        if package in MAILS:
            from spp_desktop.returns.mail import looking  # late: few files are mails

            message = looking.opened(file, package, asked["name"], limits)
            if asked.get("place") is None:
                yield _line(as_record(looking.enclosed(message, asked["name"], limits)))
                return
            enclosed = looking.content_at(message, tuple(asked["place"]), limits)
            looked = look_at(enclosed, asked["name"], asked["suffix"], limits)
            if looked.package in MAILS:
                raise ReturnRefused(f"{asked['name']} is a mail within another. {SAVE_ATTACHED}")
            package, content = looked.package, BytesIO(enclosed)
            yield _line({"file_hash": looked.file_hash})
        if package == "protected":
            content = _opened(content, asked)
        form, notices = _sound(content, package, asked, limits, _told_apart(file, asked) if content is file else None)
        content.seek(0)
        yield _line({"form": form, "notices": notices})
        rows = cells = size = sheets = 0
        for record in _asked_for(content, form, limits, asked):
            line = _line(record)
            size += len(line)
            of_record = _filled(record)
            rows, cells = rows + of_record[0], cells + of_record[1]
            sheets += "sheet" in record
            if rows > limits.rows or cells > limits.cells or size > limits.all_text or sheets > limits.sheets:
                raise _too_much(limits, rows=rows, cells=cells, sheets=sheets)
            yield line
        if asked.get("drawn"):
            yield from map(_line, _drawn(content, form))


def _filled(record: Record) -> tuple[int, int]:
    """How many rows of a record hold anything, and how many of their cells do."""
    if isinstance(record, list):
        return 1, len(record[2])
    columns = record.get("cells", [])
    cells = sum(len(column) - column.count(None) for column in columns)
    if "rows" in record or not all(None in column for column in columns):  # of a block only rows that hold anything
        return len(record.get("rows", columns[0] if columns else ())), cells
    return sum(any(cell is not None for cell in row) for row in zip(*columns, strict=True)), cells


class _LastScanned:
    """The file that was found sound last, and what was said of it: nobody scans a large extract twice in a row."""

    file: tuple[Any, ...] | None = None
    form_and_notices: tuple[Form, list[str]] = "xlsx", []


_last_scanned = _LastScanned()


def _told_apart(file: BinaryIO, asked: dict[str, Any]) -> tuple[Any, ...] | None:
    """What tells a file, as it is opened now, from any other; ``None`` where the program has made no hash of it.

    That hash, which it has made just before, and what the system says of the file.
    """
    if not asked.get("file_hash"):
        return None
    now = os.fstat(file.fileno())
    limits = tuple(sorted(asked["limits"].items()))
    told = now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns
    return asked["file_hash"], asked["path"], asked["package"], bool(asked.get("documents")), limits, told


def _sound(
    content: BinaryIO, package: str, asked: dict[str, Any], limits: FileLimits, file: tuple[Any, ...] | None
) -> tuple[Form, list[str]]:
    """Which form a file is of, and sentences on what is left aside; it is looked through unless it was just before."""
    if file is None or file != _last_scanned.file:
        form_and_notices = _scanned(content, package, asked["name"], limits, documents=bool(asked.get("documents")))
        _last_scanned.file, _last_scanned.form_and_notices = file, form_and_notices
    return _last_scanned.form_and_notices


def _drawn(content: BinaryIO, form: Form) -> Iterator[Record]:
    """How the sheets of a workbook look, for a form that is to be filled."""
    from spp_desktop.returns.drawn import ods_drawn, xlsx_drawn  # late: only forms are drawn

    content.seek(0)
    if form == "ods":
        yield from ods_drawn.drawn(content)
    elif form in ("xlsx", "xlsm"):
        yield from xlsx_drawn.drawn(content)


def _line(record: Record) -> bytes:
    return json.dumps(record).encode() + b"\n"


def _scanned(
    content: BinaryIO, package: str, name: str, limits: FileLimits, *, documents: bool
) -> tuple[Form, list[str]]:
    """Which form a file is of, and sentences on what is left aside, once it was looked through."""
    if package == "text":
        return "csv", []
    if package == "xml":
        scan_xml(content, name, limits)
        return "project", []
    return scan(content, name, limits, documents=documents)


def _too_much(limits: FileLimits, **counts: int) -> TooMuch:
    """Which of the limits is passed."""
    for what, count in counts.items():
        most = vars(limits)[what]
        if count > most:
            return TooMuch(f"{what} than a return does", most)
    return TooMuch("text in all its cells than a return does", limits.all_text)


def _opened(file: BinaryIO, asked: dict[str, Any]) -> BinaryIO:
    """What a password opens. It is held in memory, and never stands on a disk."""
    if not asked["password"]:
        raise PasswordNeeded(f"{asked['name']} is protected by a password.", wrong=False)
    from spp_desktop.returns import protected  # late: its cipher takes a tenth of a second to load

    return BytesIO(protected.opened(file, asked["password"], asked["name"]))


if __name__ == "__main__":
    main(sys.argv[1:])
