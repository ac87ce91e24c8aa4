"""The hub: a plan with its whole history in a PostgreSQL database of the force, beside the files that people work on.

A hub is one more copy of the plan, with one line of steps. There is no server program of ours: PostgreSQL, its roles
and its row security do the work. ``docs/hub.md`` is for whoever looks after it.
"""
