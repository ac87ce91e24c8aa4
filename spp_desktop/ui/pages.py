"""The tabs in their order."""

TABS: tuple[tuple[str, str], ...] = (
    ("priorities", "Priorities"),
    ("delivery", "Annual delivery plan"),
    ("performance", "Performance plan"),
    ("results", "Results"),
    ("charts", "Charts"),
    ("areas", "Areas"),
    ("returns", "Returns"),
)
"""A name for the program, and the one a person reads."""
