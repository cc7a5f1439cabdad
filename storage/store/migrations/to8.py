"""Version 8: the line of the list tells errors that only say what is not filled in yet, and counts each warning.

What is awaited is 0 until the line is counted anew, as every line that has errors or warnings is.
"""

STATEMENTS = (
    "ALTER TABLE summary ADD COLUMN awaited INTEGER",
    "UPDATE summary SET stale = 1 WHERE errors > 0 OR warnings > 0",
)
