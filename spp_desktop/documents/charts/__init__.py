"""Charts of ``figures`` laid out as pictures of documents: the numbers, words and marks that the window draws."""
