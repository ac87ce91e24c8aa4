"""The hub: a plan with its whole history in a PostgreSQL database of the force, beside the files that people work on.

A hub is one more copy of the plan, with one line of steps. There is no server program of ours: PostgreSQL, its roles
and its row security do the work. ``docs/hub.md`` is for whoever looks after it.

What a window needs: ``exchanging.status`` and ``push``, ``pulling.review`` and ``take``, each with progress and with
sentences to show; a refusal is a ``problems.HubRefused``. All but ``take`` only read the plan and wait for the network:
beside the window they are given a workspace of their own, opened for reading. ``take`` asks nobody, and is given the
workspace that writes.
"""
