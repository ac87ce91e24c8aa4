"""What pictures say, as frozen values."""
