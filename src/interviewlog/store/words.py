"""The words of notes in the index, for full-text search: filed when somebody first searches, and not before.

Whoever only counts need not wait for them. Until they are there, and where SQLite has no FTS5, searching reads.
"""

import sqlite3
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from interviewlog.problem import Problem
from interviewlog.store.catalogue import has_words
from interviewlog.store.readings import reading

if TYPE_CHECKING:
    from interviewlog.interview import Interview

_BATCH = 500
_FILED = "SELECT value FROM fact WHERE name = 'worded'"


def are_filed(db: sqlite3.Connection) -> bool:
    """Tell whether every card can be found by its words."""
    return has_words(db) and _last(db) >= _latest(db)


def file(db: sqlite3.Connection, tell: Callable[[int, int], None] | None = None) -> None:
    """File the words of all cards that came since; what was filed stays when interrupted."""
    if not has_words(db):
        return
    begun, latest = _last(db), _latest(db)
    while (last := _last(db)) < latest:
        db.execute("BEGIN IMMEDIATE")
        cards = db.execute("SELECT no, file FROM card WHERE no > ? ORDER BY no LIMIT ?", (last, _BATCH)).fetchall()
        notes = ((number, reading(db, file, number)) for number, file in cards)
        rows = [(number, _text(note)) for number, note in notes if not isinstance(note, Problem)]
        db.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", rows)
        db.execute("INSERT OR REPLACE INTO fact VALUES ('worded', ?)", (str(cards[-1][0]),))
        db.execute("COMMIT")
        if tell:
            tell(cards[-1][0] - begun, latest - begun)


def forget(db: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take the words of some cards away, before the cards go."""
    last = _last(db) if has_words(db) else 0
    filed = [number for number in numbers if number <= last]
    for number in filed:
        (file,) = db.execute("SELECT file FROM card WHERE no = ?", (number,)).fetchone()
        note = reading(db, file, number)
        if not isinstance(note, Problem):  # a table without contents must be told what it loses
            db.execute("INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", (number, _text(note)))
    if filed:  # until its parts are joined, FTS5 only notes that words were deleted
        db.execute("INSERT INTO words (words) VALUES ('optimize')")


def forgotten(db: sqlite3.Connection) -> None:
    """Note, once cards have gone, that their numbers may be given again."""
    db.execute("INSERT OR REPLACE INTO fact VALUES ('worded', ?)", (str(min(_last(db), _latest(db))),))


def _last(db: sqlite3.Connection) -> int:
    found = db.execute(_FILED).fetchone()
    return int(found[0]) if found else 0


def _latest(db: sqlite3.Connection) -> int:
    (latest,) = db.execute("SELECT coalesce(max(no), 0) FROM card").fetchone()
    return int(latest)


def _text(note: "Interview") -> str:
    from interviewlog.query import searchable, tokens

    return " ".join(tokens(searchable(note)))
