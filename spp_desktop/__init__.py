"""A planning workbook for the strategic policing plan of a police force."""

__version__ = "0.11.0"
