"""Nothing that the program loads is left out of the installers: every module, a return, a document, pictures."""

import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from installers.pruning import prune
from tests.conftest import sample

LIBRARIES = Path(PySide6.__file__).parents[1]
EVERYTHING = """
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
import spp_desktop
import typst  # documents load it in a process of their own
from spp_desktop.documents.blocks import Document, DocumentFigure
from spp_desktop.documents.forms import FORMS
from spp_desktop.documents.typeset.apart import unstopped
from spp_desktop.documents.inline import line
from spp_desktop.documents.numbering import numbered
from spp_desktop.documents.picture import Label, VectorPicture
from spp_desktop.edits import issuing
from spp_desktop.returns.catalogue.delivery_plan import DELIVERY_PLAN
from spp_desktop.store.workspace import Workspace
from spp_desktop.ui.window import pictures

for module in walk_packages(spp_desktop.__path__, "spp_desktop."):
    if not module.name.endswith("__main__"):
        import_module(module.name)
plan = Path(sys.argv[1])
with Workspace.open(plan) as workspace:
    issuing.issue(workspace, DELIVERY_PLAN, plan.with_suffix(".xlsx"))
picture = VectorPicture("Results", 99, 99, (Label(9, 50, "Target"),))
document = numbered(Document("Plan", "Force", (DocumentFigure(line("Results"), picture, "It falls."),)))
for form in FORMS:
    form.rendered(document, unstopped)
for page in ("delivery", "charts"):
    pictures.take(plan, page, plan.with_suffix(".png"))
print(*filter(None, (getattr(module, "__file__", None) for module in list(sys.modules.values()))), sep="\\n")
"""


@pytest.fixture(scope="module")
def files(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of the libraries that are loaded by then."""
    plan = sample(samples, "worked", tmp_path_factory.mktemp("plan"))
    ended = subprocess.run([sys.executable, "-c", EVERYTHING, plan], capture_output=True, check=True, text=True)
    lines = (line for line in ended.stdout.splitlines() if line.startswith(str(LIBRARIES)))
    return [Path(line).relative_to(LIBRARIES) for line in lines]


@pytest.mark.parametrize(("target", "ending"), [("debian", ".abi3.so"), ("windows", ".pyd")])
def test_what_the_program_loads_stays(files: list[Path], target: str, ending: str, tmp_path: Path) -> None:
    assert len(files) > 300
    there = [tmp_path / str(file).replace(".abi3.so", ending) for file in files]
    for path in there:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    prune(tmp_path, target)
    assert [str(path.relative_to(tmp_path)) for path in there if not path.exists()] == []
