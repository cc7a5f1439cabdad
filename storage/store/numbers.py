"""The numbers SQLite gives to the rows of the journal and of the list, and what is said when there are no more.

Only damage and other programs use them up: with a number a gesture they last for longer than anybody edits. SQLite then
says that the disk is full.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection

from model.errors import UserError

LAST = 2**63 - 1
_UNREACHED = 2**62
_GIVEN = (("journal", "seq"), ("placement", "place"))


def mend(connection: Connection) -> None:
    """Go on counting behind the rows there are, where nobody can have counted so far."""
    for table, column in _GIVEN:
        connection.exec_driver_sql(
            f"UPDATE sqlite_sequence SET seq = (SELECT coalesce(max({column}), 0) FROM {table}) "  # noqa: S608 our names
            f"WHERE name = '{table}' AND seq > {_UNREACHED}"
        )


def refuse_used_up(connection: sqlite3.Connection, path: Path) -> None:
    """Raise UserError when no number is left to be given. Raises sqlite3.Error when that cannot be read."""
    for table, column in _GIVEN:
        if connection.execute(f"SELECT 1 FROM {table} WHERE {column} = {LAST}").fetchone() is not None:  # noqa: S608
            raise UserError(
                f"“{path}”中的编号已经用到尽头（文件受过损坏或被其他程序改动过），刚才的修改没有保存。\n"
                "此前已保存的内容完好无损，与磁盘空间无关。请用“恢复备份…”，"
                "或新建一个数据文件，再把这个文件导入进去。"
            )
