"""Mutation testing: small changes of the program, each of which some test has to notice. ``make mutants``.

A mutant nobody notices shows a test that is missing, code that is not needed, or a change that means the same; the
last are kept in ``judged.json`` with the reason. What was found stands in docs/mutation-report.md. Pytest does not
collect this folder.
"""
