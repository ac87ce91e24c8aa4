"""What the installers for all systems share: wheels, what is left out, and what each part costs."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import holidays
import pytest

from installers import parts, pruning, wheels
from installers.wheels import Target

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: 1\n{requires}"


def wheel(folder: Path, name: str, files: dict[str, str], *requires: str) -> Path:
    path = folder / f"{name}-1-py3-none-any.whl"
    lines = "".join(f"Requires-Dist: {line}\n" for line in requires)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}-1.dist-info/METADATA", METADATA.format(name=name, requires=lines))
        for file, content in files.items():
            archive.writestr(file, content)
    return path


@pytest.fixture
def versions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["planner>=1"]\n')
    (tmp_path / "constraints.txt").write_text("# exact\nplanner==1\nwinbits==1\nlinbits==1\nspare==1\n")
    monkeypatch.setattr(wheels, "ROOT", tmp_path)
    monkeypatch.setattr(wheels, "CONSTRAINTS", tmp_path / "constraints.txt")


@pytest.mark.usefixtures("versions")
@pytest.mark.parametrize(("target", "bits"), [(wheels.windows(), "winbits"), (wheels.debian(), "linbits")])
def test_what_a_wheel_needs_is_read_for_the_target(tmp_path: Path, target: Target, bits: str) -> None:
    wheel(
        tmp_path,
        "planner",
        {},
        'winbits; sys_platform == "win32"',
        'linbits; os_name == "posix"',
        'spare; extra == "x"',
    )
    wheel(tmp_path, bits, {})
    assert [path.name.split("-")[0] for path in wheels.fetch(target, tmp_path)] == sorted([bits, "planner"])


@pytest.mark.usefixtures("versions")
def test_what_is_missing_is_asked_of_pip_for_the_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def pip(*arguments: str | Path) -> None:
        asked.append(tuple(map(str, arguments)))
        wheel(tmp_path, "planner", {})

    monkeypatch.setattr(wheels, "pip", pip)
    wheels.fetch(wheels.windows(), tmp_path)
    wheels.fetch(wheels.windows(), tmp_path)
    assert len(asked) == 1
    assert {"--only-binary=:all:", "win_amd64", "3.11", "planner==1"} <= set(asked[0])


def test_a_wheel_is_unpacked_without_scripts(tmp_path: Path) -> None:
    files = {"a/__init__.py": "1", "a-1.data/purelib/b.py": "2", "a-1.data/scripts/c": "3", "a-1.data/headers/d.h": "4"}
    wheels.unpack([wheel(tmp_path, "a", files)], tmp_path / "in")
    assert sorted(path.name for path in (tmp_path / "in").rglob("*.*") if path.is_file()) == ["__init__.py", "b.py"]


@pytest.mark.parametrize("name", ["../outside.py", "/outside.py", "a-1.data/purelib/../../../outside.py"])
def test_a_wheel_puts_nothing_outside(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="outside"):
        wheels.unpack([wheel(tmp_path, "a", {name: ""})], tmp_path / "in")
    assert not (tmp_path / "outside.py").exists()


def test_what_is_left_out_is_what_the_list_says_for_the_target(tmp_path: Path) -> None:
    for name in ("a/keep.dll", "a/drop.dll", "a/stay.dll", "b/tests/test.py", "c.so"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "list.toml").write_text(
        '[[left_out]]\nreason = "r"\npatterns = ["a/*.dll", "nothing/*"]\nbut = ["a/keep.dll", "a/st*"]\n'
        '[[left_out]]\nreason = "r"\npatterns = ["**/tests"]\n'
        '[[left_out]]\nreason = "r"\npatterns = ["*.so"]\ntargets = ["debian"]\n'
    )
    assert pruning.prune(tmp_path, "windows", tmp_path / "list.toml") == ["nothing/*"]
    there = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))
    assert there == ["a/keep.dll", "a/stay.dll", "c.so", "list.toml"]


def test_every_entry_has_its_reason_and_no_licence_is_left_out(tmp_path: Path) -> None:
    for entry in pruning.entries():
        assert len(entry.reason) > 20
        assert set(entry.targets) <= {"windows", "debian"}
    licence = tmp_path / "numpy-1.dist-info" / "licenses" / "numpy" / "ma" / "LICENSE"
    licence.parent.mkdir(parents=True)
    licence.write_text("")
    pruning.prune(tmp_path, "windows")
    pruning.prune(tmp_path, "debian")
    assert licence.exists()


def test_parts_are_measured_and_add_up(tmp_path: Path) -> None:
    files = {"Lib/site-packages/PySide6/Qt6Core.dll": 300_000, "Lib/site-packages/PySide6/QtCore.pyd": 200_000}
    files |= {"python311.dll": 100_000, "Lib/site-packages/spp_desktop/app.py": 50_000}
    for name, size in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)
    measured = parts.measured(tmp_path)
    assert {part.unpacked for part in measured} == {300_000, 200_000, 100_000, 50_000}
    assert {part.name for part in measured} >= {"Python", "SPP Desktop itself, with its sample and its help"}
    assert all(0 < part.packed < 1000 for part in measured)
    assert "| **the installer** | 0.7 | 0.5 |" in parts.table(measured, 500_000)


def test_bank_holidays_are_found_with_what_stays_of_their_library(tmp_path: Path) -> None:
    shutil.copytree(Path(holidays.__file__).parent, tmp_path / "holidays")
    pruning.prune(tmp_path, "windows")
    asked = "from holidays.countries.united_kingdom import UnitedKingdom as Days; print(Days(subdiv='ENG', years=2023))"
    libraries = str(Path(holidays.__file__).parent.parent)
    begun = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {libraries!r}]; {asked}"
    said = subprocess.run([sys.executable, "-I", "-B", "-c", begun], capture_output=True, text=True, check=True)
    assert "datetime.date(2023, 5, 8)" in said.stdout
    assert [file.name for file in (tmp_path / "holidays" / "countries").iterdir()] == ["united_kingdom.py"]
