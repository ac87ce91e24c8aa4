"""The process that sets pages: what it answers, and what it makes of faults."""

import json
from io import BytesIO
from typing import Any

import pytest
import typst

from spp_desktop.documents.pdf.printing import _asked
from spp_desktop.documents.typeset.cells import UnknownTable, with_headers
from spp_desktop.documents.typeset.process import TypesettingRefused, answer, files_of
from tests.documents.pdf.sample import sample


class PanicException(BaseException):
    """As Typst ends where it has a fault of its own: no Exception."""


def asked() -> dict[str, Any]:
    return _asked(sample())


def answered() -> tuple[Any, bytes]:
    out = BytesIO()
    answer(asked(), out)
    head, _, files = out.getvalue().partition(b"\n")
    return json.loads(head), files


def test_it_answers_with_files_and_their_sizes() -> None:
    said, files = answered()
    assert said == {"sizes": [len(files)]}
    assert files.startswith(b"%PDF")


def test_a_fault_of_typst_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> bytes:
        raise PanicException

    monkeypatch.setattr(typst, "compile", fails)
    assert answered() == ({"place": -1, "why": "Typst failed on it"}, b"")


def test_whatever_else_ends_it_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(typst, "compile", stopped)
    with pytest.raises(KeyboardInterrupt):
        files_of(asked())


def test_tables_of_another_typst_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    (made,) = files_of(asked())
    for broken in (made[:-30], made.replace(b"/S/TD/", b"/S/XX/", 1), made.replace(b"/S/TD/", b"/S/TR/", 1)):
        with pytest.raises(UnknownTable):
            with_headers(broken)
    prints = iter([made[:-30], *[made] * 99])
    monkeypatch.setattr(typst, "compile", lambda *_, **__: next(prints))
    assert answered()[0] == {"place": None, "why": "The PDF does not end as it should."}
    monkeypatch.setattr(typst, "compile", lambda *_, **__: made[:-30])
    with pytest.raises(TypesettingRefused):
        files_of(asked())
