"""Small extracts of our own making, one for each shape of table that docs/extracts.md lists; ``make`` wrote them."""
