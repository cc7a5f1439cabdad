"""Finding and replacing: the search box of the toolbar, and the dialog that replaces texts in many places."""
