"""The year turned: what is proposed for each row, what is decided, a plan rolled over or replaced, and lineage."""
