"""Writes what a screen reader would be told, an event a line. Run by the system's Python, which has AT-SPI."""

from __future__ import annotations

import json
import sys

import gi  # type: ignore[import-untyped,import-not-found,unused-ignore] # of the system's Python

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-untyped,import-not-found,unused-ignore] # noqa: E402

KINDS = (
    "object:state-changed:focused",
    "object:announcement",
    "object:text-caret-moved",
    "object:property-change:accessible-name",
)


def main(path: str) -> None:
    """Listen until somebody ends it; ``ready`` is the first line."""
    with open(path, "w", encoding="utf-8", buffering=1) as out:

        def write(event: Atspi.Event) -> None:
            source, said = event.source, event.any_data
            try:
                name, role = (source.get_name(), source.get_role_name()) if source else ("", "")
            except GLib.GError:  # it is gone by now
                name, role = "", "gone"
            line = {
                "kind": event.type,
                "name": name,
                "role": role,
                "gained": event.detail1,
                "said": said if isinstance(said, str) else "",
            }
            out.write(json.dumps(line, ensure_ascii=False) + "\n")

        Atspi.init()
        listener = Atspi.EventListener.new(write)
        for kind in KINDS:
            listener.register(kind)
        out.write(json.dumps({"kind": "ready"}) + "\n")
        Atspi.event_main()


if __name__ == "__main__":
    main(sys.argv[1])
