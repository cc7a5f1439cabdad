"""问题, the panel below: what the rules say of the project, what to do about each, and why."""
