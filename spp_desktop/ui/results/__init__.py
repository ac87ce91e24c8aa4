"""Results: months across, and extracts taken in."""
