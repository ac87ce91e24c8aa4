"""Another copy of the plan merged into it in the window: held against it, reviewed, taken in."""
