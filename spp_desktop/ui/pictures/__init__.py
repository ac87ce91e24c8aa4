"""What is drawn, and what can be done with any picture."""
