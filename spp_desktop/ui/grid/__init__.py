"""Tables with a spreadsheet's hands."""
