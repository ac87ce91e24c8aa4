"""What may be public, on screen."""
