"""What a person asks for, said to the index: a Selection as conditions of SQL. `selection.is_wanted` says the same."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from interviewlog.selection import Selection
from interviewlog.store.readings import PROBLEM, raw

Condition = tuple[str, Sequence[Any]]


def conditions_of(db: sqlite3.Connection, wanted: Selection) -> Iterator[Condition]:
    """Yield what must hold of a row of `note`, and the values to bind; a note that cannot be read is never meant."""
    yield "note.facet > ?", [PROBLEM]
    yield from _of_the_note(db, wanted)
    yield from _of_the_card(wanted)


def marks(values: Sequence[Any]) -> str:
    """Give as many question marks as there are values to bind."""
    return ", ".join("?" * len(values))


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
        names = [raw(name) for name in wanted.products]
        theirs = f"SELECT no FROM card WHERE product IN ({marks(names)})"
        yield f"note.card IN ({theirs} UNION {_labelled(names)})", [*names, "also", *names]
    for kind, words in (("tag", wanted.tag_names), ("segment", wanted.segments)):
        if words:
            yield f"note.card IN ({_labelled(words)})", [kind, *map(raw, words)]
    if wanted.types:
        yield f"note.facet IN (SELECT no FROM facet WHERE type IN ({marks(wanted.types)}))", wanted.types
    if wanted.query:
        yield "note.card IN (SELECT rowid FROM words WHERE words MATCH ?)", [wanted.query.fts()]


def _lines(db: sqlite3.Connection, is_by: Callable[[tuple[str, ...]], bool]) -> list[int]:
    """Number the `pm` lines that name somebody asked for."""
    lines = db.execute("SELECT no, words FROM who").fetchall()
    return [no for no, words in [*lines, (0, "[]")] if is_by(tuple(json.loads(words)))]


def _labelled(values: Sequence[Any]) -> str:
    return f"SELECT card FROM label WHERE kind = ? AND value IN ({marks(values)})"
