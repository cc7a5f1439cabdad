"""Version 5: what a person decided of entries of the indicator library (docs/library.md §3)."""

STATEMENTS = (
    """CREATE TABLE library (
        level2 TEXT NOT NULL,
        name TEXT NOT NULL,
        target TEXT NOT NULL,
        direction TEXT NOT NULL,
        pinyin TEXT NOT NULL,
        is_removed INTEGER NOT NULL,
        PRIMARY KEY (level2, name)
    ) STRICT""",
)
