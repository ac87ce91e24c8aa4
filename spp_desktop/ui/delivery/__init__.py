"""The annual delivery plan: activities, the whole of one, and the timeline."""
