"""Version 6: a digest beside each decided entry of the indicator library (reliability.md §6.1).

SQL cannot compute it: NULL until the store is opened.
"""

STATEMENTS = ("ALTER TABLE library ADD COLUMN digest BLOB",)
