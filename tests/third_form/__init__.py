"""A third form out of one folder: its facts, what it can do, its tables. Nothing of the program knows of it."""
