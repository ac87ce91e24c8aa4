"""Documents as values, and what draws them: nothing here knows the plan."""
