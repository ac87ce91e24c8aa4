"""A program that is killed at its work: for each line it reads, a child does a task on a plan until it is killed.

The libraries are loaded once, so that a kill costs no start-up. What is kept is told on a line of its own.
"""

import os
import sys
from pathlib import Path

from tests.store.tasks import TASKS


def say(line: str) -> None:
    """Tell whoever started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Start a child for each line (task, run and path, with tabs between), and say when it has died."""
    for line in sys.stdin:
        task, run, path = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            for kept in TASKS[task](Path(path), run):
                say(kept)
        say(f"started {child}")
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
