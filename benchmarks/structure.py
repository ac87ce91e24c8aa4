"""``python -m benchmarks.structure [REVISION …]`` measures how the code is built, beside what it was at each revision.

Nothing of it is timed. It prints the tables that docs/architecture.md holds: files touched by a worked example of each
extension, the lengths of files, circles of imports (those for types counted), and names with more than one meaning.
"""

import ast
import io
import re
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.extending import ROOT, examples

CODE = "spp_desktop"


MADE_BEFORE: Mapping[str, str] = {
    "A register": r"\b(peer_?forces?|PeerForce|[Mm]ost similar forces)\b",
    "A column of activities": r"\bforecast\b",
    "A return of a new kind of row": r"\b(surveys|SURVEYS|MONTHLY_RESULTS|monthly[-_]results)\b",
    "A page of the window": r"\"areas\"|\bAreasTab\b",
    "A check": r"\b(UNFIT|check_result)\b",
}
"""For each section of docs/extending.md, something of its kind that version 0.3.0 had, by the words that name it: the
list of most similar forces (without a page or a return), the forecast, the monthly results, the areas, the check of a
result.
"""


@dataclass(frozen=True)
class Structure:
    """What was measured of one tree. Lengths are lines of the modules of the program, packages' faces left out."""

    files: int
    median: int
    ninth_decile: int
    circles: tuple[tuple[str, ...], ...]
    ambiguous: Mapping[str, tuple[str, ...]]


def structure(root: Path) -> Structure:
    """Measure the tree below a folder."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((root / CODE).rglob("*.py"))}
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in trees if path.stem != "__init__")
    return Structure(
        len(lengths),
        lengths[len(lengths) // 2],
        lengths[len(lengths) * 9 // 10],
        tuple(circles(root, trees)),
        ambiguous_types(root, trees),
    )


def ambiguous_types(root: Path, trees: Mapping[Path, ast.Module]) -> dict[str, tuple[str, ...]]:
    """Names of types that more than one module defines, each with those modules."""
    defined: dict[str, list[str]] = defaultdict(list)
    for path, tree in trees.items():
        for name in _types(tree):
            defined[name].append(str(path.relative_to(root)))
    return {name: tuple(places) for name, places in sorted(defined.items()) if len(places) > 1}


def _types(tree: ast.Module) -> Iterator[str]:
    """The classes and names of types that a module defines."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        target = (
            node.targets[0]
            if isinstance(node, ast.Assign)
            else node.target
            if isinstance(node, ast.AnnAssign)
            else None
        )
        if isinstance(target, ast.Name) and target.id.lstrip("_")[:1].isupper() and not target.id.isupper():
            yield target.id


def circles(root: Path, trees: Mapping[Path, ast.Module]) -> Iterator[tuple[str, ...]]:
    """Sets of modules that import each other, whether when the program runs or for their types alone."""
    modules = {_module(root, path): path for path in trees}
    imports = {name: set(_imported(trees[path], modules)) - {name} for name, path in modules.items()}
    reached = {name: _reached(name, imports) for name in modules}
    in_rings: set[str] = set()
    for name in modules:
        ring = {other for other in reached[name] if name in reached[other]} if name in reached[name] else set()
        if ring and name not in in_rings:
            in_rings |= ring
            yield tuple(sorted(ring))


def _reached(start: str, imports: Mapping[str, Iterable[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for other in imports[waiting.pop()]:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _module(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(tree: ast.Module, modules: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module:
            named = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in named if name in modules)
            if node.module in modules and not all(name in modules for name in named):
                yield node.module


def naming(root: Path, words: str) -> list[str]:
    """The files of code, samples and tests below a folder that name something."""
    files = [path for part in (CODE, "sample_data", "tests") for path in sorted((root / part).rglob("*"))]
    kinds = {".py", ".toml", ".csv", ".json"}
    return [
        str(path.relative_to(root))
        for path in files
        if path.suffix in kinds and re.search(words, path.read_text(encoding="utf-8"))
    ]


def at_revision(revision: str, folder: Path) -> Path:
    """The tree of a revision, laid out in a folder."""
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def main(revisions: list[str]) -> int:
    """Print the tables: a column for each revision and one for the tree as it stands."""
    with tempfile.TemporaryDirectory() as folder:
        trees = {revision: at_revision(revision, Path(folder) / revision) for revision in revisions} | {"now": ROOT}
        measured = {title: structure(root) for title, root in trees.items()}
        print(f"| what | {' | '.join(trees)} |\n|---|{'---|' * len(trees)}")
        rows = {
            "modules": [str(each.files) for each in measured.values()],
            "lines of a module: median, and of nine in ten at most": [
                f"{each.median}, {each.ninth_decile}" for each in measured.values()
            ],
            "circles of imports, those for types counted": [str(len(each.circles)) for each in measured.values()],
            "names of types with more than one meaning": [str(len(each.ambiguous)) for each in measured.values()],
        }
        for title, words in MADE_BEFORE.items():
            own = len(examples()[title].files)
            rows[f"files touched: {title[0].lower()}{title[1:]}"] = [
                str(own if root is ROOT else len(naming(root, words))) for root in trees.values()
            ]
        for what, cells in rows.items():
            print(f"| {what} | {' | '.join(cells)} |")
        for name, places in measured["now"].ambiguous.items():
            print(f"\n{name}: {', '.join(places)}")
        for ring in measured["now"].circles:
            print(f"\ncircle: {', '.join(ring)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
