"""The statuses with which ``spp`` ends."""

DONE, ASK, REFUSED = 0, 1, 2
"""Exit statuses: done; a person has to decide; refused with a reason."""
