"""One indicator in all areas."""
