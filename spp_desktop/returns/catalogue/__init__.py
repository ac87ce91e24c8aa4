"""The returns known to the program: one data module for each."""
