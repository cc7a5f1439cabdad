"""Version 4: a digest beside each row whose content a person relies on (reliability.md §6.1).

SQL cannot compute them: those of projects and settings are NULL until the store is opened, the others until written.
"""

STATEMENTS = (
    "ALTER TABLE project ADD COLUMN digest BLOB",
    "ALTER TABLE setting ADD COLUMN digest BLOB",
    "ALTER TABLE summary ADD COLUMN digest BLOB",
    "ALTER TABLE journal ADD COLUMN digest BLOB",
)
