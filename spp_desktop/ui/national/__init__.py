"""National priorities and agreements against the plan, on screen."""
