"""The priorities: a tree, and all of the row chosen."""
