"""A text with what has changed of it marked, as rich text."""

from html import escape

from spp_desktop.plan.text_changes import changes


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
