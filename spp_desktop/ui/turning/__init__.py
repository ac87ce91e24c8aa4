"""The year turned, in the window: what becomes of each row, the from-to table, and lineage."""
