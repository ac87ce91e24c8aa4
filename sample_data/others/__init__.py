"""Slices of plans of other kinds: a file for each, named as on the command line."""
