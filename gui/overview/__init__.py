"""The list of the projects of a unit's year, or of the units of a year, with counts and sums: a page in the centre."""
