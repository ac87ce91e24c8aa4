"""Returns as data, and the workbooks they make and read."""
