"""The plan shared by a hub, in the window: its address, what is sent and taken in, what is in conflict."""
