"""Places in a text where something stands that must not enter git."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

NO_CODE = "[a name]"  # stands for somebody who has no code, or one that says the name


class Spot(NamedTuple):
    """What was found from `start` up to `end`; `masked` is all of it that may be shown."""

    kind: str
    start: int
    end: int
    masked: str
    is_error: bool = True


def apart(spots: Iterable[Spot]) -> list[Spot]:
    """Give spots in order of place, none inside or over another: an error wins, then the first, then the longest."""
    found = sorted(spots, key=lambda spot: (spot.start, -spot.end))
    errors = _cut([spot for spot in found if spot.is_error])
    starts, ends = [spot.start for spot in errors], [spot.end for spot in errors]
    free = [s for s in found if not s.is_error and bisect_left(starts, s.end) == bisect_left(ends, s.start + 1)]
    return sorted([*errors, *_cut(free)], key=lambda spot: spot.start)


def _cut(spots: list[Spot]) -> list[Spot]:
    """Leave out what lies inside another, and the part of one that lies over another."""
    kept: list[Spot] = []
    for spot in spots:
        taken = kept[-1].end if kept else 0
        if spot.end > taken:
            kept.append(spot._replace(start=max(spot.start, taken)))
    return kept
