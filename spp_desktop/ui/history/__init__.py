"""The history of a plan."""
