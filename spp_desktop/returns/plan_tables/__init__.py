"""A plan that exists as somebody's table: which of its columns holds what, and what its rows say."""
