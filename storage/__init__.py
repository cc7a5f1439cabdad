"""The file: store, backups, Excel and JSON in and out. No Qt."""
