"""Forms that somebody sends, filled from the plan and read back into it."""
