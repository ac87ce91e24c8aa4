"""Forms that somebody sends: drawn, their cells named, filled and read back."""
