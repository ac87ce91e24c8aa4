"""Dialogs: for what cannot be done where the person is looking."""
