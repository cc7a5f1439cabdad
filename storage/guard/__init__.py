"""Foreign files are read behind a guard: limits before parsing, and a process of its own that can be killed."""
