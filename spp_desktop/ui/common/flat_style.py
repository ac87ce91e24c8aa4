"""The style of the window: flat, in the colours of the palette, and with a ring around whatever has the keyboard.

It draws over Fusion what Fusion draws with gradients or with a focus that can hardly be seen; all else stays Fusion's.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QPlainTextEdit,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionHeader,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
    QStyleOptionTab,
    QStyleOptionToolButton,
    QStyleOptionViewItem,
    QTextEdit,
    QWidget,
)

PaletteRole = QPalette.ColorRole
DrawState = QStyle.StateFlag
StylePart = QStyle.SubControl
RING = 2
"""The pixels of the ring around what has the keyboard."""
ROUND = 3
"""The radius of the corners of buttons and fields, in pixels."""
ARROW = 3.5


def _colour(option: QStyleOption, role: QPalette.ColorRole) -> QColor:
    return option.palette.color(role)


def _has(option: QStyleOption, state: QStyle.StateFlag) -> bool:
    return bool(option.state & state)


def _rect(option: QStyleOption) -> QRect:
    return option.rect


def _box(painter: QPainter, rect: QRect, ground: QColor | None, line: QColor, width: int = 1) -> None:
    """A rectangle with a line of ``width`` pixels inside its edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = width / 2
    painter.setPen(QPen(line, width))
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), ROUND, ROUND)
    painter.restore()


def _arrow(painter: QPainter, centre: QPointF, colour: QColor, *, up: bool = False) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    down = -0.5 if up else 0.5
    x, y = centre.x(), centre.y()
    tips = ((x - ARROW, y - ARROW * down), (x, y + ARROW * down), (x + ARROW, y - ARROW * down))
    painter.drawPolyline(QPolygonF([QPointF(*tip) for tip in tips]))
    painter.restore()


def _edge(option: QStyleOption) -> tuple[QColor, int]:
    """The line around a button or a field: the ring where it has the keyboard."""
    if _has(option, DrawState.State_HasFocus) and _has(option, DrawState.State_Enabled):
        return _colour(option, PaletteRole.Accent), RING
    return _colour(option, PaletteRole.Dark if _has(option, DrawState.State_Enabled) else PaletteRole.Mid), 1


def _ground(option: QStyleOption) -> QColor:
    """The ground of what can be pressed."""
    if _has(option, DrawState.State_Sunken) or _has(option, DrawState.State_On):
        return _colour(option, PaletteRole.Mid)
    hovered = _has(option, DrawState.State_MouseOver) and _has(option, DrawState.State_Enabled)
    return _colour(option, PaletteRole.Midlight if hovered else PaletteRole.Button)


# Primitives


