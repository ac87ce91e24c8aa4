"""The review of files received, and the screen that other reviews share."""
