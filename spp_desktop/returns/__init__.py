"""Returns as data, and the workbooks they make and read."""

import os

# Workbooks are written and read by the same code whatever else is installed: openpyxl would take lxml where it is.
os.environ.setdefault("OPENPYXL_LXML", "False")
