"""A copy of the plan merged into it, as a person does it: the copy opened, reviewed, decided, taken in, with a receipt.

What a window or a command needs::

    with reviewing.opened(workspace, path) as copy:         # the copy, in memory; PlanRefused or MergeRefused if not
        review = reviewing.held_against(workspace, copy)    # MergeReview: merge.counts, merge.clean, merge.asked, ...
        words = wording.MergeWords(workspace, copy)         # words.line(item): base, ours, theirs, who and when
        review = deciding.decided(workspace, review, [item], "theirs")   # kept at once; None takes it back
        receipt = applying.apply(workspace, review)            # one step; what is not decided stays open
"""
