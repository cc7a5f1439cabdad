"""Foreign files are read behind a guard: limits before parsing, and a process of its own that can be killed."""

READING = "--read-foreign"
"""The hidden verb that makes this program the process that reads one file (:mod:`storage.importing.worker`)."""
