"""Tables that are worked in like a spreadsheet."""
