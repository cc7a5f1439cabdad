"""Prints the ratios."""

from __future__ import annotations

from tests.bench import export, growth, keystroke, library, roll_over, sixty, start

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
    sixty.main()
    library.main()
    floor, ours, cells = export.measure()
    print(f"export of 57 forms    {ours / floor:5.2f} x   (ours {ours:.0f} ms, openpyxl {floor:.0f} ms)")
    print(f"  {cells} texts written with the official layout, then read back and compared")
    floor, ours, texts = roll_over.measure()
    print(f"300 projects moved on {ours / floor:5.2f} x   (ours {ours:.0f} ms, writing them {floor:.0f} ms)")
    print(f"  {texts} texts in which a year moved on")
    _print_growth()


def _print_growth() -> None:
    costs = growth.measure()
    smallest, *larger = costs
    print(f"projects of one year  {smallest} projects, then the ratio to it")
    for name, floor in costs[smallest].items():
        ratios = "   ".join(f"{size:,}: {costs[size][name] / floor:5.2f} x" for size in larger)
        print(f"  {name:<8} {floor:7.1f} ms   {ratios}")


if __name__ == "__main__":
    main()
