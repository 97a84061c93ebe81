"""Notes in the index that hold the same conversation as another one on that customer and day."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import combinations

from interviewlog.interview import Interview
from interviewlog.likeness import is_same_conversation
from interviewlog.store.readings import reading

_CROWDED = "SELECT slug, date FROM note WHERE slug IS NOT NULL GROUP BY slug, date HAVING count(*) > 1"
_BESIDE = "SELECT path, card FROM note WHERE slug = ? AND date = ? ORDER BY path"


def mark_twins(db: sqlite3.Connection, days: Iterable[tuple[str, int]] | None) -> None:
    """Compare the notes on one customer and day, of these (slug, date) or of all, and note who is whose twin."""
    for slug, date in db.execute(_CROWDED).fetchall() if days is None else days:
        beside = db.execute(_BESIDE, (slug, date)).fetchall()
        if days is not None:
            for path, _ in beside:
                db.execute("DELETE FROM twin WHERE one = ? OR other = ?", (path, path))
                db.execute("UPDATE note SET twin = 0 WHERE path = ?", (path,))
        for one, other in _twins(db, beside):
            db.execute("INSERT OR IGNORE INTO twin VALUES (?, ?)", (one, other))
            db.execute("UPDATE note SET twin = 1 WHERE path IN (?, ?)", (one, other))


def _twins(db: sqlite3.Connection, beside: Iterable[tuple[bytes, int]]) -> Iterator[tuple[bytes, bytes]]:
    by_product: dict[bytes, list[tuple[bytes, int]]] = {}
    for path, card in beside:
        by_product.setdefault(path.rsplit(b"/", 2)[-2], []).append((path, card))
    for notes in by_product.values():
        read = {card: _interview(db, path, card) for path, card in notes} if len(notes) > 1 else {}
        for (one, first), (other, second) in combinations(notes, 2):
            if is_same_conversation(read[first], read[second]):
                yield one, other


def _interview(db: sqlite3.Connection, path: bytes, card: int) -> Interview:
    note = reading(db, path, card)
    if not isinstance(note, Interview):
        raise TypeError(path)  # a card with a slug is never that of a problem
    return note
