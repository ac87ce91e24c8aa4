"""How the sheets of a workbook look and what they ask, as the process says it that reads them."""
