"""Files as the system has them: written whole, named, told apart, and what may be said of them."""
