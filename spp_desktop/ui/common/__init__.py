"""What every room of the window uses."""
