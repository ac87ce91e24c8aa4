"""Red, amber and green, and why."""
