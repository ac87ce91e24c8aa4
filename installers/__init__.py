"""What a person installs: programs with everything they need, put together here for Windows and for Debian."""
