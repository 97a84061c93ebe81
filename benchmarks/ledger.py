"""What was generated, counted from the generator's own knowledge; nothing is read back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from notetext import Note
from people import HANDLES, TEAM, week_of

Cells = dict[str, dict[str, int]]


def ledger(notes: list[Note], with_paths: bool) -> dict[str, object]:
    there = [note for note in notes if note.exists]
    counted = [note for note in there if note.reason is None]
    paired = [(HANDLES.get(pm, pm), week_of(note.day)) for note in counted for pm in note.pms[1:]]
    book: dict[str, object] = {
        "introduced": len(notes),
        "at_head": len(there),
        "roster": {person.key: {"name": person.name, "emails": list(person.mails)} for person in TEAM},
        "calls": {
            "counts": table((lead(note), week_of(note.day)) for note in counted),
            "paired": table(paired),
            "minutes": dict(Counter(adding((lead(note), note.minutes or 0) for note in counted))),
            "not_counted": dict(Counter(note.reason for note in there if note.reason)),
            "other_work": {
                reason: dict(Counter(lead(note) for note in there if note.reason == reason))
                for reason in ("sales", "support-listen", "second-hand")
            },
        },
        "commits": {
            "counts": table((note.author, note.week) for note in notes),
            "existing": table((note.author, note.week) for note in there),
        },
    }
    if with_paths:
        book["reasons"] = {note.path: note.reason for note in there}
        book["introductions"] = {note.path: [note.author, note.week] for note in there}
    return book


def lead(note: Note) -> str:
    """The one who is credited: as written, else whoever committed the note."""
    return HANDLES.get(note.pms[0], note.pms[0]) if note.pms else note.author


def table(pairs: Iterable[tuple[str, str]]) -> Cells:
    cells: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for who, week in pairs:
        cells[who][week] += 1
    return {who: dict(sorted(cells[who].items())) for who in sorted(cells)}


def adding(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for who, number in pairs:
        sums[who] = sums.get(who, 0) + number
    return sums
