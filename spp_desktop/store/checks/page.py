"""The page of the documentation that tells of the checks, made from the rules.

``python -m spp_desktop.store.checks.page FOLDER`` writes it into a folder, as ``checks.md``.
"""

import sys
from itertools import groupby
from pathlib import Path

from spp_desktop.plan.spoken import usually
from spp_desktop.store.checks.every import RULES
from spp_desktop.store.checks.rule import SEVERITIES

FILE = "checks.md"
MADE = "<!-- Made from the rules of the checks by make pictures; a change here is written over. -->"

_ABOUT = """The plan held against itself: where it contradicts itself, what is missing in it, and what is worth a look.
*Overview > Checks*, Ctrl+Shift+K.

![What the checks find, by rule, with what the chosen finding rests on](../pictures/checks.png)

## Look at what is found

Findings are found, not typed. Each stands under the check that found it, the gravest first. Enter goes to
what it is about: the activity, the indicator and its targets, the results, or the list that holds the row. A
finding goes when that is put right, and comes back with Ctrl+Z. After a change only what it touches is looked
at again; a large plan is checked beside the window, and *Cancel* stops that.

## Accept a finding

*Accept…* (Ctrl+Shift+A) asks for a reason, for all findings that are selected at once. Your name and the day
are kept with it in the plan, as a step that can be undone. An accepted finding is no longer listed, until one
of its rows changes: then it stands again, and says that it was accepted. *Show accepted* lists those too, and
*Take back* lets one stand again.

## From the command line

`spp check PLAN` lists the same and ends with status 1 if anything is found that nobody has accepted; `--all`
lists what was accepted, too. `--json` gives a list of objects with `rule`, `severity` (`wrong`, `missing` or
`question`), `sentence` and `rows`, each of these with `table`, `key` and `ref`. `--accept KEY --reason "…"`
accepts a finding by its `key`.

The soundness of the file itself is another matter: *Help > Check this file*, and `spp check-file`.

## The checks"""


def page() -> str:
    """The page, as Markdown."""
    with usually():
        parts = [f"# Checks\n\n{MADE}", _ABOUT]
        ordered = sorted(RULES, key=lambda rule: list(SEVERITIES).index(rule.severity))
        for severity, rules in groupby(ordered, key=lambda rule: rule.severity):
            lines = [f"- **{rule.title}**: {rule.about} (`{rule.name}`)" for rule in rules]
            parts += [f"### {SEVERITIES[severity]}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page into the folder that is named."""
    (Path(arguments[0]) / FILE).write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
