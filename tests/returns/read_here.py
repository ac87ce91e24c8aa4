"""The reader of files in this process, for tests that are not about the process that reads."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from spp_desktop.returns import reader
from spp_desktop.returns.apart import Stopped
from spp_desktop.returns.records import Record


class ReadHere:
    """In the place of ``returns.apart.Apart``: the same questions and records, and no process to start."""

    def __init__(self, memory: int, seconds: float) -> None:
        self._stopped = False

    def records(self, asked: dict[str, Any]) -> Iterator[Record]:
        """Each record of the file that is asked for; the last one is how it ended."""
        out = BytesIO()
        reader.answer(json.loads(json.dumps(asked)), out)
        for line in out.getvalue().splitlines():
            if self._stopped:
                raise Stopped(late=False)
            yield json.loads(line)

    def stop(self) -> None:
        """Give up."""
        self._stopped = True

    def close(self) -> None:
        """Nothing is left to be let go of."""
