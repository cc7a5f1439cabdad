"""The room behind 指标库: entries searched, inserted, kept, taken out, exchanged as a file."""
