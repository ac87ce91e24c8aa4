"""Illustrative rows of registers: a file for each, named by its table."""
