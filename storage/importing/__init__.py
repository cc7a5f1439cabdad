"""Forms of other files on their way into a store: planned and shown first, then one gesture."""
