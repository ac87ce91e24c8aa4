"""Checks of a plan's own consistency: what contradicts itself, what is missing, what is worth a look."""
