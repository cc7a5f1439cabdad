"""Version 2: a summary row holds fingerprints of the goal and of the lines (domain.md §9.7).

SQL cannot compute them: they are NULL until the row is counted anew, which every row is marked for, because rules of
this version look at them.
"""

STATEMENTS = (
    "ALTER TABLE summary ADD COLUMN goal_print BLOB",
    "ALTER TABLE summary ADD COLUMN line_prints BLOB",
    "UPDATE summary SET stale = 1",
)
