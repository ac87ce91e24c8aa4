"""Files that came back are spoilt in every way that is thought of here, thousands of times, and taken in.

Each must be read, or refused in a sentence. ``python -m tests.fuzz --seconds 60 --seed 1`` looks for one that is not.
"""
