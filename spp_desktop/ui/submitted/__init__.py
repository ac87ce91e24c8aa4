"""Returns that leave the house: the calendar of them, the steps of each, and what has changed of what was sent."""
