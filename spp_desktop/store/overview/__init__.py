"""Where a plan stands: what is counted for a meeting, each number with the rows behind it."""
