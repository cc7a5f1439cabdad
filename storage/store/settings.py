"""The settings of a store in their table."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from model.changes import SetSetting
from model.settings import Settings
from storage.store import digests
from storage.store.tables import SETTING


def read_settings(connection: Connection) -> Settings:
    """The settings of a store; what is not in the table is at its default."""
    rows = connection.execute(select(SETTING.c.key, SETTING.c.text)).all()
    return Settings.from_texts(dict(rows))


def write_setting(connection: Connection, change: SetSetting) -> None:
    """Write one setting. Raises ValueError when it is not what the change says it was."""
    current: str | None = connection.execute(select(SETTING.c.text).where(SETTING.c.key == change.key)).scalar()
    if (current or "") != change.before:
        raise ValueError(f"the setting {change.key} is not what it was")
    connection.execute(delete(SETTING).where(SETTING.c.key == change.key))
    if change.after:
        row = {"key": change.key, "text": change.after}
        connection.execute(insert(SETTING), {**row, "digest": digests.of_row(row)})
