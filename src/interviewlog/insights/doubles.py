"""Notes that tell what another note tells: on one customer and day, or nearly word for word anywhere."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from math import ceil
from typing import NamedTuple

from interviewlog.interview import Interview
from interviewlog.likeness import kin, own_runs

_NEARLY = 0.8
_LEAST = 30  # runs of four words; what is shorter is alike by chance
_MOST_BITS = 25  # 32 MiB
_MOST_COMPARED = 200  # notes that one note is compared with; whoever has pasted one text into more has heard by then


class Double(NamedTuple):
    """Two notes, of which the later one (by date, else by path) tells the earlier one's conversation, or may."""

    later: str
    earlier: str
    code: str
    what: str
    mend: str


def doubles(notes: Sequence[Interview], template: frozenset[str]) -> Iterator[Double]:
    """Find the doubles among all these notes; each note is told of at most once."""
    ordered = sorted(notes, key=lambda each: (each.date, len(each.path), each.path))  # `-2` came after
    told = set()
    for double in (*_of_one_day(ordered), *_copies(ordered, template)):
        if double.later not in told:
            told.add(double.later)
            yield double


def _of_one_day(notes: Sequence[Interview]) -> Iterator[Double]:
    """Find notes on one customer and day: the same conversation by the counting rule, or perhaps the same."""
    groups: defaultdict[tuple[str, str, date], list[Interview]] = defaultdict(list)
    for note in notes:
        groups[note.product, note.slug, note.date].append(note)
    for group in groups.values():
        twins = frozenset[int]().union(*kin(group)) if len(group) > 1 else frozenset()
        for number, later in enumerate(group[1:], 1):
            is_same = number in twins
            if is_same or not (later.participants and group[0].participants):
                code = "duplicate" if is_same else "maybe-duplicate"
                what = "the same conversation" if is_same else "the same customer and day"
                mend = "keep one of them, or name the participants of each"
                yield Double(later.path, group[0].path, code, what, mend)


def _copies(notes: Sequence[Interview], template: frozenset[str]) -> Iterator[Double]:
    """Find notes that have nearly the same words as an earlier one, whatever customer and day they name.

    Ten thousand notes are fifty million pairs. But nearly all of what a copy says stands elsewhere too, and next to
    nothing of what any other note says does: so it is counted how often each run of four words comes, and only notes
    of which four fifths come twice are looked at. Those are compared by their rarest runs, as in `likeness`.
    """
    known = {run for line in template for run in own_runs(line)}
    told = [array("q", own_runs(note.text) - known) for note in notes]
    often = _Often(told)
    begun: defaultdict[int, list[int]] = defaultdict(list)
    for number, runs in enumerate(told):
        if len(runs) < _LEAST or not often.has_most(runs):
            continue
        rarest = often.rarest(runs)
        others = sorted({other for run in rarest for other in begun[run]})[:_MOST_COMPARED]
        near = next((other for other in others if _is_near(runs, told[other])), None)
        if near is not None:
            what, mend = "nearly the same words", "write down what this conversation told, or delete one of them"
            yield Double(notes[number].path, notes[near].path, "near-duplicate", what, mend)
        for run in rarest:
            begun[run].append(number)


class _Often:
    """How often each run comes, or more: counted in so many bytes that few runs have to share one."""

    def __init__(self, told: Sequence[Sequence[int]]) -> None:
        size = 1 << min((8 * sum(map(len, told))).bit_length(), _MOST_BITS)
        self._counts, self._mask = bytearray(size), size - 1
        counts, mask = self._counts, self._mask
        for runs in told:
            for run in runs:
                if counts[run & mask] < 255:  # noqa: PLR2004 - a byte
                    counts[run & mask] += 1

    def has_most(self, runs: Sequence[int]) -> bool:
        """Tell whether so many of the runs come more than once as two that are alike enough share."""
        counts, mask = self._counts, self._mask
        alone = (run for run in runs if counts[run & mask] == 1)
        most = len(runs) - ceil(_NEARLY * len(runs) - 1e-9)
        return next(islice(alone, most, None), None) is None

    def rarest(self, runs: Sequence[int]) -> list[int]:
        """Give so many of the rarest runs that whatever is alike enough has one of them among its own."""
        counts, mask = self._counts, self._mask
        ordered = sorted(runs, key=lambda run: (counts[run & mask], run))
        return ordered[: len(runs) - ceil(_NEARLY * len(runs) - 1e-9) + 1]


def _is_near(one: Sequence[int], other: Sequence[int]) -> bool:
    shared = len(set(one).intersection(other))
    return shared >= _NEARLY * (len(one) + len(other) - shared)
