"""What changed between two states of a plan, as documents: as a list, and as the plan's own text marked up."""
