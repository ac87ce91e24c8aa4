"""The review of files received: what differs, what is decided about it, and what is said of each."""
