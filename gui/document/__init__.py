"""What is open: the store, the project on screen, what is typed over it, and undo."""
