"""The review of files received: what differs in them, and what a person decides about it."""
