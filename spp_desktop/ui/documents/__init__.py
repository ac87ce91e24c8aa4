"""Documents published from the window: chosen, seen as they will be printed, and saved."""
