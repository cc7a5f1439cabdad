"""The dialogs. Each is opened with open(), works by itself on the document, and reports through accepted()."""
