"""Files and pages that belong to rows of the plan."""
