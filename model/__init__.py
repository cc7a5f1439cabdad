"""The domain: records, values, scores, rules and printed sheets. No Qt, no SQL, no files, no clock."""

__version__ = "0.1.0"
