"""The published plan as data, and a build step that makes the sample plans through edits."""
