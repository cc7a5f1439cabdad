"""What a step of a scene promises to somebody who does not see the window (docs/ux.md §6)."""

from __future__ import annotations

from tests.desktop.screen import Judge, Told

NAMES_AT_MOST = 6
"""Names that may change at one step of the cursor."""
VIEWS = {"table", "tree", "tree table", "list"}
"""Roles that say nothing of where in them one is."""


def nothing(_told: Told) -> list[str]:
    """No promise: the step only leads to the next."""
    return []


def lands_on(*parts: str, about: str = "") -> Judge:
    """The last focus is a thing that says this, with a description that says ``about``; never a view as a whole."""

    def judge(told: Told) -> list[str]:
        focus = told.focus
        faults = [] if all(part in focus.name for part in parts) else [f"焦点在“{focus.name}”"]
        if focus.role in VIEWS:
            faults.append(f"只说到“{focus.name}”，没有说在哪一行")
        return faults + ([] if about in focus.about else [f"说明是“{focus.about}”"])

    return judge


def steps_to(*parts: str) -> Judge:
    """The same, and few names change on the way, none to what it was."""

    def judge(told: Told) -> list[str]:
        again = {name for name in told.names if told.names.count(name) > 1}
        many = [f"改了 {len(told.names)} 个名称"] if len(told.names) > NAMES_AT_MOST else []
        return [*lands_on(*parts)(told), *many, *(f"名称没变也说：{name}" for name in sorted(again))]

    return judge


def announces(*parts: str) -> Judge:
    """One announcement says all of this, and it is the only one."""

    def judge(told: Told) -> list[str]:
        if len(told.announced) != 1:
            return [f"播报了 {len(told.announced)} 次：{told.announced}"]
        return [f"播报“{told.announced[0]}”里没有“{part}”" for part in parts if part not in told.announced[0]]

    return judge


def says(text: str) -> Judge:
    """This is announced, whatever is before and after."""

    def judge(told: Told) -> list[str]:
        return [] if text in told.announced else [f"没有播报“{text}”，只有 {told.announced}"]

    return judge


def ends_saying(*parts: str) -> Judge:
    """The last announcement says all of this."""

    def judge(told: Told) -> list[str]:
        last = told.announced[-1] if told.announced else ""
        return [f"最后播报“{last}”，里面没有“{part}”" for part in parts if part not in last]

    return judge


def opens_editor(*parts: str) -> Judge:
    """The editor has the focus before its caret moves."""

    def judge(told: Told) -> list[str]:
        faults = steps_to(*parts)(told)
        kinds = [event.kind for event in told.events if event.gained or event.is_caret]
        carets = [at for at, kind in enumerate(kinds) if "caret" in kind]
        focus = [at for at, kind in enumerate(kinds) if "focused" in kind]
        return [*faults, *(["光标的消息在焦点之前"] if carets and (not focus or min(carets) < min(focus)) else [])]

    return judge


def opens(title: str, *parts: str, about: str = "") -> Judge:
    """A window of this title comes to the front, and the focus is in it."""

    def judge(told: Told) -> list[str]:
        return ([] if title in told.windows else [f"打开的是 {told.windows}"]) + lands_on(*parts, about=about)(told)

    return judge


def both(*judges: Judge) -> Judge:
    """All of several promises."""

    def judge(told: Told) -> list[str]:
        return [fault for one in judges for fault in one(told)]

    return judge
