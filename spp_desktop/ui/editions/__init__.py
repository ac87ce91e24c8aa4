"""A plan's way in the window: its versions and editions, moving it on, issuing an edition, what was restated."""
