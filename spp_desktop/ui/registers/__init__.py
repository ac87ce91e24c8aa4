"""The plan's lists and registers on screen."""
