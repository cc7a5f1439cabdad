"""文件: stores come and go, forms come in and go out, backups and the way back to one."""
