"""Reports of a plan: what they read of it, the tables that they share, and each of them as a declaration."""
