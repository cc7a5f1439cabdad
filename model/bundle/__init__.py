"""Several forms as one workbook: which sheets it has, the lists of a year, the explanations."""
