"""Reports of which nothing personal can be read: what they say, their paths, and the lines they show."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from interviewlog.insights.known import Known
from interviewlog.insights.masking import masked
from interviewlog.insights.report import LINE_END, Report
from interviewlog.insights.spots import Spot
from interviewlog.insights.tracing import spots

_LONGEST_LINE = 10_000  # characters; nobody reads on
_SHORTEST_PART = 3  # characters of a name or number that goes on in the next line


class Veil:
    """Masks what reports about one text show. What is personal is looked for in the whole text, and once:

    a line alone may hold half a name, or a key whose name stands in the line above.
    """

    def __init__(self, known: Known, text: str = "") -> None:
        self._known = known
        self._text = _Veiled(text, known)
        self._again: dict[str, str] = {}  # what a thousand findings say

    def on(self, text: str) -> "Veil":
        """Give a veil for another text that remembers what this one has masked, and the other way round."""
        other = Veil(self._known, text)
        other._again = self._again
        return other

    def over(self, report: Report) -> Report:
        """Give a report of which nothing personal can be read."""
        parts = self._text.parts(report.line)
        path, what, mend = (self._once(text, parts) for text in (report.path, report.what, report.mend))
        return replace(report, path=path, what=what, mend=mend, **self._shown(report))

    def _once(self, text: str, parts: dict[str, str]) -> str:
        for part, instead in parts.items():
            text = text.replace(part, instead)
        if text not in self._again:
            self._again[text] = masked(text, self._known)
        return self._again[text]

    def _shown(self, report: Report) -> dict[str, Any]:
        """Give the source line masked and the place in it; nothing where masking leaves no such place."""
        if not report.source:
            return {}
        if self._text.holds(report.line, report.source):
            source, caret = self._text.line(report.line, report.caret)
        else:
            source, caret = _Veiled(report.source, self._known).line(1, report.caret)
        return {"source": source, "caret": caret}


class _Line(NamedTuple):
    """A line as it may be shown. What is masked begins and ends at these columns of the text, and ends shown there."""

    shown: str
    begins: list[int]
    ends: list[int]
    shown_ends: list[int]

    def column(self, column: int) -> int:
        """Give where a column of the text is now; what is masked is at its beginning."""
        at = bisect_right(self.ends, column)
        near = min(column, self.begins[at]) if at < len(self.begins) else column
        return near + (self.shown_ends[at - 1] - self.ends[at - 1] if at else 0)


class _Veiled:
    """A text, line by line, without what is personal in it. Lines and columns count from 1."""

    def __init__(self, text: str, known: Known) -> None:
        self._whole = text
        self._known = known
        self._lines: dict[int, _Line | None] = {}

    def holds(self, number: int, source: str) -> bool:
        """Tell whether a line of the text begins as `source` does, which may be cut."""
        return number <= len(self._bounds) and self._whole.startswith(source, self._bounds[number - 1][0])

    def line(self, number: int, column: int) -> tuple[str, int]:
        """Give a line to show, and where a column of the text is in it; "" and 0 where masking leaves no such place."""
        if number not in self._lines:
            self._lines[number] = self._masked(number)
        line = self._lines[number]
        if not line:
            return "", 0
        caret = line.column(column)
        return (line.shown, caret) if caret <= len(line.shown) + 1 else ("", 0)

    def parts(self, number: int) -> dict[str, str]:
        """Give what stands in a line of something personal that goes on in another line, and what to show instead."""
        if number > len(self._bounds):
            return {}
        start, end = self._bounds[number - 1]
        crossing = (spot for spot in self._in(start, end) if spot.start < start or spot.end > end)
        found = ((self._whole[max(start, spot.start) : min(end, spot.end)].strip(), spot.masked) for spot in crossing)
        return {part: instead for part, instead in found if len(part) >= _SHORTEST_PART}

    @cached_property
    def _bounds(self) -> list[tuple[int, int]]:
        ends = [found.span() for found in LINE_END.finditer(self._whole)]
        starts = [0, *(end for _, end in ends)]
        return list(zip(starts, [*(start for start, _ in ends), len(self._whole)], strict=True)) if self._whole else []

    @cached_property
    def _spots(self) -> Sequence[Spot]:
        return spots(self._whole, self._known)

    def _in(self, start: int, end: int) -> Sequence[Spot]:
        first = bisect_right(self._spots, start, key=lambda spot: spot.end)
        return self._spots[first : bisect_left(self._spots, end, key=lambda spot: spot.start)]

    def _masked(self, number: int) -> _Line | None:
        start, end = self._bounds[number - 1]
        line, pieces, at = _Line("", [], [], []), list[str](), start
        for spot in self._in(start, end):
            first, last = max(start, spot.start), min(end, spot.end)
            pieces += [self._whole[at:first], spot.masked]
            line.begins.append(first - start + 1)
            line.ends.append(last - start + 1)
            line.shown_ends.append((line.shown_ends[-1] if line.shown_ends else 1) + len(pieces[-2]) + len(pieces[-1]))
            at = last
        shown = "".join([*pieces, self._whole[at:end]])[:_LONGEST_LINE]
        return line._replace(shown=shown) if masked(shown, self._known) == shown else None
