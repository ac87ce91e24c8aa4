"""Why no window can be opened, said before Qt is loaded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from spp_desktop import app
from spp_desktop.ui.window import platform

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a window can always be opened")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with every library and no display."""
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    lacking(monkeypatch)


def lacking(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(platform, "_loads", lambda name: name not in names)


def test_offscreen_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    lacking(monkeypatch, *platform.X11_LIBRARIES)
    assert platform.missing() is None


def test_offscreen_still_needs_what_qt_is_linked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    lacking(monkeypatch, "libGL.so.1", "libEGL.so.1")
    sentence = platform.missing()
    assert sentence is not None
    assert sentence == platform.qt_missing()
    assert sentence.endswith("sudo apt install libgl1 libegl1")


def test_no_display_is_said_before_libraries_of_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking(monkeypatch, "libxcb-cursor.so.0")
    assert "There is no display" in str(platform.missing())


def test_missing_libraries_are_named_with_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":77")
    lacking(monkeypatch, "libxcb-cursor.so.0", "libxcb-icccm.so.4")
    sentence = str(platform.missing())
    assert "(libxcb-cursor.so.0, libxcb-icccm.so.4)" in sentence
    assert sentence.endswith("sudo apt install libxcb-cursor0 libxcb-icccm4")


@pytest.mark.parametrize("answers", [True, False])
def test_a_display_must_answer(monkeypatch: pytest.MonkeyPatch, answers: bool) -> None:
    monkeypatch.setenv("DISPLAY", ":77")
    monkeypatch.setattr(platform, "_x11_answers", lambda: answers)
    assert (platform.missing() is None) is answers
    if not answers:
        assert "The display :77 does not answer" in str(platform.missing())


def test_wayland_is_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert "There is no display" in str(platform.missing())
    (tmp_path / "wayland-0").touch()
    assert platform.missing() is None
    lacking(monkeypatch, "libwayland-client.so.0")
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
    assert str(platform.missing()).endswith("sudo apt install libwayland-client0")


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_elsewhere_nothing_is_missing(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    lacking(monkeypatch, *platform.QT_LIBRARIES)
    assert platform.missing() is None


def test_a_part_that_is_not_loaded_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def forbidden(*_: object, **__: object) -> int:
        raise ImportError("DLL load failed while importing QtWidgets", name="PySide6.QtWidgets")

    monkeypatch.setattr(platform, "missing", lambda: None)
    monkeypatch.setattr(app, "_window", forbidden)
    assert app.start(app.Wanted()) == 2
    told = capsys.readouterr().err
    assert told.startswith("SPP Desktop could not start: the system did not load a part of it (PySide6.QtWidgets).")
    assert str(Path(app.__file__).parents[1]) in told


def test_only_what_is_plain_is_read_without_typer() -> None:
    read = app.plainly_wanted
    assert read([]) == app.Wanted()
    assert read(["--sample"]) == app.Wanted(sample=True)
    assert read(["a.plan", "--quit-when-readable"]) == app.Wanted(Path("a.plan"), until="readable")
    assert [read(words) for words in (["--help"], ["--quit-when-ill"], ["a.plan", "b.plan"], ["--", "a.plan"])] == [
        None
    ] * 4


def test_a_start_that_is_to_end_ends_without_a_plan_too(tmp_path: Path) -> None:
    start = [sys.executable, "-m", "spp_desktop", "--quit-when-readable"]
    homes = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    assert subprocess.run(start, env={**os.environ, **homes}, timeout=60, check=False).returncode == 0


def test_what_nobody_would_see_is_told_in_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    """Started by a double click, the program has no standard streams on Windows."""
    told: list[str] = []
    monkeypatch.setattr(platform, "_box", told.append)
    monkeypatch.setattr(sys, "stderr", None)
    platform.tell("It could not start.")
    assert told == ["It could not start."]


def test_the_real_loader_tells_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert platform._loads("libc.so.6")
    assert not platform._loads("libxcb-of-nobody.so.9")


def test_a_display_that_nobody_serves_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    if platform._absent(platform.X11_LIBRARIES):
        pytest.skip("no X11 libraries on this machine")
    monkeypatch.setenv("DISPLAY", ":6789")
    assert not platform._x11_answers()


def test_asking_loads_no_qt() -> None:
    code = "import sys; from spp_desktop.ui.window import platform; platform.missing(); print('PySide6' in sys.modules)"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert asked.stdout == "False\n"
