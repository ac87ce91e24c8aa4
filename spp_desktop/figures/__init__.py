"""Arithmetic on plain values: no database, no Qt, no files."""
