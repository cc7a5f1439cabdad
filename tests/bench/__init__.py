"""``make bench``: speed as ratios to a bare floor measured in the same run. Nothing here is a test."""
