"""Where the plan is kept: one SQLite file, its history, its backups and the one writer."""
