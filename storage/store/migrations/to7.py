"""Version 7: the line of the list says what a self-evaluation comes to: its budget, what was spent of it, its grade.

They are blank until the line is counted anew.
"""

STATEMENTS = (
    "ALTER TABLE summary ADD COLUMN budget_fen INTEGER",
    "ALTER TABLE summary ADD COLUMN spent_fen INTEGER",
    "ALTER TABLE summary ADD COLUMN grade TEXT",
    "UPDATE summary SET stale = 1 WHERE forms LIKE '%evaluation%'",
)
