"""Python files compiled beside their sources, so that an installed program starts at once and writes nothing.

The compiled files say themselves that their sources are not to be looked at (PEP 552): a changed source takes effect
once its ``__pycache__`` is deleted.
"""

import importlib.util
import os
import py_compile
import subprocess
import sys
from pathlib import Path

MODE = py_compile.PycInvalidationMode.UNCHECKED_HASH


def compile_all(folder: Path, below: str) -> None:
    r"""Compile what is in a folder, always to the same bytes.

    The work is done by a process of its own: what marshal marks as shared depends on what a process did before, and the
    order of sets on its seed. Nothing of the place or the time comes into the files.

    Args:
        folder: The libraries.
        below: What stands before their names in tracebacks, such as r"Lib\site-packages".

    Raises:
        subprocess.CalledProcessError: if a file cannot be compiled.
    """
    subprocess.run(
        [sys.executable, "-S", "-P", __file__, str(folder), below],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )


def takes(magic: bytes) -> bool:
    """Whether the Python that runs this compiles for the Python whose compiled files begin so."""
    return magic.startswith(importlib.util.MAGIC_NUMBER)


def main(folder: Path, below: str) -> None:
    """Compile each file of a folder, in the order of their names."""
    for path in sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).parts):
        shown = (below, *path.relative_to(folder).parts)
        name = ("\\" if "\\" in below else "/").join(shown)
        py_compile.compile(str(path), dfile=name, doraise=True, quiet=1, invalidation_mode=MODE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
