"""A word removed for good: nothing of the file holds it, and nothing that left before is accused of anything."""

import re
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spp_desktop.edits import deciding, keeping, receiving
from spp_desktop.plan.removed import may_have_been
from spp_desktop.plan.rules import RuleBroken
from spp_desktop.store import (
    checking,
    database,
    expunged,
    expunging,
    locks,
    receipts,
    second_copy,
    still_holding,
    waiting,
)
from spp_desktop.store.problems import NotKept, UndoRefused
from spp_desktop.store.struck import StruckWord
from spp_desktop.store.workspace import Workspace
from tests.edits.filling import received, sent
from tests.store.conftest import sql
from tests.store.tampering import sealed_anew, unguarded

NAME = "Zoë Quillfeather"
SPELLINGS = (NAME, NAME.upper(), "Zoe\u0308  Quillfeather")


def spelled_in(content: bytes, word: str = "quillfeather") -> bool:
    """Whether a word stands in some bytes, in UTF-8 or UTF-16, or in what is packed in them."""
    texts = [content.decode(code, "ignore") for code in ("utf-8", "utf-16-le", "utf-16-be")]
    texts.append(content[1:].decode("utf-16-le", "ignore"))
    return any(word in text.casefold() for text in texts)


def held_anywhere(path: Path, word: str = "quillfeather") -> bool:
    """Whether a word stands in a plan's file, or in a file that is packed in it."""
    with closing(sqlite3.connect(path)) as connection:
        packed = [row[0] for row in connection.execute("SELECT content FROM receipt")]
    return spelled_in(path.read_bytes(), word) or any(
        spelled_in(zlib.decompress(zlib.decompress(each)), word) for each in packed
    )


@pytest.fixture
def full(workspace: Workspace, tmp_path: Path) -> dict[str, Path]:
    """A name in rows, in the history, in a return that went out and came back; and what left the plan with it."""
    edit = workspace.edit
    edit("name the post", sql, f"UPDATE post SET title = '{NAME}' WHERE title = 'ACC Crime'")
    edit(f"ask {NAME.upper()}", sql, f"UPDATE activity SET text = 'Ask {SPELLINGS[1]} and {SPELLINGS[2]} by May'")
    for n, title in enumerate((NAME, SPELLINGS[1])):
        values = f"'{str(n) * 36}', {n}, '{title}', '', ''"
        edit("add", sql, f"INSERT INTO area (id, position, title, code, kind) VALUES ({values})")
    edit("take away", sql, "DELETE FROM milestone WHERE title LIKE '%1.02'")
    folder = tmp_path / "left"
    folder.mkdir()
    files = {"return": folder / f"{NAME}.xlsx", "copy": folder / "copy.plan"}
    sent(workspace, files["return"], owner=NAME)
    review = keeping.keep(workspace, received(workspace, files["return"], a101={"done": f"{NAME} has answered"}))
    deciding.decided(workspace, review, review.differences, "reject", reason=f"{NAME} was asked")
    workspace.save_copy(files["copy"])
    return files


def test_a_word_is_gone_from_every_byte(workspace: Workspace, full: dict[str, Path]) -> None:
    before = workspace.history()
    assert held_anywhere(workspace.path)
    found = expunging.expunge(workspace, StruckWord(NAME), "a name of no office")
    assert found.rows == 6  # a post, three activities, two areas
    assert len(found.records) >= 3
    assert not held_anywhere(workspace.path)
    now = workspace.history()
    assert [step.id for step in now[1:]] == [step.id for step in before]
    assert now[0].kind == expunged.KIND
    assert now[0].label.endswith(": a name of no office")
    assert now[-4].label in ("ask [removed]", "ask [removed 2]")
    titles = workspace.read_beside(lambda raw: raw.execute("SELECT title FROM area ORDER BY position").fetchall())
    assert len(set(titles)) == 2  # what was told apart still is
    workspace.close()
    report = checking.check_file(workspace.path, against=list(full.values()))
    assert report.ok, report.lines
    assert sum("A word was removed from it for good since" in line for line in report.lines) == len(full)


