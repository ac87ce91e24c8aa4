"""A plan that exists comes in: what a table says is held against the plan, asked about, and put into it as one step."""
