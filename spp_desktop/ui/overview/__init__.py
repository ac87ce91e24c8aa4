"""The overview: where the plan stands, and what is wrong with it."""
