"""The start of the program: it opens the window, or, if there is no display, does the same job without one."""

import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from spp_desktop import __version__
from spp_desktop.store.collector import waiting_collector
from spp_desktop.ui.common.unread_sources import leave_sources_unread
from spp_desktop.ui.window import platform

if TYPE_CHECKING:  # nothing of Qt is loaded before it is known that a window can be opened
    from PySide6.QtWidgets import QApplication

    from spp_desktop.ui.window.main_window import MainWindow

SAMPLE = "The West Midlands plan 2008-2011 (worked sample)"
UNTIL = "--quit-when-"
QUITS = ("readable", "typed", "idle")
"""What a start can be asked to end with, for measuring."""
OUT = Path("out")
"""The folder into which the job without a window writes."""


class Wanted(NamedTuple):
    """What the program was started for.

    Attributes:
        plan: the plan to open.
        sample: whether the worked sample is to be opened.
        until: what the start ends with, by its name in ``measured_start``; "" for one that goes on.
    """

    plan: Path | None = None
    sample: bool = False
    until: str = ""


def main() -> None:
    """Run ``spp-desktop``."""
    wanted = plainly_wanted(sys.argv[1:])
    if wanted is not None:
        raise SystemExit(start(wanted))
    import typer  # late: it takes a third as long to load as the window takes to open

    typer.run(command())


def plainly_wanted(words: Sequence[str]) -> Wanted | None:
    """What the words behind the program's name ask for; ``None`` where Typer is to read them and to answer."""
    switches = [word for word in words if word.startswith("-")]
    plans = [word for word in words if not word.startswith("-")]
    ends = [word.removeprefix(UNTIL) for word in switches if word.startswith(UNTIL)]
    if (
        len(plans) > 1
        or len(ends) > 1
        or set(ends) - set(QUITS)
        or len(switches) - len(ends) > ("--sample" in switches)
    ):
        return None
    return Wanted(Path(plans[0]) if plans else None, "--sample" in switches, ends[0] if ends else "")


def command() -> Callable[..., None]:
    """The program as Typer runs it: its options and what each does."""
    import typer  # late: as above

    def say_version(asked: bool) -> None:
        """Print the version and end the program, if that was asked for."""
        if asked:
            typer.echo(__version__)
            raise typer.Exit

    def spp_desktop(
        plan: Annotated[Path | None, typer.Argument(metavar="[PLAN]", help="The plan to open.")] = None,
        *,
        sample: Annotated[bool, typer.Option("--sample", help="Open the worked sample plan.")] = False,
        quit_when_readable: Annotated[
            bool, typer.Option(f"{UNTIL}readable", help="Quit as soon as the plan can be read; for measuring.")
        ] = False,
        quit_when_typed: Annotated[bool, typer.Option(f"{UNTIL}typed", hidden=True)] = False,
        quit_when_idle: Annotated[bool, typer.Option(f"{UNTIL}idle", hidden=True)] = False,
        _version: Annotated[
            bool, typer.Option("--version", callback=say_version, is_eager=True, help="Show the version and exit.")
        ] = False,
    ) -> None:
        """Open the window: on a plan, on the worked sample, or on the start page.

        Where there is no display, --sample does the same job without a window, into the folder out. Exit status 2: no
        window could be opened, with the reason.
        """
        wished = zip(QUITS, (quit_when_readable, quit_when_typed, quit_when_idle), strict=True)
        raise typer.Exit(start(Wanted(plan, sample, next((end for end, wish in wished if wish), ""))))

    return spp_desktop


def start(wanted: Wanted) -> int:
    """Open the window, or do the same job without one. Returns the exit status; 2: no window, with the reason."""
    why_not = platform.missing()
    if why_not is None:
        try:
            return _window(wanted)
        except ImportError as problem:
            platform.tell(platform.not_loaded(problem))
            return 2
    platform.tell(why_not)
    if not wanted.sample or platform.qt_missing():
        return 2
    print(f"Doing the same job without a window, into {OUT}/:")  # noqa: T201 - a command's output
    for made in without_window(OUT):
        print(f"  {made}")  # noqa: T201
    return 0


def _window(wanted: Wanted) -> int:
    """Run the window until the person closes it. Returns the program's exit status."""
    with waiting_collector():
        app, window = _painted(wanted)
        gc.freeze()  # what was loaded and made until now stays, and is never looked through
    if wanted.until:
        from spp_desktop.ui.window import measured_start

        if wanted.sample:
            window.open_the_sample()
            app.processEvents()
        # What the end of a process takes is no part of what is measured.
        measured_start.end(0 if measured_start.has_come(window, wanted.until, wanted.plan) else 2)
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QIcon

    def begin() -> None:
        """Load what the first look did without, once the window is painted."""
        from importlib.resources import files  # late: it brings half of what reads packed files with it

        window.setWindowIcon(QIcon(str(files("resources") / "spp-desktop.svg")))
        if wanted.sample:
            window.open_the_sample()
        elif wanted.plan is not None:
            window.begin_plan(wanted.plan)

    QTimer.singleShot(0, begin)
    try:
        return app.exec()
    finally:
        window.let_go()


def _painted(wanted: Wanted) -> "tuple[QApplication, MainWindow]":
    """The program and its window, as it is first painted: with the first look at the plan that is wanted."""
    leave_sources_unread()
    from PySide6.QtWidgets import QApplication

    from spp_desktop.ui.common import language
    from spp_desktop.ui.common.memory import Memory
    from spp_desktop.ui.window import brightness
    from spp_desktop.ui.window.main_window import MainWindow
    from spp_desktop.ui.window.mishaps import Mishaps

    app = QApplication(sys.argv[:1])
    app.setApplicationName("SPP Desktop")
    app.setDesktopFileName("spp-desktop")  # by which a Linux desktop finds the menu entry and its icon
    memory = Memory()
    language.speak_british()
    brightness.wear(app, memory.look)
    window = MainWindow(memory, wanted.plan)
    sys.excepthook = Mishaps(window).take
    window.show()
    app.processEvents()
    return app, window


def without_window(folder: Path) -> list[Path]:
    """Build the worked sample, export its returns as workbooks and each page as a picture.

    Returns:
        The files that were written.


    Raises:
        OSError, PlanRefused: if something could not be written there.
    """
    from sample_data.build import build
    from spp_desktop.edits import issuing
    from spp_desktop.plan.periods import period_to_report
    from spp_desktop.returns.catalogue import every_return
    from spp_desktop.returns.file_forms import ENDINGS
    from spp_desktop.store import queries
    from spp_desktop.store.workspace import Workspace
    from spp_desktop.ui.pages import every_page
    from spp_desktop.ui.window import pictures

    folder.mkdir(parents=True, exist_ok=True)
    plan = folder / f"{SAMPLE}.plan"
    plan.unlink(missing_ok=True)
    build(plan, "worked")
    made = [plan]
    with Workspace.open(plan) as workspace:
        today = workspace.read(queries.plan).today()
        for definition in every_return():
            made.append(folder / f"{definition.id}{ENDINGS[definition.form]}")
            year, period = period_to_report(definition.span, today)
            issuing.issue(workspace, definition, made[-1], year=year if definition.yearly else None, period=period)
    for page in every_page():
        made.append(folder / f"{page.name}.png")
        pictures.take(plan, page.name, made[-1])
    return made
