"""A planning workbook for the strategic policing plan of a police force."""