def _button(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    default = isinstance(option, QStyleOptionButton) and bool(
        option.features & QStyleOptionButton.ButtonFeature.DefaultButton
    )
    line, width = _edge(option)
    if default and width < RING and _has(option, DrawState.State_Enabled):
        line = _colour(option, PaletteRole.Accent)
    _box(painter, _rect(option), _ground(option), line, width)


def _tool(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    raised = _has(option, DrawState.State_AutoRaise)
    active = any(
        _has(option, state) for state in (DrawState.State_Sunken, DrawState.State_On, DrawState.State_MouseOver)
    )
    focused = _has(option, DrawState.State_HasFocus)
    if raised and not (active or focused):
        return
    line, width = _edge(option)
    _box(painter, _rect(option), _ground(option), line if focused or not raised else _ground(option), width)


def _field(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    line, width = _edge(option)
    _box(painter, _rect(option), None, line, width)


def _frame(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The frame of a table, a list or a text: it takes the accent while the keyboard is inside."""
    takes_keys = widget is not None and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    focused = takes_keys and _has(option, DrawState.State_HasFocus)
    typed = isinstance(widget, QPlainTextEdit | QTextEdit) and not widget.isReadOnly()
    edge = PaletteRole.Dark if typed and _has(option, DrawState.State_Enabled) else PaletteRole.Mid
    colour, sides = _colour(option, PaletteRole.Accent if focused else edge), QRectF(_rect(option))
    # As filled sides: a line drawn around would, at 150%, lie under what is in the frame on the right and below.
    for side in (
        sides.adjusted(0, 0, 0, 1 - sides.height()),
        sides.adjusted(0, sides.height() - 1, 0, 0),
        sides.adjusted(0, 0, 1 - sides.width(), 0),
        sides.adjusted(sides.width() - 1, 0, 0, 0),
    ):
        painter.fillRect(side, colour)


def _focus(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """The ring; thin around a row of a list, whose words come close to its edge. A button's own edge is its ring."""
    if isinstance(widget, QPushButton):
        return
    width = 1 if isinstance(widget, QAbstractItemView) else RING
    _box(painter, _rect(option), None, _colour(option, PaletteRole.Accent), width)


def _tick_box(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    ticked, partly = _has(option, DrawState.State_On), _has(option, DrawState.State_NoChange)
    square = _square(option)
    enabled = _has(option, DrawState.State_Enabled)
    ink = _colour(option, PaletteRole.Accent if enabled else PaletteRole.Dark)
    _box(painter, square, _colour(option, PaletteRole.Base), ink if ticked or partly else _edge(option)[0], 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    x, y, side = square.x(), square.y(), square.width()
    if partly:
        painter.drawLine(QPointF(x + 0.25 * side, y + 0.5 * side), QPointF(x + 0.75 * side, y + 0.5 * side))
    elif ticked:
        points = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.28))
        painter.drawPolyline(QPolygonF([QPointF(x + a * side, y + b * side) for a, b in points]))
    painter.restore()


def _radio(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    chosen, enabled = _has(option, DrawState.State_On), _has(option, DrawState.State_Enabled)
    ink = _colour(option, PaletteRole.Accent if enabled else PaletteRole.Dark)
    circle = QRectF(_square(option)).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(ink if chosen else _edge(option)[0])
    painter.setBrush(_colour(option, PaletteRole.Base))
    painter.drawEllipse(circle)
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        inset = circle.width() * 0.27
        painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset))
    painter.restore()


def _chosen(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The ground of a row of a list: where it is chosen, with a bar of the accent at the beginning of the row."""
    rect = _rect(option)
    if _has(option, DrawState.State_Selected):
        painter.fillRect(rect, _colour(option, PaletteRole.Highlight))
        if not (isinstance(option, QStyleOptionViewItem) and option.index.column() > 0):
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), _colour(option, PaletteRole.Accent))
    elif _has(option, DrawState.State_MouseOver) and _has(option, DrawState.State_Enabled):
        painter.fillRect(rect, _colour(option, PaletteRole.Midlight))


def _square(option: QStyleOption) -> QRect:
    rect = _rect(option)
    side = min(rect.width(), rect.height())
    return QRect(rect.center().x() - side // 2 + 1, rect.center().y() - side // 2 + 1, side - 1, side - 1)


def _nothing(_option: QStyleOption, _painter: QPainter, _widget: QWidget | None) -> None:
    pass


def _rule(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """The line under a row of tabs."""
    rect = _rect(option)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), _colour(option, PaletteRole.Mid))


# Controls


def _heading(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    assert isinstance(option, QStyleOptionHeader)
    rect = _rect(option)
    hovered = _has(option, DrawState.State_MouseOver) and _has(option, DrawState.State_Enabled)
    painter.fillRect(rect, _colour(option, PaletteRole.Midlight if hovered else PaletteRole.Window))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), _colour(option, PaletteRole.Mid))
    painter.fillRect(QRect(rect.right(), rect.top() + 4, 1, rect.height() - 8), _colour(option, PaletteRole.Mid))


def _headings_end(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    rect = _rect(option)
    painter.fillRect(rect, _colour(option, PaletteRole.Window))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), _colour(option, PaletteRole.Mid))


def _tab(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    assert isinstance(option, QStyleOptionTab)
    rect = _rect(option)
    if _has(option, DrawState.State_Selected):
        painter.fillRect(rect, _colour(option, PaletteRole.Base))
        painter.fillRect(QRect(rect.left(), rect.bottom() - 2, rect.width(), 3), _colour(option, PaletteRole.Accent))
    elif _has(option, DrawState.State_MouseOver) and _has(option, DrawState.State_Enabled):
        painter.fillRect(rect.adjusted(0, 0, 0, -1), _colour(option, PaletteRole.Midlight))
    if _has(option, DrawState.State_HasFocus):
        _box(painter, rect.adjusted(1, 1, -1, -1), None, _colour(option, PaletteRole.Accent), RING)


def _groove(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    _box(painter, _rect(option), _colour(option, PaletteRole.Base), _colour(option, PaletteRole.Dark))


def _progress(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """How far a job is: a part of the whole, or a quiet ground where nobody knows."""
    assert isinstance(option, QStyleOptionProgressBar)
    whole = option.maximum - option.minimum
    rect = _rect(option).adjusted(2, 2, -2, -2)
    if whole <= 0:
        painter.fillRect(rect, _colour(option, PaletteRole.Highlight))
        return
    share = (option.progress - option.minimum) / whole
    part = QRectF(rect.left(), rect.top(), rect.width() * share, rect.height())
    painter.fillRect(part, _colour(option, PaletteRole.Accent))


PRIMITIVES: Mapping[QStyle.PrimitiveElement, Callable[[QStyleOption, QPainter, QWidget | None], None]] = {
    QStyle.PrimitiveElement.PE_PanelButtonCommand: _button,
    QStyle.PrimitiveElement.PE_PanelButtonTool: _tool,
    QStyle.PrimitiveElement.PE_FrameLineEdit: _field,
    QStyle.PrimitiveElement.PE_Frame: _frame,
    QStyle.PrimitiveElement.PE_FrameFocusRect: _focus,
    QStyle.PrimitiveElement.PE_PanelItemViewItem: _chosen,
    QStyle.PrimitiveElement.PE_IndicatorCheckBox: _tick_box,
    QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck: _tick_box,
    QStyle.PrimitiveElement.PE_IndicatorRadioButton: _radio,
    QStyle.PrimitiveElement.PE_FrameTabBarBase: _rule,
    QStyle.PrimitiveElement.PE_FrameStatusBarItem: _nothing,
}
"""What is drawn here of the smallest parts."""

CONTROLS: Mapping[QStyle.ControlElement, Callable[[QStyleOption, QPainter, QWidget | None], None]] = {
    QStyle.ControlElement.CE_HeaderSection: _heading,
    QStyle.ControlElement.CE_HeaderEmptyArea: _headings_end,
    QStyle.ControlElement.CE_TabBarTabShape: _tab,
    QStyle.ControlElement.CE_ProgressBarGroove: _groove,
    QStyle.ControlElement.CE_ProgressBarContents: _progress,
}
"""What is drawn here of controls."""


class FlatStyle(QProxyStyle):
    """Fusion without its gradients, with a visible ring around what has the keyboard."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw one of the smallest parts."""
        draw = PRIMITIVES.get(element)
        if draw is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            draw(option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw a part of a control."""
        draw = CONTROLS.get(element)
        if draw is None:
            super().drawControl(element, option, painter, widget)
        else:
            draw(option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw a control with several parts."""
        if isinstance(option, QStyleOptionComboBox):
            self._draw_chooser(option, painter, widget)
        elif isinstance(option, QStyleOptionSpinBox):
            self._draw_steps(option, painter, widget)
        elif control == QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            self._draw_bar(option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)
            if isinstance(option, QStyleOptionToolButton) and _has(option, DrawState.State_HasFocus):
                _focus(option, painter, widget)

    def _part(
        self, control: QStyle.ComplexControl, option: QStyleOptionComplex, part: QStyle.SubControl, on: QWidget | None
    ) -> QRect:
        return self.subControlRect(control, option, part, on)  # type: ignore[arg-type]  # Qt takes no widget too

    def _draw_chooser(self, option: QStyleOptionComboBox, painter: QPainter, widget: QWidget | None) -> None:
        """A list to choose from, or a field with one."""
        line, width = _edge(option)
        editable = option.editable
        if option.frame or not editable:
            _box(
                painter,
                _rect(option),
                _colour(option, PaletteRole.Base if editable else PaletteRole.Button),
                line,
                width,
            )
        if option.subControls & StylePart.SC_ComboBoxArrow:
            arrow = self._part(QStyle.ComplexControl.CC_ComboBox, option, StylePart.SC_ComboBoxArrow, widget)
            ink = PaletteRole.ButtonText if _has(option, DrawState.State_Enabled) else PaletteRole.Dark
            _arrow(painter, QRectF(arrow).center(), _colour(option, ink))

    def _draw_steps(self, option: QStyleOptionSpinBox, painter: QPainter, widget: QWidget | None) -> None:
        """A field with a step up and a step down."""
        line, width = _edge(option)
        if option.frame:
            _box(painter, _rect(option), _colour(option, PaletteRole.Base), line, width)
        for part, up in ((StylePart.SC_SpinBoxUp, True), (StylePart.SC_SpinBoxDown, False)):
            if option.subControls & part:
                rect = self._part(QStyle.ComplexControl.CC_SpinBox, option, part, widget)
                ink = PaletteRole.ButtonText if _has(option, DrawState.State_Enabled) else PaletteRole.Dark
                _arrow(painter, QRectF(rect).center(), _colour(option, ink), up=up)

    def _draw_bar(self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None) -> None:
        """A scroll bar: a flat slider in a flat groove, and its two steps."""
        control = QStyle.ComplexControl.CC_ScrollBar
        painter.fillRect(_rect(option), _colour(option, PaletteRole.Window))
        slider = self._part(control, option, StylePart.SC_ScrollBarSlider, widget)
        across = option.orientation == Qt.Orientation.Horizontal
        thin = slider.adjusted(1, 4, -1, -4) if across else slider.adjusted(4, 1, -4, -1)
        pressed = _has(option, DrawState.State_Sunken) or _has(option, DrawState.State_MouseOver)
        ink = _colour(option, PaletteRole.PlaceholderText if pressed else PaletteRole.Dark)
        if _has(option, DrawState.State_Enabled):
            _box(painter, thin, ink, ink)
        for part, back in ((StylePart.SC_ScrollBarSubLine, True), (StylePart.SC_ScrollBarAddLine, False)):
            rect = QRectF(self._part(control, option, part, widget))
            painter.save()
            painter.translate(rect.center())
            painter.rotate(-90 if across else 0)
            _arrow(painter, QPointF(0, 0), ink, up=back)
            painter.restore()
