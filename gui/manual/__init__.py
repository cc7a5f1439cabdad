"""帮助: the manual, the keyboard, and what this is."""
