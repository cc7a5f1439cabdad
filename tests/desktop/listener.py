"""What a screen reader would be told, and what it would find. Run by the system's Python, which has AT-SPI.

``listener.py FILE`` writes an event a line until somebody ends it; ``listener.py --window`` prints the window that is
active, as a list of what is in it.
"""

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
    "window:activate",
)
WITH_WORDS = ("focused", "window")
"""Of these a reader asks more than the name."""
LONGEST = 400
DEEPEST = 12


def about(source: Atspi.Accessible, *, is_whole: bool) -> dict[str, object]:
    """What a reader asks of a thing that something happened to."""
    try:
        words = {"name": source.get_name() or "", "role": source.get_role_name() or "", "about": ""}
        if is_whole:
            words["about"] = source.get_description() or ""
    except GLib.GError:  # it is gone by now
        return {"name": "", "role": "gone", "about": ""}
    return dict(words)


def listen(path: str) -> None:
    """Listen until somebody ends it; ``ready`` is the first line."""
    with open(path, "w", encoding="utf-8", buffering=1) as out:

        def write(event: Atspi.Event) -> None:
            said = event.any_data
            line = {
                "kind": event.type,
                "gained": event.detail1,
                "said": said if isinstance(said, str) else "",
                **about(event.source, is_whole=any(kind in event.type for kind in WITH_WORDS)),
            }
            out.write(json.dumps(line, ensure_ascii=False) + "\n")

        Atspi.init()
        listener = Atspi.EventListener.new(write)
        for kind in KINDS:
            listener.register(kind)
        out.write(json.dumps({"kind": "ready"}) + "\n")
        Atspi.event_main()


def window() -> None:
    """Print everything that is shown in the active window: role, name, description, text, states."""
    Atspi.init()
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(number)
        for place in range(program.get_child_count() if program else 0):
            top = program.get_child_at_index(place)
            if top is not None and top.get_state_set().contains(Atspi.StateType.ACTIVE):
                print(json.dumps(list(inside(top)), ensure_ascii=False))
                return
    print("[]")


def inside(top: Atspi.Accessible, depth: int = 0):  # type: ignore[no-untyped-def] # a generator of dicts
    """A thing and what is shown in it, in the order a reader goes through."""
    states = top.get_state_set()
    if depth and not states.contains(Atspi.StateType.SHOWING):
        return
    text = top.get_text_iface()
    yield {
        **about(top, is_whole=True),
        "text": Atspi.Text.get_text(text, 0, LONGEST) if text else "",
        "is_default": states.contains(Atspi.StateType.IS_DEFAULT),
        "takes_keys": states.contains(Atspi.StateType.FOCUSABLE),
    }
    if depth < DEEPEST and top.get_role_name() not in {"table", "tree", "tree table"}:
        for number in range(top.get_child_count()):
            child = top.get_child_at_index(number)
            if child is not None:
                yield from inside(child, depth + 1)


if __name__ == "__main__":
    if sys.argv[1] == "--window":
        window()
    else:
        listen(sys.argv[1])
