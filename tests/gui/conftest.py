"""What every test of the window shares."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Off-screen there is no window system: what Qt says about that is no fault of the program."""
    config.addinivalue_line("qt_log_ignore", "^This plugin does not support (propagateSizeHints|raise|grabbing)")
