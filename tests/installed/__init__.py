"""The programs as they are installed, used as a person uses them: outside ``make test``."""
