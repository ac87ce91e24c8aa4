"""Chromium without a window, steered through ChromeDriver by plain HTTP: pages seen in it as people see them."""

import base64
import contextlib
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
MISSING = "needs chromium and chromedriver: apt-get install chromium chromium-driver"

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update",
    "--disable-background-networking", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip


class Browser:
    """A browser with one page in it.

    Attributes:
        address: where the driver answers for it.
    """

    def __init__(self, address: str) -> None:
        self.address = address

    def shown(self, page: Path) -> None:
        """Goes to a page that lies in a file."""
        self._asked("url", {"url": page.as_uri()})

    def look(self, width: int = 1366, height: int = 768, scale: float = 1, media: str = "", **features: str) -> None:
        """Sets the size in CSS pixels, how many pixels of the screen each is, the medium, and what the person prefers.

        Features are those of media queries, with _ for -: ``prefers_color_scheme="dark"``, ``forced_colors="active"``.
        """
        size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
        self.told("Emulation.setDeviceMetricsOverride", size)
        named = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.told("Emulation.setEmulatedMedia", {"media": media, "features": named})

    def run(self, script: str) -> Any:
        """What a script gives; ``await`` may stand in it. The page's own policy does not hold it up."""
        answer = self.told(
            "Runtime.evaluate",
            {"expression": f"(async () => {{{script}}})()", "awaitPromise": True, "returnByValue": True},
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def pressed(self, key: str, code: int) -> None:
        """Presses a key, such as "Tab", 9."""
        for kind in ("keyDown", "keyUp"):
            self.told("Input.dispatchKeyEvent", {"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code})

    def picture(self, file: Path) -> None:
        """Takes a picture of what is on the screen."""
        file.write_bytes(base64.b64decode(self.told("Page.captureScreenshot", {"format": "png"})["data"]))

    def printed(self) -> bytes:
        """The page as a PDF, as a person prints it: on the paper that its style sheet asks for."""
        return base64.b64decode(self.told("Page.printToPDF", {"preferCSSPageSize": True})["data"])

    def told(self, command: str, params: dict[str, Any]) -> Any:
        """What the browser answers to a command of its development tools."""
        return self._asked("goog/cdp/execute", {"cmd": command, "params": params})

    def _asked(self, what: str, values: dict[str, Any]) -> Any:
        return _answered(f"{self.address}/{what}", values)


def _answered(address: str, values: dict[str, Any] | None = None, method: str = "") -> Any:
    data = None if values is None else json.dumps(values).encode()
    request = Request(address, data, {"Content-Type": "application/json"}, method=method or None)
    with urlopen(request, timeout=60) as answer:
        return json.load(answer)["value"]


@contextlib.contextmanager
def open_browser(folder: Path) -> Iterator[Browser]:
    """A browser of its own, whose profile lies in a folder; it is closed at the end."""
    log = folder / "driver.log"
    with log.open("wb") as told:
        driver = subprocess.Popen([str(DRIVER), "--port=0"], stdout=told, stderr=subprocess.STDOUT)
    try:
        session = f"{_driver_address(log)}/session"
        options = {"binary": CHROMIUM, "args": [*_FLAGS, f"--user-data-dir={folder / 'profile'}"]}
        made = _answered(session, {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})
        browser = Browser(f"{session}/{made['sessionId']}")
        try:
            yield browser
        finally:
            _answered(browser.address, method="DELETE")
    finally:
        driver.terminate()
        driver.wait(10)


def _driver_address(log: Path) -> str:
    """Where the driver answers, as it says itself, once it does."""
    for _try in range(600):
        port = log.read_text().partition("successfully on port ")[2].partition(".")[0]
        with contextlib.suppress(URLError, ConnectionError):
            if port and _answered(f"http://127.0.0.1:{port}/status")["ready"]:
                return f"http://127.0.0.1:{port}"
        time.sleep(0.05)
    raise AssertionError(f"ChromeDriver does not answer: {log.read_text()}")
