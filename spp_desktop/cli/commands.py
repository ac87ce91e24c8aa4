"""The commands of ``spp``, by the modules of this package that they are in: what ``spp --help`` prints without them.

A command more is one line here. Its words are the first paragraph of its docstring, which a test holds them against.
"""

from collections.abc import Mapping

COMMANDS: Mapping[str, Mapping[str, str]] = {
    "plans": {
        "new": "Make a new plan: empty, or one that comes with the program.",
        "dump": "Print the whole content as one JSON object, alike on any machine that holds the same content.",
        "undo": "Undo the latest step.",
        "redo": "Do again what was undone last.",
        "check-file": "Say everything that can be said about the soundness of a plan's file.",
        "backup": "Keep the plan as it is now as an earlier version.",
        "picture": "Save a picture of one page, as the window shows it.",
    },
    "histories": {
        "history": "Print every step, the newest first: when, who and what. With --row or --find also what changed, cell by cell.",
    },
    "any_day": {
        "as-at": "Run a command on the plan as it stood at a moment: as we knew it then.",
        "compare": "Print what differs between two states of a plan: rows added, removed and changed from A to B.",
        "restore": "Restore the whole plan as it stood at a moment, or one row with all that hangs below it, such as a priority.",
    },
    "returns": {
        "returns": "List the returns that can be exported, or print the page of one.",
        "export": "Write a return as a workbook, or one for each post or area, and record that it was issued.",
        "sent": "Print who was sent what, who has answered and who is late; the latest first.",
        "chase": "Print the reminders: to those who have not answered, and about rows that were not in what came back.",
        "receipt": "List the files that came back; or print the receipt of one: what was accepted, changed, refused and why.",
    },
    "small_numbers": {
        "small-numbers": "Say how small numbers of persons are shown in the public edition; without more, list what was said.",
    },
    "submissions": {
        "due": "Print the calendar of returns: what is due when and how far it is; what is due next comes first.",
        "submit": "Say that a return was prepared, checked, signed or sent. What is sent is a numbered submission from then on.",
        "submissions": "List what was sent; or show one submission and what has changed since; or compare it with another.",
        "restatements": "List what has changed of figures that were sent, and of what editions hold; the exit status is then 1.",
    },
    "versions": {
        "versions": "List a plan's versions: the states it came to, each numbered, dated and signed; or move it on to the next.",
    },
    "editions": {
        "issue-edition": "Issue an edition of the plan as it stands: numbered, and never changed afterwards.",
        "editions": "List the editions of a plan: their numbers, days, who issued and approved them, and the files that left.",
        "edition": "Print the record of an edition; or what the plan said as it was issued: its content, or a document as it left.",
    },
    "rolling_over": {
        "roll-over": "Print what becomes of each row when the plan's first year ends: what is decided, and what is proposed of others.",
    },
    "receiving": {
        "import": "Print what returned workbooks would change; with --apply, take it in as one step.",
    },
    "measuring": {
        "import-results": "Say what would come in from an extract whose columns are known; with --apply, take it in as one step.",
    },
    "plan_import": {
        "import-plan": "Say what would come in from a plan that exists as somebody's table; with --apply, take it in as one step.",
    },
    "judging": {
        "judge": "Judge indicators against their targets, chart them, and say whether they will make it, with all that it rests on.",
    },
    "target_register": {
        "target-changes": "List the targets that have changed since they were in force: old, new, since when, why, by whom, who agreed.",
    },
    "charts": {
        "spc": "Make the control chart of every case in a file, and print points and summary in the form of the cases.",
    },
    "calendars": {
        "calendar": "Write the dates of activities, milestones and returns as a calendar (.ics), and record that it was saved.",
    },
    "documents": {
        "documents": "List the documents that can be made of a plan, by the ids that spp publish knows them by.",
        "publish": "Publish a document of the plan by its file's ending: PDF, web page or Word; the public edition into a folder.",
    },
    "publishing": {
        "publish-tables": "Publish tables of the plan: an accessible workbook (.xlsx, .ods) with its check, and data (CSV with CSVW).",
    },
    "threads": {
        "gaps": "List where the golden thread has gaps: priorities without an indicator, commitments nobody serves, and so on.",
        "matrix": "List national priorities and agreements, each with the rows of the plan that serve it, and the gaps.",
    },
    "attachments": {
        "attachments": "List the files attached to rows of a plan, and whether each is there and unchanged.",
    },
    "forms": {
        "forms": "List the mappings of forms that a plan keeps; keep one more, write one to a file, or keep one no longer.",
        "fill": "Fill somebody's blank form from the plan; nothing else of the form is changed.",
        "form-import": "Say what a filled form says that the plan does not; with --apply, take it in as one step.",
    },
    "checking": {
        "check": "Say where a plan contradicts itself, what is missing in it, and what is worth a look.",
    },
    "monitoring": {
        "periods": "Print the reporting periods with how far each is signed off; or make, open, close, lock or reopen one.",
        "slipped": "Print which activities and milestones have slipped: how often, how far, and why.",
    },
    "closing_years": {
        "close-year": "Close a year whose reporting periods are all locked, or reopen it; without a year print which are closed.",
    },
    "overviewing": {
        "overview": "Say where a plan stands: activities by status, indicators, what is overdue, due next, changed and outstanding.",
    },
    "handing_over": {
        "hand-over": "List what a post owns from a day on; with --reason, hand it over to another post as one step.",
    },
    "merging": {
        "merge": "Say what merging another copy of the plan would bring and what is to be decided; with --apply, merge it.",
    },
    "expunging": {
        "expunge": "Remove a mistyped name for good: from the rows, the whole history and the records of a plan.",
    },
    "hub": {
        "hub": "Share a plan by a hub: a PostgreSQL database of the force that holds it with its whole history.",
    },
}
"""By the module that makes them: the commands in the order in which they are listed, each with what it is for."""

WORDS: Mapping[str, str] = {name: words for module in COMMANDS.values() for name, words in module.items()}
"""What each command is for, by its name."""

MODULES: Mapping[str, str] = {name: module for module, names in COMMANDS.items() for name in names}
"""The module that makes each command, by its name."""
