"""Notes in the index that hold the same conversation as another one on that customer and day."""

import sqlite3
from collections.abc import Iterable, Sequence

from interviewlog.interview import Interview
from interviewlog.likeness import kin
from interviewlog.store.readings import reading

_CROWDED = "SELECT slug, date FROM note WHERE slug IS NOT NULL GROUP BY slug, date HAVING count(*) > 1"
_BESIDE = "SELECT path, card FROM note WHERE slug = ? AND date = ? ORDER BY path"


def mark_twins(db: sqlite3.Connection, days: Iterable[tuple[str, int]] | None) -> None:
    """Compare the notes on one customer and day, of these (slug, date) or of all, and note who is whose twin."""
    for slug, date in db.execute(_CROWDED).fetchall() if days is None else days:
        by_product: dict[bytes, list[tuple[bytes, int]]] = {}
        for path, card in db.execute(_BESIDE, (slug, date)).fetchall():
            by_product.setdefault(path.rsplit(b"/", 2)[-2], []).append((path, card))
        for product, notes in by_product.items():
            _mark(db, (slug, date, product), notes, is_new=days is None)


def _mark(
    db: sqlite3.Connection, talk: tuple[str, int, bytes], notes: Sequence[tuple[bytes, int]], *, is_new: bool
) -> None:
    """Write down the groups of one customer's notes on one day; those in no group are nobody's twin."""
    paths = [(path,) for path, _ in notes]
    if not is_new:
        db.executemany("DELETE FROM twin WHERE path = ?", paths)
        db.executemany("UPDATE note SET twin = 0 WHERE path = ?", paths)
    groups = kin([_interview(db, path, card) for path, card in notes]) if len(notes) > 1 else []
    slug, date, product = talk
    for number, group in enumerate(groups):
        name = f"{slug}/{date}/{number}/".encode() + product
        db.executemany("INSERT INTO twin VALUES (?, ?)", ((*paths[each], name) for each in group))
        db.executemany("UPDATE note SET twin = 1 WHERE path = ?", (paths[each] for each in group))


def _interview(db: sqlite3.Connection, path: bytes, card: int) -> Interview:
    note = reading(db, path, card)
    if not isinstance(note, Interview):
        raise TypeError(path)  # a card with a slug is never that of a problem
    return note
