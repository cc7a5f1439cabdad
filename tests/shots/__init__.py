"""``make shots``: a picture of every view, dialog and state, to be looked at."""
