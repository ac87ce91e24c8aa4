"""The parts of the overview of a plan, and what they gather."""
