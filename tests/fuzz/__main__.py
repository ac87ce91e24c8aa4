"""``make fuzz``."""

import argparse
import sys
import tempfile
from pathlib import Path

from spp_desktop.returns.reader import limit
from tests.fuzz.running import SLOW, run

KEPT = Path("out/fuzz")
MEMORY = 2_000_000_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Take in spoilt files for a while.")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    limit(MEMORY, asked.seconds * 4 + 60)
    with tempfile.TemporaryDirectory(prefix="spp-fuzz-") as folder:
        found = run(Path(folder), asked.seed, seconds=asked.seconds, most=SLOW, keep=KEPT)
    print(f"{found.files:,} files with seed {asked.seed}, {found.apart:,} of them in a process of their own.")
    print(f"The slowest took {found.slowest:.1f} s. What became of them:")
    for outcome, several in found.outcomes.most_common(25):
        print(f"{several:7,}  {outcome.strip()}")
    for escape in found.escapes:
        print(f"ESCAPED  {escape}")
    if found.escapes:
        print(f"The files that escaped are kept in {KEPT}.")
    return 1 if found.escapes else 0


if __name__ == "__main__":
    sys.exit(main())
