"""Stores in network and synchronised folders: edited in a copy on this computer, and written back whole."""
