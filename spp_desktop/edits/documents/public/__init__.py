"""The public edition: documents, workbooks and data made of what was released, with what is withheld and why."""
