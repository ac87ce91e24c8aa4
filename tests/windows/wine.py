"""Windows as Wine makes it: a drive of its own, programs run in it, and what they print."""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

import psutil

PATIENCE = 240.0
"""Seconds within which anything has happened that will happen at all, on a busy machine."""


@dataclass(frozen=True)
class Ended:
    """A program that is over: its exit status, and the bytes it wrote to each stream."""

    status: int
    out: bytes
    err: bytes


def until(happened: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Wait until something has happened outside this process. Raises AssertionError, naming it, if it does not."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"it did not happen: {what}"
        time.sleep(0.2)


def heard(process: subprocess.Popen[bytes], seconds: float) -> tuple[bytes, bytes]:
    """What a program writes to both streams until it has ended.

    The end of the streams is not waited for: a service of Wine that the program was the first to need keeps them open.

    Raises:
        subprocess.TimeoutExpired: if it takes longer.
    """
    out, err = bytearray(), bytearray()
    end = time.monotonic() + seconds
    assert process.stdout
    assert process.stderr
    with selectors.DefaultSelector() as streams:
        streams.register(process.stdout, selectors.EVENT_READ, out)
        streams.register(process.stderr, selectors.EVENT_READ, err)
        while streams.get_map():
            ended = process.poll() is not None  # asked first: all that it wrote can be read by then
            readable = streams.select(1.0)
            for key, _ in readable:
                written = os.read(key.fd, 1 << 16)
                key.data.extend(written)
                if not written:
                    streams.unregister(key.fileobj)
            if ended and not readable:
                break
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(process.args, seconds)
    process.wait(max(end - time.monotonic(), 1))
    return bytes(out), bytes(err)


class Wine:
    """One Windows 10, on a drive C: that is a folder here.

    Args:
        prefix: The folder; made where it is missing.
        display: The X display that its windows are shown on.
    """

    def __init__(self, prefix: Path, display: str) -> None:
        self.prefix = prefix
        self.drive = prefix / "drive_c"
        self._begun: list[subprocess.Popen[bytes]] = []
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(prefix.parent),
            "LANG": "C.UTF-8",
            "DISPLAY": display,
            "WINEPREFIX": str(prefix),
            "WINEDEBUG": "-all",
            # No question about .NET or a browser, and no entries in the menus of whoever runs the tests.
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
        }
        if not prefix.exists():
            self.run("wineboot", "--init")
            # Debian's Wine 8 begins as Windows 7.
            self.run("winecfg", "-v", "win10")
            # A window that X gives the keys has them: else none has, once a dialog is closed that icewm does not know.
            self.run("reg", "add", r"HKCU\Software\Wine\X11 Driver", "/v", "UseTakeFocus", "/d", "N", "/f")
        self._wake()

    def _wake(self) -> None:
        """Begin the desktop, and a program that needs it until all is closed.

        Wine ends with the last program, and its desktop before that. On a busy machine the next program does not wait
        long enough for another, and opens its windows where no screen is.
        """
        self.begin("cmd")
        self.begin("explorer", "/desktop")
        until(lambda: bool(self.processes("explorer.exe")), "the desktop is there")

    @property
    def person(self) -> Path:
        """The folder of the person who uses this Windows."""
        (folder,) = (path for path in (self.drive / "users").iterdir() if path.name != "Public")
        return folder

    def there(self, path: Path) -> str:
        """The name that a file on this drive, or anywhere else here, has in Windows."""
        if path.is_relative_to(self.drive):
            return str(PureWindowsPath("C:/", path.relative_to(self.drive)))
        return str(PureWindowsPath("Z:/", path))

    def begin(
        self, *command: str | Path, folder: Path | None = None, environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program and go on.

        Python ends at once under Wine where a standard stream is a file or a device of Linux: each is a pipe.

        Args:
            command: The program and what it is told; paths are given as Windows names them.
            folder: The folder it works in.
            environment: What its environment holds besides. Wine keeps back all that begins with ``QT_``.
        """
        named = [self.there(part) if isinstance(part, Path) else part for part in command]
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            ["wine", *named],
            cwd=folder,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env={**self._environment, **(environment or {})},
        )
        self._begun.append(process)
        return process

    def run(
        self,
        *command: str | Path,
        folder: Path | None = None,
        seconds: float = PATIENCE,
        environment: Mapping[str, str] | None = None,
    ) -> Ended:
        """Run a program to its end.

        Raises:
            subprocess.TimeoutExpired: if it takes longer; it is ended then.
        """
        with self.begin(*command, folder=folder, environment=environment) as process:
            assert process.stdin
            process.stdin.close()
            try:
                out, err = heard(process, seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return Ended(process.returncode, out, err)

    def registry(self, key: str, name: str = "") -> str | None:
        """A value of the registry, or ``None``; without a name, the one that a key has by itself."""
        asked = self.run("reg", "query", key, *(("/v", name) if name else ("/ve",)))
        lines = [line for line in asked.out.decode().splitlines() if line.startswith("    ")]
        return lines[0].split("    ")[3] if lines else None

    def processes(self, words: str) -> list[psutil.Process]:
        """The programs of this Windows whose command line holds some words."""
        return [process for process in self._every() if words in " ".join(process.info["cmdline"] or ())]

    def _every(self) -> Iterator[psutil.Process]:
        for process in psutil.process_iter(["cmdline"]):
            try:
                if process.environ().get("WINEPREFIX") == str(self.prefix):
                    yield process
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue

    def kill(self, words: str) -> None:
        """End a program as a power cut does."""
        for process in self.processes(words):
            process.send_signal(signal.SIGKILL)
        until(lambda: not self.processes(words), f"the program is gone: {words}")

    def close(self) -> None:
        """End all that runs in this Windows."""
        subprocess.run(["wineserver", "--kill"], env=self._environment, check=False, timeout=PATIENCE)
        subprocess.run(["wineserver", "--wait"], env=self._environment, check=False, timeout=PATIENCE)
        for process in self._begun:
            if process.returncode is None:
                process.communicate(timeout=PATIENCE)
