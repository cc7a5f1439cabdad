"""Programmes that break the program on purpose, and look at what is left: ``make torture``, ``make torture-long``.

They drive the real store, exporter, importer and window. Each has a control, the same programme against something that
is known to be wrong, which has to fail: a programme that finds nothing may be blind. What they may break is said in
reliability.md §8; pytest does not collect them.
"""
