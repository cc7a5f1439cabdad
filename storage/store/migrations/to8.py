"""Version 8: the line of the list says how many of its errors only say what is not filled in yet.

It is 0 until the line is counted anew.
"""

STATEMENTS = (
    "ALTER TABLE summary ADD COLUMN awaited INTEGER",
    "UPDATE summary SET stale = 1 WHERE errors > 0",
)
