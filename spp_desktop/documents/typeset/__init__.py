"""Pages set by Typst, in a process of its own: it knows values and a template, nothing of documents."""
