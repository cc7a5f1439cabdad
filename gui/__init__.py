"""The face: windows, views and item models over a document. No SQL, no workbook."""
