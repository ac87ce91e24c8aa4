"""The help: the pages of docs/ in a window beside the work."""
