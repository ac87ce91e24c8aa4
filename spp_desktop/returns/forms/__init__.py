"""Forms that somebody sends: read, their cells named, filled and read back, and nothing else of them changed."""
