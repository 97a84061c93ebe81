"""What a person asks for, said to the index: a Selection as conditions of SQL. `selection.is_wanted` says the same."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from interviewlog.problem import Problem
from interviewlog.selection import Selection
from interviewlog.store import words
from interviewlog.store.readings import PROBLEM, marks, raw, reading

if TYPE_CHECKING:
    from interviewlog.query import Query

Condition = tuple[str, Sequence[Any]]


def conditions_of(db: sqlite3.Connection, wanted: Selection) -> Iterator[Condition]:
    """Yield what must hold of a row of `note`, and the values to bind; a note that cannot be read is never meant."""
    narrow = [("note.facet > ?", [PROBLEM]), *_of_the_note(db, wanted), *_of_the_card(wanted)]
    yield from narrow
    if wanted.query and words.are_filed(db):
        yield "note.card IN (SELECT rowid FROM words WHERE words MATCH ?)", [wanted.query.fts()]
    elif wanted.query:
        yield _read_through(db, wanted.query, narrow)


def _of_the_note(db: sqlite3.Connection, wanted: Selection) -> Iterator[Condition]:
    if wanted.paths:
        yield f"note.path IN ({marks(wanted.paths)})", [raw(path) for path in wanted.paths]
    if wanted.customers:
        yield f"note.slug IN ({marks(wanted.slugs)})", wanted.slugs
    if wanted.since:
        yield "note.date >= ?", [wanted.since.toordinal()]
    if wanted.until:
        yield "note.date <= ?", [wanted.until.toordinal()]
    if wanted.is_by:
        numbers = _lines(db, wanted.is_by)
        yield f"note.who IN ({marks(numbers)})", numbers


def _of_the_card(wanted: Selection) -> Iterator[Condition]:
    if wanted.products:
        products = [raw(name) for name in wanted.products]
        theirs = f"SELECT no FROM card WHERE product IN ({marks(products)})"
        yield f"note.card IN ({theirs} UNION {_labelled(products)})", [*products, "also", *products]
    for kind, names in (("tag", wanted.tag_names), ("segment", wanted.segments)):
        if names:
            yield f"note.card IN ({_labelled(names)})", [kind, *map(raw, names)]
    if wanted.types:
        yield f"note.facet IN (SELECT no FROM facet WHERE type IN ({marks(wanted.types)}))", wanted.types


def _read_through(db: sqlite3.Connection, query: "Query", narrow: Sequence[Condition]) -> Condition:
    """Read all notes that are left, where there is no table of words to ask."""
    from interviewlog.query import searchable, tokens

    asked = f"SELECT path, card FROM note WHERE {' AND '.join(condition for condition, _ in narrow)}"
    left = db.execute(asked, [value for _, those in narrow for value in those]).fetchall()
    read = ((card, reading(db, path, card)) for path, card in left)
    found = {card for card, note in read if not isinstance(note, Problem) and query.matches(tokens(searchable(note)))}
    db.execute("CREATE TEMP TABLE IF NOT EXISTS found (card INTEGER PRIMARY KEY)")
    db.execute("DELETE FROM temp.found")
    db.executemany("INSERT INTO temp.found VALUES (?)", ((card,) for card in found))
    return "note.card IN (SELECT card FROM temp.found)", []


def _lines(db: sqlite3.Connection, is_by: Callable[[tuple[str, ...]], bool]) -> list[int]:
    """Number the `pm` lines that name somebody asked for."""
    lines = db.execute("SELECT no, words FROM who").fetchall()
    return [no for no, words in [*lines, (0, "[]")] if is_by(tuple(json.loads(words)))]


def _labelled(values: Sequence[Any]) -> str:
    return f"SELECT card FROM label WHERE kind = ? AND value IN ({marks(values)})"
