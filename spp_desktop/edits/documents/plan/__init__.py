"""The strategic policing plan as a document: what each of its parts says, in the order in which the plan has them."""
