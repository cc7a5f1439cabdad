"""A key in a name with a library of 10,000 entries, beside a bare search of as many names."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import product
from statistics import median

from model.library import Library
from model.records import Declaration, Indicator, Project, forms_of
from model.values.taxonomy import LEVELS
from storage.library import shipped, spell

WORDS = ("服务", "培训", "系统", "设备", "企业", "活动", "宣传", "工程", "资金", "数据", "检查", "项目")
OBJECTS = ("运维", "举办", "采购", "更新", "走访", "审核", "整改", "建设", "管理", "评价")
ENDS = ("数量", "次数", "人次", "完成率", "合格率", "及时率", "覆盖率", "满意度", "增长率")
TYPED = ("x", "px", "pxw", "fwyw", "fuwu", "培", "培训", "率", "满意度", "zzzz", "没有这样的")
ENTRIES = 10_000
LINES = 15
SHOWN = 8


def measure() -> tuple[float, float, float, int]:
    """Milliseconds: the floor's median key, ours, our slowest, and how many entries there are."""
    library = made()
    names = [known.entry.name for known in library.search("")]
    ours = [_time(lambda typed=typed: library.search(typed, "数量指标", "p0", SHOWN)) for typed in TYPED]  # type: ignore[misc]
    floor = [_time(lambda typed=typed: [name for name in names if typed in name]) for typed in TYPED]  # type: ignore[misc]
    return median(floor), median(ours), max(ours), len(library)


def made(entries: int = ENTRIES) -> Library:
    """A library of so many entries, most of them the unit's own."""
    library = Library(shipped(), spell)
    levels = [(level1, level2) for level1, below in LEVELS.items() for level2 in below]
    numbered = product("甲乙丙丁戊己庚辛壬癸", WORDS, OBJECTS, ENDS)
    names = ["".join(parts) for parts, _ in zip(numbered, range(entries - len(library)), strict=False)]
    for start in range(0, len(names), LINES):
        lines = tuple(
            Indicator(f"{start}-{at}", *levels[(start + at) % len(levels)], name, "≥12次")
            for at, name in enumerate(names[start : start + LINES])
        )
        library.follow(Project(f"p{start}", 2025, forms=forms_of(Declaration(indicators=lines))))
    return library


def main() -> None:
    """Measure and print."""
    floor, ours, slowest, entries = measure()
    verdict = "inside" if slowest < 1000 / 60 else "NOT inside"
    print(f"library, {entries:,} rows  {ours / floor:5.2f} x   (ours {ours:.1f} ms, the names alone {floor:.1f} ms)")
    print(f"  slowest of {len(TYPED)} keys  {slowest:5.1f} ms, {verdict} one 60 Hz frame")


def _time(work: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return min(times)


if __name__ == "__main__":
    main()
