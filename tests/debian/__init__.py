"""The Debian package in a clean Debian: outside ``make test``; it needs root, debootstrap and a mirror of Debian."""
