"""Version 9: the line of the list says how many places that have to be filled in are.

It is blank until the line is counted anew, as every line that has errors is: only of such a one it is told.
"""

STATEMENTS = (
    "ALTER TABLE summary ADD COLUMN filled INTEGER",
    "UPDATE summary SET stale = 1 WHERE errors > 0",
)
