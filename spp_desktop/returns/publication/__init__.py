"""Tables that are published: a workbook that everybody can read, and the same as data for programs."""
