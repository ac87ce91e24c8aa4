"""The page of what the law asks a plan to hold, and of where the plan answers it."""
