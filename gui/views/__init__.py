"""The parts of the window: each shows the document and says what the person intends."""
