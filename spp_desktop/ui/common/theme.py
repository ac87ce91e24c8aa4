"""How the window looks: light and dark palettes of our own, and the shapes of statuses."""

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QPalette
from PySide6.QtWidgets import QApplication

from spp_desktop.store.collector import waiting_collector
from spp_desktop.ui.common.style import PlanStyle

LIGHT = {
    "Window": "#f6f7f9",
    "WindowText": "#1b1f24",
    "Base": "#ffffff",
    "AlternateBase": "#f6f7f9",
    "Text": "#1b1f24",
    "Button": "#f0f2f5",
    "ButtonText": "#1b1f24",
    "BrightText": "#b42318",
    "Highlight": "#d8e5f2",
    "HighlightedText": "#1b1f24",
    "ToolTipBase": "#1b1f24",
    "ToolTipText": "#ffffff",
    "PlaceholderText": "#5b6470",
    "Link": "#0b5cad",
    "LinkVisited": "#6f42c1",
    "Mid": "#d5dae1",
    "Midlight": "#e6e9ee",
    "Dark": "#727d8a",
    "Light": "#ffffff",
    "Shadow": "#57606a",
    "Accent": "#0b5cad",
}
DARK = {
    "Window": "#262c35",
    "WindowText": "#e6edf3",
    "Base": "#12161c",
    "AlternateBase": "#1c2128",
    "Text": "#e6edf3",
    "Button": "#363e49",
    "ButtonText": "#e6edf3",
    "BrightText": "#ff7b72",
    "Highlight": "#1c344f",
    "HighlightedText": "#e6edf3",
    "ToolTipBase": "#e6edf3",
    "ToolTipText": "#161b22",
    "PlaceholderText": "#aab2bd",
    "Link": "#6cb6ff",
    "LinkVisited": "#c297ff",
    "Mid": "#3a424d",
    "Midlight": "#2f3742",
    "Dark": "#8b949e",
    "Light": "#3a424d",
    "Shadow": "#0d1117",
    "Accent": "#6cb6ff",
}
"""Colours by palette role: text meets AA contrast on every ground that it stands on, and whatever else says something
(an edge, a shape, the ring around what has the keyboard) 3 to 1. What is chosen lies on a light ground, so that
statuses keep their colours there, and has a bar of the accent beside it."""

DIMMED = ("WindowText", "Text", "ButtonText")


def apply(app: QApplication, *, dark: bool) -> None:
    """Give the whole program the light or the dark palette, in the platform-neutral style."""
    if not isinstance(app.style(), PlanStyle):
        app.setStyle(PlanStyle())
    app.setPalette(palette_of(dark=dark))
    with waiting_collector():  # it would delete closed windows among the widgets while these are listed
        for widget in app.allWidgets():
            if sheet := widget.styleSheet():  # a style sheet keeps the colours that it was first drawn with
                widget.setStyleSheet("")
                widget.setStyleSheet(sheet)


def palette_of(*, dark: bool) -> QPalette:
    """The light or the dark palette."""
    palette = QPalette()
    for name, colour in (DARK if dark else LIGHT).items():
        palette.setColor(QPalette.ColorRole[name], QColor(colour))
    for name in DIMMED:
        dimmed = QColor("#818a95" if dark else "#858e99")
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[name], dimmed)
    return palette


def is_dark(palette: QPalette) -> bool:
    """Whether a palette writes light on dark."""
    return palette.color(QPalette.ColorRole.Base).lightnessF() < 0.5  # noqa: PLR2004 - half way


def status_colour(colour: str, dark_colour: str, palette: QPalette) -> QColor:
    """The colour of a status in this palette, which is light or dark."""
    return QColor(dark_colour if is_dark(palette) else colour)


def blend(under: QColor, over: QColor, share: float) -> QColor:
    """One colour laid over another; ``share`` (0 to 1) is how much of it shows."""
    return QColor.fromRgbF(
        under.redF() + (over.redF() - under.redF()) * share,
        under.greenF() + (over.greenF() - under.greenF()) * share,
        under.blueF() + (over.blueF() - under.blueF()) * share,
    )


def shape_path(shape: str, size: float = 10.0) -> QPainterPath:
    """A status's shape around the origin, ``size`` pixels wide, to be filled with its colour."""
    r = size / 2
    path = QPainterPath()
    if shape == "ring":
        path.addEllipse(QRectF(-r, -r, size, size))
        path.addEllipse(QRectF(-r * 0.55, -r * 0.55, size * 0.55, size * 0.55))
    elif shape == "disc":
        path.addEllipse(QRectF(-r, -r, size, size))
    elif shape == "bars":
        path.addRect(QRectF(-r * 0.8, -r, r * 0.6, size))
        path.addRect(QRectF(r * 0.2, -r, r * 0.6, size))
    else:
        _polygon(path, shape, r)
    return path


def _polygon(path: QPainterPath, shape: str, r: float) -> None:
    points = {
        "triangle": ((0, -r), (r, r * 0.85), (-r, r * 0.85)),
        "diamond": ((0, -r), (r, 0), (0, r), (-r, 0)),
        "square": ((-0.8 * r, -0.8 * r), (0.8 * r, -0.8 * r), (0.8 * r, 0.8 * r), (-0.8 * r, 0.8 * r)),
        "plus": tuple(
            (r * radius * math.cos(math.radians(angle)), r * radius * math.sin(math.radians(angle)))
            for turn in range(4)
            for radius, angle in ((1.04, 90 * turn - 17), (1.04, 90 * turn + 17), (0.42, 90 * turn + 45))
        ),
        "tick": (
            (-r, 0.05 * r),
            (-0.65 * r, -0.3 * r),
            (-0.25 * r, 0.15 * r),
            (0.65 * r, -0.8 * r),
            (r, -0.45 * r),
            (-0.25 * r, 0.85 * r),
        ),
        "cross": tuple(
            (r * radius * math.cos(math.radians(angle)), r * radius * math.sin(math.radians(angle)))
            for turn in range(4)
            for radius, angle in ((1.1, 90 * turn + 30), (1.1, 90 * turn + 60), (0.4, 90 * turn + 90))
        ),
    }[shape]
    path.moveTo(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(QPointF(*point))
    path.closeSubpath()