def test_steps_go_on_being_undone_but_not_that_one(workspace: Workspace) -> None:
    workspace.edit("ask", sql, f"UPDATE activity SET text = 'Ask {NAME}'")
    workspace.edit("thank", sql, f"UPDATE activity SET text = 'Thank {NAME}'")
    expunging.expunge(workspace, StruckWord(NAME), "asked to")
    with pytest.raises(UndoRefused, match="removed a word for good"):
        workspace.revert(workspace.revision())
    assert (workspace.undo() or workspace.history()[0]).label == "thank"
    texts = workspace.read_beside(lambda raw: {row[0] for row in raw.execute("SELECT text FROM activity")})
    assert texts == {"Ask [removed]"}


def test_a_return_that_went_out_before_is_known(workspace: Workspace, full: dict[str, Path]) -> None:
    (receipt,) = workspace.read_beside(receipts.every)
    before = receiving.gone_on_with(workspace, receipt.id)
    expunging.expunge(workspace, StruckWord(NAME), "asked to")
    (receipt,) = workspace.read_beside(receipts.every)
    assert receipt.sender == "[removed]"
    review = receiving.review(workspace, full["return"])
    assert not any("altered" in notice for notice in review.notices)
    again = receiving.gone_on_with(workspace, receipt.id)
    assert "[removed] has answered" in [each.returned for each in again.differences]
    assert [each.subject for each in again.differences] == [each.subject for each in before.differences]
    assert again.decisions.keys() == before.decisions.keys()


@pytest.mark.parametrize(
    ("word", "reason", "why"),
    [
        ("nowhere at all", "asked to", "stands nowhere"),
        ("Serious", " ", "Say why"),
        ("Serious", "serious enough", "holds the word itself"),
        ("x", "asked to", "2 to 200"),
        ("--", "asked to", "no letter"),
    ],
)
def test_what_cannot_be_done_is_refused(workspace: Workspace, word: str, reason: str, why: str) -> None:
    before = workspace.path.read_bytes()
    with pytest.raises(RuleBroken, match=why):
        expunging.expunge(workspace, StruckWord(word), reason)
    assert workspace.path.read_bytes() == before


