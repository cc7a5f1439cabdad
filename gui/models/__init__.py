"""Item models: what the views show of a document. They never change themselves."""
