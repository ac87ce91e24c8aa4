"""A series of results judged."""
