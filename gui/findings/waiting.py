"""Which findings wait: what comes up in a line while it is being filled in is told when the line is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model.findings import Finding


class Waiting:
    """Follows the cursor from line to line; what a line had when the cursor came to it is told at once."""

    def __init__(self) -> None:
        self._line_id = ""
        self._known: frozenset[str] = frozenset()

    def start_over(self, findings: Iterable[Finding]) -> None:
        """Another project is on screen."""
        self._known = frozenset(finding.key for finding in findings)

    def move_to(self, line_id: str, findings: Sequence[Finding]) -> bool:
        """The cursor is in this line now, or in none (""); whether something that waited is told by that."""
        if line_id == self._line_id:
            return False
        waited = len(self.told(findings)) < len(findings)
        self._line_id = line_id
        self._known = frozenset(finding.key for finding in findings)
        return waited

    def told(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Those that do not wait."""
        return tuple(finding for finding in findings if not self._waits(finding))

    def settled(self, findings: list[Finding], *, is_typing: bool) -> list[Finding]:
        """Those that may be told of the cell under the cursor: all of them unless a text in it is still being typed."""
        return [finding for finding in findings if not (is_typing and finding.key not in self._known)]

    def _waits(self, finding: Finding) -> bool:
        return bool(self._line_id) and finding.place.indicator_id == self._line_id and finding.key not in self._known