def test_a_history_that_was_tampered_with_is_not_sealed_anew(workspace: Workspace) -> None:
    workspace.edit("ask", sql, f"UPDATE activity SET text = 'Ask {NAME}'")
    workspace.close()
    with closing(sqlite3.connect(workspace.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER change_is_never_changed")
        trigger = next(text for text in database.schema() if "change_is_never_changed" in text)
        connection.execute("UPDATE change SET after = 'Something else' WHERE n = (SELECT max(n) FROM change)")
        connection.execute(trigger)
    before = workspace.path.read_bytes()
    with Workspace.open(workspace.path) as opened, pytest.raises(NotKept, match="would hide a fault"):
        expunging.expunge(opened, StruckWord(NAME), "asked to")
    assert workspace.path.read_bytes() == before


def test_what_is_cut_off_leaves_the_old_plan(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.edit("ask", sql, f"UPDATE activity SET text = 'Ask {NAME}'")
    before, copy_all, copied = workspace.path.read_bytes(), waiting.copy_all, 0

    def cut_off(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
        nonlocal copied
        copied += 1
        if copied == 2:
            raise sqlite3.OperationalError("disk I/O error")
        copy_all(source, target)

    monkeypatch.setattr(waiting, "copy_all", cut_off)
    with pytest.raises(NotKept):
        expunging.expunge(workspace, StruckWord(NAME), "asked to")
    assert workspace.path.read_bytes() == before
    assert workspace.read_beside(expunged.every) == []


def test_others_who_have_the_plan_open_are_not_told_of_lost_steps(workspace: Workspace) -> None:
    workspace.edit("ask", sql, f"UPDATE activity SET text = 'Ask {NAME}'")
    with Workspace.open(workspace.path, read_only=True) as other:
        known = len(other.notices)
        expunging.expunge(workspace, StruckWord(NAME), "asked to")
        assert other.look()
        assert len(other.notices) == known
        assert other.history()[0].kind == expunged.KIND
    copy = second_copy.SecondCopy()
    assert not workspace.read_beside(copy.see)


def test_two_removals_leave_all_witnesses_fitting_and_a_forged_history_none(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.edit("ask", sql, f"UPDATE activity SET text = 'Ask {NAME} and Tarquin'")
    copies = [tmp_path / f"{n}.plan" for n in range(3)]
    for copy, word in zip(copies, (NAME, "Tarquin", ""), strict=True):
        workspace.save_copy(copy)
        if word:
            expunging.expunge(workspace, StruckWord(word), "asked to")
    texts = workspace.read_beside(lambda raw: {row[0] for row in raw.execute("SELECT text FROM activity")})
    assert texts == {"Ask [removed] and [removed 2]"}
    workspace.close()
    assert checking.check_file(workspace.path, against=copies).ok
    sealed_anew(workspace.path, "UPDATE change SET after = 'X' WHERE after LIKE 'Ask%'", "UPDATE activity SET text='X'")
    assert not checking.check_file(workspace.path, against=copies[:1]).ok


def test_what_still_holds_it_is_named(workspace: Workspace, full: dict[str, Path]) -> None:
    folder = full["return"].parent
    (folder / "other.csv").write_text("nobody", encoding="utf-8")
    (folder / "letter.txt").write_text(f"To {NAME}", encoding="utf-16")
    (folder / "cut.xlsx").write_bytes(b"PK\x03\x04 no more")
    word = StruckWord(NAME)
    holding = workspace.read_beside(still_holding.look, workspace.path, word, [folder])
    assert {file.name for file in holding.files} == {f"{NAME}.xlsx", "copy.plan", "letter.txt"}
    assert [file.name for file in holding.unread] == ["cut.xlsx"]
    assert [export.file_name for export in holding.sent] == [f"{NAME}.xlsx"]
    assert holding.versions == ()  # the one of this sitting was made before the name was typed
    workspace.back_up("on request")
    assert len(workspace.read_beside(still_holding.look, workspace.path, word).versions) == 1
    assert len(list(holding.lines())) == 5


def test_a_cell_that_takes_no_mark_is_emptied_or_named(workspace: Workspace) -> None:
    workspace.edit("write to", sql, "UPDATE post SET email = 'quillfeather@example.org' WHERE title = 'ACC Crime'")
    workspace.edit("call", sql, f"UPDATE plan SET force = '{'A' * 187} Quillfeather'")
    expunging.expunge(workspace, StruckWord("quillfeather"), "asked to")
    emails = workspace.read_beside(lambda raw: raw.execute("SELECT email FROM post WHERE title='ACC Crime'").fetchone())
    assert emails == ("",)
    assert not held_anywhere(workspace.path)


def test_who_did_something_stays_and_that_is_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr(locks, "author", lambda: "quillfeather")
        workspace.edit("ask", sql, "UPDATE activity SET text = 'Ask Quillfeather', notes = '#Quillfeather_1'")
    found = expunging.expunge(workspace, StruckWord("quillfeather"), "asked to")
    assert found.stays == ("the name of whoever made 1 step: who did what stays",)
    assert workspace.history()[1].author == "quillfeather"
    texts = workspace.read_beside(lambda raw: set(raw.execute("SELECT text, notes FROM activity")))
    assert texts == {("Ask [removed]", "#[removed]_1")}


def test_nothing_is_done_where_a_cell_cannot_do_without_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = workspace.path.read_bytes()
    with monkeypatch.context() as strict:
        strict.setattr(expunging, "_fits", lambda *_: False)
        with pytest.raises(RuleBroken, match=r"the priority of the priority “Serious harm” may hold no mark"):
            expunging.expunge(workspace, StruckWord("serious harm"), "asked to")
    with monkeypatch.context() as careless:
        careless.setattr(expunging, "_strike", lambda *_: None)
        with pytest.raises(NotKept, match="would still stand in"):
            expunging.expunge(workspace, StruckWord("serious harm"), "asked to")
    assert workspace.path.read_bytes() == before


def test_packed_files_are_looked_through_by_their_words(workspace: Workspace, tmp_path: Path) -> None:
    workspace.edit("ask", sql, f"UPDATE activity SET text = 'Ask {NAME}'")
    folder = tmp_path / "sent"
    folder.mkdir()
    sent(workspace, folder / "a.xlsx")
    workspace.edit("forget", sql, "UPDATE activity SET text = 'Ask nobody'")
    sent(workspace, folder / "b.xlsx", quarter="Q3")  # it tells what has changed since
    sent(workspace, folder / "c.xlsx", quarter="Q4")
    holding = workspace.read_beside(still_holding.look, workspace.path, StruckWord(NAME), [folder])
    assert {file.name for file in holding.files} == {"a.xlsx", "b.xlsx"}
    assert [export.file_name for export in holding.sent] == ["b.xlsx", "a.xlsx"]


@pytest.mark.parametrize(
    ("value", "without"),
    [
        ('{\n  "who": "Smith"\n}', '{"who":"[removed]"}'),  # laid out as no program of ours does
        ('["Sm\\u0069th", 1.50]', '["[removed]",1.5]'),
        ('"Smith"', '"[removed]"'),
        ("[Smith]", "[[removed]]"),  # no JSON
        (b"\xff\xfeSmith", b"\xff\xfeSmith"),  # no text
        (b"To Smith", b"To [removed]"),
        (None, None),
        (7, 7),
    ],
)
def test_whatever_a_word_is_packed_in(value: object, without: object) -> None:
    assert StruckWord("smith").without(value) == without


def test_a_record_that_was_tampered_with_stands_for_nothing(workspace: Workspace) -> None:
    expunging.expunge(workspace, StruckWord("serious harm"), "asked to")
    workspace.close()
    with unguarded(workspace.path) as connection:
        connection.execute("UPDATE change SET before = 'x' WHERE row_table = 'revision'")
        assert expunged.every(connection) == []
        assert expunged.seals_before(connection) == {}


WORDS = st.text("abcdefghijklmnopqrstuvwxyzéö", min_size=4, max_size=9).filter(
    lambda word: not re.fullmatch("[a-f]+", word)
)
AROUND = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "L", "M", "N"]), max_size=12)


@given(WORDS, AROUND, AROUND, st.booleans())
def test_a_struck_word_is_in_no_text(word: str, before: str, after: str, packed: bool) -> None:
    struck = StruckWord(word)
    text = f"{before}{word}{after} und {word.upper()} oder {word}lein"
    value = zlib.compress(text.encode()) if packed else text
    without = struck.without(value)
    assert struck.is_in(value)
    assert not struck.is_in(without)
    plain = zlib.decompress(without).decode() if packed else without
    assert f"{word}lein" in plain
    assert StruckWord(word, inside=True).is_in(without)
    assert may_have_been(plain, text)


@settings(max_examples=5)
@given(word=WORDS, texts=st.lists(AROUND, min_size=1, max_size=3))
def test_random_texts_leave_nothing_in_the_bytes(
    word: str, texts: list[str], small_plan: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("random") / "plan.plan"
    path.write_bytes(small_plan.read_bytes())
    word = f"{word}xq"  # no word of the file's own form
    with Workspace.open(path) as workspace:
        for text in texts:
            wanted = f"{text} {word} {text}".replace("'", "").replace("\x00", "")
            workspace.edit(f"say {word}", sql, f"UPDATE activity SET text = '{wanted}', notes = '{text[:0]}{word}'")
        expunging.expunge(workspace, StruckWord(word), "asked to")
    assert not held_anywhere(path, word)
    assert checking.check_file(path).ok
