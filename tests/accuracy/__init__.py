"""How well forms are read again out of texts and files (``make accuracy``)."""
