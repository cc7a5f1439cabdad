"""What a cell may hold: characters, sums of money, dates, units of measurement, levels, usual names."""
