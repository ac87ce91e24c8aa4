"""What a plan is: its tables, and the rules that a row must keep."""
