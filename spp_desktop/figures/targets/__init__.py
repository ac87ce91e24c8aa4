"""Targets as stated, and whether they agree."""
