"""The plan's tables as they are published: which there are, and what each holds."""
