"""Returns sent out and received."""
