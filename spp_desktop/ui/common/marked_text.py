"""A text with what has changed of it marked, as rich text, and the line of it near its first change."""

from html import escape

from spp_desktop.plan.text_changes import changes

NEAR = 24
"""The most letters before the first change that a table shows in full; of more it leaves out the beginning."""


def marked(before: str, after: str, gone: str, new: str) -> str:
    """The second text as HTML. What is gone of the first is struck out and what is new underlined, both in colour.

    If nothing of the first text is left, it is not repeated.
    """
    styles = {"gone": f"color:{gone}; text-decoration:line-through", "new": f"color:{new}; text-decoration:underline"}
    marked_parts = []
    parts = changes(before, after)
    if all(part.kind != "same" for part in parts):
        parts = [part for part in parts if part.kind == "new"]  # nothing is shared: the first text stands above
    for part in parts:
        text = lines(part.text)
        marked_parts.append(text if part.kind == "same" else f'<span style="{styles[part.kind]}">{text}</span>')
    return "".join(marked_parts)


def lines(text: str) -> str:
    """A text as HTML that keeps its lines."""
    return escape(text).replace("\n", "<br>")


def near_change(before: str, after: str) -> str:
    """The second text on one line, from shortly before the first change if that is far from the beginning."""
    line = " ".join(after.split())
    shared = next(
        (n for n, (a, b) in enumerate(zip(before, line, strict=False)) if a != b), min(len(before), len(line))
    )
    if shared <= NEAR or before == line:
        return line
    start = line.rfind(" ", 0, max(shared - NEAR // 3, 0)) + 1
    return f"… {line[start:]}" if start else line
