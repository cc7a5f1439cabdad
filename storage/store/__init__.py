"""The ``.jixiao`` file: one SQLite store with its lock, journal, summaries, backups and migrations."""
