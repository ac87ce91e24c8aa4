"""The documents of a plan: which there are, of which parts each is made, and what each part says."""
