"""Two copies of a plan merged by cell: what only one of them changed comes in by itself, what both changed is asked.

What a caller needs::

    from spp_desktop.store.merging.sides import FileSide       # a plan's file as one side; a hub is another MergeSide
    from spp_desktop.store.merging.comparing import compare    # compare(ours, theirs) -> items.Merge
    from spp_desktop.store.merging.items import MergeDecision  # MergeDecision("ours" | "theirs", typed cells)
    from spp_desktop.store.merging.applying import take_in     # take_in(plan, merge, decisions), in a transaction

``Merge`` has ``clean`` (what comes in by itself), ``asked`` (each with base, ours and theirs, and the steps by which
each side wrote last, that is who and when), ``waiting`` (proposed restatements), and ``counts``. Decisions are by
``MergeItem.subject``. A window and a command go through ``edits.merging``, which keeps decisions as they are made,
applies in one step and gives the receipt.

How it is decided
    For each cell that both touched: which of its writes does the other copy not know? None of ours: theirs comes. None
    of theirs: ours stays. Both: alike now, settled; taken back on one side, the other's; else asked. What is settled or
    decided is marked in the step of the merge ("decided"), and the mark counts as a write of that merge: so a decision
    made once travels with the copies. Cells that a merge merely took over count as written where they came from.

What a copy knows
    Its own line (``revision``) and what its merges brought along (``merged_revision``), but for merges that were
    undone: those are as if they had never been. See ``knowledge``.
"""
