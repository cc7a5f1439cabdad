"""Prints the three ratios."""

from __future__ import annotations

from tests.bench import export, keystroke, start

FRAME_MS = 1000 / 60


def main() -> None:
    """Measure and print."""
    floor, ours, painted = start.measure()
    print(f"start to editable     {ours / floor:5.2f} x   (ours {ours:.0f} ms, bare window + sqlmodel {floor:.0f} ms)")
    print(f"  first paint after   {painted:5.0f} ms, before sqlmodel and openpyxl are imported")
    floor, ours, slow, lines = keystroke.measure()
    verdict = "inside" if slow < FRAME_MS else "NOT inside"
    print(
        f"keystroke to repaint  {ours / floor:5.2f} x   (ours {ours:.1f} ms, bare tree {floor:.1f} ms, {lines} lines)"
    )
    print(f"  slow ones           {slow:5.1f} ms, {verdict} one 60 Hz frame ({FRAME_MS:.1f} ms)")
    floor, ours, cells = export.measure()
    print(f"export of 57 forms    {ours / floor:5.2f} x   (ours {ours:.0f} ms, openpyxl {floor:.0f} ms)")
    print(f"  {cells} texts written with the official layout, then read back and compared")


if __name__ == "__main__":
    main()
