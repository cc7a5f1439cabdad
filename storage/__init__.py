"""The file: store, backups, Excel and JSON in and out. No Qt."""

import os

# Asked when openpyxl is imported: python-docx brings lxml, and with it openpyxl would leave defusedxml aside.
os.environ["OPENPYXL_LXML"] = "False"
