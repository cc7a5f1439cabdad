"""The grid of indicators: one form's lines as the printed form shows them, with the hands of a spreadsheet."""
