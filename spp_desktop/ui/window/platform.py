"""Whether a window can be opened on this machine, found out before Qt is loaded, which would abort the program."""

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
"""The libraries that Qt's widgets need, with or without a display, and the Debian package of each."""

X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""The further libraries that each of Qt's two ways to a Linux screen needs."""


def missing() -> str | None:
    """Why no window can be opened here, in a sentence that says what to do; ``None`` if one can.

    ``QT_QPA_PLATFORM`` is believed: with ``offscreen`` and the like no display is needed.
    """
    if sys.platform != "linux":
        return None
    chosen = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    unloadable = qt_missing()
    if unloadable or (chosen and not chosen.startswith(("xcb", "wayland"))):
        return unloadable
    if not chosen.startswith("xcb") and _wayland_socket() and not _absent(WAYLAND_LIBRARIES):
        return None
    if chosen.startswith("wayland"):
        return _sentence(WAYLAND_LIBRARIES) or "There is no Wayland display to open a window on."
    return _x11_missing()


def qt_missing() -> str | None:
    """Which libraries Qt lacks even without a window, in a sentence; ``None`` if all are there."""
    return _sentence(QT_LIBRARIES) if sys.platform == "linux" else None


def not_loaded(problem: ImportError) -> str:
    """Why a part of the program was not loaded, in a sentence: on a locked-down computer rules may forbid libraries."""
    part = f" ({problem.name})" if problem.name else ""
    return (
        f"SPP Desktop could not start: the system did not load a part of it{part}. Plans are as they were. Where only "
        "approved programs run, whoever looks after this computer can allow the libraries in "
        f"{Path(__file__).parents[3]}; otherwise install SPP Desktop again."
    )


def tell(sentence: str) -> None:
    """Say a sentence before there is a window: on standard error, or in a box where a double click gave none."""
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")
    else:
        _box(sentence)


def _box(sentence: str) -> None:
    """A box of Windows itself, with a button to close it."""
    if sys.platform == "win32":
        ctypes.windll.user32.MessageBoxW(None, sentence, "SPP Desktop", 0x30)


def _x11_missing() -> str | None:
    display = os.environ.get("DISPLAY")
    if not display:
        return "There is no display to open a window on (DISPLAY and WAYLAND_DISPLAY are not set)."
    if sentence := _sentence(X11_LIBRARIES):
        return sentence
    if not _x11_answers():
        return f"The display {display} does not answer, so no window can be opened on it."
    return None


def _sentence(libraries: Mapping[str, str]) -> str | None:
    absent = _absent(libraries)
    if not absent:
        return None
    packages = " ".join(libraries[name] for name in absent)
    return (
        f"A window needs system libraries that are not installed here ({', '.join(absent)}). "
        f"On Debian and Ubuntu this installs them: sudo apt install {packages}"
    )


def _absent(libraries: Mapping[str, str]) -> list[str]:
    return [name for name in libraries if not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _wayland_socket() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    return bool(name) and Path(os.environ.get("XDG_RUNTIME_DIR", ""), str(name)).exists()


def _x11_answers() -> bool:
    """Whether the X server of ``DISPLAY`` accepts this program. If libxcb-cursor is there, libxcb is too."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused
