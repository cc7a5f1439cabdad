"""设置: the unit, the scoring profiles, the limits of the rules, the unit's own measuring units."""
