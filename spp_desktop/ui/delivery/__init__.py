"""The annual delivery plan: its activities, the whole of one activity, and the timeline."""
