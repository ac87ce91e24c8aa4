"""Returns as data, and the workbooks they make and read."""

READ_APART = "--read-workbook"
"""The first argument of the program when it is started to read one file: then its limits of memory and time."""
