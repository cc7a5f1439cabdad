"""``--selftest DIR``: the whole main job in the real window, with a report other programs can read."""

from gui.selftest.run import run

__all__ = ["run"]
