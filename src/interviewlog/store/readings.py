"""Notes in the index as they were read, and how their names are written there."""

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # most commands read no whole note
    from interviewlog.interview import Interview
    from interviewlog.problem import Problem

PROBLEM = 0
"""The facet of notes that cannot be read."""


def text(raw: bytes) -> str:
    """Decode a path or name as the index holds it."""
    return raw.decode("utf-8", "surrogatepass")


def raw(words: str) -> bytes:
    """Encode a path or name, whatever bytes it came from, so that their order stays that of the texts."""
    return words.encode("utf-8", "surrogatepass")


def reading(db: sqlite3.Connection, path: bytes, card: int) -> "Interview | Problem":
    """Give the note of a card as it was read, under a path of its product."""
    from interviewlog.keeping import recall

    kept, content = db.execute("SELECT kept, text FROM reading WHERE card = ?", (card,)).fetchone()
    return recall(kept, text(path), text(content))


def marks(values: Sequence[Any]) -> str:
    """Give as many question marks as there are values to bind."""
    return ", ".join("?" * len(values))
