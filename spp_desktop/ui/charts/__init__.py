"""The wall of small charts."""
