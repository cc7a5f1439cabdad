"""Forms that were recognised in somebody else's grid or running text, as forms that can be imported."""
